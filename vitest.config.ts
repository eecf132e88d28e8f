import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    globalSetup: ['test/support/elasticsearch/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
