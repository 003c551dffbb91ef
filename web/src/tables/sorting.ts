/** Rows in the order of a column. */
import { numberOf, type Column, type Row } from "./model";

/** Returns the rows in an order: numbers as numbers, texts by the page's language, empty ones last. */
export function sorted(rows: readonly Row[], column: Column | undefined, descending: boolean): Row[] {
  const ordered = [...rows].sort((a, b) => a.place - b.place);
  if (!column) return ordered;
  const text = (row: Row): string => row.texts[column.index] ?? "";
  const there = ordered.filter((row) => text(row));
  const away = ordered.filter((row) => !text(row));
  const { compare } = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  const sign = descending ? -1 : 1;
  there.sort((a, b) =>
    column.numeric ? sign * (numberOf(text(a)) - numberOf(text(b))) : sign * compare(text(a), text(b)),
  );
  return [...there, ...away];
}

/** Makes the headings sort on the page; `wanted` gets the name of a column and its direction. */
export function makeSortable(columns: readonly Column[], wanted: (sort: string) => void): void {
  for (const { head, name } of columns) {
    const link = head.querySelector("a") ?? wrap(head);
    link.addEventListener("click", (event) => {
      if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
      event.preventDefault();
      const order = head.getAttribute("aria-sort") ?? "none";
      wanted({ none: name, ascending: `-${name}` }[order] ?? "");
    });
  }
}

/** Shows in the headings which column the rows are sorted by. */
export function showOrder(columns: readonly Column[], sort: string): void {
  for (const { head, name } of columns) {
    const order = { [name]: "ascending", [`-${name}`]: "descending" }[sort] ?? "none";
    if (order === "none") head.removeAttribute("aria-sort");
    else head.setAttribute("aria-sort", order);
    const arrow = head.querySelector(".arrow");
    if (arrow) arrow.textContent = { ascending: "▲", descending: "▼" }[order] ?? "↕";
  }
}

/** Makes a heading without a link a button. */
function wrap(head: HTMLTableCellElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "heading";
  const arrow = document.createElement("span");
  arrow.className = "arrow";
  arrow.ariaHidden = "true";
  arrow.textContent = "↕";
  button.append(...head.childNodes, arrow);
  head.append(button);
  return button;
}
