/** Fields for names suggest things while somebody types. */
import { announce, make, type Enhance } from "../page";
import { combobox } from "./combobox";
import { marked } from "./marking";
import { kindWords, lookUp, type Hit } from "./names";

const PAUSE = 120;

export const enhance: Enhance = (found) => {
  for (const field of found) if (field instanceof HTMLInputElement) suggest(field);
};

/** In a form the name of the thing is filled in, in a search one goes to its page. */
function suggest(input: HTMLInputElement): void {
  const cls = input.dataset["class"];
  let hits: readonly Hit[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  const look = async (): Promise<void> => {
    const text = input.value.trim();
    asking.abort();
    if (!text) return box.close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await lookUp(text, cls ?? "", signal);
      if (signal.aborted || document.activeElement !== input) return;
      hits = answer;
      box.show(hits.map((hit) => words(hit, text)));
      announce(hits.length ? `${hits.length} suggestions, to choose with the arrow keys` : "No name fits");
    } catch (reason) {
      if (!signal.aborted) {
        box.close();
        console.warn("stikg: no suggestions", reason);
      }
    }
  };
  const stop = (): void => {
    clearTimeout(waiting);
    asking.abort();
  };
  const box = combobox(input, {
    wanted: () => void look(),
    taken: (index) => {
      stop();
      const hit = hits[index];
      if (hit) take(input, hit, cls !== undefined);
    },
  });
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void look(), PAUSE);
  };
  input.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) soon();
  });
  input.addEventListener("compositionend", soon);
  input.addEventListener("blur", stop);
}

function take(input: HTMLInputElement, hit: Hit, isField: boolean): void {
  input.value = isField ? hit.value : hit.label;
  if (isField) announce(`${hit.label} filled in`);
  else location.assign(hit.url);
}

function words(hit: Hit, typed: string): (Node | string)[] {
  const other = hit.matched !== hit.label;
  return [
    make("span", { class: "name" }, ...marked(hit.label, typed)),
    " ",
    make("span", { class: "kind" }, kindWords(hit.kind)),
    ...(other ? [" ", make("span", { class: "matched" }, "also called ", ...marked(hit.matched, typed))] : []),
  ];
}
