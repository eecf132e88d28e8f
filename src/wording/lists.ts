/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[], last = 'and'): string =>
  [...(items.length < 2 ? [] : [items.slice(0, -1).join(', ')]), ...items.slice(-1)].join(` ${last} `);

/** `a, b, …`: the first few. */
export const few = (items: readonly string[], most: number): string =>
  `${items.slice(0, most).join(', ')}${items.length > most ? ', …' : ''}`;

export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
