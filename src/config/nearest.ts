import { editDistance } from '../base/edit-distance.js';
/** The known word with the smallest edit distance to `word`, if small enough to be a typo. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '');
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const candidate of known) {
    // Each extra letter is an edit: longer words need no comparison.
    if (plain(word).length - plain(candidate).length > allowed) continue;
    const edits = editDistance(plain(word), plain(candidate));
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word;
}
