/** Which rows and columns of the matrix are shown, by words in their names. */
import { fold, holds, wordsOf } from "../folding";
import { announce, make } from "../page";

const PAUSE = 150;

/** Puts two fields above the matrix that leave technologies and countries whose names hold all words. */
export function filterMatrix(table: HTMLTableElement): void {
  const [rows, columns] = [field("Filter technologies", "filter-rows"), field("Filter countries", "filter-columns")];
  const count = make("span", { class: "count" });
  const box = make(
    "div",
    { class: "table-tools", role: "group", "aria-label": "Filter the table" },
    ...rows.parts,
    ...columns.parts,
    count,
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    count.textContent = narrow(table, wordsOf(rows.input.value), wordsOf(columns.input.value));
  };
  for (const { input } of [rows, columns]) {
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        show();
        announce(count.textContent ?? "");
      }, PAUSE);
    });
  }
  (table.closest(".wide") ?? table).before(box);
  show();
}

function field(words: string, id: string): { input: HTMLInputElement; parts: Node[] } {
  const input = make("input", { id, type: "search", maxlength: 100, autocomplete: "off" });
  return { input, parts: [make("label", { for: id }, words), input] };
}

function narrow(table: HTMLTableElement, rowWords: string[], columnWords: string[]): string {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const kept = heads.map(
    (head) => !head.classList.contains("upright") || holds(fold(head.textContent ?? ""), columnWords),
  );
  let technologies = 0;
  for (const body of table.tBodies) {
    const lines = [...body.rows].filter((row) => !row.classList.contains("theme-row"));
    for (const row of lines) row.hidden = !holds(fold(row.cells[0]?.textContent ?? ""), rowWords);
    const shown = lines.filter((row) => !row.hidden).length;
    body.hidden = shown === 0;
    technologies += shown;
    for (const row of lines) hideCells(row, kept);
  }
  if (table.tHead?.rows[0]) hideCells(table.tHead.rows[0], kept);
  const countries = heads.filter((head, index) => head.classList.contains("upright") && kept[index]).length;
  return `${technologies} ${technologies === 1 ? "technology" : "technologies"}, ${countries} ${countries === 1 ? "country" : "countries"}`;
}

function hideCells(row: HTMLTableRowElement, kept: readonly boolean[]): void {
  [...row.cells].forEach((cell, index) => {
    cell.hidden = kept[index] === false;
  });
}
