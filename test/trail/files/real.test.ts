import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_RESOURCES } from '../../../src/trail/types.js';
import { answers, total } from './helpers.js';

// A published trail of an attack simulation (invictus-ir/aws_dataset). Its totals were counted by another program.
const TRAIL = resolve('../shared/data/stratus-trail');
const there = existsSync(TRAIL);
if (!there) console.log(`skipped: no real trail in ${TRAIL}`);

describe.skipIf(!there)('a real trail', () => {
  it('has the totals counted independently', async () => {
    const account = '123837392027';
    const { activity, assumptions, coverage, people, resources, notes } = await answers(TRAIL, {
      accountIds: [account],
      period: { start: '2023-07-10T00:00:00Z', end: '2023-07-11T00:00:00Z' },
    });
    expect(notes).toMatchObject({
      warnings: [],
      incomplete: [],
      counts: { filesRead: 55, filesFailed: 0, recordsRead: 2900, events: 2900, malformedRecords: 0 },
    });
    const of = (outcome: string): number => total(activity.filter((row) => row.outcome === outcome));
    expect([of('succeeded'), of('denied'), of('failed')]).toEqual([2600, 60, 240]);
    const by = (name: string): number => total(activity.filter((row) => row.actor.arn.endsWith(name)));
    expect([by(':user/bert-jan'), by(':user/benjamin')]).toEqual([2641, 105]);
    expect(by('/stratus-red-team-ec2-get-password-data-role')).toBe(29);
    expect(total(activity.filter((row) => row.actor.kind === 'service'))).toBe(76);
    expect(total(activity.filter((row) => !row.apiCall))).toBe(45);
    expect(coverage).toEqual([
      {
        accountId: account,
        events: 2900,
        first: '2023-07-10T11:42:18Z',
        last: '2023-07-10T12:37:50Z',
        emptyDays: [],
        dataEventSources: [],
        regions: [{ region: 'us-east-1', events: 2900 }],
      },
    ]);
    const byUsers = assumptions.filter((row) => row.source.kind === 'user');
    expect(byUsers.map((row) => [row.roleArn.split('/').at(-1), row.sessions])).toEqual([
      ['stratus-red-team-ec2-get-password-data-role', 2],
      ['stratus-red-team-ec2lui-role-pcccexdthk', 2],
      ['stratus-red-team-ec2lui-role-wuzemnoeqa', 2],
      ['stratus-red-team-get-usr-data-role', 2],
      ['stratus-red-team-leave-org-role', 2],
    ]);
    const password = byUsers[0];
    expect(total(password?.calls ?? [])).toBe(29);
    expect(total(people)).toBe(total(activity.filter((row) => row.actor.kind === 'role')));
    expect(resources.length).toBeGreaterThan(0);
    for (const row of resources) {
      expect(row.resources.length).toBeLessThanOrEqual(MAX_RESOURCES);
      for (const arn of row.resources) expect(arn).toMatch(/^arn:/);
    }
  });
});
