/** Which part of a name was meant by what somebody has typed so far. */
import { fold, wordsOf } from "../folding";
import { make } from "../page";

const WORD = /[\p{L}\p{N}\p{M}]/u;
const IDEOGRAPH = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/;

/** Returns a name as nodes, the parts that were typed in `<mark>`. */
export function marked(name: string, typed: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let last = 0;
  for (const [from, to] of spans(name, typed)) {
    if (from > last) nodes.push(name.slice(last, from));
    nodes.push(make("mark", {}, name.slice(from, to)));
    last = to;
  }
  if (last < name.length) nodes.push(name.slice(last));
  return nodes;
}

/** Returns the places of the typed words in a name, in order, without overlaps. */
export function spans(name: string, typed: string): [number, number][] {
  const { folded, places } = mapped(name);
  const found: [number, number][] = [];
  for (const word of wordsOf(typed)) {
    const at = place(folded, word);
    if (at >= 0) found.push([places[at] ?? 0, places[at + word.length] ?? name.length]);
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return found.filter(([from], index) => found.slice(0, index).every(([, to]) => from >= to));
}

/** Returns the first place where a word begins so; of ideographs any place. */
function place(folded: string, word: string): number {
  const anywhere = IDEOGRAPH.test(word);
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (anywhere || at === 0 || !WORD.test(folded[at - 1] ?? "")) return at;
  }
  return -1;
}

/** Returns a folded name and, for each of its characters, the place in the name it comes from. */
function mapped(name: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  let at = 0;
  for (const character of name) {
    const part = fold(character);
    for (let i = 0; i < part.length; i += 1) places.push(at);
    folded += part;
    at += character.length;
  }
  places.push(name.length);
  return { folded, places };
}
