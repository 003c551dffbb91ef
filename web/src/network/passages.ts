/** How passages are called and where they are shown. */
import type { Passage } from "./panel";

const BASE = "https://w3id.org/stikg/";

/** Returns what makes a link of a passage's IRI; pages of our own stand under `root`. */
export function passages(root: string): Passage {
  return (iri) => {
    if (!iri.startsWith(BASE)) return { href: /^https?:\/\/[^/\s]/.test(iri) ? iri : "", text: iri };
    const [document, ...rest] = iri.slice(BASE.length).replace(/^document\//, "").split("/");
    return { href: root + iri.slice(BASE.length), text: rest.length > 0 ? `${document}, passage ${rest.join("/")}` : iri };
  };
}
