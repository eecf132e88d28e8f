import { getOrInsertComputed } from '../../base/maps.js';
import type { Condition, Statement } from '../types.js';
import { place } from './place.js';

/** A role that was passed to a service. */
export interface Pass {
  /** ARN, or a pattern with `*` for an unknown path. */
  readonly role: string;
  /** Values that iam:PassedToService can have had; empty if unknown. */
  readonly services: readonly string[];
}

/**
 * The statements that iam:PassRole needs in place of an Allow statement: the roles passed, with the services that
 * received them (IAM User Guide: Grant a user permissions to pass a role to an AWS service). Undefined if the
 * statement must stay as it is.
 */
export function narrowPasses(s: Statement, passes: readonly Pass[]): readonly Statement[] | undefined {
  const byCondition = new Map<string, Statement & { readonly resources: string[] }>();
  for (const { role, services } of passes) {
    const where = place(role, s);
    if (where === 'unclear') return undefined;
    if (where === 'outside') continue;
    const condition = limitServices(s.condition, services);
    getOrInsertComputed(byCondition, JSON.stringify(condition ?? null), () => ({
      ...s,
      resources: [],
      ...(condition === undefined ? {} : { condition }),
    })).resources.push(role);
  }
  return [...byCondition.values()];
}

const isServiceKey = (key: string): boolean => key.toLowerCase() === 'iam:passedtoservice';

/** Adds the services to a condition. A limit to services that the condition already has only gets narrower. */
function limitServices(condition: Condition | undefined, services: readonly string[]): Condition | undefined {
  if (services.length === 0) return condition;
  const limits = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => (isServiceKey(key) ? [{ operator, key, values }] : [])),
  );
  const [limit, second] = limits;
  if (limit === undefined) {
    const equals = { ...condition?.['StringEquals'], 'iam:PassedToService': services };
    return { ...condition, StringEquals: equals };
  }
  if (second !== undefined || limit.operator !== 'StringEquals') return condition;
  const left = limit.values.filter((value) => services.includes(value));
  if (left.length === 0) return condition;
  return { ...condition, StringEquals: { ...condition?.['StringEquals'], [limit.key]: left } };
}
