/** The figures of an answer as a drawing above their table, drawn again when the rows change. */
import { make, type Enhance } from "../page";
import { read } from "../tables/model";
import { CHANGED } from "../tables/view";
import { bars } from "./bars";
import { panelsOf, unitWords, type Panel } from "./figures";
import { savePng, saveSvg } from "./saving";
import { isSeries, series } from "./series";
import { draw, wrapped } from "./svg";

const MOST_PANELS = 12;
const MOST_FIGURES = 90;
const LINE = 20;
const WIDEST = 960;
let count = 0;

export const enhance: Enhance = (found) => {
  for (const place of found) {
    const table = document.getElementById(place.dataset["table"] ?? "");
    if (table instanceof HTMLTableElement) chart(place, table);
  }
};

function chart(place: HTMLElement, table: HTMLTableElement): void {
  const kind = place.dataset["chart"] ?? "";
  const title = table.caption?.textContent ?? "";
  const name = `${location.pathname.split("/").pop()}-chart`;
  const frame = make("div");
  const button = (words: string): HTMLButtonElement => make("button", { type: "button", class: "tool" }, words);
  const [svg, png] = [button("Save chart as SVG"), button("Save chart as PNG")];
  const buttons = make("figcaption", {}, svg, " ", png);
  const part = make("p", { class: "hint" }, "The chart is of the rows on this page.");
  const drawing = (): SVGSVGElement | null => frame.querySelector("svg");
  const isPart = read(table).paged;
  const show = (): void => {
    const panels = panelsOf(table, kind);
    const size = panels.reduce((sum, { figures }) => sum + figures.length, 0);
    const width = Math.min(WIDEST, Math.floor(place.clientWidth));
    place.hidden = size < 2;
    if (size < 2 || width <= 0) return;
    part.hidden = !isPart;
    buttons.hidden = size > MOST_FIGURES || panels.length > MOST_PANELS;
    frame.replaceChildren(
      buttons.hidden
        ? make("p", { class: "hint" }, `${size} figures of ${panels.length} indicators are too many for a chart. Narrow the question, or filter the rows.`)
        : picture(panels, title, width),
    );
  };
  svg.addEventListener("click", () => {
    const shown = drawing();
    if (shown) saveSvg(shown, name);
  });
  png.addEventListener("click", () => {
    const shown = drawing();
    if (shown) void savePng(shown, name);
  });
  place.append(make("figure", { class: "chart" }, frame, part, buttons));
  table.addEventListener(CHANGED, show);
  let width = 0;
  new ResizeObserver(() => {
    if (place.clientWidth !== width) show();
    width = place.clientWidth;
  }).observe(place.parentElement ?? place);
  show();
}

function picture(panels: readonly Panel[], title: string, width: number): SVGSVGElement {
  const id = `chart-${(count += 1)}`;
  const content = draw("g", {});
  let top = 0;
  for (const panel of panels) {
    const unit = unitWords(panel.unit);
    for (const line of wrapped(unit ? `${panel.title} (${unit})` : panel.title, width)) {
      top += LINE;
      content.append(draw("text", { class: "head", x: 0, y: top - 4 }, line));
    }
    top = (isSeries(panel) ? series : bars)(panel, content, top + 8, width) + LINE;
  }
  return draw(
    "svg",
    { viewBox: `0 0 ${width} ${top}`, width, height: top, role: "img", "aria-labelledby": `${id}-title ${id}-desc` },
    draw("title", { id: `${id}-title` }, `Chart: ${title}`),
    draw("desc", { id: `${id}-desc` }, described(panels)),
    content,
  );
}

function described(panels: readonly Panel[]): string {
  const parts = panels.map(({ title, unit, figures }) => {
    const ordered = [...figures].sort((a, b) => b.value - a.value);
    const [most, least] = [ordered[0], ordered.at(-1)];
    const figure = (item: typeof most): string =>
      item ? `${item.printed} (${[item.who, item.period].filter(Boolean).join(", ")})` : "";
    const count = figures.length === 1 ? "1 figure" : `${figures.length} figures`;
    return `${title}${unit ? `, ${unitWords(unit)}` : ""}: ${count}, from ${figure(least)} to ${figure(most)}.`;
  });
  return `${parts.join(" ")} The table below has the same figures.`;
}
