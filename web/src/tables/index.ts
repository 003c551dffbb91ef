/** Tables to sort, filter, narrow, copy and save, without asking the server again. */
import { copy } from "../clipboard";
import { announce, download, type Enhance } from "../page";
import { read, type Model } from "./model";
import { sharePermalink } from "./permalink";
import { makePickable } from "./picking";
import { makeSortable } from "./sorting";
import { readState, writeState, type State } from "./state";
import { makeTools, type Tools } from "./tools";
import { counted, show, shownColumns, shownRows, sortedBy } from "./view";
import { toCsv, toHtml, toTsv } from "./writing";

const FEWEST = 4;
const TALL = 20;
const PAUSE = 150;

export const enhance: Enhance = (found) => {
  found.forEach((table, place) => {
    if (!(table instanceof HTMLTableElement)) return;
    const model = read(table);
    if (model.rows.length >= FEWEST) enrich(model, place === 0 ? "" : `${table.id}.`);
  });
  sharePermalink();
};

function enrich(model: Model, before: string): void {
  const { table, columns, rows, paged } = model;
  const tools = makeTools(model);
  const frame = table.closest<HTMLElement>(".wide") ?? table;
  const state = readState(before);
  const links = paged ? leading(table, frame) : [];
  const showNow = (): void => {
    tools.count.textContent = show(model, state);
  };
  const change = (): void => {
    const { filter, hide, sort } = state;
    writeState(before, paged ? { filter, hide } : { filter, hide, sort }, links);
    showNow();
  };

  if (!paged) {
    makeSortable(columns, (sort) => {
      state.sort = sort;
      change();
      const way = sort.startsWith("-") ? "descending" : "ascending";
      announce(sort ? `Sorted by ${sortedBy(model, state)?.title}, ${way}` : "In the order of the answer");
    });
  }
  useFilter(tools, state, change);
  useTicks(tools, state, change);
  useCopies(tools, model, state);
  makePickable(table, tools.pick);
  frame.before(tools.box);
  frame.classList.toggle("tall", rows.length > TALL);
  showNow();
}

/** Returns the links to other pages and orders of a paged table. */
function leading(table: HTMLTableElement, frame: HTMLElement): HTMLAnchorElement[] {
  const around = [table.tHead, frame.nextElementSibling];
  return around.flatMap((part) => [...(part?.querySelectorAll("a") ?? [])]);
}

function useFilter(tools: Tools, state: State, change: () => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  tools.filter.value = state.filter;
  tools.filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      state.filter = tools.filter.value.trim();
      change();
      announce(tools.count.textContent ?? "");
    }, PAUSE);
  });
}

function useTicks(tools: Tools, state: State, change: () => void): void {
  for (const [name, tick] of tools.columns) {
    tick.checked = !state.hide.includes(name);
    tick.addEventListener("change", () => {
      const hide = [...tools.columns].filter(([, { checked }]) => !checked).map(([each]) => each);
      if (hide.length === tools.columns.size) {
        tick.checked = true;
        announce("One column stays");
        return;
      }
      state.hide = hide;
      change();
    });
  }
}

function useCopies(tools: Tools, model: Model, state: State): void {
  tools.copy.addEventListener("click", () => {
    const [heads, lines] = [shownColumns(model, state), shownRows(model, state)];
    void copy(toTsv(heads, lines), `${counted(lines.length)} copied`, toHtml(heads, lines));
  });
  tools.download.addEventListener("click", () => {
    const name = `${location.pathname.split("/").pop() || model.table.id}.csv`;
    download(name, toCsv(shownColumns(model, state), shownRows(model, state)), "text/csv;charset=utf-8");
  });
}
