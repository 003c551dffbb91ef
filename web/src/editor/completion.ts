/** Completion from the vocabulary of the graph, its things, and the query itself. */
import {
  autocompletion,
  insertCompletionText,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { make } from "../page";
import { placeAt, type Place } from "./place";
import { below, search, vocabulary, type Thing, type Vocabulary, type Word } from "./vocabulary";
import { AGGREGATES, FUNCTIONS, KEYWORDS } from "./words";

const TERMS = new Set(["subject", "object", "data", "graph", "after"]);
const THINGS = new Set(["subject", "object", "data", "graph"]);
const OPENS_BY_ITSELF = new Set(["class", "graph"]);
const CALLS = new Set(["expression", "projection", "modifier"]);
const LEAST = 2;

/** The extension: lists open while one writes, and by Ctrl-Space. */
export const completion: Extension = autocompletion({
  override: [words, things],
  icons: true,
  tooltipClass: () => "completion",
  closeOnBlur: true,
  defaultKeymap: true,
});

/** Offers variables, classes, properties, graphs, prefixes, keywords and functions. */
async function words(context: CompletionContext): Promise<CompletionResult | null> {
  const place = placeAt(context.state.doc.toString(), context.pos);
  if (!place || place.slot === "none" && !place.typed && !context.explicit) return null;
  if (!place.typed && !context.explicit && !(OPENS_BY_ITSELF.has(place.slot) && /\s$/.test(context.state.sliceDoc(0, context.pos)))) return null;
  if (place.kind === "string") return null;
  const options = place.kind === "variable" ? variables(place) : offers(place, await vocabulary().catch(() => null));
  return options.length > 0 ? { from: place.from, options, filter: false } : null;
}

function offers(place: Place, known: Vocabulary | null): Completion[] {
  const { slot, typed } = place;
  const found: Completion[] = [];
  if (typed === "" && slot !== "class" && slot !== "prefix") found.push(...variables(place));
  if (known) {
    if (slot === "class") found.push(...terms(known.classes, typed, "class"));
    if (slot === "predicate") found.push(...shortType(typed), ...terms(known.properties, typed, "property"));
    if ((TERMS.has(slot) || slot === "expression") && typed.includes(":"))
      found.push(...terms(known.classes, typed, "class"), ...terms(known.properties, typed, "property"));
    if (slot === "graph") found.push(...graphs(known, typed));
    if (slot !== "clause" && slot !== "projection") found.push(...prefixes(known, place));
  }
  if (place.kind !== "name" && place.kind !== "iri") found.push(...keywords(place), ...functions(place));
  return found;
}

function variables({ typed, variables }: Place): Completion[] {
  return variables
    .filter((name) => name !== typed && name.toLowerCase().startsWith(typed.toLowerCase().replace("$", "?")))
    .map((name) => ({ label: name, type: "variable" }));
}

/** Returns the terms that fit, the best first, then those that are used most, then our own. */
function terms(from: readonly Word[], typed: string, type: string): Completion[] {
  return from
    .map((word) => ({ word, fit: fit(typed, word.curie, word.label) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || b.word.uses - a.word.uses || own(b.word) - own(a.word))
    .map(({ word }) => ({ label: word.curie, detail: word.label, type, info: () => about(word), apply: insert }));
}

function own(word: Word): number {
  return word.curie.startsWith("sti:") ? 1 : 0;
}

/** Tells how well what is typed fits a name: 0 for not at all. */
function fit(typed: string, curie: string, label: string): number {
  const wanted = typed.toLowerCase();
  const [prefix = "", local = ""] = curie.toLowerCase().split(/:(.*)/s);
  if (curie.toLowerCase().startsWith(wanted)) return 4;
  const colon = wanted.indexOf(":");
  if (colon >= 0 && wanted.slice(0, colon) !== prefix) return 0;
  const rest = wanted.slice(colon + 1);
  const named = label.toLowerCase();
  if (local.startsWith(rest) || named.startsWith(rest)) return 3;
  if (named.split(/[\s–-]+/).some((part) => part.startsWith(rest))) return 2;
  return local.includes(rest) || named.includes(rest) ? 1 : 0;
}

function about(word: Word): Node {
  const more = [
    word.domain ? `Said of ${word.domain}.` : "",
    word.range ? `Leads to ${word.range}.` : "",
    `Used ${word.uses.toLocaleString("en")} times.`,
  ];
  return make(
    "div",
    {},
    make("p", { class: "name" }, word.label),
    ...(word.definition ? [make("p", {}, word.definition)] : []),
    make("p", { class: "uses" }, more.filter(Boolean).join(" ")),
  );
}

function shortType(typed: string): Completion[] {
  return "a".startsWith(typed) ? [{ label: "a", detail: "is of the class", type: "keyword" }] : [];
}

function graphs(known: Vocabulary, typed: string): Completion[] {
  const wanted = typed.replace("<", "").toLowerCase();
  return known.graphs
    .filter(({ curie }) => curie.toLowerCase().includes(wanted))
    .map(({ curie, uses }) => ({ label: curie, detail: `${uses.toLocaleString("en")} statements`, type: "namespace", apply: insert }));
}

function prefixes(known: Vocabulary, { slot, typed, kind }: Place): Completion[] {
  if (kind === "iri" || typed.includes(":")) return [];
  return Object.entries(known.prefixes)
    .filter(([name]) => name.startsWith(typed.toLowerCase()) && (typed !== "" || slot === "prefix"))
    .map(([name, iri]) => ({
      label: `${name}:`,
      detail: iri,
      type: "namespace",
      ...(slot === "prefix" ? { apply: `${name}: <${iri}>` } : {}),
    }));
}

function keywords({ slot, typed }: Place): Completion[] {
  return KEYWORDS[slot]
    .filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()))
    .map((label) => ({ label, type: "keyword" }));
}

function functions({ slot, typed }: Place): Completion[] {
  if (!CALLS.has(slot)) return [];
  return [...AGGREGATES, ...FUNCTIONS]
    .filter(([name]) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .map(([label, detail, info]) => ({ label, detail, info, type: "function", apply: call }));
}

/** Offers the things of the graph by their names, or those below a prefix. */
async function things(context: CompletionContext): Promise<CompletionResult | null> {
  const place = placeAt(context.state.doc.toString(), context.pos);
  if (!place || !(THINGS.has(place.slot) || (place.slot === "expression" && (context.explicit || place.kind === "name")))) return null;
  const found = await named(place, context).catch(() => []);
  if (context.aborted || found.length === 0) return null;
  const options = found.map(({ curie, label, kind }) => ({
    label: curie,
    displayLabel: label || curie,
    detail: kind ? `${curie}, ${kind}` : curie,
    type: "constant",
    apply: insert,
  }));
  return { from: place.from, options, filter: false };
}

async function named(place: Place, context: CompletionContext): Promise<Thing[]> {
  if (place.kind === "name") {
    const prefix = place.typed.split(":", 1)[0] ?? "";
    const namespace = (await vocabulary()).prefixes[prefix];
    if (!namespace?.startsWith("https://w3id.org/stikg/") || prefix === "sti") return [];
    return (await below(prefix, namespace))
      .map((thing) => ({ thing, fit: fit(place.typed, thing.curie, thing.label) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ thing }) => thing);
  }
  const typed = place.typed.replace(/^["']+/, "").trim();
  if ((place.kind !== "string" && place.kind !== "word") || typed.length < LEAST) return [];
  const leaving = new AbortController();
  context.addEventListener("abort", () => leaving.abort(), { onDocChange: true });
  return search(typed, leaving.signal);
}

/** Puts a term in the place of what was typed, and of the quote that closes it. */
function insert(view: EditorView, { label }: Completion, from: number, to: number): void {
  const opened = view.state.sliceDoc(from, from + 1);
  const closing = { '"': '"', "'": "'", "<": ">" }[opened];
  const end = closing && view.state.sliceDoc(to, to + 1) === closing ? to + 1 : to;
  view.dispatch(insertCompletionText(view.state, label, from, end));
}

/** Writes a call, with the cursor between its brackets. */
function call(view: EditorView, { label, detail }: Completion, from: number, to: number): void {
  const bracket = view.state.sliceDoc(to, to + 1) === "(" ? "" : "()";
  const inside = detail === "()" || !bracket ? label.length + bracket.length : label.length + 1;
  view.dispatch({
    ...insertCompletionText(view.state, label + bracket, from, to),
    selection: { anchor: from + inside },
  });
}
