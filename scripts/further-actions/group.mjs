import { LOGGED_AS } from './known.mjs';

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One entry for all operations of a service with the same evidence for the same action.
 * @param {{operation: string, action: string}[]} entries
 * @returns {Record<string, object[]>} service -> entries with `operations`, separated by spaces
 */
export function groupByService(entries) {
  const services = {};
  const groups = new Map();
  for (const { operation, ...evidence } of entries) {
    const [prefix, name] = operation.split(':');
    const service = LOGGED_AS[prefix] ?? prefix;
    const key = `${service}\n${JSON.stringify(evidence)}`;
    let found = groups.get(key);
    if (found === undefined) {
      found = { ...evidence, names: new Set() };
      groups.set(key, found);
      (services[service] ??= []).push(found);
    }
    found.names.add(name);
  }
  return Object.fromEntries(
    Object.entries(services)
      .sort(([a], [b]) => compare(a, b))
      .map(([service, list]) => [
        service,
        list
          .map(({ names, ...evidence }) => ({ ...evidence, operations: [...names].sort().join(' ') }))
          .sort((a, b) => compare(a.action, b.action) || compare(a.operations, b.operations)),
      ]),
  );
}
