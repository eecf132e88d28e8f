/**
 * What a CloudTrail event name stands for.
 * `all`: the call exercises each of the actions. `any`: it exercises at least one of them; which one is not in the record.
 * `first`: the first one, unless the call asked for something rarer (a version of an object): then one of the others.
 */
export type EventMapping =
  | { readonly kind: 'actions'; readonly mode: 'all' | 'any' | 'first'; readonly actions: readonly number[] }
  | { readonly kind: 'no-permission'; readonly reason: string }
  | { readonly kind: 'unmapped' };
