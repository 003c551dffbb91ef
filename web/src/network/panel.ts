/** What stands beside the picture: all things, or one thing with its ties, or one tie. */
import { make } from "../page";
import { lineIcon, markIcon } from "./legend";
import { compare, type DataEdge, type Network } from "./model";
import type { Shown, State } from "./state";

/** What the panel asks for. */
export interface Asks {
  node: (node: string) => void;
  edge: (edge: string) => void;
  alone: () => void;
  back: () => void;
}

/** Where a passage is shown, and how it is called. */
export type Passage = (iri: string) => { href: string; text: string };

const ORIGINS: Record<string, string> = { stated: "Stated", read: "Interpreted", curated: "Reference data", inferred: "Follows" };

/** Fills the panel with what a choice says. */
export function fill(panel: HTMLElement, graph: Network, state: State, shown: Shown, asks: Asks, passage: Passage): void {
  if (state.edge) panel.replaceChildren(...aboutEdge(graph, state.edge, asks, passage));
  else if (state.node) panel.replaceChildren(...aboutNode(graph, state, shown, asks, passage));
  else panel.replaceChildren(...everything(graph, shown, asks));
  panel.scrollTop = 0;
}

function everything(graph: Network, shown: Shown, asks: Asks): Node[] {
  const nodes = graph
    .filterNodes((node) => shown.nodes.has(node))
    .map((node) => ({ node, ...graph.getNodeAttributes(node) }))
    .sort((one, other) => other.degree - one.degree || compare(one.thing.label, other.thing.label));
  const items = nodes.map(({ node, thing, look, degree }) =>
    make("li", {}, choice([markIcon(look), " ", make("span", {}, thing.label)], () => asks.node(node)), " ", make("span", { class: "net-count" }, `(${degree})`)),
  );
  return [
    make("h3", { tabindex: -1 }, "Things in the picture"),
    make("p", { class: "hint" }, nodes.length > 0 ? "The best connected first. Choose one to see its ties." : "Nothing is left: show more in the legend."),
    make("ul", { class: "net-list" }, ...items),
  ];
}

function aboutNode(graph: Network, state: State, shown: Shown, asks: Asks, passage: Passage): Node[] {
  const { thing, look, degree } = graph.getNodeAttributes(state.node);
  const groups = new Map<string, string[]>();
  graph.forEachEdge(state.node, (edge, { tie }, source) => {
    if (!shown.edges.has(edge)) return;
    const key = JSON.stringify([tie.label, tie.source === tie.target || source === state.node]);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  });
  const sections = [...groups].sort(([one], [other]) => compare(one, other)).flatMap(([key, edges]) => {
    const [label, isOut] = JSON.parse(key) as [string, boolean];
    const first = graph.getEdgeAttributes(edges[0] ?? "");
    const other = (edge: string): string => graph.opposite(state.node, edge);
    const named = (edge: string): string => graph.getNodeAttribute(other(edge), "thing").label;
    const words = !first.directed ? [label] : isOut ? [`${label} →`, hidden("to")] : [`← ${label}`, hidden("by or from")];
    return [
      make("h4", {}, lineIcon(first.look), " ", ...words, " ", make("span", { class: "net-count" }, `(${edges.length})`)),
      make("ul", { class: "net-ties" }, ...edges.sort((one, two) => compare(named(one), named(two))).map((edge) => tieItem(graph, edge, other(edge), asks, passage))),
    ];
  });
  const only = make("button", { type: "button", class: "net-plain", "aria-pressed": String(state.alone) }, "Only this and its neighbours");
  only.addEventListener("click", asks.alone);
  return [
    back(asks),
    make("h3", { tabindex: -1 }, markIcon(look), " ", thing.label),
    make("p", { class: "net-facts" }, `${capital(thing.kind || "thing")}. ${count(degree, "neighbour")} and ${count(graph.degree(state.node), "tie")} in this network. `, ...(thing.href ? [make("a", { href: thing.href }, "Its page")] : [])),
    only,
    ...(sections.length > 0 ? sections : [make("p", { class: "hint" }, "The legend hides all its ties.")]),
  ];
}

function tieItem(graph: Network, edge: string, other: string, asks: Asks, passage: Passage): HTMLElement {
  const { thing, look } = graph.getNodeAttributes(other);
  return make(
    "li",
    {},
    choice([markIcon(look), " ", make("span", {}, thing.label)], () => asks.node(other)),
    evidence(graph.getEdgeAttribute(edge, "tie"), passage),
  );
}

function aboutEdge(graph: Network, edge: string, asks: Asks, passage: Passage): Node[] {
  const { tie, look } = graph.getEdgeAttributes(edge);
  const [source, target] = graph.extremities(edge);
  const ends = [source, target].map((node) => {
    const { thing, look: kind } = graph.getNodeAttributes(node);
    return choice([markIcon(kind), " ", make("span", {}, thing.label)], () => asks.node(node));
  });
  return [
    back(asks),
    make("h3", { tabindex: -1 }, lineIcon(look), ` ${tie.label}`),
    make("ul", { class: "net-ties" }, ...ends.map((end, place) => make("li", {}, place ? "to " : "from ", end))),
    make("h4", {}, "What it rests on"),
    evidence(tie, passage),
  ];
}

/** Returns the passages of a tie, and what it rests on besides. */
function evidence(tie: DataEdge, passage: Passage): HTMLElement {
  const links = tie.passages.map((iri) => {
    const { href, text } = passage(iri);
    return make("li", {}, href ? make("a", { href }, text) : text);
  });
  const others = (tie.origins ?? []).filter((origin) => links.length === 0 || origin !== "stated");
  const tags = others.map((origin) => make("li", {}, make("span", { class: `tag tag-${origin}`, "data-origin": origin }, ORIGINS[origin] ?? origin)));
  const via = (tie.via_labels ?? []).length === 0 ? [] : [make("li", { class: "net-count net-via" }, `via ${tie.via_labels?.join("; ")}`)];
  const weight = (tie.weight ?? 1) === 1 ? [] : [make("li", { class: "net-count" }, `weight ${tie.weight}${tie.period ? `, ${tie.period}` : ""}`)];
  return make("ul", { class: "net-passages", "aria-label": "Evidence" }, ...links, ...tags, ...weight, ...via);
}

function hidden(words: string): HTMLElement {
  return make("span", { class: "hidden" }, ` ${words}`);
}

function back(asks: Asks): HTMLElement {
  const button = make("button", { type: "button", class: "net-plain net-back" }, "← All things");
  button.addEventListener("click", asks.back);
  return button;
}

function choice(content: (Node | string)[], act: () => void): HTMLElement {
  const button = make("button", { type: "button", class: "net-choice" }, ...content);
  button.addEventListener("click", act);
  return button;
}

/** Puts a number before a word. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
