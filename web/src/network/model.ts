/** A network as the server or the file gives it, as a graph, and what of it is shown. */
import { MultiDirectedGraph } from "graphology";

/** A thing in the network. */
export interface DataNode {
  id: string;
  href: string;
  label: string;
  kind: string;
  side: string;
}

/** A tie, with the passages that state it. */
export interface DataEdge {
  source: string;
  target: string;
  relation: string;
  label: string;
  passages: string[];
  origins?: string[];
  weight?: number;
  period?: string;
  via_labels?: string[];
}

/** The JSON of a network. */
export interface Data {
  name: string;
  title: string;
  directed?: boolean;
  weight_title?: string;
  filters?: Record<string, string>;
  /** Where node-link JSON keeps what holds for the whole. */
  graph?: { weight_title?: string; filters?: Record<string, string> };
  nodes: DataNode[];
  edges: DataEdge[];
}

/** A node of the graph: the thing, its place and looks. `look` counts kinds, the commonest is 0. */
export interface NodeLooks {
  thing: DataNode;
  look: number;
  degree: number;
  x: number;
  y: number;
  size: number;
}

/** An edge of the graph; `shift` keeps lines between the same things apart, in pixels. */
export interface EdgeLooks {
  tie: DataEdge;
  look: number;
  shift: number;
  directed: boolean;
}

export type Network = MultiDirectedGraph<NodeLooks, EdgeLooks>;

/** A value of kind, relation or origin, its look, and how often it comes. */
export interface Entry {
  value: string;
  look: number;
  count: number;
}

const GAP = 4;

/** Counts values: the commonest first, so that a look is the place in the list. */
export function ranked(values: Iterable<string>): Entry[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([one, first], [other, second]) => second - first || compare(one, other))
    .map(([value, count], look) => ({ value, look, count }));
}

/** Orders texts by their characters, the same for every reader's language. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Returns the graph of a network; a tie to a thing that is not in it is left out. */
export function build(data: Data): Network {
  const graph: Network = new MultiDirectedGraph();
  const kinds = looks(data.nodes.map((node) => node.kind));
  const relations = looks(data.edges.map((edge) => edge.label));
  for (const thing of [...data.nodes].sort((one, other) => compare(one.id, other.id))) {
    if (graph.hasNode(thing.id)) continue;
    graph.addNode(thing.id, { thing, look: kinds.get(thing.kind) ?? 0, degree: 0, x: 0, y: 0, size: 5 });
  }
  const pairs = new Map<string, string[]>();
  for (const tie of data.edges) {
    if (!graph.hasNode(tie.source) || !graph.hasNode(tie.target)) continue;
    const look = relations.get(tie.label) ?? 0;
    const edge = graph.addEdge(tie.source, tie.target, { tie, look, shift: 0, directed: data.directed !== false });
    const pair = [tie.source, tie.target].sort(compare).join("\n");
    pairs.set(pair, [...(pairs.get(pair) ?? []), edge]);
  }
  for (const edges of pairs.values()) {
    edges.forEach((edge, place) => {
      const way = compare(graph.source(edge), graph.target(edge)) <= 0 ? 1 : -1;
      graph.setEdgeAttribute(edge, "shift", way * GAP * (place - (edges.length - 1) / 2));
    });
  }
  const shrink = graph.order > 300 ? Math.sqrt(300 / graph.order) : 1;
  graph.forEachNode((node) => {
    const degree = new Set(graph.neighbors(node).filter((other) => other !== node)).size;
    graph.mergeNodeAttributes(node, { degree, size: Math.max(2.5, Math.min(16, 4.5 + 2.1 * Math.sqrt(degree)) * shrink) });
  });
  return graph;
}

function looks(values: string[]): Map<string, number> {
  return new Map(ranked(values).map(({ value, look }) => [value, look]));
}
