import type { TestProject } from 'vitest/node';
import { startElasticsearch } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the Elasticsearch for tests; '' if there is none. */
    elasticsearchUrl: string;
  }
}

/** One Elasticsearch for the whole test run; tests read its URL with `inject('elasticsearchUrl')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startElasticsearch();
  project.provide('elasticsearchUrl', server?.url ?? '');
  return async () => {
    await server?.stop();
  };
}
