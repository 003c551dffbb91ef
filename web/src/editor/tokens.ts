/** The tokens of a SPARQL query that is being written: whatever stands there, something comes out. */

export interface Token {
  /** `open` is a string or an IRI that is not closed; `stray` starts no token. */
  kind: "comment" | "iri" | "string" | "open" | "variable" | "language" | "blank" | "name" | "number" | "word" | "mark" | "stray";
  text: string;
  from: number;
}

const LETTER = "\\p{L}\\p{N}_";
const TERMINALS: readonly (readonly [string, string])[] = [
  ["space", "\\s+"],
  ["comment", "#[^\\r\\n]*"],
  ["iri", '<[^<>"{}|^`\\\\\\x00-\\x20]*>'],
  [
    "string",
    `"""(?:"{0,2}(?:[^"\\\\]|\\\\[^]))*"""|'''(?:'{0,2}(?:[^'\\\\]|\\\\[^]))*'''|` +
      `"(?!"")(?:[^"\\\\\\r\\n]|\\\\.)*"|'(?!'')(?:[^'\\\\\\r\\n]|\\\\.)*'`,
  ],
  ["open", `"""[^]*|'''[^]*|"[^"\\r\\n]*|'[^'\\r\\n]*|<[^<>"{}|^\`\\\\\\x00-\\x20]+$`],
  ["variable", `[?$][${LETTER}]+`],
  ["language", "@[A-Za-z][A-Za-z0-9-]*"],
  ["blank", `_:[${LETTER}](?:[${LETTER}.-]*[${LETTER}-])?`],
  ["name", `(?:\\p{L}(?:[${LETTER}.-]*[${LETTER}-])?)?:(?:[${LETTER}:%](?:[${LETTER}:%.-]*[${LETTER}:%-])?)?`],
  ["number", "[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\\.[0-9]+"],
  ["word", "[A-Za-z_][A-Za-z_0-9]*"],
  ["mark", "\\^\\^|\\|\\||&&|!=|<=|>=|[{}()\\[\\].,;=<>!|/^*+?\\-&]"],
  ["stray", "[^]"],
];
const SCANNER = new RegExp(TERMINALS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "gu");

/** Cuts a text into tokens, without the space between them. */
export function tokenise(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(SCANNER)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0];
    if (kind && kind !== "space") found.push({ kind: kind as Token["kind"], text: match[0], from: match.index });
  }
  return found;
}
