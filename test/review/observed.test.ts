import { expect, it } from 'vitest';
import { observedResources, type ObservedCall } from '../../src/review/observed.js';
import type { Catalog, EventMapping } from '../../src/catalog/types.js';
import type { ResourceRow } from '../../src/trail/types.js';
import { tinyCatalog } from '../iam/tiny-catalog.js';

const EVENTS: Readonly<Record<string, EventMapping>> = {
  GetObject: { kind: 'actions', mode: 'all', actions: [4] },
  HeadObject: { kind: 'actions', mode: 'all', actions: [4] },
  CopyObject: { kind: 'actions', mode: 'all', actions: [4, 6] },
  PutObject: { kind: 'actions', mode: 'any', actions: [6, 7] },
};
const catalog: Catalog = { ...tinyCatalog(), mapEvent: (_, name) => EVENTS[name] ?? { kind: 'unmapped' } };
const call = (eventName: string, more: Partial<ObservedCall> = {}): ObservedCall => ({
  recipientAccountId: '111111111111',
  eventSource: 's3.amazonaws.com',
  eventName,
  apiCall: true,
  outcome: 'succeeded',
  ...more,
});
const row = (eventName: string, resources: readonly string[], complete = true): ResourceRow => ({
  actor: { kind: 'role', arn: 'arn:aws:iam::111111111111:role/r', id: null, accountId: '111111111111' },
  recipientAccountId: '111111111111',
  eventSource: 's3.amazonaws.com',
  eventName,
  resources,
  complete,
});
const observed = (calls: readonly ObservedCall[], rows: readonly ResourceRow[]) =>
  Object.fromEntries(observedResources(catalog, calls, rows));

it('joins the lists of all events of an action', () => {
  expect(
    observed(
      [call('HeadObject'), call('GetObject')],
      [row('GetObject', ['b', 'a']), row('HeadObject', ['c'])],
    ),
  ).toEqual({ 4: ['a', 'b', 'c'] });
});

it('has no list where one event has none, or an incomplete one', () => {
  const calls = [call('HeadObject'), call('GetObject')];
  expect(observed(calls, [row('GetObject', ['a'])])).toEqual({});
  expect(observed(calls, [row('GetObject', ['a']), row('HeadObject', ['b'], false)])).toEqual({});
  expect(observed([call('GetObject')], [row('GetObject', ['a']), row('GetObject', ['b'], false)])).toEqual(
    {},
  );
  expect(observed([call('GetObject')], [row('GetObject', [])])).toEqual({});
});

it('has no list where an event exercises several actions at once', () => {
  const rows = [row('GetObject', ['a']), row('CopyObject', ['b'])];
  expect(observed([call('GetObject'), call('CopyObject')], rows)).toEqual({});
});

it('gives the resources to each action that an event may stand for', () => {
  expect(observed([call('PutObject')], [row('PutObject', ['a'])])).toEqual({ 6: ['a'], 7: ['a'] });
});

it('has no list where a call used, or may have used, the action besides its own', () => {
  const rows = [row('GetObject', ['a']), row('HeadObject', ['b'])];
  const inside = { action: 4, role: null, passedTo: [] };
  const other = call('PutObject', { evidence: { shown: [inside], possible: [] } });
  const perhaps = call('PutObject', { evidence: { shown: [], possible: [{ action: 4, why: '' }] } });
  expect(observed([call('GetObject'), other], rows)).toEqual({});
  expect(observed([call('GetObject'), perhaps], rows)).toEqual({});
});

it('asks the account that recorded the call', () => {
  const foreign = call('GetObject', { recipientAccountId: '222222222222' });
  expect(observed([call('GetObject'), foreign], [row('GetObject', ['a'])])).toEqual({});
});

it('passes over calls that failed and events that need no permission', () => {
  const calls = [
    call('GetObject'),
    call('HeadObject', { outcome: 'denied' }),
    call('HeadObject', { apiCall: false }),
  ];
  expect(observed(calls, [row('GetObject', ['a'])])).toEqual({ 4: ['a'] });
});
