/** The lasting address of an answer, with the state of its tables, to copy. */
import { copyButton } from "../clipboard";
import { make } from "../page";
import { withStateOf } from "./state";

/** Puts a button beside the lasting address, if the page has one. */
export function sharePermalink(): void {
  const link = document.querySelector<HTMLAnchorElement>("a#permalink");
  if (!link) return;
  const plain = link.href;
  const address = (): string => withStateOf(plain, location.href);
  const refresh = (): void => {
    link.href = address();
  };
  for (const kind of ["pointerdown", "focus"]) link.addEventListener(kind, refresh);
  const button = make("button", { type: "button", class: "tool" }, "Copy link");
  copyButton(button, address, "Link copied");
  link.after(" ", button);
}
