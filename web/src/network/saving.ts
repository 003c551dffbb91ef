/** The files that a reader takes away: the picture, and what it shows as data. */
import { download, make } from "../page";
import { escape, toPng, toSvg, type Caption } from "./drawing";
import type { Place } from "./layout";
import { palette } from "./looks";
import type { Network } from "./model";
import type { Shown, State } from "./state";

/** What there is to save now. */
export interface Present {
  state: State;
  shown: Shown;
  places: Map<string, Place>;
  caption: Caption;
}

/** Returns the menu of files. */
export function makeMenu(graph: Network, name: string, place: HTMLElement, present: () => Present): HTMLElement {
  const svg = (): string => {
    const { state, shown, places, caption } = present();
    return toSvg(graph, state, shown, places, caption, place);
  };
  const offers: [string, () => void][] = [
    ["Picture as PNG", () => void toPng(svg()).then((png) => download(`${name}.png`, png, "image/png"))],
    ["Picture as SVG", () => download(`${name}.svg`, svg(), "image/svg+xml")],
    ["Ties shown, as CSV", () => download(`${name}.csv`, toCsv(graph, present().shown), "text/csv;charset=utf-8")],
    ["For Gephi, with places (GEXF)", () => download(`${name}.gexf`, toGexf(graph, present().shown, place), "application/gexf+xml")],
  ];
  const menu = make("details", { class: "net-menu" }, make("summary", {}, "Save"));
  const list = make("ul", {});
  for (const [words, act] of offers) {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", () => {
      act();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    list.append(make("li", {}, button));
  }
  menu.append(list);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  return menu;
}

/** Returns the ties that are shown as CSV (RFC 4180), a row for each tie and passage. */
export function toCsv(graph: Network, shown: Shown): string {
  const rows = [["source", "sourceLabel", "relation", "relationLabel", "target", "targetLabel", "weight", "origins", "passage"]];
  graph.forEachEdge((edge, { tie }, source, target) => {
    if (!shown.edges.has(edge)) return;
    const [from, to] = [source, target].map((node) => graph.getNodeAttribute(node, "thing").label);
    for (const passage of tie.passages.length > 0 ? tie.passages : [""]) {
      rows.push([source, from ?? "", tie.relation, tie.label, target, to ?? "", String(tie.weight ?? 1), (tie.origins ?? []).join("; "), passage]);
    }
  });
  return rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** Returns what is shown as GEXF 1.3, with places, sizes and colours. */
export function toGexf(graph: Network, shown: Shown, place: HTMLElement): string {
  const colours = palette(place);
  const nodes = graph.filterNodes((node) => shown.nodes.has(node)).map((node) => {
    const { thing, look, x, y, size } = graph.getNodeAttributes(node);
    const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt((colours.nodes[look % 8] ?? "#000000").slice(start, start + 2), 16));
    return `<node id="${escape(node)}" label="${escape(thing.label)}"><attvalues><attvalue for="kind" value="${escape(thing.kind)}"/></attvalues><viz:position x="${x.toFixed(2)}" y="${y.toFixed(2)}" z="0"/><viz:size value="${size.toFixed(2)}"/><viz:color r="${red}" g="${green}" b="${blue}"/></node>`;
  });
  const edges = graph.filterEdges((edge) => shown.edges.has(edge)).map((edge, number) => {
    const { tie } = graph.getEdgeAttributes(edge);
    return `<edge id="${number}" source="${escape(tie.source)}" target="${escape(tie.target)}" label="${escape(tie.label)}" weight="${tie.weight ?? 1}"><attvalues><attvalue for="relation" value="${escape(tie.relation)}"/><attvalue for="passages" value="${escape(tie.passages.join("; "))}"/></attvalues></edge>`;
  });
  const isDirected = graph.edges().every((edge) => graph.getEdgeAttribute(edge, "directed"));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `<graph defaultedgetype="${isDirected ? "directed" : "undirected"}">`,
    '<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>',
    '<attributes class="edge"><attribute id="relation" title="relation" type="string"/><attribute id="passages" title="passages" type="string"/></attributes>',
    "<nodes>", ...nodes, "</nodes>", "<edges>", ...edges, "</edges>", "</graph>", "</gexf>", "",
  ].join("\n");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
