/** Runs a query without leaving the page: the server's page is fetched, and its answer put in place. */
import { announce, make } from "../page";

export interface Outcome {
  /** The text of the query that the page is about. */
  text: string;
  mistake: { line: number; column: number; message: string } | null;
}

interface Visit {
  address: string;
  /** The query where it is too long for an address. */
  posted: string | null;
}

const PARTS = ["problem", "answer"] as const;

/** Makes a form run in place; `arrived` is called when an answer stands in the page, `asked` when a query is sent. */
export function runner(form: HTMLFormElement, arrived: (outcome: Outcome, restored: boolean) => void, asked: (text: string) => void) {
  const path = new URL(form.action).pathname;
  const longest = Number(form.dataset["longest"] ?? 8000) - 200;
  const state = make("span", { class: "running" });
  const stop = make("button", { type: "button", class: "plain", hidden: true }, "Stop");
  form.querySelector("button[type='submit']")?.after(" ", stop, " ", state);
  let running: AbortController | null = null;
  let shown = key(here());

  stop.addEventListener("click", () => running?.abort());
  addEventListener("popstate", () => {
    if (key(here()) !== shown) void load(here(), true);
  });
  part("answer")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='?']") : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    visit({ address: path + new URL(link.href).search, posted: here().posted });
  });

  function visit(to: Visit): void {
    if (key(to) === key(here())) history.replaceState(kept(to), "", to.address);
    else history.pushState(kept(to), "", to.address);
    void load(to, false);
  }

  async function load(to: Visit, restored: boolean): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    shown = key(to);
    const clock = watch(state, stop, form);
    try {
      const found = await fetch(to.address, {
        headers: { Accept: "text/html" },
        signal: controller.signal,
        ...(to.posted === null ? {} : { method: "POST", body: new URLSearchParams({ query: to.posted }) }),
      });
      const page = new DOMParser().parseFromString(await found.text(), "text/html");
      clock.end((seconds) => `Done in ${seconds} s.`);
      arrived(put(page), restored);
      await enhance();
    } catch (error) {
      if (running !== controller) return; // another query took its place
      if (controller.signal.aborted) {
        clock.end((seconds) => `Stopped after ${seconds} s.`);
        clear();
        announce("Stopped.");
      } else {
        clock.end(() => "");
        put(complaint("The server cannot be reached.", String(error)));
      }
    } finally {
      if (running === controller) running = null;
    }
  }

  return {
    /** Runs a text; what is too long for an address goes by POST. */
    run(text: string): void {
      asked(text);
      const address = `${path}?${new URLSearchParams({ query: text })}`;
      visit(address.length > longest ? { address: path, posted: text } : { address, posted: null });
    },
    longest,
  };
}

/** Returns the text that the present entry of the history keeps, if it was too long for its address. */
export function keptText(): string | null {
  return here().posted;
}

function here(): Visit {
  const state: unknown = history.state;
  const posted = typeof state === "object" && state !== null && "posted" in state ? state.posted : null;
  return { address: location.pathname + location.search, posted: typeof posted === "string" ? posted : null };
}

function kept({ posted }: Visit): { posted: string } | null {
  return posted === null ? null : { posted };
}

function key({ address, posted }: Visit): string {
  return `${address}\n${posted ?? ""}`;
}

function part(name: (typeof PARTS)[number], page: Document = document): HTMLElement | null {
  return page.querySelector<HTMLElement>(`[data-part='${name}']`);
}

function clear(): void {
  for (const name of PARTS) part(name)?.replaceChildren();
}

/** Puts the problem and the answer of another page into this one. */
function put(page: Document): Outcome {
  const area = page.querySelector<HTMLTextAreaElement>("textarea[name='query']");
  if (!area) page = complaint(page.querySelector("h1")?.textContent ?? "There is a problem", page.querySelector("main p")?.textContent ?? "");
  for (const name of PARTS) {
    const content = part(name, page)?.childNodes ?? [];
    part(name)?.replaceChildren(...[...content].map((node) => document.importNode(node, true)));
  }
  const problem = part("problem")?.querySelector("p")?.textContent?.trim() ?? "";
  if (!problem) {
    const answer = part("answer");
    announce(`Answer: ${answer?.querySelector(".size, .truth")?.textContent?.trim() ?? "none"}`);
    answer?.querySelector("h2")?.scrollIntoView({ block: "nearest" });
  }
  const { line, column } = area?.dataset ?? {};
  return { text: area?.value ?? "", mistake: line && column ? { line: Number(line), column: Number(column), message: problem } : null };
}

/** Returns a page that holds nothing but a problem. */
function complaint(title: string, detail: string): Document {
  const page = document.implementation.createHTMLDocument();
  const summary = make("div", { class: "summary-of-errors", role: "alert" }, make("h2", {}, title), make("p", {}, detail));
  page.body.append(make("div", { "data-part": "problem" }, summary), make("div", { "data-part": "answer" }));
  return page;
}

/** Makes the tables of a new answer as rich as those of a page that was opened. */
async function enhance(): Promise<void> {
  const tables = [...(part("answer")?.querySelectorAll<HTMLElement>("table[data-enhance='table']") ?? [])];
  if (tables.length > 0) await (await import("../tables")).enhance(tables);
}

/** Shows that a query runs, and for how long, from the first fifth of a second on. */
function watch(state: HTMLElement, stop: HTMLElement, form: HTMLFormElement) {
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
  const answer = part("answer");
  const owner = String(began);
  form.dataset["running"] = owner;
  state.textContent = "";
  const begin = setTimeout(() => {
    stop.hidden = false;
    answer?.setAttribute("aria-busy", "true");
    announce("The query runs.");
  }, 200);
  const tick = setInterval(() => (state.textContent = `Running, ${seconds()} s`), 100);
  return {
    end(words: (seconds: string) => string): void {
      clearTimeout(begin);
      clearInterval(tick);
      if (form.dataset["running"] !== owner) return;
      delete form.dataset["running"];
      if (stop.getRootNode() instanceof Document && document.activeElement === stop) form.querySelector<HTMLElement>("button[type='submit']")?.focus();
      stop.hidden = true;
      answer?.removeAttribute("aria-busy");
      state.textContent = words(seconds());
    },
  };
}
