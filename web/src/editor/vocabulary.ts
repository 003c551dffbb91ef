/** What the graph is made of, as the server tells it. */
import { json, root } from "../page";

export interface Word {
  curie: string;
  label: string;
  definition: string;
  domain?: string;
  range?: string;
  uses: number;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  classes: Word[];
  properties: Word[];
  graphs: { curie: string; uses: number }[];
}

export interface Thing {
  curie: string;
  label: string;
  kind: string;
}

interface Solutions {
  results: { bindings: Record<string, { value: string }>[] };
}

const MOST = 2000;
let known: Promise<Vocabulary> | undefined;
const members = new Map<string, Promise<Thing[]>>();

/** Returns the vocabulary, fetched once. */
export function vocabulary(): Promise<Vocabulary> {
  known ??= json<Vocabulary>(`${root()}/sparql/vocabulary.json`);
  known.catch(() => (known = undefined));
  return known;
}

/** Returns the things that have a name with these words. */
export async function search(words: string, signal: AbortSignal): Promise<Thing[]> {
  const fields = new URLSearchParams({ q: words, limit: "20" });
  return (await json<{ hits: Thing[] }>(`${root()}/search?${fields}`, signal)).hits;
}

/** Returns the things below a prefix, with their labels, fetched once. */
export function below(prefix: string, namespace: string): Promise<Thing[]> {
  let found = members.get(prefix);
  if (!found) {
    found = ask(prefix, namespace);
    members.set(prefix, found);
    found.catch(() => members.delete(prefix));
  }
  return found;
}

async function ask(prefix: string, namespace: string): Promise<Thing[]> {
  const query =
    "PREFIX sti: <https://w3id.org/stikg/ontology/>\nSELECT ?thing ?label { ?thing sti:label ?label " +
    `FILTER(STRSTARTS(STR(?thing), "${namespace}")) } ORDER BY ?thing LIMIT ${MOST}`;
  const answer = await json<Solutions>(`${root()}/sparql?${new URLSearchParams({ query })}`);
  return answer.results.bindings
    .map((row) => ({ local: row["thing"]?.value.slice(namespace.length) ?? "", label: row["label"]?.value ?? "" }))
    .filter(({ local }) => /^\w(?:[\w.-]*[\w-])?$/.test(local))
    .map(({ local, label }) => ({ curie: `${prefix}:${local}`, label, kind: "" }));
}
