import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Operations of AWS's Service Reference.
 * @param {string} path a folder of its files, or one file {"operations": {"service:Operation": [action]}}
 * @returns {{operation: string, actions: string[], passedTo: string[], clients: string[] | null}[]} sorted;
 * `clients`: Boto3 clients with the operation, null if unknown
 */
export function readReference(path) {
  const operations = statSync(path).isDirectory() ? readFolder(path) : readFile(path);
  return operations.sort((a, b) => (a.operation < b.operation ? -1 : 1));
}

function readFile(path) {
  return Object.entries(JSON.parse(readFileSync(path, 'utf8')).operations).map(([operation, actions]) => ({
    operation,
    actions,
    passedTo: [],
    clients: null,
  }));
}

function readFolder(path) {
  const files = readdirSync(path, { recursive: true }).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const { Name: service, Operations: operations = [] } = JSON.parse(readFileSync(join(path, name), 'utf8'));
    return operations.map(({ Name, AuthorizedActions: authorized = [], SDK: sdk = [] }) => ({
      operation: `${service}:${Name}`,
      actions: authorized.map((action) => `${action.Service}:${action.Name}`),
      passedTo: authorized.flatMap((action) => action.Context?.['iam:PassedToService'] ?? []),
      clients: sdk.filter(({ Package }) => Package === 'Boto3').map((client) => client.Name),
    }));
  });
}
