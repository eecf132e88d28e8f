/** Names of files may hold anything, also what a terminal obeys. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '?');
