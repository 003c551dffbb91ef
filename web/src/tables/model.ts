/** A table of the page as its tools see it: columns, rows and their texts. */
import { fold } from "../folding";

export interface Column {
  readonly index: number;
  readonly name: string;
  readonly title: string;
  readonly head: HTMLTableCellElement;
  /** All its values are numbers. */
  readonly numeric: boolean;
}

export interface Row {
  readonly element: HTMLTableRowElement;
  readonly place: number;
  readonly texts: readonly string[];
  readonly folded: string;
}

export interface Model {
  readonly table: HTMLTableElement;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The server shows the rest of the rows on other pages. */
  readonly paged: boolean;
}

const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a table as the server has sent it. */
export function read(table: HTMLTableElement): Model {
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((element, place) => {
    const texts = [...element.cells].map(textOf);
    return { element, place, texts, folded: fold(texts.join(" ")) };
  });
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const columns = heads.map((head, index) => ({
    index,
    name: head.dataset["column"] ?? String(index + 1),
    title: titleOf(head),
    head,
    numeric: areNumbers(rows.map((row) => row.texts[index] ?? "")),
  }));
  const beside = table.closest(".wide")?.nextElementSibling;
  return { table, columns, rows, paged: beside instanceof Element && beside.matches("nav.paging") };
}

/** Returns the text of a cell; of folded passages, each of them. */
export function textOf(cell: HTMLTableCellElement): string {
  if (cell.querySelector("details")) {
    return [...cell.querySelectorAll("a")].map((link) => oneLine(link.textContent)).join("; ");
  }
  return oneLine(cell.textContent);
}

/** Returns the number that a text is, its thousands apart or not; NaN if it is none. */
export function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text.replaceAll(",", "")) : NaN;
}

function titleOf(head: HTMLTableCellElement): string {
  const bare = head.cloneNode(true) as HTMLTableCellElement;
  bare.querySelector(".arrow")?.remove();
  return oneLine(bare.textContent);
}

function areNumbers(texts: readonly string[]): boolean {
  const given = texts.filter(Boolean);
  return given.length > 0 && given.every((text) => !Number.isNaN(numberOf(text)));
}

function oneLine(text: string | null): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
