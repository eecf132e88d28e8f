/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[], last = 'and'): string =>
  [...(items.length < 2 ? [] : [items.slice(0, -1).join(', ')]), ...items.slice(-1)].join(` ${last} `);

/** `a, b, …`: the first few. */
export const few = (items: readonly string[], most: number): string =>
  `${items.slice(0, most).join(', ')}${items.length > most ? ', …' : ''}`;

/** `a, b and 7 more`: the first few, with the number of the others. */
export function someOf(items: readonly string[], most: number): string {
  const others = items.length - most;
  return `${items.slice(0, most).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
