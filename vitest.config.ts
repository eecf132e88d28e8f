import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Longer than half a minute each, so none of them may be what is left when the others have ended. */
const LONG = [
  'ingest/secrets',
  'commands/killed',
  'commands/same-bytes',
  'elasticsearch/faults/',
  'trail/contract/',
  'site/browser',
  'site/demo-browser',
  'scenarios/',
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

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    globalSetup: ['test/support/temporary-folder.ts', 'test/support/elasticsearch/global-setup.ts'],
    // Vitest leaves one processor free, of two that is half; the tests wait for servers and processes besides.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongFirst },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
