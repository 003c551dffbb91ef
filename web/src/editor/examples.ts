/** Texts that are put into the editor: examples, and the reader's own recent queries. */
import type { EditorView } from "@codemirror/view";
import { announce, make } from "../page";
import { replace } from "./view";

const KEY = "stikg-queries";
const MOST = 20;
const LONGEST = 20_000;

/** Returns what puts a text into the editor; it asks first where that would replace the reader's own. */
export function putter(view: EditorView) {
  let given = view.state.doc.toString();
  const text = (): string => view.state.doc.toString();
  return {
    /** Notes that the present text is not the reader's own. */
    settle(): void {
      given = text();
    },
    async put(wanted: string, said: string): Promise<void> {
      if (wanted !== text() && text() !== given && text().trim() && !(await confirmed())) return;
      replace(view, wanted);
      given = text();
      view.focus();
      view.dom.scrollIntoView({ block: "nearest" });
      announce(said);
    },
  };
}

export type Put = ReturnType<typeof putter>["put"];

/** Makes the examples of the page go into the editor. */
export function examples(put: Put): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
    link.addEventListener("click", (event) => {
      const query = new URL(link.href).searchParams.get("query");
      if (query === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void put(query, `The example is in the editor: ${link.textContent}.`);
    });
  }
}

/** Shows the queries that were run on this machine, and returns what notes another. */
export function recent(before: Element, put: Put): (text: string) => void {
  const list = make("ul", { class: "recent" });
  const clear = make("button", { type: "button", class: "plain" }, "Clear the list");
  const heading = make("summary", {});
  const box = make("details", { class: "more" }, heading, make("p", { class: "hint" }, "They are kept in this browser and sent nowhere."), list, clear);
  before.before(box);
  clear.addEventListener("click", () => {
    write([]);
    show();
    announce("The list is empty.");
  });

  function show(): void {
    const queries = read();
    box.hidden = queries.length === 0;
    heading.textContent = `Your recent queries (${queries.length})`;
    list.replaceChildren(...queries.map(entry));
  }

  function entry(text: string): HTMLLIElement {
    const button = make("button", { type: "button", class: "plain" }, summary(text));
    button.addEventListener("click", () => void put(text, "The query is in the editor."));
    return make("li", {}, button);
  }

  show();
  return (text) => {
    if (text.length > LONGEST) return;
    write([text, ...read().filter((other) => other !== text)].slice(0, MOST));
    show();
  };
}

/** Returns a query in one line, without its prefixes and comments. */
function summary(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s*(?:PREFIX\s|BASE\s|#|$)/i.test(line));
  const line = lines.join(" ").replace(/\s+/g, " ").trim() || text.trim();
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((item): item is string => typeof item === "string") : [];
  } catch {
    return [];
  }
}

function write(queries: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // nothing is kept then
  }
}

/** Asks whether the reader's text may go. */
function confirmed(): Promise<boolean> {
  const yes = make("button", { value: "yes" }, "Replace it");
  const no = make("button", { value: "no", class: "plain" }, "Keep my text");
  const dialog = make(
    "dialog",
    { class: "ask-first", "aria-labelledby": "ask-first-title" },
    make("form", { method: "dialog" }, make("h2", { id: "ask-first-title" }, "Replace your query?"), make("p", {}, "You have changed the text in the editor. Undo brings it back."), yes, " ", no),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
