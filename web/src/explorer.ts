/**
 * Makes the pages of `stikg serve` richer. Each page is whole without this: a part looks for its
 * marks in the page, and is fetched only where there are any.
 */
import "./explorer.css";
import type { Enhance } from "./page";

const parts: readonly (readonly [string, () => Promise<{ enhance: Enhance }>])[] = [
  ["#theme", () => import("./theme")],
  ["input[data-complete]", () => import("./search")],
  ["table[data-enhance='table']", () => import("./tables")],
  ["table#matrix", () => import("./matrix")],
  ["#thing", () => import("./facts")],
  ["#sections", () => import("./sections")],
  ["[data-chart]", () => import("./charts")],
  ["[data-network]", () => import("./network")],
  ["figure.picture", () => import("./network/neighbours")],
  ["textarea[data-enhance='sparql']", () => import("./editor")],
];

for (const [selector, load] of parts) {
  const found = [...document.querySelectorAll<HTMLElement>(selector)];
  if (found.length > 0) {
    load().then(
      ({ enhance }) => enhance(found),
      (reason: unknown) => console.error(`stikg: ${selector} stays plain`, reason),
    );
  }
}
