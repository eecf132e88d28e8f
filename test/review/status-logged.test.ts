import { beforeAll, describe, expect, it } from 'vitest';
import { add, emptySet } from '../../src/catalog/action-set.js';
import { loadCatalog } from '../../src/catalog/catalog.js';
import type { ActionSet, Catalog } from '../../src/catalog/types.js';
import { LoggedDataEvents } from '../../src/review/logged.js';
import { actionNames, statuses } from '../../src/review/status.js';
import { NO_CALLS, unseenWith } from './recorded.js';

const ACCOUNT = '111111111111';
let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

function setOf(...names: readonly string[]): ActionSet {
  const set = emptySet(catalog.actions.length);
  for (const name of names) add(set, catalog.indexOf(name) ?? -1);
  return set;
}

function keys(
  eventSource: string,
  eventNames: readonly string[],
  dataEventSources = [eventSource],
): string[] {
  const logged = new LoggedDataEvents(catalog, [
    { accountId: ACCOUNT, events: 1, first: null, last: null, emptyDays: [], dataEventSources, regions: [] },
  ]);
  for (const eventName of eventNames) logged.add({ recipientAccountId: ACCOUNT, eventSource, eventName });
  expect(logged.of('222222222222')).toEqual([]);
  return logged.of(ACCOUNT);
}

describe('LoggedDataEvents', () => {
  it('proves reads and writes apart', () => {
    expect(keys('s3.amazonaws.com', ['PutObject'])).toEqual(['s3:write']);
    expect(keys('s3.amazonaws.com', ['GetObject'])).toEqual(['s3:read']);
    expect(keys('s3.amazonaws.com', ['CopyObject'])).toEqual(['s3:write']);
    expect(keys('s3.amazonaws.com', ['ListObjects'])).toEqual(['s3:read']);
  });

  it('takes no proof from management events, nor from an event that is a read or a write', () => {
    expect(keys('s3.amazonaws.com', ['HeadBucket', 'CreateBucket'])).toEqual([]);
    expect(keys('s3.amazonaws.com', ['GetObject'], [])).toEqual([]);
    expect(keys('dynamodb.amazonaws.com', ['ExecuteStatement'])).toEqual([]);
  });
});

describe('statuses with the keys', () => {
  it('does not call a read unused when only writes are logged', () => {
    const granted = setOf('s3:GetObject', 's3:PutObject', 'iam:GetAccountName');
    const { unused, unknown, why } = statuses(catalog, granted, NO_CALLS, unseenWith(catalog, ['s3:write']));
    expect(actionNames(catalog, unused)).toEqual(['s3:PutObject']);
    expect(actionNames(catalog, unknown)).toEqual(['iam:GetAccountName', 's3:GetObject']);
    const notLogged = why.find(({ reason }) => reason.kind === 'data-events');
    expect(notLogged && actionNames(catalog, notLogged.actions)).toEqual(['s3:GetObject']);
  });

  it('takes a service in the configuration for all of its data events', () => {
    const granted = setOf('s3:GetObject', 's3:PutObject');
    expect(
      actionNames(catalog, statuses(catalog, granted, NO_CALLS, unseenWith(catalog, ['s3'])).unknown),
    ).toEqual([]);
  });
});
