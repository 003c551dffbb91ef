/** Parts of drawings. */

const SVG = "http://www.w3.org/2000/svg";
export const SIZE = 14;
const FONT = `${SIZE}px system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif`;
const pen = document.createElement("canvas").getContext("2d");

/** Makes an element of a drawing. */
export function draw<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  ...content: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  element.append(...content);
  return element;
}

/** Returns the width of a text in a drawing. */
export function widthOf(text: string): number {
  if (!pen) return text.length * SIZE * 0.6;
  pen.font = FONT;
  return pen.measureText(text).width;
}

/** Makes a text that is cut where the room ends; the whole is its title. */
export function label(text: string, room: number, attributes: Record<string, string | number>): SVGTextElement {
  let cut = text;
  while (cut && widthOf(cut === text ? text : `${cut}…`) > room) cut = cut.slice(0, -1);
  if (cut === text) return draw("text", attributes, text);
  return draw("text", attributes, `${cut.trimEnd()}…`, draw("title", {}, text));
}

/** Returns a bold text in lines that fit into a width. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && widthOf(longer) * 1.12 <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
