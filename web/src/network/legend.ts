/** The legend: what shapes, colours and dashes mean; each entry shows or hides what it stands for. */
import { make } from "../page";
import { SHAPES, shapeOf } from "./looks";
import { ranked, type Entry, type Network } from "./model";
import type { State } from "./state";

const SPACE = "http://www.w3.org/2000/svg";
const ORIGINS: Record<string, string> = { stated: "Stated", read: "Interpreted", curated: "Reference data", inferred: "Follows" };

/** The groups of the legend: a set of the state, its title, its entries. */
type Key = "kinds" | "ties" | "origins";

/** Returns the legend and what brings it up to date with a choice. */
export function makeLegend(graph: Network, change: (key: Key, value: string) => void): { element: HTMLElement; update: (state: State) => void } {
  const kinds = ranked(graph.mapNodes((_, { thing }) => thing.kind));
  const ties = ranked(graph.mapEdges((_, { tie }) => tie.label));
  const origins = ranked(graph.mapEdges((_, { tie }) => tie.origins ?? []).flat());
  const buttons: [Key, string, HTMLButtonElement][] = [];

  function group(key: Key, title: string, entries: Entry[], icon: (look: number) => Element | null): HTMLElement {
    const items = entries.map(({ value, look, count }) => {
      const words = key === "origins" ? (ORIGINS[value] ?? value) : value || "of no kind";
      const button = make("button", { type: "button", class: "net-entry", "aria-pressed": "true", [`data-${key}`]: value });
      const sign = icon(look);
      if (sign) button.append(sign, " ");
      button.append(make("span", {}, words), " ", make("span", { class: "net-count" }, `(${count})`));
      button.addEventListener("click", () => change(key, value));
      buttons.push([key, value, button]);
      return make("li", {}, button);
    });
    return make("div", { class: "net-group" }, make("h3", { id: `net-${key}` }, title), make("ul", { "aria-labelledby": `net-${key}` }, ...items));
  }

  const element = make("div", { class: "net-legend" }, group("kinds", "Things", kinds, markIcon), group("ties", "Ties", ties, lineIcon));
  if (origins.length > 1) element.append(group("origins", "What ties rest on", origins, () => null));
  return {
    element,
    update: (state) => {
      for (const [key, value, button] of buttons) button.setAttribute("aria-pressed", String(!state[key].has(value)));
    },
  };
}

/** Returns the mark of a kind. */
export function markIcon(look: number): Element {
  return icon("-9 -9 18 18", 18, 18, { class: `node k${look % 8}`, d: SHAPES[shapeOf(look)] ?? "" });
}

/** Returns the line of a relation. */
export function lineIcon(look: number): Element {
  return icon("0 0 34 12", 34, 12, { class: `edge r${look % 8}`, d: "M1 6H33" });
}

/** Returns a small drawing that says nothing by itself. */
export function icon(box: string, width: number, height: number, path: Record<string, string>): Element {
  const svg = document.createElementNS(SPACE, "svg");
  const drawn = document.createElementNS(SPACE, "path");
  const said = { viewBox: box, width, height, "aria-hidden": "true", focusable: "false" };
  for (const [name, value] of Object.entries(said)) svg.setAttribute(name, String(value));
  for (const [name, value] of Object.entries(path)) drawn.setAttribute(name, value);
  svg.append(drawn);
  return svg;
}
