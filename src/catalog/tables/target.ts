/**
 * Actions of an event name: a list means `all`; `{any}` means at least one, which the record does not show;
 * `{first}` means the first, and rarely another. An action without a service belongs to the service of the table.
 */
export type Target =
  readonly string[] | { readonly any: readonly string[] } | { readonly first: readonly string[] };

export type EventTargets = readonly (readonly [string, Target])[];
