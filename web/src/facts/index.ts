/** Facts of a thing have addresses of their own, and stay open when somebody comes back. */
import { copyButton } from "../clipboard";
import { make, type Enhance } from "../page";

interface Kept {
  readonly open?: readonly string[];
}

export const enhance: Enhance = (found) => {
  for (const thing of found) name(thing);
  reopen();
  show();
  addEventListener("hashchange", show);
};

/** Gives each fact an id from its property and value, so that a link to it lasts. */
function name(thing: HTMLElement): void {
  const used = new Set<string>();
  for (const fact of thing.querySelectorAll<HTMLElement>(".group[data-property] .facts > li")) {
    const group = fact.closest<HTMLElement>(".group");
    const way = group?.hasAttribute("data-inward") ? "of" : "";
    const value = fact.querySelector<HTMLElement>(".value");
    const end = value?.querySelector("a")?.pathname.split("/").slice(-2).join("-") ?? value?.textContent ?? "";
    const id = ["fact", group?.dataset["property"], way, end].filter(Boolean).map((part) => slug(part ?? "")).join("-");
    if (used.has(id) || document.getElementById(id)) continue;
    used.add(id);
    fact.id = id;
    const evidence = fact.querySelector<HTMLDetailsElement>("details.evidence");
    if (evidence) equip(evidence, id);
  }
}

function slug(text: string): string {
  return text.toLowerCase().trim().replace(/[^\p{L}\p{N}.]+/gu, "-").slice(0, 60);
}

function equip(evidence: HTMLDetailsElement, id: string): void {
  const button = make("button", { type: "button", class: "tool" }, "Copy link to this fact");
  copyButton(button, () => new URL(`#${encodeURIComponent(id)}`, location.href).href, "Link copied");
  evidence.append(button);
  evidence.addEventListener("toggle", () => {
    const open = [...document.querySelectorAll("#thing details.evidence[open]")].map((each) => each.parentElement?.id ?? "");
    history.replaceState({ ...(history.state as Kept | null), open }, "");
  });
}

function reopen(): void {
  for (const id of (history.state as Kept | null)?.open ?? []) open(document.getElementById(id));
}

/** Opens what the address points into, and goes there. */
function show(): void {
  const target = document.getElementById(pointed());
  if (!target) return;
  open(target);
  if (target.id.startsWith("fact-")) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  target.scrollIntoView({ block: "start" });
}

function pointed(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // no address of ours
  }
}

function open(target: Element | null): void {
  if (!target) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  const own = target.matches(".facts > li") ? target.querySelector<HTMLDetailsElement>("details.evidence") : null;
  if (own) own.open = true;
  for (let around = target.closest("details"); around; around = around.parentElement?.closest("details") ?? null) {
    around.open = true;
  }
}
