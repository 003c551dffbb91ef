/** The picture itself: a canvas of the graphics card, with names above it. */
import Sigma from "sigma";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import { boxOf, PADDING, shareOf, stretchOf } from "./framing";
import type { Place } from "./layout";
import { writeNames } from "./lettering";
import { LineProgram, type Line } from "./lines";
import { mix, palette, shapeOf, type Palette } from "./looks";
import { MarkProgram, type Mark } from "./marks";
import type { EdgeLooks, Network, NodeLooks } from "./model";
import type { LayoutName, Shown, State } from "./state";
import type { Wish } from "./words";

/** What the reader does to the picture. */
export interface Deeds {
  node: (node: string) => void;
  edge: (edge: string) => void;
  nothing: () => void;
}

/** What the picture can be told. */
export interface View {
  /** Draws a choice; the places are given when they change. */
  show: (state: State, shown: Shown, places?: Map<string, Place>) => void;
  zoom: (share: number) => void;
  pan: (right: number, down: number) => void;
  fit: () => void;
  /** Moves so that a thing is in sight. */
  look: (node: string) => void;
  recolour: () => void;
}

const FAINT = 0.16;
/** Neighbours from which a name is worth a line that leads to it. */
export const HUB = 4;

/** Tells whether the browser can draw with the graphics card. */
export function isAble(): boolean {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/** Puts a picture of a network into an element that has a size. */
export function makeView(graph: Network, stage: HTMLElement, deeds: Deeds): View {
  let colours: Palette = palette(stage);
  let now: { state: State; shown: Shown; places: Map<string, Place> } | null = null;
  let hovered = "";
  let share = 1;
  const thickness = thicknesses(graph);
  let [ends, close] = [new Set<string>(), new Set<string>()];

  const sigma = new Sigma<NodeLooks, EdgeLooks>(graph, stage, {
    allowInvalidContainer: true,
    autoRescale: true,
    defaultDrawNodeHover: () => undefined,
    defaultEdgeType: "line",
    defaultNodeType: "mark",
    doubleClickZoomingRatio: 1,
    edgeProgramClasses: { line: LineProgram as never },
    edgeReducer: (edge, data) => lineOf(edge, data) as Partial<EdgeDisplayData>,
    enableCameraRotation: false,
    enableEdgeEvents: true,
    maxCameraRatio: 3,
    minCameraRatio: 0.03,
    nodeProgramClasses: { mark: MarkProgram as never },
    nodeReducer: (node, data) => markOf(node, data) as Partial<NodeDisplayData>,
    renderLabels: false,
    stagePadding: PADDING,
    zIndex: true,
  });

  function markOf(node: string, { look, size, x, y }: NodeLooks): Partial<Mark> {
    const colour = colours.nodes[look % 8] ?? colours.text;
    const isFaint = ends.size > 0 && !ends.has(node) && !close.has(node);
    const isChosen = ends.has(node);
    return {
      x,
      y,
      size: size * share,
      type: "mark",
      shape: shapeOf(look),
      color: isFaint ? mix(colour, colours.page, FAINT) : colour,
      rim: isChosen ? 3 : 1.5,
      rimColor: isChosen ? colours.text : colours.page,
      zIndex: isChosen ? 2 : isFaint ? 0 : 1,
      hidden: !(now?.shown.nodes.has(node) ?? true),
    };
  }

  function lineOf(edge: string, { look, shift, directed, tie }: EdgeLooks): Partial<Line> {
    const colour = colours.edges[look % 8] ?? colours.text;
    const isChosen = now?.state.edge === edge;
    const isClose = isChosen || (!now?.state.edge && graph.extremities(edge).some((node) => ends.has(node)));
    const isFaint = ends.size > 0 && !isClose;
    return {
      type: "line",
      shift,
      dash: look % 8,
      head: directed ? 1 : 0,
      size: thickness(tie.weight ?? 1) + (isChosen ? 2.4 : isClose ? 0.9 : 0),
      color: mix(colour, colours.page, isFaint ? FAINT * 0.8 : isClose ? 1 : 0.75),
      zIndex: isClose ? 2 : isFaint ? 0 : 1,
      hidden: !(now?.shown.edges.has(edge) ?? true),
    };
  }

  /** Finds out what is chosen or pointed at, and what is tied to it. */
  function emphasise(): void {
    const { state, shown } = now ?? {};
    ends = new Set(hovered ? [hovered] : state?.edge ? graph.extremities(state.edge) : state?.node ? [state.node] : []);
    close = new Set();
    if (state?.edge && !hovered) return;
    for (const node of ends) {
      graph.forEachEdge(node, (edge, _, source, target) => {
        if (shown?.edges.has(edge)) close.add(source).add(target);
      });
    }
  }

  function drawWords(): void {
    const context = sigma.getCanvases()["labels"]?.getContext("2d");
    if (!context || !now) return;
    const { width, height } = sigma.getDimensions();
    stage.dataset["words"] = String(writeNames(context, wishes(), colours, width, height));
  }

  function wishes(): Wish[] {
    const found: (Wish & { rank: number })[] = [];
    graph.forEachNode((node, { thing, degree, size, x, y }) => {
      if (!now?.shown.nodes.has(node) || (ends.size > 0 && !ends.has(node) && !close.has(node))) return;
      const at = sigma.graphToViewport({ x, y });
      const rank = (ends.has(node) ? 1e6 : close.has(node) ? 1e3 : 0) + degree;
      const side = now.places.get(node)?.side ?? 0;
      found.push({ id: node, text: thing.label, ...at, radius: sigma.scaleSize(size * share) + 2, side, must: ends.has(node), vital: degree >= HUB || close.has(node), rank });
    });
    return found.sort((one, other) => other.rank - one.rank);
  }

  function refresh(): void {
    emphasise();
    sigma.refresh();
  }

  function box(): void {
    const shown = graph.filterNodes((node) => now?.shown.nodes.has(node) ?? false).map((node) => graph.getNodeAttributes(node));
    if (shown.length > 0) sigma.setCustomBBox(boxOf(shown, layout(), sigma.getDimensions()));
  }

  function layout(): LayoutName {
    return now?.state.layout ?? "force";
  }

  function shrink(): void {
    share = shareOf(graph, layout(), sigma.getDimensions());
  }

  function put(places: Map<string, Place>): void {
    const stretch = stretchOf(places, layout(), sigma.getDimensions());
    for (const [node, { x, y }] of places) graph.mergeNodeAttributes(node, { x: x * stretch, y });
  }

  function animate(state: Partial<{ x: number; y: number; ratio: number }>): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) sigma.getCamera().setState(state);
    else void sigma.getCamera().animate(state, { duration: 200 });
  }

  sigma.on("afterRender", drawWords);
  sigma.on("resize", shrink);
  sigma.on("clickNode", ({ node }) => deeds.node(node));
  sigma.on("clickEdge", ({ edge }) => deeds.edge(edge));
  sigma.on("clickStage", () => deeds.nothing());
  for (const [event, value] of [["enterNode", true], ["leaveNode", false]] as const) {
    sigma.on(event, ({ node }) => {
      hovered = value ? node : "";
      stage.style.cursor = value ? "pointer" : "";
      refresh();
    });
  }
  sigma.on("enterEdge", () => (stage.style.cursor = "pointer"));
  sigma.on("leaveEdge", () => (stage.style.cursor = ""));
  makeMovable(sigma, graph);

  return {
    show: (state, shown, places) => {
      now = { state, shown, places: places ?? now?.places ?? new Map() };
      if (places) {
        put(places);
        shrink();
        sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 });
        box();
      }
      refresh();
    },
    zoom: (share) => animate({ ratio: sigma.getCamera().getBoundedRatio(sigma.getCamera().ratio * share) }),
    pan: (right, down) => {
      const { x, y, ratio } = sigma.getCamera().getState();
      animate({ x: x + right * ratio, y: y - down * ratio });
    },
    fit: () => {
      box();
      sigma.refresh();
      animate({ x: 0.5, y: 0.5, ratio: 1 });
    },
    look: (node) => {
      const at = sigma.getNodeDisplayData(node);
      const { width, height } = sigma.getDimensions();
      if (!at) return;
      const seen = sigma.framedGraphToViewport(at);
      if (seen.x > 60 && seen.y > 40 && seen.x < width - 60 && seen.y < height - 40) return;
      animate({ x: at.x, y: at.y });
    },
    recolour: () => {
      colours = palette(stage);
      refresh();
    },
  };
}

/** Returns what makes the width of a line of the weight of its tie; without weights all are thin. */
export function thicknesses(graph: Network): (weight: number) => number {
  const weights = graph.mapEdges((_, { tie }) => tie.weight ?? 1);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  if (most <= least) return () => 1.6;
  return (weight) => 1.3 + 3.7 * Math.sqrt((weight - least) / (most - least));
}

/** Lets the reader drag a thing; the rest stays where it is. */
function makeMovable(sigma: Sigma<NodeLooks, EdgeLooks>, graph: Network): void {
  let dragged = "";
  sigma.on("downNode", ({ node }) => {
    dragged = node;
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (!dragged) return;
    graph.mergeNodeAttributes(dragged, sigma.viewportToGraph(event));
    preventSigmaDefault();
    event.original.preventDefault();
  });
  for (const over of ["upNode", "upStage"] as const) sigma.on(over, () => (dragged = ""));
}
