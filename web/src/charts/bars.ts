/** A bar for each figure, from nothing; ranks are dots, as a longer bar would not be more. */
import { printed, type Figure, type Panel } from "./figures";
import { draw, label, widthOf } from "./svg";

const LINE = 26;
const NARROW = 560;
const GAP = 8;

/** Draws a panel below a height; returns the height it ends at. */
export function bars(panel: Panel, into: SVGElement, top: number, width: number): number {
  const { figures, unit } = panel;
  const stacked = width < NARROW;
  const names = figures.map(({ who, period }) => [who, period].filter(Boolean).join(", "));
  const left = stacked ? 0 : Math.min(width * 0.45, Math.max(...names.map(widthOf)) + GAP);
  const numbers = Math.max(...figures.map((figure) => widthOf(printed(figure)))) + GAP;
  const values = figures.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = width - left - numbers;
  const at = (value: number): number => left + ((value - low) / (high - low || 1)) * room;
  let y = top;
  figures.forEach((figure, index) => {
    const name = names[index] ?? "";
    if (stacked) y += LINE - 6;
    into.append(label(name, stacked ? width : left - GAP, { x: 0, y: stacked ? y - 4 : y + 17 }));
    into.append(mark(figure, unit, at, y));
    into.append(draw("text", { class: "value", x: at(Math.max(figure.value, 0)) + GAP, y: y + 17 }, printed(figure)));
    y += LINE;
  });
  into.append(draw("path", { class: "axis", d: `M${at(0)} ${top}V${y}` }));
  return y;
}

function mark({ value }: Figure, unit: string, at: (value: number) => number, y: number): SVGElement {
  if (unit === "RANK") return draw("circle", { class: "bar", cx: at(value), cy: y + 12, r: 5 });
  const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
  return draw("rect", { class: "bar", x: from, y: y + 4, width: Math.max(1, to - from), height: LINE - 9 });
}
