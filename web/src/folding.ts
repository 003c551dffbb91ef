/** One form for all spellings, as the index of names has it: without case, width and Latin accents. */

const ACCENTS = /[\u0300-\u036f]/g;

/** Returns a text without case, width and Latin accents. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(ACCENTS, "").normalize("NFC");
}

/** Returns the words that are looked for, folded. */
export function wordsOf(text: string): string[] {
  return fold(text).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
}

/** Tells whether a folded text holds all words. */
export function holds(folded: string, words: readonly string[]): boolean {
  return words.every((word) => folded.includes(word));
}
