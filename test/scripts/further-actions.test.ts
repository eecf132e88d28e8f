import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const SCRIPT = 'scripts/further-actions.mjs';
const work = mkdtempSync(join(tmpdir(), 'cloudtracker-further-actions-'));

function write(file: string, content: unknown): string {
  const path = join(work, file);
  mkdirSync(dirname(path), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

const STRING = { type: 'string' };
const TAG = { type: 'structure', members: { Key: { shape: 'String' }, Value: { shape: 'String' } } };

/** A service with one operation whose request has tags, a role, a role by name and a session name. */
function writeModel(): void {
  write('botocore/__init__.py', "__version__ = '1.2.3'\n");
  write('botocore/data/demo/2020-01-01/service-2.json.gz', {
    metadata: { endpointPrefix: 'demo', protocol: 'json' },
    operations: { CreateThing: { input: { shape: 'Request' } } },
    shapes: {
      String: STRING,
      Tag: TAG,
      Tags: { type: 'list', member: { shape: 'Tag' } },
      Execution: {
        type: 'structure',
        members: { Role: { shape: 'String' }, RoleSessionName: { shape: 'String' } },
      },
      Request: {
        type: 'structure',
        members: {
          Tags: { shape: 'Tags' },
          TagFilters: { shape: 'Tags' },
          RoleArn: { shape: 'String' },
          Execution: { shape: 'Execution' },
        },
      },
    },
  });
}

function run(reference: string): { services: Record<string, unknown[]> } {
  const args = [SCRIPT, reference, join(work, 'botocore'), '2026-08-22'];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    services: Record<string, unknown[]>;
  };
}

describe('scripts/further-actions.mjs', () => {
  writeModel();
  const actions = ['demo:CreateThing', 'demo:TagResource', 'demo:PassThing', 'iam:PassRole'];
  const shared = [
    { action: 'demo:PassThing', hidden: 'inside', operations: 'CreateThing' },
    { action: 'demo:TagResource', shownBy: 'Tags[Key]', operations: 'CreateThing' },
  ];
  const role = { action: 'iam:PassRole', shownBy: 'Execution.Role@ RoleArn@', hidden: 'no-role' };

  it("reads a folder of AWS's Service Reference", () => {
    write('reference/demo/demo.json', {
      Name: 'demo',
      Operations: [
        {
          Name: 'CreateThing',
          AuthorizedActions: actions.map((action) => {
            const [Service, Name] = action.split(':');
            const Context =
              Name === 'PassRole' ? { 'iam:PassedToService': ['demo.amazonaws.com'] } : undefined;
            return { Service, Name, Context };
          }),
          SDK: [{ Package: 'Boto3', Name: 'demo' }],
        },
      ],
    });
    const table = run(join(work, 'reference'));
    expect(table).toMatchObject({
      date: '2026-08-22',
      source: expect.stringContaining('botocore 1.2.3') as unknown,
    });
    expect(table.services.demo).toEqual([
      ...shared,
      { ...role, passedTo: 'demo.amazonaws.com', operations: 'CreateThing' },
    ]);
  });

  it('reads its facts from one file', () => {
    const file = write('reference.json', { operations: { 'demo:CreateThing': actions } });
    expect(run(file).services.demo).toEqual([
      ...shared,
      { ...role, passedTo: '', operations: 'CreateThing' },
    ]);
  });

  it('says how it is used', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, 'x', 'y'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('usage: node scripts/further-actions.mjs');
  });
});
