/** Keeps the choice of colours from page to page; without this it lasts for one page. */
import type { Enhance } from "./page";

const KEY = "stikg-theme";

export const enhance: Enhance = (found) => {
  const kept = read();
  for (const input of found.flatMap((box) => [...box.querySelectorAll<HTMLInputElement>("input[name='theme']")])) {
    input.checked = input.value === kept;
    input.addEventListener("change", () => keep(input.value));
  }
  show(kept);
};

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto";
  }
}

function keep(value: string): void {
  show(value);
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // the choice then lasts for this page, as without a script
  }
}

function show(value: string): void {
  if (value === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = value;
  dispatchEvent(new CustomEvent("stikg-theme"));
}
