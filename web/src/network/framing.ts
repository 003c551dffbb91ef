/** Fits a picture into its field: how large marks are, how wide columns and circles. */
import type { Place } from "./layout";
import type { Network } from "./model";
import type { LayoutName } from "./state";

/** The field in pixels. */
export interface Field {
  width: number;
  height: number;
}

/** Pixels around the picture. */
export const PADDING = 24;

const NAME_ROOM = 250;
const AREA = 420_000;
const NARROW = 500;

/** Returns the room beside columns and circles for their names. */
export function besides(layout: LayoutName, { width }: Field): number {
  if (layout === "force") return 0;
  return Math.min(NAME_ROOM, width * (layout === "circle" && width < NARROW ? 0.2 : 0.3));
}

/** Returns how large marks may be, at most 1: less in a small field, or in a long row of them. */
export function shareOf(graph: Network, layout: LayoutName, field: Field): number {
  const { width, height } = field;
  const largest = Math.max(...graph.mapNodes((_, { size }) => size), 1);
  const sides = ["source", "target"].map((side) => graph.filterNodes((_, { thing }) => thing.side === side).length);
  const around = (Math.PI / 2) * (width - 2 * besides(layout, field) + height);
  const pitch = { force: Infinity, columns: height / Math.max(...sides, 1), circle: around / graph.order };
  return Math.max(0.3, Math.min(1, Math.sqrt((width * height) / AREA), (0.6 * pitch[layout]) / largest));
}

/** Returns by how much columns and circles are widened so that they fill the field. */
export function stretchOf(places: Map<string, Place>, layout: LayoutName, field: Field): number {
  const [wide, tall] = [reach([...places.values()].map(({ x }) => x)), reach([...places.values()].map(({ y }) => y))];
  if (layout === "force" || wide === 0 || tall === 0) return 1;
  const free = field.width - 2 * PADDING - 2 * besides(layout, field);
  return Math.max(0.1, (free / (field.height - 2 * PADDING)) * (tall / wide));
}

/** Returns the box that is shown whole: that of the places, and room for names beside it. */
export function boxOf(spots: { x: number; y: number }[], layout: LayoutName, field: Field): { x: [number, number]; y: [number, number] } {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = besides(layout, field);
  const scale = Math.min((field.width - 2 * PADDING - 2 * room) / (right - left || 1), (field.height - 2 * PADDING) / (high - low || 1));
  const pad = room / scale;
  return { x: [left - pad, right + pad + (right === left ? 1 : 0)], y: [low, high + (low === high ? 1 : 0)] };
}

function reach(values: number[]): number {
  return Math.max(...values) - Math.min(...values);
}
