/** Names in the picture: each beside its mark, none on another name or mark. */

/** A mark that wants its name drawn; the list is in order of importance. */
export interface Wish {
  id: string;
  text: string;
  x: number;
  y: number;
  radius: number;
  side: -1 | 0 | 1;
  must: boolean;
  /** Worth a place farther away, with a line that leads to it. */
  vital: boolean;
}

/** A name at its place: the left end of the base line of each of its lines. */
export interface Word {
  id: string;
  lines: { text: string; x: number; y: number }[];
  must: boolean;
  /** From the mark to a name that stands away from it. */
  leader: [x: number, y: number, toX: number, toY: number] | null;
}

/** Returns how wide a text is, and how wide if it is bold. */
export type Measure = (text: string, bold: boolean) => number;

type Rectangle = [left: number, top: number, right: number, bottom: number];

/** Height of a line, for letters of 13 pixels. */
export const LINE = 15;

const CELL = 64;
const LONGEST = 44;
const BREADTH = 22;
const WIDEST = 28;
/** So many names of hubs may stand on the marks of lesser things where there is no other room. */
const MOST_OVER = 15;
const AWAY = [16, 32, 50] as const;

/** Breaks a name into as few lines as are short, about as long as each other; it is cut after so many. */
export function wrap(text: string, most = 2): string[] {
  const count = Math.min(most, Math.ceil(text.length / BREADTH));
  if (count < 2) return [cut(text)];
  for (let breadth = Math.ceil(text.length / count); breadth <= WIDEST; breadth++) {
    const lines = broken(text, breadth);
    if (lines.length <= count) return lines;
  }
  const lines = broken(text, WIDEST);
  return [...lines.slice(0, count - 1), cut(lines.slice(count - 1).join(" "), WIDEST)];
}

/** Breaks a text where a line would become too long; a word that is too long stays whole. */
function broken(text: string, breadth: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= breadth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Cuts a text that is too long for the picture. */
export function cut(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

/** Places names on a field; what finds no room is left out, unless it must be there. */
export function placeWords(wishes: Wish[], measured: Measure, width: number, height: number): Word[] {
  const taken = new Field();
  const names = new Field();
  let pressing = MOST_OVER;
  for (const { x, y, radius } of wishes) taken.add([x - radius, y - radius, x + radius, y + radius]);
  const words: Word[] = [];
  for (const wish of wishes) {
    if (wish.x < -20 || wish.y < -20 || wish.x > width + 20 || wish.y > height + 20) continue;
    const measure = (text: string): number => measured(text, wish.must);
    const lines = wish.side ? [fitting(wish, measure, width)] : wrap(wish.text, wish.must ? 5 : 2);
    const wide = Math.max(...lines.map(measure));
    const tries = positions(wish, wide, lines.length * LINE);
    const isFree = (box: Rectangle): boolean => box[0] >= 0 && box[2] <= width && box[1] >= -2 && box[3] <= height + 2 && taken.isFree(box, wish);
    const near = tries.find(isFree);
    const far = near || !wish.vital || wish.side ? [] : AWAY.flatMap((away) => positions({ ...wish, radius: wish.radius + away }, wide, lines.length * LINE));
    const free = near ?? far.find(isFree);
    const over = !free && wish.vital && !wish.side && pressing-- > 0 ? tries.find((box) => box[0] >= 0 && box[2] <= width && names.isFree(box, wish)) : undefined;
    const box = free ?? over ?? (wish.must ? inside(tries[0], width) : undefined);
    if (!box) continue;
    taken.add(box);
    names.add(box);
    const middle = box[0] + 2 < wish.x - wide * 0.2 && box[2] - 2 > wish.x + wide * 0.2;
    const isLeft = !middle && box[2] <= wish.x + 1;
    words.push({
      id: wish.id,
      must: wish.must,
      leader: free && !near ? leader(wish, box) : null,
      lines: lines.map((text, place) => {
        const spare = wide - measure(text);
        return { text, x: box[0] + 2 + (middle ? spare / 2 : isLeft ? spare : 0), y: box[1] + place * LINE + 11.5 };
      }),
    });
  }
  return words;
}

/** Returns the line from the rim of a mark to the nearest point of its name. */
function leader({ x, y, radius }: Wish, box: Rectangle): [number, number, number, number] {
  const [toX, toY] = [Math.min(Math.max(x, box[0]), box[2]), Math.min(Math.max(y, box[1]), box[3])];
  const share = radius / (Math.hypot(toX - x, toY - y) || 1);
  return [x + (toX - x) * share, y + (toY - y) * share, toX, toY];
}

/** Cuts a name that has but one side to stand on so that it ends within the field. */
function fitting({ text, x, radius, side }: Wish, measure: (text: string) => number, width: number): string {
  const whole = cut(text);
  const room = (side < 0 ? x : width - x) - radius - 9;
  const long = measure(whole);
  if (long <= room) return whole;
  return `${whole.slice(0, Math.max(3, Math.floor((whole.length * room) / long) - 2)).trimEnd()}…`;
}

/** Returns where a name may stand, the best place first. */
function positions({ x, y, radius, side }: Wish, wide: number, tall: number): Rectangle[] {
  const at = (left: number, top: number): Rectangle => [left, top, left + wide + 4, top + tall];
  const gap = radius + 2;
  const right = at(x + gap, y - tall / 2);
  const left = at(x - gap - wide - 4, y - tall / 2);
  if (side) return side < 0 ? [left] : [right];
  const near = radius * 0.7 + 1;
  const [under, over] = [y + near - 2, y - near + 2 - tall];
  return [
    right, left, at(x - wide / 2 - 2, y + gap - 2), at(x - wide / 2 - 2, y - gap + 2 - tall),
    at(x + near, over), at(x + near, under), at(x - near - wide - 4, over), at(x - near - wide - 4, under),
  ];
}

function inside(box: Rectangle | undefined, width: number): Rectangle | undefined {
  if (!box) return undefined;
  const move = Math.max(0, -box[0]) - Math.max(0, box[2] - width);
  return [box[0] + move, box[1], box[2] + move, box[3]];
}

/** Rectangles that are taken, in cells so that few are compared. */
class Field {
  private readonly cells = new Map<string, Rectangle[]>();

  add(box: Rectangle): void {
    for (const key of this.keys(box)) this.cells.set(key, [...(this.cells.get(key) ?? []), box]);
  }

  /** Tells whether nothing is there but the mark that the name belongs to. */
  isFree(box: Rectangle, own: Wish): boolean {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        const isOwn = other[0] === own.x - own.radius && other[1] === own.y - own.radius;
        if (!isOwn && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }

  private *keys([left, top, right, bottom]: Rectangle): Generator<string> {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x} ${y}`;
    }
  }
}
