import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const MAX_DEPTH = 8;

/**
 * AWS's service models in botocore.
 * @param {string} botocore folder of the package
 */
export function createModels(botocore) {
  const root = join(botocore, 'data');
  const version = /__version__ = '([^']+)'/.exec(readFileSync(join(botocore, '__init__.py'), 'utf8'))?.[1];
  const byClient = new Map();
  for (const client of readdirSync(root)) {
    const folder = join(root, client);
    const versions = readVersions(folder);
    if (versions.length > 0) byClient.set(client, versions);
  }
  const byPrefix = groupByPrefix(byClient);
  return {
    version,
    /** Inputs of an operation, one per model: [{model, shape}]. */
    inputs(operation, clients) {
      const [prefix, name] = operation.split(':');
      const known = clients ?? [prefix, ...(byPrefix.get(prefix) ?? [])];
      return [...new Set(known)]
        .flatMap((client) => byClient.get(client) ?? [])
        .filter((model) => model.operations[name] !== undefined)
        .map((model) => ({ model, shape: model.operations[name].input?.shape }));
    },
  };
}

/** IAM prefix, as far as the models have it -> clients. */
function groupByPrefix(byClient) {
  const groups = new Map();
  for (const [client, [{ metadata }]] of byClient) {
    const prefix = metadata.signingName ?? metadata.endpointPrefix;
    groups.set(prefix, [...(groups.get(prefix) ?? []), client]);
  }
  return groups;
}

function readVersions(folder) {
  let names;
  try {
    names = readdirSync(folder).sort().reverse();
  } catch {
    return [];
  }
  return names
    .map((name) => join(folder, name, 'service-2.json.gz'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
}

/**
 * All members of a shape, at any depth.
 * @returns {{path: string[], name: string, type: object, depth: number}[]} path without lists and maps
 */
export function membersOf(model, shapeName, path = [], above = []) {
  const shape = model.shapes[shapeName];
  if (shape === undefined || above.length > MAX_DEPTH || above.includes(shapeName)) return [];
  const next = [...above, shapeName];
  if (shape.type === 'list') return membersOf(model, shape.member.shape, path, next);
  if (shape.type === 'map') return membersOf(model, shape.value.shape, [...path, '*'], next);
  if (shape.type !== 'structure') return [];
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const inner = [...path, name];
    return [
      { path: inner, name, type: model.shapes[member.shape], shape: member.shape },
      ...membersOf(model, member.shape, inner, next),
    ];
  });
}
