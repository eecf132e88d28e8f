// Prints `N passed, N failed, N skipped` from vitest's JSON reports, and fails if CI must not pass. A test that ran
// with two versions of Node counts twice.
import { existsSync, readFileSync } from 'node:fs';

const files = process.argv.slice(2);
const missing = files.filter((file) => !existsSync(file));
for (const file of missing) console.error(`the tests left no report ${file}`);
const reports = files
  .filter((file) => !missing.includes(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (count) => reports.reduce((total, report) => total + count(report), 0);
const skipped = reports
  .flatMap(({ testResults }) => testResults)
  .flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ file: name, fullName })),
  );

// Some tests read real trails and accounts outside the repository: only these may be skipped.
const realData = existsSync(new URL('../../shared/data', import.meta.url));
const forbidden = skipped.filter(
  (test) => realData || !readFileSync(test.file, 'utf8').includes('shared/data'),
);
for (const test of forbidden)
  console.error(`skipped, which CI does not allow: ${test.file}: ${test.fullName}`);

const failures = sum(({ numFailedTests }) => numFailedTests);
console.log(
  `${sum(({ numPassedTests }) => numPassedTests)} passed, ${failures} failed, ${skipped.length} skipped`,
);
const incomplete =
  missing.length > 0 || reports.some((report) => !report.success || report.numPassedTests === 0);
process.exitCode = incomplete || failures > 0 || forbidden.length > 0 ? 1 : 0;
