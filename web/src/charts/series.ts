/** Figures over the years, a line for each subject. */
import { printed, yearOf, type Figure, type Panel } from "./figures";
import { draw, label, widthOf } from "./svg";

const HIGH = 200;
const LINE = 24;
const LOOKS = 8;

/** Tells whether a panel is about years: one figure for each, and two or more for somebody. */
export function isSeries({ figures, unit }: Panel): boolean {
  const moments = figures.map(({ who, period }) => `${who}\n${yearOf(period) ?? ""}`);
  const alone = new Set(moments).size === moments.length;
  const whos = new Set(figures.map(({ who }) => who));
  const years = figures.every(({ period }) => yearOf(period) !== undefined);
  return years && alone && unit !== "RANK" && whos.size < figures.length && whos.size <= LOOKS;
}

/** Draws a panel below a height; returns the height it ends at. */
export function series({ figures }: Panel, into: SVGElement, top: number, width: number): number {
  const years = figures.map(({ period }) => yearOf(period) ?? 0);
  const values = figures.map(({ value }) => value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const edge = Math.max(40, ...figures.map((figure) => widthOf(printed(figure)) / 2 + 4));
  const x = (year: number): number => edge + ((year - first) / (last - first || 1)) * (width - 2 * edge);
  const y = (value: number): number => top + HIGH - ((value - low) / (high - low || 1)) * (HIGH - 30);
  into.append(draw("path", { class: "axis", d: `M0 ${y(0)}H${width}` }));
  let shown = -Infinity;
  for (const year of [...new Set(years)].sort()) {
    if (x(year) - shown < 40) continue;
    shown = x(year);
    into.append(draw("text", { x: shown, y: top + HIGH + 18, "text-anchor": "middle" }, String(year)));
  }
  let end = top + HIGH + 18 + LINE;
  [...bySubject(figures)].forEach(([who, points], look) => {
    const places = points.map((figure) => [x(yearOf(figure.period) ?? 0), y(figure.value)] as const);
    into.append(draw("path", { class: `edge r${look}`, d: `M${places.map((place) => place.join(" ")).join("L")}` }));
    points.forEach((figure, index) => {
      const [cx = 0, cy = 0] = places[index] ?? [];
      into.append(
        draw("circle", { class: `node k${look}`, cx, cy, r: 5 }, draw("title", {}, `${who}, ${figure.period}`)),
        draw("text", { class: "value", x: cx, y: cy - 9, "text-anchor": "middle" }, printed(figure)),
      );
    });
    if (who) {
      into.append(draw("path", { class: `edge r${look}`, d: `M0 ${end - 5}H30` }));
      into.append(label(who, width - 38, { x: 38, y: end }));
      end += LINE;
    }
  });
  return end - LINE / 2;
}

function bySubject(figures: readonly Figure[]): Map<string, Figure[]> {
  const found = new Map<string, Figure[]>();
  const ordered = [...figures].sort((a, b) => (yearOf(a.period) ?? 0) - (yearOf(b.period) ?? 0));
  for (const figure of ordered) found.set(figure.who, [...(found.get(figure.who) ?? []), figure]);
  return found;
}
