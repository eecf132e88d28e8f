import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVerify } from '../../src/commands/verify.js';
import { smallReports } from '../support/small-report.js';
import { TamperedReport } from '../support/tamper.js';

const work = mkdtempSync(join(tmpdir(), 'cloudtracker-tampered-'));
const reports = smallReports(join(work, 'reports'));
type Change = (report: TamperedReport) => void;
let plain: string;
let everyOption: string;
let round = 0;

beforeAll(async () => {
  plain = (await reports.make('plain')).folder;
  const { folder } = await reports.make('every-option', {
    detail: 'services',
    excel: true,
    csvProfile: 'vanta',
    previous: plain,
  });
  everyOption = folder;
});
afterAll(() => {
  rmSync(work, { recursive: true });
});

const verify = async (folder: string): Promise<string[]> => {
  const { findings } = await runVerify({ folder, onProgress: () => undefined });
  return findings.map(
    ({ kind, path, detail }) => `${kind}: ${path}${detail === undefined ? '' : ` (${detail})`}`,
  );
};

async function findingsAfter(change: Change): Promise<string[]> {
  const report = new TamperedReport(join(work, `copy-${(round += 1)}`));
  cpSync(everyOption, report.folder, { recursive: true });
  try {
    change(report);
    return await verify(report.folder);
  } finally {
    rmSync(report.folder, { recursive: true });
  }
}

const withoutLine = (text: string): string => text.replace(/^[^\n]*\n/, '');
/** Also the header's line stays. */
const withoutRow = (text: string): string => text.replace(/\r\n.*(?=\r\n$)/, '');
const PRINCIPALS = 'json/111122223333/principals.ndjson';
const REVIEW = 'csv/access-review.csv';

test('a report with any options is unchanged', async () => {
  expect(await verify(plain)).toEqual([]);
  expect(await verify(everyOption)).toEqual([]);
});

/** Also recomputes SHA256SUMS. */
const sumsAnew =
  (change: Change): Change =>
  (report) => {
    change(report);
    report.renewSums();
  };
/** Also recomputes manifest.json and SHA256SUMS. */
const anew = (change: Change): Change =>
  sumsAnew((report) => {
    change(report);
    report.renewManifest();
  });

test.each<[string, Change, string[]]>([
  [
    'an empty manifest',
    sumsAnew((report) => {
      report.editManifest(() => ({}));
      report.remove('index.html');
    }),
    [
      'invalid: manifest.json (schemaVersion: expected 2)',
      'invalid: manifest.json (tool is missing)',
      'invalid: manifest.json (run is missing)',
      'invalid: manifest.json (outputs is missing)',
    ],
  ],
  [
    'a manifest that is a list',
    sumsAnew((report) => {
      report.editManifest(() => []);
    }),
    ['invalid: manifest.json (the whole file: expected object, received array)'],
  ],
  [
    'a manifest that is not JSON',
    sumsAnew((report) => {
      report.write('manifest.json', '{"schemaVersion": 2,');
    }),
    ['invalid: manifest.json (not JSON)'],
  ],
  [
    'a manifest without a key of an output',
    sumsAnew((report) => {
      report.editManifest(({ outputs }) => {
        outputs[2] = { path: outputs[2]?.path, sha256: outputs[2]?.sha256 } as never;
      });
    }),
    ['invalid: manifest.json (outputs[2].bytes is missing)'],
  ],
  [
    'a manifest with a value of another type',
    sumsAnew((report) => {
      report.editManifest((manifest) => {
        manifest.counts['principals'] = '6' as never;
      });
    }),
    ['invalid: manifest.json (counts.principals: expected number, received string)'],
  ],
  [
    'a schemaVersion that is no number',
    sumsAnew((report) => {
      report.editManifest((manifest) => ({ ...manifest, schemaVersion: '2' }));
    }),
    ['invalid: manifest.json (schemaVersion: expected 2)'],
  ],
  [
    'a report of another version',
    sumsAnew((report) => {
      report.editManifest((manifest) => ({
        ...manifest,
        schemaVersion: 3,
        tool: { name: 'cloudtracker', version: '4.0.0' },
      }));
    }),
    [
      'other version: manifest.json (schemaVersion 3, written by cloudtracker 4.0.0; this version checks 2. Verify the report with the version that wrote it.)',
    ],
  ],
  [
    'a file taken away, the manifest not',
    sumsAnew((report) => {
      report.remove('methodology.html');
    }),
    ['not listed: methodology.html (in SHA256SUMS, only in manifest.json)'],
  ],
  [
    'a file taken away',
    anew((report) => {
      report.remove('methodology.html');
    }),
    [
      'not listed: methodology.html (in manifest.json and SHA256SUMS; required in a report with these options)',
    ],
  ],
  [
    'an output taken off the manifest',
    sumsAnew((report) => {
      report.editManifest((manifest) => {
        manifest.outputs = manifest.outputs.filter(({ path }) => path !== 'index.html');
      });
    }),
    ['not listed: index.html (in manifest.json, only in SHA256SUMS)'],
  ],
  [
    'an output twice in the manifest',
    sumsAnew((report) => {
      report.editManifest((manifest) => {
        manifest.outputs.push(...manifest.outputs.slice(0, 1));
      });
    }),
    ['invalid: manifest.json (lists accounts/111122223333/index.html twice)'],
  ],
  [
    'an extra file',
    anew((report) => {
      report.write('csv/payload.csv', 'a\r\n');
    }),
    ['extra: csv/payload.csv (not part of a report with these options)'],
  ],
  [
    'an extra page of nobody',
    anew((report) => {
      report.write('accounts/111122223333/users/AIDANOBODY.html', '');
    }),
    [
      'extra: accounts/111122223333/users/AIDANOBODY.html (csv/access-review.csv has no row for this principal)',
    ],
  ],
  [
    'a row taken off a table, the manifest not',
    sumsAnew((report) => {
      report.edit(REVIEW, withoutRow);
    }),
    [`changed: ${REVIEW} (SHA256SUMS and manifest.json have different checksums)`, `contradicts: ${REVIEW}`],
  ],
  [
    'a row taken off the review',
    anew((report) => {
      report.edit(REVIEW, withoutRow);
    }),
    [
      `contradicts: ${REVIEW} (no row for`,
      `contradicts: ${REVIEW} (5 rows, but 6 principals in manifest.json)`,
    ],
  ],
  [
    'a row taken off a table of role assumptions',
    anew((report) => {
      report.edit('csv/assumptions.csv', withoutRow);
    }),
    ['contradicts: csv/assumptions.csv'],
  ],
  [
    'a line of a principal taken away',
    anew((report) => {
      report.edit(PRINCIPALS, withoutLine);
    }),
    [`contradicts: ${REVIEW} (a row for`, `contradicts: ${PRINCIPALS} (principals: `],
  ],
  [
    'a line of a principal replaced by another one',
    anew((report) => {
      report.edit(PRINCIPALS, (text) =>
        text.split('\n').slice(1, 2).concat(text.split('\n').slice(1)).join('\n'),
      );
    }),
    [`contradicts: ${REVIEW} (a row for`],
  ],
  [
    'bytes that are not those of the file',
    sumsAnew((report) => {
      report.editManifest(({ outputs }) => {
        for (const output of outputs) if (output.path === 'index.html') output.bytes = 1;
      });
    }),
    ['contradicts: index.html ('],
  ],
  [
    'rows that are not those of the file',
    sumsAnew((report) => {
      report.editManifest(({ outputs }) => {
        for (const output of outputs) if (output.path === 'csv/services.csv') output.rows = 1;
      });
    }),
    ['contradicts: csv/services.csv ('],
  ],
  [
    'no rows of a table',
    sumsAnew((report) => {
      report.editManifest(({ outputs }) => {
        for (const output of outputs) if (output.path === 'csv/services.csv') delete output.rows;
      });
    }),
    ['contradicts: csv/services.csv ('],
  ],
  [
    'a count that is not that of the report',
    sumsAnew((report) => {
      report.editManifest(({ counts }) => {
        counts['incomplete'] = 1;
      });
    }),
    [
      `contradicts: ${REVIEW} (incomplete principals: 0; in manifest.json: 1)`,
      'contradicts: json/report.json (incomplete: 0; in manifest.json: 1)',
    ],
  ],
  [
    'an account taken off json/report.json',
    anew((report) => {
      report.edit('json/report.json', (text) => {
        const json = JSON.parse(text) as { accounts: unknown[] };
        return `${JSON.stringify({ ...json, accounts: json.accounts.slice(1) }, null, 2)}\n`;
      });
    }),
    ['contradicts: json/report.json (accounts differs from manifest.json)'],
  ],
  [
    'json/report.json of another shape',
    anew((report) => {
      report.write('json/report.json', '{}\n');
    }),
    ['invalid: json/report.json (accounts is missing)'],
  ],
  [
    'a review that is no CSV',
    anew((report) => {
      report.edit(REVIEW, (text) => text.replace(/,\r\n$/, ',"\r\n'));
    }),
    [`invalid: ${REVIEW} (Quote Not Closed`],
  ],
  [
    'another script',
    anew((report) => {
      const { path } = outputOf(report, /^assets\/.*js$/);
      report.edit(path, (text) => `${text}// more`);
    }),
    ['contradicts: assets/site.'],
  ],
])('finds %s', async (_, change, expected) => {
  const found = await findingsAfter(change);
  for (const line of expected)
    expect(
      found.filter((one) => one.startsWith(line)),
      found.join('\n'),
    ).not.toEqual([]);
});

test('finds any file taken away, though manifest and checksums were made anew', async () => {
  const all = outputsOf(new TamperedReport(everyOption)).map(({ path }) => path);
  // Only the option asks for it, and the manifest does not name the option.
  const optional = ['csv/access-review.vanta.csv'];
  for (const path of all) {
    const found = await findingsAfter(
      anew((report) => {
        report.remove(path);
      }),
    );
    const named = found.some(
      (line) => line.startsWith(`not listed: ${path} `) || line.includes('assets/site.*.'),
    );
    expect(named, path).toBe(!optional.includes(path));
  }
});

const outputsOf = (report: TamperedReport) =>
  (JSON.parse(report.read('manifest.json')) as { outputs: { path: string }[] }).outputs;

function outputOf(report: TamperedReport, name: RegExp): { path: string } {
  const output = outputsOf(report).find(({ path }) => name.test(path));
  if (output === undefined) throw new Error(`no ${name.source}`);
  return output;
}
