/**
 * Actions of a CloudTrail event name.
 * `all`: the call uses each of the actions. `any`: it uses at least one; the record does not show which. `first`:
 * it uses the first one, unless the call asked for a rarer case (a version of an object): then one of the others.
 */
export type EventMapping =
  | { readonly kind: 'actions'; readonly mode: 'all' | 'any' | 'first'; readonly actions: readonly number[] }
  /** `action`: of the same name, if there is one. Policies can grant it, although nobody needs it. */
  | { readonly kind: 'no-permission'; readonly reason: string; readonly action?: number | undefined }
  | { readonly kind: 'unmapped' };
