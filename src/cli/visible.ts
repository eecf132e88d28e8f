/**
 * Escapes characters that control a terminal: C0, DEL, C1, bidirectional controls (Unicode Standard Annex #9), and
 * line separators. Names in logs, policies and folders can contain any of them. The escapes are those of JSON
 * strings (RFC 8259, section 7), so a line of JSON keeps its value.
 */
export const makeVisible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
