import { elasticsearchEngine } from './elasticsearch/engine.js';
import { filesEngine } from './files/engine.js';
import type { Engine } from './source.js';

/** All engines. Add a new engine here. */
export const ENGINES: readonly Engine[] = [elasticsearchEngine, filesEngine];
