import { FolderStore } from './folder.js';
import type { LogStore, StoreLocation } from './store.js';

/**
 * A second kind of store gets its case here.
 * @param origin where the store was named, for messages
 */
export const openStore = ({ path }: StoreLocation, origin?: string): LogStore =>
  new FolderStore(path, origin);
