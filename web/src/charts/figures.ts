/** The figures in the rows of a table that are shown, in panels of what can be compared. */
import { numberOf, read, type Column, type Row } from "../tables/model";

export interface Figure {
  /** What tells the figure from the others of its panel, without its period. */
  readonly who: string;
  readonly period: string;
  readonly value: number;
  /** The number as the table has it. */
  readonly printed: string;
  /** Words such as "over", by which it is a bound. */
  readonly bound: string;
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly figures: readonly Figure[];
}

const UNITS: Readonly<Record<string, string>> = {
  NUM: "number",
  PERCENT: "per cent",
  PERSON: "persons",
  RATIO: "ratio",
  RANK: "rank",
  FTE: "full-time equivalents",
  YEAR: "years",
};
const YEAR = /^(?:FY)?(\d{4})$|^(?:AY|FY)(\d{4})\/\d{4}$/;

/** Returns the panels of a table: for a ranking one, else one for each indicator and unit. */
export function panelsOf(table: HTMLTableElement, kind: string): Panel[] {
  const { columns, rows } = read(table);
  const shown = rows.filter(({ element }) => !element.hidden);
  return kind === "ranking" ? ranking(columns, shown) : statistics(columns, shown);
}

/** Returns the one year that a period is of; none for a span of years. */
export function yearOf(period: string): number | undefined {
  const found = YEAR.exec(period);
  return found ? Number(found[1] ?? found[2]) : undefined;
}

/** Returns a unit as people say it. */
export function unitWords(unit: string): string {
  return UNITS[unit] ?? unit;
}

/** Returns a figure with its bound, as it is printed beside its mark. */
export function printed({ bound, printed }: Figure): string {
  return bound ? `${bound} ${printed}` : printed;
}

function ranking(columns: readonly Column[], rows: readonly Row[]): Panel[] {
  const [name] = columns;
  const value = columns.find(({ numeric }) => numeric);
  if (!name || !value) return [];
  const figures = rows.flatMap((row) => figure(row, value, row.texts[name.index] ?? "", "", ""));
  return figures.length ? [{ title: value.title, unit: "", figures }] : [];
}

function statistics(columns: readonly Column[], rows: readonly Row[]): Panel[] {
  const value = columns.find(({ name }) => name === "value");
  if (!value) return [];
  const panels = new Map<string, Panel & { figures: Figure[] }>();
  for (const row of rows) {
    const text = (name: string): string => row.texts[columns.find((column) => column.name === name)?.index ?? -1] ?? "";
    const [title, unit] = [text("indicator"), text("unit")];
    const who = [text("subject"), text("area")].filter(Boolean).join(", ");
    const panel = panels.get(`${title}\n${unit}`) ?? { title, unit, figures: [] };
    panels.set(`${title}\n${unit}`, panel);
    for (const found of figure(row, value, who, text("period"), text("qualifier"))) {
      if (!panel.figures.some((other) => same(other, found))) panel.figures.push(found);
    }
  }
  return [...panels.values()].filter(({ figures }) => figures.length > 0);
}

function figure(row: Row, column: Column, who: string, period: string, bound: string): Figure[] {
  const printed = row.texts[column.index] ?? "";
  const value = numberOf(printed);
  return Number.isNaN(value) ? [] : [{ who, period, value, printed, bound }];
}

function same(one: Figure, other: Figure): boolean {
  return (
    one.who === other.who && one.period === other.period && one.value === other.value && one.bound === other.bound
  );
}
