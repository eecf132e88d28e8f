import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../base/json.js';
import { readRegularFile } from '../../base/read-file.js';
import type { Finding } from '../verify.js';

const MANIFEST = 'manifest.json';
const outputs = z.array(z.looseObject({ path: z.string(), sha256: z.string() }));
const outputsShape = z.looseObject({
  outputs,
  run: z.looseObject({ outputs: outputs.default([]) }).default({ outputs: [] }),
});
type Outputs = z.infer<typeof outputs>;

/** The manifest lists the same files as SHA256SUMS, but itself. */
export async function compareManifest(root: string, listed: ReadonlyMap<string, string>): Promise<Finding[]> {
  let written: Outputs;
  try {
    const text = (await readRegularFile(join(root, MANIFEST))).toString('utf8');
    const manifest = outputsShape.parse(parseJson(text));
    written = [...manifest.outputs, ...manifest.run.outputs];
  } catch {
    // A manifest that is missing or has other bytes has been found by its checksum.
    return listed.has(MANIFEST) ? [] : [{ kind: 'not readable', path: MANIFEST }];
  }
  const findings: Finding[] = [];
  const inManifest = new Set<string>([MANIFEST]);
  for (const { path, sha256 } of written) {
    inManifest.add(path);
    const sum = listed.get(path);
    if (sum === undefined)
      findings.push({ kind: 'not listed', path, detail: 'in SHA256SUMS, but in manifest.json' });
    else if (sum !== sha256)
      findings.push({
        kind: 'changed',
        path,
        detail: 'SHA256SUMS and manifest.json have different checksums for it',
      });
  }
  for (const path of listed.keys()) {
    if (!inManifest.has(path))
      findings.push({ kind: 'not listed', path, detail: 'in manifest.json, but in SHA256SUMS' });
  }
  return findings;
}
