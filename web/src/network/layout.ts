/** Where things stand: computed from the network alone, so that the same network looks the same. */
import { MultiUndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import { compare, type Network } from "./model";
import { room, separate, type Body } from "./spacing";
import type { LayoutName } from "./state";

/** A place, and on which side of it the name reads best: 1 right, -1 left, 0 any. */
export interface Place {
  x: number;
  y: number;
  side: -1 | 0 | 1;
}

interface Box {
  places: Map<string, Place>;
  width: number;
  height: number;
}

const ROOM = 85;
const GAP = 26;
const STEPS = 24;
const ASPECT = 1.2;
const SWEEPS = 6;
const LONG = 2000;
/** Up to so many things, so many rounds: so that nobody waits for more than a moment. */
const ROUNDS = [[150, 500], [600, 250], [LONG, 100]] as const;
const MOST_NAMED = 500;

/** Tells whether the network has two sides, so that columns make sense. */
export function isBipartite(graph: Network): boolean {
  return graph.order > 0 && graph.everyNode((_, { thing }) => thing.side === "source" || thing.side === "target");
}

/** Returns the place of every thing. */
export function arrange(graph: Network, name: LayoutName): Map<string, Place> {
  if (name === "columns" && isBipartite(graph)) return columns(graph);
  if (name === "circle") return circle(graph);
  return force(graph);
}

function force(graph: Network): Map<string, Place> {
  const boxes = components(graph).map((nodes) => spread(graph, nodes));
  const highest = Math.max(...boxes.map((box) => box.height));
  const whole = boxes.reduce((sum, box) => sum + box.height, 0);
  let best = pack(boxes, highest);
  for (let step = 1; step <= STEPS; step++) {
    const tried = pack(boxes, highest + ((whole - highest) * step) / STEPS);
    if (tried.size < best.size) best = tried;
  }
  return best.places;
}

/** Puts parts below each other up to a height, then into the next column; tells how large that is. */
function pack(boxes: Box[], tall: number): { places: Map<string, Place>; size: number } {
  const places = new Map<string, Place>();
  let [x, y, wide, high] = [0, 0, 0, 0];
  for (const box of boxes) {
    if (y > 0 && y + box.height > tall + 1) [x, y, wide] = [x + wide, 0, 0];
    for (const [node, place] of box.places) places.set(node, { ...place, x: place.x + x, y: place.y - y });
    y += box.height;
    wide = Math.max(wide, box.width);
    high = Math.max(high, y);
  }
  return { places, size: Math.max((x + wide) / ASPECT, high) };
}

function spread(graph: Network, nodes: string[]): Box {
  const part = new MultiUndirectedGraph<{ x: number; y: number; size: number }>();
  nodes.forEach((node, place) => {
    const angle = (2 * Math.PI * place) / nodes.length;
    part.addNode(node, { x: 100 * Math.cos(angle), y: 100 * Math.sin(angle), size: graph.getNodeAttribute(node, "size") });
  });
  for (const node of nodes) {
    graph.forEachOutNeighbor(node, (other) => {
      if (other !== node && !part.hasEdge(node, other)) part.addEdge(node, other);
    });
  }
  forceAtlas2.assign(part, {
    iterations: ROUNDS.find(([most]) => nodes.length <= most)?.[1] ?? 50,
    getEdgeWeight: null,
    settings: { scalingRatio: 20, gravity: 1.5, slowDown: 4, barnesHutOptimize: nodes.length > 300, barnesHutTheta: 1 },
  });
  const found = new Map<string, Place>();
  part.forEachNode((node, { x, y }) => found.set(node, { x, y, side: 0 }));
  const [width, height] = extent(found);
  const least = Math.max(width, height, 1) / 3;
  const scale = (ROOM * Math.sqrt(nodes.length)) / Math.sqrt(Math.max(width, least) * Math.max(height, least));
  part.forEachNode((node, { x, y }) => part.mergeNodeAttributes(node, { x: x * scale, y: y * scale }));
  if (nodes.length <= LONG) noverlap.assign(part, { maxIterations: 120, settings: { margin: 14, ratio: 1.3, speed: 2, gridSize: 20 } });
  const bodies = part.mapNodes((node, { x, y, size }) => {
    const [wide, tall] = room(graph.getNodeAttribute(node, "thing").label);
    return { node, x, y, left: size + 4, right: size + 8 + wide, half: Math.max(size + 2, tall / 2 + 1) };
  });
  if (nodes.length <= MOST_NAMED) separate(bodies);
  return boxed(bodies);
}

/** Moves a part so that it begins at the upper left, and measures it with its names. */
function boxed(bodies: (Body & { node: string })[]): Box {
  const left = Math.min(...bodies.map((body) => body.x - body.left));
  const right = Math.max(...bodies.map((body) => body.x + body.right));
  const low = Math.min(...bodies.map((body) => body.y - body.half));
  const high = Math.max(...bodies.map((body) => body.y + body.half));
  const places = new Map<string, Place>(bodies.map(({ node, x, y }) => [node, { x: x - left, y: y - high, side: 0 }]));
  return { places, width: right - left + GAP, height: high - low + GAP };
}

/** Returns the parts that hang together, the largest first. */
function components(graph: Network): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  graph.forEachNode((start) => {
    if (seen.has(start)) return;
    const part = [start];
    seen.add(start);
    for (const node of part) {
      for (const other of graph.neighbors(node)) if (!seen.has(other)) part.push(other), seen.add(other);
    }
    found.push(part.sort(compare));
  });
  return found.sort((one, other) => other.length - one.length || compare(one[0] ?? "", other[0] ?? ""));
}

function columns(graph: Network): Map<string, Place> {
  const sides = (["source", "target"] as const).map((side) =>
    graph.filterNodes((_, { thing }) => thing.side === side).sort((one, other) => byDegree(graph, one, other)),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [here, there] of [[1, 0], [0, 1]] as const) {
      const rank = new Map(sides[there]?.map((node, place) => [node, place]));
      const middle = (node: string): number => {
        const ties = graph.neighbors(node).map((other) => rank.get(other) ?? 0);
        return ties.reduce((sum, place) => sum + place, 0) / (ties.length || 1);
      };
      sides[here]?.sort((one, other) => middle(one) - middle(other) || compare(one, other));
    }
  }
  const tall = 22 * Math.max(...sides.map((side) => side.length));
  const placed = new Map<string, Place>();
  sides.forEach((side, column) =>
    side.forEach((node, place) =>
      placed.set(node, { x: column * tall * 0.55, y: -((place + 0.5) * tall) / side.length, side: column ? 1 : -1 }),
    ),
  );
  return placed;
}

function circle(graph: Network): Map<string, Place> {
  const nodes = graph.nodes().sort((one, other) => graph.getNodeAttribute(one, "look") - graph.getNodeAttribute(other, "look") || byDegree(graph, one, other));
  const radius = Math.max(120, 5 * nodes.length);
  return new Map(
    nodes.map((node, place) => {
      const angle = Math.PI / 2 - (2 * Math.PI * (place + 0.5)) / nodes.length;
      const x = radius * Math.cos(angle);
      return [node, { x, y: radius * Math.sin(angle), side: x < 0 ? -1 : 1 }];
    }),
  );
}

function byDegree(graph: Network, one: string, other: string): number {
  return graph.getNodeAttribute(other, "degree") - graph.getNodeAttribute(one, "degree") || compare(one, other);
}

function extent(places: Map<string, Place>): [number, number] {
  const xs = [...places.values()].map((place) => place.x);
  const ys = [...places.values()].map((place) => place.y);
  return [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
}
