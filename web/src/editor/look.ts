/** The look of the editor: colours are the custom properties of the page, in both themes. */
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const MONO = 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace';

const named = SparqlLanguage.configure({
  props: [
    styleTags({
      "PrefixedName Pname_ln Pname_ns": tags.typeName,
      "Iri IriRef": tags.url,
      Keyword: tags.keyword,
      Langtag: tags.annotation,
      "Double Decimal Integer": tags.number,
    }),
  ],
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool], color: "var(--link)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--inferred)" },
  { tag: [tags.string, tags.annotation], color: "var(--read)" },
  { tag: [tags.typeName, tags.url, tags.namespace], color: "var(--stated)" },
  { tag: [tags.number, tags.integer, tags.float], color: "var(--c3)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const page = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--page)", fontSize: "1rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.5", maxHeight: "70vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)", padding: ".5rem 0", minHeight: "16rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--panel)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--mark)", outline: "1px solid var(--line)" },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: "var(--focus)", color: "var(--on-focus)" },
  ".cm-searchMatch.cm-searchMatch-selected span": { color: "var(--on-focus)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--stated-back)", outline: "1px solid var(--stated)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--error)" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--text)", fontFamily: "inherit" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: ".5rem 2.25rem .5rem .5rem", fontFamily: "system-ui, sans-serif" },
  ".cm-panel.cm-search label, .cm-panel.cm-search input, .cm-panel.cm-search button": { fontSize: ".9375rem" },
  ".cm-textfield": { backgroundColor: "var(--page)", color: "var(--text)", border: "1px solid var(--soft)", padding: ".3rem", maxWidth: "100%" },
  ".cm-button": { background: "var(--page)", color: "var(--text)", border: "1px solid var(--soft)", padding: ".3rem .6rem" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text)", fontSize: "1.25rem", padding: ".2rem .6rem" },
  ".cm-panel :focus-visible": { outline: "3px solid var(--focus)", boxShadow: "0 0 0 5px var(--on-focus)" },
  ".cm-tooltip": { backgroundColor: "var(--page)", color: "var(--text)", border: "1px solid var(--soft)", boxShadow: "0 2px 8px rgb(0 0 0 / .25)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, maxHeight: "15rem", maxWidth: "min(44rem, 92vw)", minWidth: "min(16rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".2rem .5rem .2rem .2rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--strong)", color: "var(--on-strong)" },
  ".cm-completionIcon": { opacity: "1", color: "var(--soft)", width: "1.25em" },
  "li[aria-selected] .cm-completionIcon, li[aria-selected] .cm-completionDetail": { color: "var(--on-strong)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", fontFamily: "system-ui, sans-serif" },
  ".cm-tooltip.cm-completionInfo": { padding: ".5rem .75rem", maxWidth: "min(22rem, 92vw)", fontFamily: "system-ui, sans-serif", lineHeight: "1.4" },
  ".cm-completionInfo p": { margin: "0 0 .3rem" },
  ".cm-completionInfo .name": { fontWeight: "600" },
  ".cm-completionInfo .uses": { color: "var(--soft)", margin: "0" },
  ".cm-diagnostic": { padding: ".4rem .75rem", fontFamily: "system-ui, sans-serif" },
  ".cm-diagnostic-error": { borderLeft: "5px solid var(--error)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error) 2px", textUnderlineOffset: ".2em" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--error)" },
  ".cm-lineNumbers .cm-gutterElement": { paddingLeft: ".6rem" },
});

/** SPARQL with its colours. */
export const look: Extension = [new LanguageSupport(named), syntaxHighlighting(colours), page];
