/** A list of sections to filter as one types, and to open by their addresses. */
import { fold, holds, wordsOf } from "./folding";
import { announce, make, type Enhance } from "./page";

const PAUSE = 150;

export const enhance: Enhance = (found) => {
  for (const list of found) filter(list);
  open();
  addEventListener("hashchange", open);
};

function filter(list: HTMLElement): void {
  const sections = [...list.querySelectorAll<HTMLDetailsElement>("details.section")];
  if (sections.length < 4) return;
  const texts = sections.map((section) => fold(section.textContent ?? ""));
  const input = make("input", { id: "filter-sections", type: "search", maxlength: 100, autocomplete: "off" });
  const count = make("span", { class: "count" });
  const show = (): void => {
    const words = wordsOf(input.value);
    sections.forEach((section, index) => {
      section.hidden = !holds(texts[index] ?? "", words);
    });
    const kept = sections.filter((section) => !section.hidden).length;
    count.textContent = kept === sections.length ? `${kept} sections` : `${kept} of ${sections.length} sections`;
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show();
      announce(count.textContent ?? "");
    }, PAUSE);
  });
  const label = make("label", { for: input.id }, "Filter sections and passages");
  list.prepend(make("div", { class: "table-tools", role: "group", "aria-label": "Filter sections" }, label, input, count));
  show();
}

function open(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView({ block: "start" });
  }
}
