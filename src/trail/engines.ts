import { elasticsearchEngine } from './elasticsearch/engine.js';
import { filesEngine } from './files/engine.js';
import type { Engine } from './source.js';

/** All engines. One more is one more line here, beside the module that it names. */
export const ENGINES: readonly Engine[] = [elasticsearchEngine, filesEngine];
