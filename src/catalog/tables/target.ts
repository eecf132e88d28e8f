/**
 * What an event name stands for: a list is `all` of the actions; `{any}` is one or more of them, which one the record does
 * not tell; `{first}` is the first, and in rarer cases another. An action without a service is one of the table's own.
 */
export type Target =
  readonly string[] | { readonly any: readonly string[] } | { readonly first: readonly string[] };

export type EventTargets = readonly (readonly [string, Target])[];
