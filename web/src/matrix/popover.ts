/** The evidence for a mark, beside it, while the pointer or the focus is there. */
import { make } from "../page";

const SOON = 150;
const LATER = 250;
const GAP = 8;
const WIDE = 22 * 16;

/** Lets the marks of a table show their evidence; a click still leads to it. */
export function showEvidence(table: HTMLTableElement): void {
  const known = new Map<string, Promise<Node[]>>();
  let shown: { mark: HTMLAnchorElement; box: HTMLElement } | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const hide = (): void => {
    clearTimeout(waiting);
    shown?.box.remove();
    shown?.mark.removeAttribute("aria-expanded");
    shown = undefined;
  };
  const show = async (mark: HTMLAnchorElement): Promise<void> => {
    if (shown?.mark === mark) return;
    hide();
    const words = mark.getAttribute("aria-label") ?? "";
    const box = make("div", { class: "evidence-beside", role: "group", "aria-label": `Evidence: ${words}` });
    shown = { mark, box };
    const asked = known.get(mark.href) ?? evidence(mark.href);
    known.set(mark.href, asked);
    try {
      const nodes = await asked;
      if (shown?.box !== box) return;
      box.append(make("p", { class: "said" }, words), ...nodes.map((node) => node.cloneNode(true)));
      mark.after(box);
      mark.setAttribute("aria-expanded", "true");
      settle(box, mark);
    } catch (reason) {
      known.delete(mark.href);
      if (shown?.box === box) hide();
      console.warn("stikg: no evidence", reason);
    }
  };
  const at = (event: Event): HTMLTableCellElement | null =>
    (event.target as Element).closest<HTMLTableCellElement>("td:has(a[data-stages])");
  const begin = (event: Event, pause: number): void => {
    if (event.type === "pointerover" && shown?.box.contains(document.activeElement)) return;
    const mark = at(event)?.querySelector<HTMLAnchorElement>("a[data-stages]");
    clearTimeout(waiting);
    if (mark) waiting = setTimeout(() => void show(mark), pause);
    else waiting = setTimeout(hide, LATER);
  };
  const end = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!shown?.mark.parentElement?.contains(document.activeElement)) hide();
    }, LATER);
  };

  for (const mark of table.querySelectorAll("a[data-stages]")) mark.removeAttribute("title");
  table.addEventListener("pointerover", (event) => event.pointerType === "mouse" && begin(event, SOON));
  table.addEventListener("pointerleave", end);
  table.addEventListener("focusin", (event) => begin(event, 0));
  table.addEventListener("focusout", (event) => {
    if (!at(event)?.contains(event.relatedTarget as Node | null)) end();
  });
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const { mark } = shown;
    if (shown.box.contains(document.activeElement)) mark.focus();
    hide();
  });
  addEventListener("scroll", () => shown && settle(shown.box, shown.mark), { passive: true, capture: true });
}

/** Returns the stages with their passages from the page of a pair. */
async function evidence(address: string): Promise<Node[]> {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...page.querySelectorAll("#evidence > :is(h3, ul, p:not(:last-child))")];
  return parts.map((part) =>
    part.localName === "h3" ? make("p", { class: "stage-name" }, ...part.childNodes) : document.importNode(part, true),
  );
}

/** Puts the box below its mark, or above it where there is more room. */
function settle(box: HTMLElement, mark: HTMLElement): void {
  const place = mark.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const width = Math.min(WIDE, clientWidth - 2 * GAP);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(GAP, Math.min(place.left, clientWidth - width - GAP))}px`;
  const below = place.bottom + box.offsetHeight < clientHeight;
  box.style.top = `${below ? place.bottom : Math.max(GAP, place.top - box.offsetHeight)}px`;
}
