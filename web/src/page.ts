/** What every part may know of the page it is on. */

/** Makes the elements that carry the mark of a part richer. */
export type Enhance = (found: HTMLElement[]) => void | Promise<void>;

/** What stands before every path of the server: "" or "/prefix". */
export function root(): string {
  return document.body.dataset["root"] ?? "";
}

/** Returns the JSON of an address of this server. */
export async function json<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

/** Makes an element: attributes that are false or null are left out. Texts are never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number | boolean | null> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...content);
  return element;
}

/** Tells something to those who listen to the page: one polite live region for all parts. */
export function announce(words: string): void {
  const id = "stikg-said";
  let place = document.getElementById(id);
  if (!place) {
    place = make("p", { id, class: "hidden", role: "status", "aria-live": "polite" });
    document.body.append(place);
  }
  place.textContent = words;
}

/** Hands a file to the reader. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
