import { z } from 'zod';
import { parseJson } from '../../base/json.js';
import { MANIFEST_VERSION } from '../../report/manifest.js';
import { manifestShape } from '../../model/manifest.js';
import { problemsOf } from './problems.js';
import type { Finding } from './finding.js';
import { VERIFY_DETAILS } from '../../wording/verify.js';

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
    return { findings: [{ kind: 'invalid', path: MANIFEST, detail: VERIFY_DETAILS.notJson }] };
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
  detail: VERIFY_DETAILS.otherVersion(schemaVersion, tool.version, MANIFEST_VERSION),
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
      findings.push({ kind: 'invalid', path: MANIFEST, detail: VERIFY_DETAILS.listedTwice(path) });
    inManifest.add(path);
    const sum = listed.get(path);
    if (sum === undefined) findings.push({ kind: 'not listed', path, detail: VERIFY_DETAILS.notInSums });
    else if (sum !== sha256)
      findings.push({
        kind: 'changed',
        path,
        detail: VERIFY_DETAILS.differentSums,
      });
  }
  for (const path of listed.keys()) {
    if (!inManifest.has(path))
      findings.push({ kind: 'not listed', path, detail: VERIFY_DETAILS.notInManifest });
  }
  return findings;
}
