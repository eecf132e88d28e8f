import { tryParseJson } from '../json.js';
import { getOrInsertComputed } from '../maps.js';
import type { RequestPath } from './path.js';

/** Paths of a matcher that a request contains. */
interface RequestMatch {
  /** Bit i: the path with index i is present and not empty. */
  readonly found: number;
  /** Roles and instance profiles in the form of `ShownAction.role`, sorted, without duplicates. */
  readonly roles: readonly string[];
  /** The whole request is redacted. */
  readonly redacted: boolean;
}

/** @param arns whether the request may hold ARNs: without any, only the paths are followed */
export type RequestMatcher = (requestParameters: object, arns?: boolean) => RequestMatch;

/** Number of bits; no operation has 20 paths. */
export const MAX_PATHS = 31;

const MAX_DEPTH = 32;
/** Levels between the name of a list and its entries in CloudTrail: EC2 and CloudFront `items`, query APIs `member`. */
export const LIST_LEVELS: ReadonlySet<string> = new Set(['items', 'item', 'member', 'entries']);
/** `CreateNatGatewayRequest`, `createRestApiInput`: the request is one level down. */
const WRAPPER = /(request|input)$/;
/** Paths and names are ASCII (IAM User Guide, "IAM identifiers"). */
const ROLE = /^arn:[\w-]+:iam::\d{12}:(?:role|instance-profile)\/[!-~]+$/;
/** IAM User Guide, "IAM and AWS STS quotas": up to 64 characters for roles, 128 for instance profiles, after a path. */
const NAME = /^\/?((?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128})$/;
const REDACTED = 'HIDDEN_DUE_TO_SECURITY_REASONS';
const NO_ROLES: readonly string[] = [];

interface Node {
  readonly children: Map<string, Node>;
  readonly paths: { readonly index: number; readonly path: RequestPath }[];
}

/**
 * Creates a function that searches a request for the paths, ignoring case and looking into lists.
 * @param paths at most MAX_PATHS
 * @param roles match ARNs of roles and instance profiles anywhere in the request
 */
export function createRequestMatcher(paths: readonly RequestPath[], roles: boolean): RequestMatcher {
  const root: Node = { children: new Map(), paths: [] };
  for (const [index, path] of paths.entries()) addPath(root, path, index);
  return (requestParameters, arns = true) => {
    const walk = new Walk(root, roles && arns);
    walk.object(requestParameters, root, 0);
    return walk;
  };
}

function addPath(root: Node, path: RequestPath, index: number): void {
  let node = root;
  for (const name of path.path.toLowerCase().split('.')) {
    if (LIST_LEVELS.has(name)) continue;
    node = getOrInsertComputed(node.children, name, () => ({ children: new Map(), paths: [] }));
  }
  node.paths.push({ index, path });
}

class Walk implements RequestMatch {
  found = 0;
  redacted = false;
  readonly #root: Node;
  readonly #seeRoles: boolean;
  #roles: Set<string> | undefined;

  constructor(root: Node, seeRoles: boolean) {
    this.#root = root;
    this.#seeRoles = seeRoles;
  }

  get roles(): readonly string[] {
    return this.#roles === undefined ? NO_ROLES : [...this.#roles].sort();
  }

  object(value: object, node: Node | undefined, depth: number): void {
    // Requests come from JSON: they inherit nothing.
    for (const key in value) {
      const inner = (value as Record<string, unknown>)[key];
      const name = key.toLowerCase();
      const child = node?.children.get(name);
      if (child !== undefined) {
        for (const { index, path } of child.paths) this.#match(inner, index, path);
        this.#value(inner, child, depth + 1);
      } else if (node !== undefined && LIST_LEVELS.has(name)) {
        this.#value(inner, node, depth + 1);
      } else if (depth === 0 && WRAPPER.test(name)) {
        this.#value(inner, this.#root, depth + 1);
      } else if (this.#seeRoles) {
        this.#value(inner, undefined, depth + 1);
      }
    }
  }

  #value(value: unknown, node: Node | undefined, depth: number): void {
    if (typeof value === 'string') {
      if (this.#seeRoles && ROLE.test(value)) this.#addRole(value);
      if (node !== undefined && node.children.size > 0) this.#text(value, node, depth);
    } else if (Array.isArray(value)) {
      if (depth < MAX_DEPTH) for (const entry of value) this.#value(entry, node, depth + 1);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      if (this.#seeRoles || (node !== undefined && node.children.size > 0)) this.object(value, node, depth);
    }
  }

  /** Text instead of an object. If it is redacted, the parameters in the object are there. */
  #text(text: string, node: Node, depth: number): void {
    if (text === REDACTED && node === this.#root) this.redacted = true;
    else if (text === REDACTED) this.#matchAll(node);
    else if (/^[{[]/.test(text) && depth < MAX_DEPTH) {
      const value = tryParseJson(text);
      if (typeof value === 'object' && value !== null) this.#value(value, node, depth + 1);
    }
  }

  #matchAll(node: Node): void {
    for (const child of node.children.values()) {
      for (const { index, path } of child.paths) if (path.contains === null) this.found |= 1 << index;
      this.#matchAll(child);
    }
  }

  #match(value: unknown, index: number, path: RequestPath): void {
    if (Array.isArray(value) && (path.contains !== null || path.names !== null)) {
      for (const entry of value) this.#match(entry, index, path);
      return;
    }
    if (isEmpty(value)) return;
    if (path.contains !== null && !(typeof value === 'string' && includes(value, path.contains))) return;
    if (path.except !== null && value === path.except) return;
    this.found |= 1 << index;
    if (path.names === null || typeof value !== 'string' || value === REDACTED) return;
    const name = NAME.exec(value)?.[1];
    if (name !== undefined) this.#addRole(`${path.names}/${name}`);
  }

  #addRole(role: string): void {
    (this.#roles ??= new Set()).add(role);
  }
}

const includes = (value: string, text: string): boolean => value.toLowerCase().includes(text.toLowerCase());

const EMPTY_TEXTS: ReadonlySet<unknown> = new Set(['', 'false', '{}', '[]']);

/** CloudTrail writes omitted parameters as null, false, an empty string, or an empty list or object. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || EMPTY_TEXTS.has(value)) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object') return false;
  const keys = Object.keys(value);
  if (keys.length === 0) return true;
  const [only = ''] = keys;
  return keys.length === 1 && LIST_LEVELS.has(only.toLowerCase()) && isEmpty(Object.values(value)[0]);
}
