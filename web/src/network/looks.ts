/** Colours, shapes and dashes: the same as those of the pages' own pictures. */

/** The colours of a picture in the present theme, as #rrggbb. */
export interface Palette {
  nodes: string[];
  edges: string[];
  page: string;
  text: string;
  soft: string;
  line: string;
}

/** Outlines of the kinds, about 6 across from the middle. */
export const SHAPES = [
  "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
  "M-5.5 -5.5h11v11h-11z",
  "M0 -7.5L7.5 0L0 7.5L-7.5 0z",
  "M0 -7L7 5.5H-7z",
  "M0 7L7 -5.5H-7z",
  "M-2 -7h4v5h5v4h-5v5h-4v-5h-5v-4h5z",
  "M0 -7L6.7 -2.2L4.1 5.7H-4.1L-6.7 -2.2z",
  "M-3.5 -6h7l3.5 6l-3.5 6h-7l-3.5 -6z",
] as const;

/** Dashes of the relations, in pixels, as `stroke-dasharray` takes them. */
export const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "1 4", "6 2 1 2 1 2"] as const;

/** Radius of the shapes as they are written. */
export const UNIT = 6;

const EDGE_COLOURS = [0, 1, 2, 3, 7, 5, 6, 4];

/** Returns the outline of the kind with a look. */
export function shapeOf(look: number): number {
  return (look + Math.floor(look / 8)) % 8;
}

/** Returns the colours that hold for an element now. */
export function palette(place: HTMLElement): Palette {
  const probe = document.createElement("span");
  place.append(probe);
  const value = (name: string): string => {
    probe.style.color = `var(${name})`;
    return hex(getComputedStyle(probe).color);
  };
  const numbered = Array.from({ length: 8 }, (_, number) => value(`--c${number}`));
  const found = {
    nodes: numbered,
    edges: EDGE_COLOURS.map((number) => numbered[number] ?? ""),
    page: value("--page"),
    text: value("--text"),
    soft: value("--soft"),
    line: value("--line"),
  };
  probe.remove();
  return found;
}

/** Mixes two colours; a share of 1 is the first. */
export function mix(one: string, other: string, share: number): string {
  const parts = [1, 3, 5].map((place) => {
    const [first, second] = [one, other].map((colour) => Number.parseInt(colour.slice(place, place + 2), 16));
    return Math.round((first ?? 0) * share + (second ?? 0) * (1 - share));
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function hex(colour: string): string {
  const parts = (colour.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}
