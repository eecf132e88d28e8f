// Prints `N passed, N failed, N skipped` from vitest's JSON report, and fails on what CI must not let through.
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2] ?? '';
if (!existsSync(file)) {
  console.error('the tests left no report');
  console.log('0 passed, 0 failed, 0 skipped');
  process.exit(1);
}
const report = JSON.parse(readFileSync(file, 'utf8'));
const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => ({ file: name, fullName })),
);

// Some tests read real trails and accounts that lie beside the repository and not in it: only these may be skipped.
const realData = existsSync(new URL('../../shared/data', import.meta.url));
const forbidden = skipped.filter(
  (test) => realData || !readFileSync(test.file, 'utf8').includes('shared/data'),
);
for (const test of forbidden)
  console.error(`skipped, which CI does not allow: ${test.file}: ${test.fullName}`);

console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped.length} skipped`);
const failed = !report.success || report.numFailedTests > 0 || report.numPassedTests === 0;
process.exitCode = failed || forbidden.length > 0 ? 1 : 0;
