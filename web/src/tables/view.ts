/** A table as it is shown: which rows and columns, in which order. */
import { holds, wordsOf } from "../folding";
import type { Column, Model, Row } from "./model";
import { showOrder, sorted } from "./sorting";
import type { State } from "./state";

/** Returns the column that a table is sorted by, if it is by any. */
export function sortedBy({ columns }: Model, { sort }: State): Column | undefined {
  return columns.find(({ name }) => name === sort.replace(/^-/, ""));
}

/** Returns the columns that a state leaves. */
export function shownColumns({ columns }: Model, { hide }: State): Column[] {
  return columns.filter(({ name }) => !hide.includes(name));
}

/** Returns the rows that a state leaves, in its order; of a paged table the server keeps the order. */
export function shownRows(model: Model, state: State): Row[] {
  const words = wordsOf(state.filter);
  const kept = model.rows.filter((row) => holds(row.folded, words));
  return model.paged ? kept : sorted(kept, sortedBy(model, state), state.sort.startsWith("-"));
}

/** Shows a table in a state; says how many rows that leaves. */
export function show(model: Model, state: State): string {
  const { table, columns, rows } = model;
  const kept = shownRows(model, state);
  const shown = new Set(kept);
  for (const row of rows) row.element.hidden = !shown.has(row);
  table.tBodies[0]?.append(...kept.map((row) => row.element));
  if (!model.paged) showOrder(columns, state.sort);
  const away = new Set(columns.filter(({ name }) => state.hide.includes(name)).map(({ index }) => index));
  for (const row of table.rows) {
    [...row.cells].forEach((cell, index) => {
      cell.hidden = away.has(index);
    });
  }
  return kept.length === rows.length ? counted(rows.length) : `${kept.length} of ${counted(rows.length)}`;
}

/** Returns a number of rows in words. */
export function counted(rows: number): string {
  return rows === 1 ? "1 row" : `${rows} rows`;
}
