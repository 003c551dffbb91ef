/** The explorer of a network on its page; the server's own picture stays below, and is all there is without WebGL. */
import "./network.css";
import { json, make, root, type Enhance } from "../page";
import type { Data, Network } from "./model";
import { mount } from "./mount";
import { passages } from "./passages";
import type { Shown } from "./state";
import { isAble } from "./view";

const LICENCE = "stikg, https://w3id.org/stikg/, CC BY 4.0";

export const enhance: Enhance = async (found) => {
  const place = found[0];
  const address = place?.dataset["network"];
  if (!place || !address || !isAble()) return;
  const data = await json<Data>(address);
  if (data.nodes.length === 0) return;
  const plain = place.querySelector<HTMLElement>("figure.picture");
  const frame = make("div", { id: "net" });
  (plain ?? place.lastElementChild)?.before(frame);
  try {
    mount(frame, data, {
      passage: passages(`${root()}/`),
      subtitle: chosen(data),
      licence: `${LICENCE} · data ${(document.body.dataset["version"] ?? "").slice(0, 12)} · ${location.host}${location.pathname}`,
      told: follow,
    });
  } catch (reason) {
    frame.remove();
    throw reason;
  }
  if (plain) putAside(plain);
};

/** Keeps the server's picture at hand. */
function putAside(plain: HTMLElement): void {
  const aside = make("details", { class: "more" }, make("summary", {}, "The same in two columns, as a plain picture"));
  plain.before(aside);
  const note = plain.parentElement?.querySelector(":scope > .inset");
  aside.append(...(note ? [note] : []), plain);
}

function chosen(data: Data): string {
  return Object.entries(data.filters ?? data.graph?.filters ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

/** Leaves in the table of ties those that the picture shows. */
export function follow(graph: Network, shown: Shown): void {
  const table = document.querySelector<HTMLTableElement>("table#edges");
  if (!table) return;
  const kept = new Set(
    graph.filterEdges((edge) => shown.edges.has(edge)).map((edge) => {
      const { source, label, target } = graph.getEdgeAttribute(edge, "tie");
      return [graph.getNodeAttribute(source, "thing").label, label, graph.getNodeAttribute(target, "thing").label].join("\n");
    }),
  );
  for (const row of table.tBodies[0]?.rows ?? []) {
    const said = [...row.cells].slice(0, 3).map((cell) => cell.textContent?.trim() ?? "");
    row.classList.toggle("net-off", !kept.has(said.join("\n")));
  }
  let note = document.querySelector<HTMLElement>(".net-note");
  if (!note) {
    note = make("p", { class: "inset net-note" });
    (table.closest(".wide") ?? table).before(note);
  }
  note.hidden = shown.edges.size === graph.size;
  note.textContent = `As the picture: ${shown.edges.size} of ${graph.size} ties. Show more in its legend.`;
}
