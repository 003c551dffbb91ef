/** The tools above a table. */
import { make } from "../page";
import type { Model } from "./model";

export interface Tools {
  readonly box: HTMLElement;
  readonly filter: HTMLInputElement;
  readonly count: HTMLElement;
  readonly copy: HTMLButtonElement;
  readonly pick: HTMLButtonElement;
  readonly download: HTMLButtonElement;
  /** A box to tick for each column, by its name. */
  readonly columns: ReadonlyMap<string, HTMLInputElement>;
}

/** Makes the tools of a table; nothing happens yet when they are used. */
export function makeTools({ table, columns, paged }: Model): Tools {
  const id = `filter-${table.id || "table"}`;
  const filter = make("input", { id, type: "search", maxlength: 200, autocomplete: "off" });
  const count = make("span", { class: "count" });
  const button = (words: string, attributes = {}): HTMLButtonElement =>
    make("button", { type: "button", class: "tool", ...attributes }, words);
  const ticks = new Map(columns.map(({ name }) => [name, make("input", { type: "checkbox", checked: true })]));
  const tools = {
    filter,
    count,
    copy: button("Copy table"),
    pick: button("Copy a cell", { "aria-pressed": "false" }),
    download: button("Save rows as CSV"),
    columns: ticks,
  };
  const chooser = make(
    "details",
    { class: "columns" },
    make("summary", { class: "tool" }, "Columns"),
    make(
      "fieldset",
      {},
      make("legend", {}, "Columns to show"),
      ...columns.map(({ name, title }) => make("label", {}, ticks.get(name) ?? "", ` ${title}`)),
    ),
  );
  const caption = table.caption?.textContent ?? "table";
  const box = make(
    "div",
    { class: "table-tools", role: "group", "aria-label": `Tools for: ${caption}` },
    make("label", { for: id }, paged ? "Filter the rows of this page" : "Filter these rows"),
    filter,
    count,
    make("span", { class: "buttons" }, tools.copy, tools.pick, tools.download, ...(columns.length > 1 ? [chooser] : [])),
  );
  chooser.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !chooser.open) return;
    chooser.open = false;
    chooser.querySelector("summary")?.focus();
  });
  return { box, ...tools };
}
