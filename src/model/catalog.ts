import { z } from 'zod';
import { text, texts } from './parts.js';

/** json/catalog.json: the actions that a report knows, without the service's prefix. */
export const catalogShape = z.object({
  schemaVersion: z.literal(1),
  updatedAt: text,
  services: z.record(text, texts),
});
