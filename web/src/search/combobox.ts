/** A field with a list of suggestions, after the combobox pattern of the WAI-ARIA practices. */
import { make } from "../page";

export interface Combobox {
  /** Shows suggestions; none closes the list. */
  show(items: readonly (readonly (Node | string)[])[]): void;
  close(): void;
}

/** What a combobox asks of its owner. */
export interface Owner {
  /** Somebody wants the list: look things up. */
  wanted(): void;
  /** The suggestion of a number was taken. */
  taken(index: number): void;
}

const GAP = 16;
const WIDE = 26 * 16;
let count = 0;

/** Makes a field a combobox. */
export function combobox(input: HTMLInputElement, owner: Owner): Combobox {
  const id = `suggestions-${(count += 1)}`;
  const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const parent = input.parentElement ?? document.body;
  parent.classList.add("with-suggestions");
  parent.append(list);
  dress(input, id);
  let active = -1;

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role='option']")];
  const point = (index: number): void => {
    active = index;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const chosen = options()[index];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  };
  const show: Combobox["show"] = (items) => {
    list.replaceChildren(
      ...items.map((content, index) =>
        make("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false" }, ...content),
      ),
    );
    if (items.length === 0) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(-1);
    settle(list, input);
  };
  const take = (index: number): void => {
    close();
    owner.taken(index);
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const size = list.hidden ? 0 : options().length;
    const step = next(event.key, active, size);
    if (step !== undefined) point(step);
    else if (event.key === "ArrowDown" && size === 0) owner.wanted();
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape" && size > 0) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role='option']");
    if (option) take(options().indexOf(option));
  });
  addEventListener("resize", () => !list.hidden && settle(list, input));
  return { show, close };
}

/** Returns the suggestion that a key leads to; -1 is the field itself, undefined no move. */
function next(key: string, active: number, size: number): number | undefined {
  if (size === 0) return undefined;
  if (key === "ArrowDown") return active + 1 < size ? active + 1 : -1;
  if (key === "ArrowUp") return active < 0 ? size - 1 : active - 1;
  if (active < 0) return undefined;
  if (key === "Home") return 0;
  return key === "End" ? size - 1 : undefined;
}

function dress(input: HTMLInputElement, list: string): void {
  const attributes = {
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  };
  if (input.type === "search") input.setAttribute("enterkeyhint", "search");
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
}

/** Puts the list below its field, flush with the form where it would reach beyond it. */
function settle(list: HTMLElement, input: HTMLInputElement): void {
  const room = document.documentElement.clientWidth - 2 * GAP;
  const width = Math.min(room, Math.max(input.offsetWidth, Math.min(WIDE, room)));
  const { left } = input.getBoundingClientRect();
  const edge = list.parentElement?.getBoundingClientRect().right ?? room + GAP;
  const over = Math.min(left - GAP, left + width - Math.min(edge, room + GAP));
  list.style.width = `${width}px`;
  list.style.left = `${input.offsetLeft - Math.max(0, over)}px`;
  list.style.top = `${input.offsetTop + input.offsetHeight}px`;
}
