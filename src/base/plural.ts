/** `1 record`, `2 records`. @param many if the plural is not the singular with an s */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
