import { FolderStore } from './stores/folder.js';
import type { LogStore, StoreLocation } from './store.js';

/**
 * Add a new type of store here.
 * @param origin where the store was named, for messages
 */
export const openStore = ({ path }: StoreLocation, origin?: string): LogStore =>
  new FolderStore(path, origin);
