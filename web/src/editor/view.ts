/** The editing field that stands in for the textarea, in a shadow root: there the server's policy allows its style sheets. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { diagnosticCount, lintGutter, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { make } from "../page";
import { completion } from "./completion";
import { look } from "./look";

const KEYS = "Ctrl-Enter runs. Ctrl-Space completes, Ctrl-F searches, Ctrl-] and Ctrl-[ indent. Tab leaves the field.";

/** Puts an editing field before a textarea, which is hidden and kept in step. */
export function mount(area: HTMLTextAreaElement): EditorView {
  const label = document.querySelector(`label[for='${area.id}']`);
  const about = area.getAttribute("aria-describedby");
  const told = about ? (document.getElementById(about)?.textContent ?? "") : "";
  const host = make("div", { class: "code" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.append(make("p", { id: "about", hidden: true }, `${told} ${KEYS}`));
  area.before(host);
  area.hidden = true;
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({ doc: area.value, extensions: extensions(area, label?.textContent ?? "Query") }),
  });
  label?.addEventListener("click", () => view.focus());
  host.after(make("p", { class: "hint keys" }, ...keys()));
  return view;
}

/** Replaces the whole text, so that one undo brings the old one back. */
export function replace(view: EditorView, text: string): void {
  if (text === view.state.doc.toString()) return;
  view.dispatch(setDiagnostics(view.state, []));
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    annotations: isolateHistory.of("full"),
    userEvent: "input.replace",
  });
}

/** Marks the place of a mistake: line and column count from 1, columns in characters. Null takes the mark away. */
export function mark(view: EditorView, mistake: { line: number; column: number; message: string } | null): void {
  if (!mistake) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const { doc } = view.state;
  const line = doc.line(Math.min(Math.max(mistake.line, 1), doc.lines));
  const before = [...line.text].slice(0, mistake.column - 1).join("").length;
  const from = Math.min(line.from + before, line.to);
  const word = /^(?:[\w?$:]+|.)/u.exec(line.text.slice(from - line.from))?.[0] ?? "";
  const start = word ? from : Math.max(line.from, from - 1);
  view.dispatch(setDiagnostics(view.state, [{ from: start, to: from + word.length, severity: "error", message: mistake.message }]));
}

function extensions(area: HTMLTextAreaElement, label: string) {
  const run = (): boolean => {
    area.form?.requestSubmit();
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run, preventDefault: true }, { key: "Ctrl-Enter", run, preventDefault: true }])),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    bracketMatching(),
    closeBrackets(),
    typingOver,
    search({ top: true }),
    completion,
    look,
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of((view) => ({
      "aria-label": label,
      "aria-describedby": "about",
      tabindex: "0",
      spellcheck: "false",
      ...(diagnosticCount(view.state) > 0 ? { "aria-invalid": "true" } : {}),
    })),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) area.value = update.state.doc.toString();
    }),
  ];
}

/**
 * Typing over a selection is done here: a browser that does it by itself writes inline styles, which the server's
 * policy forbids.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data } = event;
    const { main, ranges } = view.state.selection;
    if (event.inputType !== "insertText" || data === null || main.empty || ranges.length > 1 || view.composing) return false;
    const typed = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, typed))) view.dispatch(typed());
    return true;
  },
});

function keys(): (Node | string)[] {
  const pairs: [string, string][] = [
    ["Ctrl-Enter", " runs, "],
    ["Ctrl-Space", " completes, "],
    ["Ctrl-F", " searches, "],
    ["Ctrl-]", " indents, "],
    ["Tab", " leaves the field."],
  ];
  return pairs.flatMap(([key, words]) => [make("kbd", {}, key), words]);
}
