/** The shown part of a table as text for files and for the clipboard. */
import { make } from "../page";
import { numberOf, type Column, type Row } from "./model";

/** Returns CSV (RFC 4180): fields in quotes where needed, lines end in CR LF. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return cells(columns, rows)
    .map((line) => line.map(quoted).join(",") + "\r\n")
    .join("");
}

/** Returns tab-separated values, as spreadsheets paste them. */
export function toTsv(columns: readonly Column[], rows: readonly Row[]): string {
  return cells(columns, rows)
    .map((line) => line.join("\t"))
    .join("\n");
}

/** Returns a table as HTML, as word processors paste it. */
export function toHtml(columns: readonly Column[], rows: readonly Row[]): string {
  const [heads = [], ...lines] = cells(columns, rows);
  const line = (kind: "th" | "td", texts: readonly string[]): HTMLElement =>
    make("tr", {}, ...texts.map((text) => make(kind, {}, text)));
  return make(
    "table",
    {},
    make("thead", {}, line("th", heads)),
    make("tbody", {}, ...lines.map((texts) => line("td", texts))),
  ).outerHTML;
}

/** Returns a text that no spreadsheet takes for a formula. */
export function harmless(text: string): string {
  return /^[=+\-@]/.test(text) && Number.isNaN(numberOf(text)) ? `'${text}` : text;
}

function cells(columns: readonly Column[], rows: readonly Row[]): string[][] {
  const value = (row: Row, column: Column): string => {
    const text = row.texts[column.index] ?? "";
    return column.numeric ? text.replaceAll(",", "") : harmless(text);
  };
  return [
    columns.map((column) => harmless(column.title)),
    ...rows.map((row) => columns.map((column) => value(row, column))),
  ];
}
