/** Writes the names onto the canvas above the picture. */
import type { Palette } from "./looks";
import { placeWords, type Wish } from "./words";

const FONT = '13px system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK JP", sans-serif';
const STRONG = `bold ${FONT}`;
const HALO = 4;

/** Writes the names that find room; returns how many. */
export function writeNames(context: CanvasRenderingContext2D, wishes: Wish[], colours: Palette, width: number, height: number): number {
  const measure = (text: string, bold: boolean): number => {
    context.font = bold ? STRONG : FONT;
    return context.measureText(text).width;
  };
  const words = placeWords(wishes, measure, width, height);
  context.lineJoin = "round";
  context.fillStyle = colours.text;
  context.strokeStyle = colours.text;
  context.lineWidth = 1;
  for (const { leader } of words) {
    if (!leader) continue;
    context.beginPath();
    context.moveTo(leader[0], leader[1]);
    context.lineTo(leader[2], leader[3]);
    context.stroke();
  }
  context.lineWidth = HALO;
  context.strokeStyle = colours.page;
  for (const { lines, must } of words) {
    context.font = must ? STRONG : FONT;
    for (const { text, x, y } of lines) {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }
  return words.length;
}
