/** The frame of the picture: its buttons, its keys, and when a wheel means the picture. */
import { make } from "../page";
import { icon } from "./legend";
import type { View } from "./view";

const STEP = 0.12;

/** Returns the frame; `connect` gives it the picture and the element that may fill the screen. */
export function makeStage(title: string): { element: HTMLElement; canvas: HTMLElement; status: HTMLElement; connect: (view: View, box: HTMLElement) => void } {
  const canvas = make("div", { class: "net-canvas" });
  const keys = make("p", { class: "hidden", id: "net-keys" }, "Arrow keys move the picture, plus and minus zoom, 0 shows all. The list beside it and the tables below say the same.");
  const field = make("div", { class: "net-field-of-view", role: "application", tabindex: 0, "aria-label": `${title}: picture`, "aria-describedby": "net-keys" }, canvas);
  const buttons = make("div", { class: "net-buttons", role: "group", "aria-label": "View" });
  const status = make("p", { class: "net-status" });
  const element = make("div", { class: "net-stage" }, field, keys, make("div", { class: "net-below" }, status, buttons));

  function connect(view: View, box: HTMLElement): void {
    const offers: [string, string, () => void][] = [
      ["M8 2V14M2 8H14", "Zoom in", () => view.zoom(1 / 1.5)],
      ["M2 8H14", "Zoom out", () => view.zoom(1.5)],
      ["M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10M6 8H10M8 6V10", "Show all", () => view.fit()],
    ];
    if (document.fullscreenEnabled) offers.push(["M9 7L14 2M10 2H14V6M7 9L2 14M6 14H2V10", "Full screen", () => fill(box)]);
    for (const [sign, words, act] of offers) {
      const button = make("button", { type: "button", "aria-label": words, title: words }, icon("0 0 16 16", 16, 16, { d: sign, fill: "none", stroke: "currentColor", "stroke-width": "2" }));
      button.addEventListener("click", act);
      buttons.append(button);
    }
    const deeds: Record<string, () => void> = {
      ArrowLeft: () => view.pan(-STEP, 0),
      ArrowRight: () => view.pan(STEP, 0),
      ArrowUp: () => view.pan(0, -STEP),
      ArrowDown: () => view.pan(0, STEP),
      "+": () => view.zoom(1 / 1.5),
      "=": () => view.zoom(1 / 1.5),
      "-": () => view.zoom(1.5),
      "0": () => view.fit(),
    };
    field.addEventListener("keydown", (event) => {
      const deed = deeds[event.key];
      if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      deed();
    });
  }

  // a page that is scrolled goes on scrolling; the wheel is the picture's once it was clicked
  element.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey || document.fullscreenElement || element.contains(document.activeElement)) return;
      event.stopPropagation();
    },
    { capture: true },
  );
  return { element, canvas, status, connect };
}

function fill(box: HTMLElement): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void box.requestFullscreen();
}
