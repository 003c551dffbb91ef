/** The field that finds a thing in the picture by its name: a combobox with a list. */
import { announce, make } from "../page";
import { compare, type Network } from "./model";

const MOST = 12;

/** Returns the field with its label; `choose` is told the thing. */
export function makeFinder(graph: Network, isShown: (node: string) => boolean, choose: (node: string) => void): HTMLElement {
  const list = make("ul", { id: "net-found", class: "net-found", role: "listbox", "aria-label": "Things with this name", hidden: true });
  const input = make("input", {
    id: "net-find", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 200,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "net-found",
  });
  let found: string[] = [];
  let active = -1;

  function close(): void {
    [found, active] = [[], -1];
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(to: number): void {
    active = (to + found.length) % found.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `net-found-${active}`);
  }

  function take(node: string | undefined): void {
    if (node === undefined) return;
    input.value = graph.getNodeAttribute(node, "thing").label;
    close();
    choose(node);
  }

  function search(): void {
    found = find(graph, input.value).slice(0, MOST);
    active = -1;
    list.replaceChildren(
      ...found.map((node, place) => {
        const { label, kind } = graph.getNodeAttribute(node, "thing");
        const hidden = isShown(node) ? "" : ", hidden at present";
        const item = make("li", { id: `net-found-${place}`, role: "option", "aria-selected": "false" }, label, " ", make("span", { class: "kind" }, kind + hidden));
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(node));
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    if (input.value.trim()) announce(found.length === 0 ? "Nothing in this network has that name." : `${found.length} found.`);
  }

  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) search();
      if (found.length > 0) move(event.key === "ArrowDown" ? active + 1 : (active < 0 ? 0 : active) - 1);
    } else if (event.key === "Enter") {
      take(found[Math.max(active, 0)]);
    } else return;
    event.preventDefault();
  });
  return make("div", { class: "net-field net-finder" }, make("label", { for: "net-find" }, "Find in the picture"), input, list);
}

/** Returns the things whose name or kind holds all the words, those whose name begins so first. */
function find(graph: Network, text: string): string[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const rank = (node: string): number => {
    const name = plain(graph.getNodeAttribute(node, "thing").label);
    if (name.startsWith(words.join(" "))) return 0;
    return words.every((word) => ` ${name}`.includes(` ${word}`)) ? 1 : words.every((word) => name.includes(word)) ? 2 : 3;
  };
  return graph
    .filterNodes((node, { thing }) => rank(node) < 3 || words.every((word) => plain(`${thing.label} ${thing.kind}`).includes(word)))
    .map((node) => ({ node, rank: rank(node), ...graph.getNodeAttributes(node) }))
    .sort((one, other) => one.rank - other.rank || other.degree - one.degree || compare(one.thing.label, other.thing.label))
    .map(({ node }) => node);
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
