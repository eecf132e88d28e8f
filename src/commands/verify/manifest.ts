import { z } from 'zod';
import { parseJson } from '../../base/json.js';
import { MANIFEST_VERSION } from '../../report/manifest.js';
import { manifestShape } from '../../model/manifest.js';
import { problemsOf } from './problems.js';
import type { Finding } from './finding.js';

export const MANIFEST = 'manifest.json';

export type Manifest = z.infer<typeof manifestShape>;
export type ListedOutput = Pick<Manifest['outputs'][number], 'path' | 'sha256'>;

const LONGEST_VERSION = 40;

/** Fields that all versions of the manifest have (docs/outputs.md). */
const listedOutput = z.looseObject({ path: z.string(), sha256: z.string() });
const anyVersion = z.looseObject({
  outputs: z.array(listedOutput),
  run: z.looseObject({ outputs: z.array(listedOutput).default([]) }).default({ outputs: [] }),
});
const versionShape = z.object({
  schemaVersion: z.int(),
  tool: z.object({ version: z.string().max(LONGEST_VERSION) }),
});

export interface ReadManifest {
  readonly findings: readonly Finding[];
  /** Absent if it does not match the schema of this version. */
  readonly manifest?: Manifest;
  /** Absent if even the list of outputs is unreadable. */
  readonly outputs?: readonly ListedOutput[];
  /** Version of cloudtracker that made the report. */
  readonly madeBy?: string;
}

/** Validates a manifest with the shape from which schema/manifest.schema.json is generated. */
export function readManifest(text: string): ReadManifest {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return { findings: [{ kind: 'invalid', path: MANIFEST, detail: 'not JSON' }] };
  }
  const version = versionShape.safeParse(json);
  const madeBy = version.success ? { madeBy: version.data.tool.version } : {};
  const parsed = manifestShape.safeParse(json);
  if (parsed.success) {
    const { outputs, run } = parsed.data;
    return { findings: [], manifest: parsed.data, outputs: [...outputs, ...run.outputs], ...madeBy };
  }
  const listed = anyVersion.safeParse(json);
  return {
    ...(listed.success ? { outputs: [...listed.data.outputs, ...listed.data.run.outputs] } : {}),
    ...madeBy,
    findings:
      version.success && version.data.schemaVersion !== MANIFEST_VERSION
        ? [otherVersion(version.data)]
        : problemsOf(parsed.error).map((detail) => ({ kind: 'invalid', path: MANIFEST, detail })),
  };
}

const otherVersion = ({ schemaVersion, tool }: z.infer<typeof versionShape>): Finding => ({
  kind: 'other version',
  path: MANIFEST,
  detail: `schemaVersion ${schemaVersion}, written by cloudtracker ${tool.version}; this version checks ${MANIFEST_VERSION}. Verify the report with the version that wrote it.`,
});

/** manifest.json and SHA256SUMS list the same files with the same checksums. */
export function compareLists(
  outputs: readonly ListedOutput[],
  listed: ReadonlyMap<string, string>,
): Finding[] {
  const findings: Finding[] = [];
  const inManifest = new Set<string>([MANIFEST]);
  for (const { path, sha256 } of outputs) {
    if (inManifest.has(path))
      findings.push({ kind: 'invalid', path: MANIFEST, detail: `${path} is in it twice` });
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
