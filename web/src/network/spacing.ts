/** Moves things apart until their names, to the right of their marks, do not cover each other. */
import { LINE, wrap } from "./words";

/** A thing with the room that it takes: its middle, half its height, and how far it reaches. */
export interface Body {
  x: number;
  y: number;
  left: number;
  right: number;
  half: number;
}

const ROUNDS = 80;
const LETTER = 6.9;

/** Returns how wide and how high a name is, near enough and the same on every machine. */
export function room(text: string): [wide: number, tall: number] {
  const lines = wrap(text);
  return [LETTER * Math.max(...lines.map((line) => line.length)), LINE * lines.length];
}

/** Moves bodies, the shorter way out of each other, until none overlap or the rounds are over. */
export function separate(bodies: Body[]): void {
  for (let round = 0; round < ROUNDS; round++) {
    let isDone = true;
    const order = [...bodies].sort((one, other) => one.x - one.left - (other.x - other.left) || one.y - other.y);
    order.forEach((one, place) => {
      for (const other of order.slice(place + 1)) {
        const across = one.x + one.right - (other.x - other.left);
        if (across <= 0) break;
        const down = one.half + other.half - Math.abs(one.y - other.y);
        if (down <= 0) continue;
        isDone = false;
        if (down < across * 1.5) {
          const way = (one.y < other.y ? -1 : 1) * (down / 2 + 0.1) * 0.7;
          one.y += way;
          other.y -= way;
        } else {
          one.x -= across * 0.35;
          other.x += across * 0.35;
        }
      }
    });
    if (isDone) return;
  }
}
