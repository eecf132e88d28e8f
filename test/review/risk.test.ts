import { beforeAll, describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { ActionSet, Catalog } from '../../src/catalog/types.js';
import { RISKS } from '../../src/model/risk-table.js';
import { risksOf } from '../../src/review/risk.js';
import type { Risk } from '../../src/review/types.js';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

function setOf(...names: readonly string[]): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const name of names) add(set, catalog.indexOf(name) ?? -1);
  return set;
}

interface Names {
  readonly used?: readonly string[];
  readonly unused?: readonly string[];
  readonly unknown?: readonly string[];
  readonly limited?: readonly string[];
}

function risks({ used = [], unused = [], unknown = [], limited = [] }: Names): Risk[] {
  return risksOf(catalog, {
    granted: setOf(...used, ...unused, ...unknown),
    used: setOf(...used),
    unused: setOf(...unused),
    unknown: setOf(...unknown),
    conditional: setOf(),
    resourceLimited: setOf(...limited),
  });
}

const methods = (names: Names): Risk[] => risks(names).filter(({ method }) => method !== null);

describe('risksOf', () => {
  it('names only actions that AWS lists', () => {
    const names = Object.values(RISKS).flatMap((risk) =>
      'actions' in risk ? risk.actions : risk.methods.flatMap(({ actions }) => actions),
    );
    expect(names.filter((name) => catalog.indexOf(name) === undefined)).toEqual([]);
  });

  it('finds a method only when all of its actions are granted', () => {
    expect(methods({ unknown: ['iam:PassRole'] })).toEqual([]);
    expect(methods({ unused: ['ec2:RunInstances'], unknown: ['iam:PassRole'] })).toEqual([
      {
        tag: 'privilege-escalation',
        method: 'PassRole to a new EC2 instance',
        actions: [
          { action: 'ec2:RunInstances', status: 'unused' },
          { action: 'iam:PassRole', status: 'unknown' },
        ],
        unused: true,
        limited: false,
      },
    ]);
  });

  it('does not call a method unused on the strength of an unknown action', () => {
    const [method] = methods({ used: ['ec2:RunInstances'], unknown: ['iam:PassRole'] });
    expect(method?.unused).toBe(false);
  });

  it('does not call another tag unused when one of its actions is unknown', () => {
    expect(risks({ unused: ['ssm:GetParameter'] })[0]?.unused).toBe(true);
    expect(risks({ unused: ['ssm:GetParameter'], unknown: ['s3:GetObject'] })[0]?.unused).toBe(false);
  });

  it('says when every way is limited: one action of a method, all actions of another tag', () => {
    const limited = ['iam:PassRole', 's3:GetObject'];
    expect(methods({ used: ['ec2:RunInstances'], unknown: ['iam:PassRole'], limited })[0]?.limited).toBe(
      true,
    );
    expect(risks({ used: ['s3:GetObject'], limited })[0]?.limited).toBe(true);
    expect(risks({ used: ['s3:GetObject', 'dynamodb:Scan'], limited })[0]?.limited).toBe(false);
  });

  it('puts the most dangerous first, then the unused', () => {
    const found = risks({ used: ['iam:CreateAccessKey', 's3:GetObject'], unused: ['iam:PutUserPolicy'] });
    expect(found.map(({ tag, method }) => method ?? tag)).toEqual([
      'PutUserPolicy',
      'CreateAccessKey',
      'credential-exposure',
      'data-exfiltration',
    ]);
  });
});
