/** The editor for SPARQL on /sparql. */
import type { Enhance } from "../page";
import { examples, putter, recent } from "./examples";
import { linking } from "./link";
import { keptText, runner } from "./run";
import { mark, mount, replace } from "./view";

export const enhance: Enhance = (found) => {
  for (const area of found) {
    if (area instanceof HTMLTextAreaElement && area.form) edit(area, area.form);
  }
};

function edit(area: HTMLTextAreaElement, form: HTMLFormElement): void {
  const view = mount(area);
  const putting = putter(view);
  const text = (): string => view.state.doc.toString();
  const note = recent(form.nextElementSibling ?? form, putting.put);
  const running = runner(
    form,
    (outcome, restored) => {
      if (restored && outcome.text) replace(view, outcome.text);
      if (restored) putting.settle();
      mark(view, outcome.mistake);
    },
    note,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    running.run(text());
  });
  linking(form, text, running.longest);
  examples(putting.put);

  const kept = keptText();
  if (kept !== null) replace(view, kept);
  putting.settle();
  const { line, column } = area.dataset;
  const message = document.querySelector("[data-part='problem'] p")?.textContent?.trim() ?? "";
  if (line && column) mark(view, { line: Number(line), column: Number(column), message });
  document.querySelector("[data-part='problem']")?.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a[href='#query']")) {
      event.preventDefault();
      view.focus();
    }
  });
}
