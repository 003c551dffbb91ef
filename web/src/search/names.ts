/** Names that begin with what is typed, asked of the server. */
import { json, root } from "../page";

/** A thing that was found: `value` is what a form understands, `matched` the name that fits. */
export interface Hit {
  readonly label: string;
  readonly kind: string;
  readonly matched: string;
  readonly url: string;
  readonly value: string;
}

const MOST = 10;
const known = new Map<string, readonly Hit[]>();

/** Returns the best hits for a text; the same question is asked once. */
export async function lookUp(text: string, cls: string, signal: AbortSignal): Promise<readonly Hit[]> {
  const asked = new URLSearchParams({ q: text, limit: String(MOST) });
  if (cls) asked.set("class", cls);
  const address = `${root()}/search?${asked}`;
  let hits = known.get(address);
  if (!hits) {
    hits = (await json<{ hits: readonly Hit[] }>(address, signal)).hits;
    known.set(address, hits);
  }
  return hits;
}

/** Returns a kind of thing as words: `FundingAgency` is a funding agency. */
export function kindWords(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
