import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { compiledWorkers } from './test/support/compiled-workers.js';

/** Longer than half a minute each: start them first, so that none is left at the end. */
const LONG = [
  'ingest/secrets',
  'commands/killed',
  'commands/same-bytes',
  'elasticsearch/faults/',
  'trail/contract/',
  'site/pages',
  'site/demo',
  'scenarios/scenarios.elasticsearch',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((part) => moduleId.includes(`/${part}`));
      return place < 0 ? LONG.length : place;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

const SHARED = { testTimeout: 180_000, hookTimeout: 180_000 };

/** The word before `.test.ts` is the project of a file; a file without such a word is a unit test. */
const PROJECTS = ['elasticsearch', 'browser', 'slow'];

export default defineConfig({
  test: {
    globalSetup: 'test/support/temporary-folder.ts',
    // Vitest would leave one of two processors idle, although tests also wait for servers and processes.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongFirst },
    projects: [
      {
        plugins: [compiledWorkers()],
        test: {
          ...SHARED,
          name: 'unit',
          // Importing the modules anew for each file takes a fifth of the time.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PROJECTS.map((name) => `test/**/*.${name}.test.ts`)],
        },
      },
      ...PROJECTS.map((name) => ({
        plugins: [compiledWorkers()],
        test: {
          ...SHARED,
          name,
          include: [`test/**/*.${name}.test.ts`],
          globalSetup: name === 'elasticsearch' ? ['test/support/elasticsearch/global-setup.ts'] : [],
        },
      })),
    ],
  },
});
