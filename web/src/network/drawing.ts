/** The picture as a file: SVG written from the places, PNG made from that, with legend and licence. */
import { HEAD } from "./lines";
import { DASHES, SHAPES, UNIT, palette, shapeOf, type Palette } from "./looks";
import type { Place } from "./layout";
import { ranked, type Network } from "./model";
import type { Shown, State } from "./state";
import { HUB, thicknesses } from "./view";
import { placeWords, type Word } from "./words";

/** What stands above and below a picture. */
export interface Caption {
  title: string;
  subtitle: string;
  licence: string;
}

const WIDTH = 1400;
const HEIGHT = 900;
const MARGIN = 40;
const TOP = 90;
const ENTRY = 22;
const SHARPNESS = 2;
const FAMILY = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

interface Spot {
  x: number;
  y: number;
  radius: number;
}

/** Returns what is shown as an SVG document. */
export function toSvg(graph: Network, state: State, shown: Shown, places: Map<string, Place>, caption: Caption, place: HTMLElement): string {
  const colours = palette(place);
  const thickness = thicknesses(graph);
  const spots = fitted(graph, shown, state);
  const names = words(graph, state, spots, places);
  const key = legend(graph, shown, colours);
  const tall = TOP + HEIGHT + key.height + 50;
  const text = (x: number, y: number, size: number, words: string, fill: string, more = ""): string =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escape(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${tall}" width="${WIDTH}" height="${tall}" font-family="${FAMILY}" role="img" aria-label="${escape(caption.title)}">`,
    `<title>${escape(caption.title)}</title>`,
    `<rect width="${WIDTH}" height="${tall}" fill="${colours.page}"/>`,
    text(MARGIN, 44, 26, caption.title, colours.text, ' font-weight="bold"'),
    text(MARGIN, 70, 15, caption.subtitle, colours.soft),
    `<g class="edges" fill="none">`,
    ...graph.filterEdges((edge) => shown.edges.has(edge)).map((edge) => line(graph, edge, spots, colours, thickness(graph.getEdgeAttribute(edge, "tie").weight ?? 1))),
    ...names.flatMap(({ leader }) => (leader ? [`<path stroke="${colours.text}" d="M${round(leader[0])} ${round(leader[1])}L${round(leader[2])} ${round(leader[3])}"/>`] : [])),
    `</g><g class="nodes" stroke="${colours.page}" stroke-width="1.5">`,
    ...[...spots].map(([node, spot]) => mark(graph, node, spot, colours)),
    `</g><g class="labels" font-size="13" fill="${colours.text}" stroke="${colours.page}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`,
    ...names.map(({ lines }) => `<text>${lines.map((said) => `<tspan x="${round(said.x)}" y="${round(said.y)}">${escape(said.text)}</tspan>`).join(" ")}</text>`),
    `</g><g class="legend" transform="translate(${MARGIN} ${TOP + HEIGHT + 10})" font-size="14" fill="${colours.text}">`,
    ...key.parts,
    "</g>",
    text(MARGIN, tall - 18, 12, caption.licence, colours.soft),
    "</svg>",
    "",
  ].join("\n");
}

/** Returns an SVG document as PNG, two pixels for one of its own. */
export async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * SHARPNESS, image.height * SHARPNESS];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the browser makes no PNG"))), "image/png"),
  );
}

function fitted(graph: Network, shown: Shown, state: State): Map<string, Spot> {
  const nodes = graph.filterNodes((node) => shown.nodes.has(node)).map((node) => ({ node, ...graph.getNodeAttributes(node) }));
  const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = state.layout === "force" ? 90 : 330;
  const [wide, tall] = [WIDTH - 2 * side, HEIGHT - 2 * MARGIN];
  const scale = Math.min(wide / (right - left || 1), tall / (high - low || 1));
  return new Map(
    nodes.map(({ node, x, y, size }) => [
      node,
      { x: WIDTH / 2 + (x - (left + right) / 2) * scale, y: TOP + HEIGHT / 2 - (y - (low + high) / 2) * scale, radius: size },
    ]),
  );
}

function words(graph: Network, state: State, spots: Map<string, Spot>, places: Map<string, Place>): Word[] {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [];
  context.font = `13px ${FAMILY}`;
  const wishes = [...spots].map(([id, { x, y, radius }]) => {
    const { thing, degree } = graph.getNodeAttributes(id);
    const must = id === state.node;
    return { id, text: thing.label, x, y, radius: radius + 2, side: places.get(id)?.side ?? 0, must, vital: degree >= HUB, rank: must ? 1e6 : degree };
  });
  wishes.sort((one, other) => other.rank - one.rank);
  return placeWords(wishes, (text) => context.measureText(text).width * 1.04, WIDTH, TOP + HEIGHT);
}

function line(graph: Network, edge: string, spots: Map<string, Spot>, colours: Palette, width: number): string {
  const { look, shift, directed, tie } = graph.getEdgeAttributes(edge);
  const [first, last] = graph.extremities(edge).map((node) => spots.get(node));
  if (!first || !last) return "";
  const long = Math.hypot(last.x - first.x, last.y - first.y) || 1;
  const [x, y] = [(last.x - first.x) / long, (last.y - first.y) / long];
  const [start, end] = [Math.min(first.radius, long * 0.45), Math.min(last.radius + 2, long * 0.45)];
  const at = (along: number, across: number): string =>
    `${round(first.x + x * along + y * (across - shift))} ${round(first.y + y * along - x * (across - shift))}`;
  const tip = long - end;
  const colour = colours.edges[look % 8] ?? colours.text;
  const dash = DASHES[look % 8] ? ` stroke-dasharray="${DASHES[look % 8]}"` : "";
  const head = directed ? `<path fill="${colour}" d="M${at(tip, 0)}L${at(tip - HEAD, HEAD * 0.45)}L${at(tip - HEAD, -HEAD * 0.45)}z"/>` : "";
  const stem = `<path stroke="${colour}" stroke-width="${round(width)}" stroke-opacity="0.8"${dash} d="M${at(start, 0)}L${at(directed ? tip - HEAD : tip, 0)}"/>`;
  return `<g class="edge"><title>${escape(tie.label)}</title>${stem}${head}</g>`;
}

function mark(graph: Network, node: string, { x, y, radius }: Spot, colours: Palette): string {
  const { look, thing } = graph.getNodeAttributes(node);
  return `<path class="node" fill="${colours.nodes[look % 8]}" d="${SHAPES[shapeOf(look)]}" transform="translate(${round(x)} ${round(y)}) scale(${round(radius / UNIT)})"><title>${escape(thing.label)}</title></path>`;
}

function legend(graph: Network, shown: Shown, colours: Palette): { parts: string[]; height: number } {
  const kinds = counted(graph.mapNodes((node, { thing, look }) => (shown.nodes.has(node) ? ([thing.kind || "of no kind", look] as const) : null)));
  const ties = counted(graph.mapEdges((edge, { tie, look }) => (shown.edges.has(edge) ? ([tie.label, look] as const) : null)));
  const half = Math.ceil(kinds.length / 2);
  const column = (place: number, rows: number): string => `${Math.floor(place / rows) * 440} ${(place % rows) * ENTRY + 14}`;
  const parts = kinds.map(
    ({ words: said, look }, place) =>
      `<g transform="translate(${column(place, half)})"><path fill="${colours.nodes[look % 8]}" d="${SHAPES[shapeOf(look)]}" transform="translate(8 -5)"/><text x="26">${escape(said)}</text></g>`,
  );
  ties.forEach(({ words: said, look }, place) => {
    const dash = DASHES[look % 8] ? ` stroke-dasharray="${DASHES[look % 8]}"` : "";
    parts.push(`<g transform="translate(900 ${place * ENTRY + 14})"><path stroke="${colours.edges[look % 8]}" stroke-width="2"${dash} d="M0 -5H40"/><text x="52">${escape(said)}</text></g>`);
  });
  return { parts, height: Math.max(half, ties.length) * ENTRY + 10 };
}

function counted(values: (readonly [string, number] | null)[]): { words: string; look: number }[] {
  const there = values.filter((value) => value !== null);
  const looks = new Map(there);
  return ranked(there.map(([value]) => value)).map(({ value, count }) => ({ words: `${value} (${count})`, look: looks.get(value) ?? 0 }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Makes a text safe between the tags and quotes of XML. */
export function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
