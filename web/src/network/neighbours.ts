/** In a drawn picture, what is pointed at shows its lines, and those at their other ends. */
import "./network.css";
import type { Enhance } from "../page";

export const enhance: Enhance = (found) => {
  for (const figure of found) {
    const nodes = [...figure.querySelectorAll<SVGElement>("[data-node]")];
    const lines = [...figure.querySelectorAll<SVGElement>("[data-from][data-to]")];
    const show = (name: string | undefined): void => {
      const lit = lines.filter((line) => name !== undefined && [line.dataset["from"], line.dataset["to"]].includes(name));
      const ends = new Set(lit.flatMap((line) => [line.dataset["from"], line.dataset["to"]]));
      for (const line of lines) {
        line.classList.toggle("lit", lit.includes(line));
        line.classList.toggle("dim", lit.length > 0 && !lit.includes(line));
      }
      for (const node of nodes) node.classList.toggle("dim", lit.length > 0 && !ends.has(node.dataset["node"]));
    };
    for (const node of nodes) {
      for (const event of ["mouseenter", "focusin"]) node.addEventListener(event, () => show(node.dataset["node"]));
      for (const event of ["mouseleave", "focusout"]) node.addEventListener(event, () => show(undefined));
    }
  }
};
