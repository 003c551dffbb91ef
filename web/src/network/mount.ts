/** The whole explorer of a network: tools, picture, panel and legend, held together by one choice. */
import { announce, make } from "../page";
import { makeFinder } from "./finder";
import { arrange, isBipartite, type Place } from "./layout";
import { makeLegend } from "./legend";
import { build, type Data, type Network } from "./model";
import { count, fill, type Asks, type Passage } from "./panel";
import { makeMenu } from "./saving";
import { read, shown, write, type LayoutName, type Shown, type State } from "./state";
import { makeStage } from "./stage";
import { makeView } from "./view";

/** What differs between the page of a server and a file of its own. */
export interface Surroundings {
  passage: Passage;
  subtitle: string;
  licence: string;
  /** Is told after each change what is shown. */
  told?: (graph: Network, shown: Shown) => void;
}

/** Builds the explorer in an element. */
export function mount(place: HTMLElement, data: Data, around: Surroundings): void {
  const graph = build(data);
  let state: State = read(location.hash, graph) ?? read("", graph)!;
  let now: Shown = shown(state, graph);
  let places: Map<string, Place> = new Map();

  const asks: Asks = {
    node: (node) => change({ node, edge: "", alone: false }, "panel"),
    edge: (edge) => change({ edge }, "panel"),
    alone: () => change({ alone: !state.alone }),
    back: () => change(state.edge && state.node ? { edge: "" } : { node: "", edge: "", alone: false }, "panel"),
  };
  const panel = make("div", { class: "net-panel", role: "region", "aria-label": "What is chosen", tabindex: 0 });
  const legend = makeLegend(graph, (key, value) => {
    const set = new Set(state[key]);
    if (!set.delete(value)) set.add(value);
    change({ [key]: set });
  });
  const layouts = layoutField(graph, (layout) => change({ layout }));
  const least = leastField(graph, data, (number) => change({ least: number }));
  const present = () => ({ state, shown: now, places, caption: { title: data.title, subtitle: [around.subtitle, told()].filter(Boolean).join(" · "), licence: around.licence } });
  const stage = makeStage(data.title);
  const tools = make(
    "div",
    { class: "net-tools" },
    makeFinder(graph, (node) => now.nodes.has(node), (node) => {
      asks.node(node);
      view.look(node);
    }),
    layouts,
    ...(least ? [least] : []),
    makeMenu(graph, data.name, place, present),
  );
  const box = make("div", { class: "net" }, tools, make("div", { class: "net-body" }, stage.element, panel), legend.element);
  place.append(box);
  const view = makeView(graph, stage.canvas, {
    node: (node) => change({ node, edge: "", alone: false }),
    edge: (edge) => change({ edge }),
    nothing: () => state.node && !state.alone && change({ node: "", edge: "" }),
  });
  stage.connect(view, box);

  function told(): string {
    const things = now.nodes.size === graph.order ? count(graph.order, "thing") : `${now.nodes.size} of ${count(graph.order, "thing")}`;
    const ties = now.edges.size === graph.size ? count(graph.size, "tie") : `${now.edges.size} of ${count(graph.size, "tie")}`;
    return `${things}, ${ties}`;
  }

  function draw(anew: boolean): void {
    now = shown(state, graph);
    if (anew) places = arrange(graph, state.layout);
    view.show(state, now, anew ? places : undefined);
    fill(panel, graph, state, now, asks, around.passage);
    legend.update(state);
    stage.status.textContent = `In the picture: ${told()}.`;
    for (const select of layouts.querySelectorAll("select")) select.value = state.layout;
    for (const input of least?.querySelectorAll("input") ?? []) input.value = state.least ? String(state.least) : "";
    around.told?.(graph, now);
  }

  function change(part: Partial<State>, focus = ""): void {
    const before = state;
    state = { ...state, ...part };
    draw(state.layout !== before.layout);
    if (state.alone !== before.alone) view.fit();
    keep(write(state, graph));
    announce(state.edge !== before.edge || state.node !== before.node ? (panel.querySelector("h3")?.textContent ?? "") : told());
    if (focus && box.contains(document.activeElement)) panel.querySelector<HTMLElement>("h3")?.focus();
  }

  addEventListener("popstate", () => {
    const wanted = read(location.hash, graph);
    if (!wanted) return;
    const anew = wanted.layout !== state.layout;
    state = wanted;
    draw(anew);
  });
  const recolour = (): void => view.recolour();
  addEventListener("stikg-theme", recolour);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  for (const input of document.querySelectorAll("input[name='theme']")) input.addEventListener("change", recolour);
  draw(true);
  if (state.node) view.look(state.node);
}

function keep(hash: string): void {
  if (hash === location.hash) return;
  try {
    history.pushState(null, "", hash || location.pathname + location.search);
  } catch {
    location.hash = hash;
  }
}

function layoutField(graph: Network, choose: (layout: LayoutName) => void): HTMLElement {
  const names: [LayoutName, string][] = [["force", "By ties"], ...(isBipartite(graph) ? [["columns", "Two columns"] as [LayoutName, string]] : []), ["circle", "Circle, by kind"]];
  const select = make("select", { id: "net-layout" }, ...names.map(([value, words]) => make("option", { value }, words)));
  select.addEventListener("change", () => choose(select.value as LayoutName));
  return make("div", { class: "net-field" }, make("label", { for: "net-layout" }, "Arrange"), select);
}

/** Returns the field for the least weight, if ties differ in it. */
function leastField(graph: Network, data: Data, choose: (least: number) => void): HTMLElement | null {
  const weights = graph.mapEdges((_, { tie }) => tie.weight ?? 1);
  const most = Math.max(...weights);
  if (most === Math.min(...weights)) return null;
  const input = make("input", { id: "net-least", type: "number", min: 0, max: most, step: "any", class: "short" });
  input.addEventListener("change", () => choose(Math.max(0, Number(input.value) || 0)));
  return make("div", { class: "net-field" }, make("label", { for: "net-least" }, `${data.weight_title || data.graph?.weight_title || "Weight"}, at least`), input);
}
