import type { KeyPath } from './locate.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Missing {
  readonly path: KeyPath;
  readonly variable: string;
}

/** Copies the tree, replaces `${NAME}` from the environment, and drops keys without a value. */
export function fillIn(tree: unknown, env: Environment): { value: unknown; missing: readonly Missing[] } {
  const missing: Missing[] = [];
  const fill = (node: unknown, path: KeyPath): unknown => {
    if (typeof node === 'string') {
      return node.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable: string) => {
        const value = env[variable];
        // An empty secret would become "no secret": a request without credentials.
        if (value !== undefined && value !== '') return value;
        missing.push({ path, variable });
        return whole;
      });
    }
    if (Array.isArray(node)) return node.map((item, i) => fill(item, [...path, i]));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [key, fill(value, [...path, key])]),
    );
  };
  return { value: fill(tree, []), missing };
}
