/**
 * Decodes UTF-8, or UTF-16 with a byte order mark, as PowerShell's `>` writes it (about_Output_Streams; RFC 2781,
 * section 4.3). Without a mark, a zero in the first two bytes tells UTF-16: text begins with ASCII (RFC 4627, section 3).
 * @returns text without the byte order mark
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
