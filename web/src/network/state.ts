/** What the reader has chosen, kept in the address so that a view can be sent to somebody. */
import type { Network } from "./model";

export type LayoutName = "force" | "columns" | "circle";

/** The choice: `node` is a thing or "", `edge` its ends and relation or "". */
export interface State {
  layout: LayoutName;
  node: string;
  edge: string;
  alone: boolean;
  least: number;
  kinds: Set<string>;
  ties: Set<string>;
  origins: Set<string>;
}

/** The nodes and edges that the choice leaves. */
export interface Shown {
  nodes: Set<string>;
  edges: Set<string>;
}

const MARK = "#net";
const BASE = "https://w3id.org/stikg/";
const SETS = { kinds: "no-kind", ties: "no-tie", origins: "no-origin" } as const;

/** Returns the choice of somebody who has not chosen yet. */
export function fresh(): State {
  return { layout: "force", node: "", edge: "", alone: false, least: 0, kinds: new Set(), ties: new Set(), origins: new Set() };
}

/** Reads the choice from the part of an address after `#`; what is not ours gives null. */
export function read(hash: string, graph: Network): State | null {
  if (hash !== "" && hash !== MARK && !hash.startsWith(`${MARK}&`)) return null;
  const given = new URLSearchParams(hash.slice(MARK.length + 1));
  const state = fresh();
  const layout = given.get("layout");
  if (layout === "columns" || layout === "circle") state.layout = layout;
  const node = long(given.get("node") ?? "");
  if (graph.hasNode(node)) state.node = node;
  const edge = given.getAll("tie").map(long);
  if (edge.length === 3) state.edge = findEdge(graph, edge);
  state.alone = given.has("alone") && state.node !== "";
  state.least = Math.max(0, Number(given.get("least") ?? 0) || 0);
  for (const [key, name] of Object.entries(SETS)) {
    state[key as keyof typeof SETS] = new Set(given.getAll(name));
  }
  return state;
}

/** Writes the choice as the part of an address after `#`; without any choice it is empty. */
export function write(state: State, graph: Network): string {
  const said = new URLSearchParams();
  if (state.layout !== "force") said.set("layout", state.layout);
  if (state.node) said.set("node", short(state.node));
  if (state.edge && graph.hasEdge(state.edge)) {
    const { source, target, relation } = graph.getEdgeAttribute(state.edge, "tie");
    for (const part of [source, relation, target]) said.append("tie", short(part));
  }
  if (state.alone) said.set("alone", "1");
  if (state.least) said.set("least", String(state.least));
  for (const [key, name] of Object.entries(SETS)) {
    for (const value of [...state[key as keyof typeof SETS]].sort()) said.append(name, value);
  }
  const text = said.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `${MARK}&${text}` : "";
}

/** Returns what the choice leaves: a thing without any tie that is left goes too. */
export function shown(state: State, graph: Network): Shown {
  const edges = new Set<string>();
  const nodes = new Set<string>();
  graph.forEachEdge((edge, { tie }, source, target) => {
    const origins = tie.origins ?? [];
    const kept =
      !state.ties.has(tie.label) &&
      (tie.weight ?? 1) >= state.least &&
      (origins.length === 0 || origins.some((origin) => !state.origins.has(origin))) &&
      [source, target].every((node) => !state.kinds.has(graph.getNodeAttribute(node, "thing").kind)) &&
      (!state.alone || [source, target].includes(state.node));
    if (!kept) return;
    edges.add(edge);
    nodes.add(source).add(target);
  });
  return { nodes, edges };
}

function findEdge(graph: Network, [source, relation, target]: string[]): string {
  return graph.findEdge((_, { tie }) => tie.source === source && tie.relation === relation && tie.target === target) ?? "";
}

function short(iri: string): string {
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : iri;
}

function long(text: string): string {
  return text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : BASE + text;
}
