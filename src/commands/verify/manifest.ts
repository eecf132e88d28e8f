import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../verify.js';

const MANIFEST = 'manifest.json';
const outputsShape = z.looseObject({
  outputs: z.array(z.looseObject({ path: z.string(), sha256: z.string() })),
});

/** The manifest lists the same files as SHA256SUMS, but itself. */
export async function compareManifest(root: string, listed: ReadonlyMap<string, string>): Promise<Finding[]> {
  let outputs: z.infer<typeof outputsShape>['outputs'];
  try {
    ({ outputs } = outputsShape.parse(JSON.parse(await readFile(join(root, MANIFEST), 'utf8'))));
  } catch {
    // A manifest that is missing or has other bytes has been found by its checksum.
    return listed.has(MANIFEST) ? [] : [{ kind: 'not readable', path: MANIFEST }];
  }
  const findings: Finding[] = [];
  const inManifest = new Set<string>([MANIFEST]);
  for (const { path, sha256 } of outputs) {
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
