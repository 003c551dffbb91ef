/** Choosing one cell of a table, with the arrow keys or by a click, to copy it. */
import { copy } from "../clipboard";
import { announce } from "../page";
import { textOf } from "./model";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -1e6],
  End: [0, 1e6],
};

/** Makes a button turn the choice of a cell on and off. */
export function makePickable(table: HTMLTableElement, button: HTMLButtonElement): void {
  let current: HTMLTableCellElement | undefined;
  const isOn = (): boolean => button.getAttribute("aria-pressed") === "true";
  const go = (cell: HTMLTableCellElement | undefined): void => {
    if (current) current.removeAttribute("tabindex");
    current = cell;
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus();
  };
  const turn = (on: boolean): void => {
    button.setAttribute("aria-pressed", String(on));
    table.classList.toggle("picking", on);
    if (on) announce("Choose a cell with the arrow keys, copy it with Enter, leave with Escape");
    go(on ? grid(table)[0]?.[0] : undefined);
  };
  const take = (cell: HTMLTableCellElement): void => {
    const text = textOf(cell);
    void copy(text, text ? `Copied: ${text}` : "The cell is empty");
    cell.classList.add("copied");
    setTimeout(() => cell.classList.remove("copied"), 1200);
  };
  button.addEventListener("click", () => turn(!isOn()));
  table.addEventListener("keydown", (event) => {
    if (!isOn() || !current) return;
    const step = STEPS[event.key];
    if (step) go(moved(grid(table), current, step));
    else if (event.key === "Enter" || event.key === " ") take(current);
    else if (event.key === "Escape") {
      turn(false);
      button.focus();
    } else return;
    event.preventDefault();
  });
  table.addEventListener("click", (event) => {
    const cell = isOn() ? (event.target as Element).closest<HTMLTableCellElement>("tbody td, tbody th") : null;
    if (!cell) return;
    event.preventDefault();
    go(cell);
    take(cell);
  });
}

function grid(table: HTMLTableElement): HTMLTableCellElement[][] {
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].filter((cell) => !cell.hidden));
}

function moved(
  cells: readonly HTMLTableCellElement[][],
  from: HTMLTableCellElement,
  [down, right]: readonly [number, number],
): HTMLTableCellElement | undefined {
  const at = cells.findIndex((row) => row.includes(from));
  const row = cells[within(at + down, cells)] ?? [];
  return row[within((cells[at]?.indexOf(from) ?? 0) + right, row)];
}

function within(index: number, of: readonly unknown[]): number {
  return Math.min(of.length - 1, Math.max(0, index));
}
