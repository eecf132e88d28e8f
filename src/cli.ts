#!/usr/bin/env node
import { endWith, replaceNodeDefaults } from './cli/endings.js';
import { limitHeapGrowth } from './heap.js';

limitHeapGrowth();
replaceNodeDefaults();
try {
  // Imported here so that load errors of modules are reported too.
  const { createProgram } = await import('./cli/program.js');
  await createProgram().parseAsync();
} catch (error) {
  endWith(error);
}
