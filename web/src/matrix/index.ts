/** The matrix of countries and technologies: evidence beside each mark, and filters. */
import type { Enhance } from "../page";
import { filterMatrix } from "./filter";
import { showEvidence } from "./popover";

export const enhance: Enhance = (found) => {
  for (const table of found) {
    if (!(table instanceof HTMLTableElement)) continue;
    filterMatrix(table);
    showEvidence(table);
  }
};
