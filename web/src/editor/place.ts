/** Where in a query the cursor stands: what can come there. */
import { tokenise, type Token } from "./tokens";

export type Slot =
  | "subject" | "predicate" | "class" | "object" | "after" | "graph"
  | "expression" | "data" | "clause" | "projection" | "modifier" | "prefix" | "none";

export interface Place {
  slot: Slot;
  /** What is being written: its text, and where it begins. */
  typed: string;
  from: number;
  kind: "name" | "word" | "variable" | "string" | "iri" | "nothing";
  /** The variables of the whole query, without the one that is being written. */
  variables: string[];
}

interface Frame {
  kind: "top" | "group" | "bracket" | "list" | "path" | "expression" | "data";
  slot: Slot | "filter" | "values";
  typing: boolean;
}

const OPENS_GROUP = new Set(["OPTIONAL", "MINUS", "UNION", "WHERE"]);
const SOLUTION = new Set(["ORDER", "GROUP", "BY", "HAVING", "ASC", "DESC"]);
const TYPES = new Set(["a", "rdf:type", "rdfs:subClassOf", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
const FALLS_TO: Partial<Record<Frame["kind"], Slot>> = { path: "predicate", list: "object", expression: "expression", data: "data" };

/** Returns what can be written at a place of a query; null inside of comments and numbers. */
export function placeAt(text: string, at: number): Place | null {
  const before = tokenise(text.slice(0, at));
  const last = before.at(-1);
  const current = last && last.from + last.text.length === at ? kindOf(last, text) : "nothing";
  if (current === null) return null;
  const typed = current === "nothing" ? "" : (last?.text ?? "");
  const from = at - typed.length;
  const frame = walk(current === "nothing" ? before : before.slice(0, -1));
  const variables = tokenise(text)
    .filter((token) => token.kind === "variable" && token.from !== from)
    .map((token) => `?${token.text.slice(1)}`);
  return { slot: slotOf(frame), typed, from, kind: current, variables: [...new Set(variables)] };
}

function kindOf(token: Token, text: string): Place["kind"] | null {
  switch (token.kind) {
    case "name":
    case "word":
    case "variable":
      return token.kind;
    case "open":
      return token.text.startsWith("<") ? "iri" : "string";
    case "comment":
    case "number":
    case "language":
    case "blank":
      return null;
    case "mark": // a question mark behind a path belongs to the path
      return token.text === "?" && /(?:^|[\s({])$/.test(text.slice(0, token.from)) ? "variable" : "nothing";
    default:
      return "nothing";
  }
}

function slotOf(frame: Frame): Slot {
  const slot = FALLS_TO[frame.kind] ?? frame.slot;
  if (slot === "filter") return "expression";
  if (slot === "values") return "data";
  return slot === "object" && frame.typing ? "class" : slot;
}

/** Walks over tokens and returns the innermost frame behind them. */
function walk(tokens: readonly Token[]): Frame {
  const frames: Frame[] = [{ kind: "top", slot: "clause", typing: false }];
  const top = (): Frame => frames[frames.length - 1] as Frame;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    if (token.kind === "mark" || token.kind === "stray") punctuate(token.text, frames, top());
    else if (token.kind === "word" && token.text !== "a" && token.text !== "true" && token.text !== "false")
      heed(token.text.toUpperCase(), top());
    else settle(top(), token.text);
  }
  return top();
}

function punctuate(mark: string, frames: Frame[], frame: Frame): void {
  const triples = frame.kind === "group" || frame.kind === "bracket";
  const push = (kind: Frame["kind"], slot: Frame["slot"]): void => void frames.push({ kind, slot, typing: false });
  if (mark === "{") {
    if (frame.slot === "values") push("data", "data");
    else push("group", "subject");
  } else if (mark === "}") {
    while (frames.length > 1 && !/group|data/.test((frames.at(-1) as Frame).kind)) frames.pop();
    if (frames.length > 1) frames.pop();
    const parent = frames.at(-1) as Frame;
    if (parent.kind === "group") parent.slot = "subject";
    else if (parent.kind === "top") parent.slot = "clause";
  } else if (mark === "(") {
    if (frame.kind === "path" || (triples && frame.slot === "predicate")) push("path", "predicate");
    else if (triples && frame.slot !== "filter" && frame.slot !== "values" && frame.slot !== "projection") push("list", "object");
    else push(frame.kind === "data" || frame.slot === "values" ? "data" : "expression", "none");
  } else if (mark === ")" || mark === "]") {
    if (frames.length === 1 || frame.kind === "group") return;
    frames.pop();
    const parent = frames.at(-1) as Frame;
    if (parent.slot === "filter") parent.slot = "subject";
    else if (frame.kind === "path" || frame.kind === "list" || frame.kind === "bracket") settle(parent, "");
  } else if (mark === "[") {
    push("bracket", "predicate");
  } else if (triples) {
    if (mark === ".") frame.slot = "subject";
    else if (mark === ";") frame.slot = "predicate";
    else if (mark === "," && frame.slot === "after") frame.slot = "object";
    else if ((mark === "/" || mark === "|") && frame.slot === "object") frame.slot = "predicate";
    else if (mark === "*" && frame.slot === "projection") frame.slot = "clause";
    if (mark === "." || mark === ";" || frame.slot === "predicate") frame.typing = false;
  }
}

/** A keyword, or the name of a function. */
function heed(word: string, frame: Frame): void {
  if (frame.kind !== "top" && frame.kind !== "group") return;
  if (word === "SELECT") frame.slot = "projection";
  else if (word === "PREFIX" || word === "BASE") frame.slot = "prefix";
  else if (word === "FROM" || word === "NAMED" || word === "GRAPH" || word === "SERVICE") frame.slot = "graph";
  else if (word === "DESCRIBE") frame.slot = "object";
  else if (word === "FILTER" || word === "BIND") frame.slot = "filter";
  else if (word === "VALUES") frame.slot = "values";
  else if (SOLUTION.has(word)) frame.slot = "modifier";
  else if (word === "LIMIT" || word === "OFFSET") frame.slot = "none";
  else if (OPENS_GROUP.has(word)) frame.slot = frame.kind === "group" ? "subject" : "clause";
}

/** A term has been written. */
function settle(frame: Frame, text: string): void {
  if (frame.kind === "top") {
    if (frame.slot === "graph" || frame.slot === "none") frame.slot = "clause";
    else if (frame.slot === "prefix" && text.startsWith("<")) frame.slot = "clause";
  } else if (frame.kind === "group" || frame.kind === "bracket") {
    if (frame.slot === "subject") frame.slot = "predicate";
    else if (frame.slot === "predicate") {
      frame.slot = "object";
      frame.typing = TYPES.has(text);
    } else if (frame.slot === "object") frame.slot = "after";
    else if (frame.slot === "graph" || frame.slot === "none") frame.slot = "subject";
  }
}
