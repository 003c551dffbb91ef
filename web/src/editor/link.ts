/** A link to the query that stands in the editor. */
import { announce, make } from "../page";

/** Characters of an address that every program takes. */
const SAFE = 2000;

/** Adds the button that copies a link; it warns where the link is too long to be relied on. */
export function linking(form: HTMLFormElement, text: () => string, longest: number): void {
  const button = make("button", { type: "button", class: "plain" }, "Copy link");
  const said = make("p", { class: "hint", hidden: true });
  form.append(" ", button, said);
  button.addEventListener("click", async () => {
    const address = `${form.action.split("?", 1)[0]}?${new URLSearchParams({ query: text() })}`;
    const words = await copied(address, longest);
    said.textContent = words;
    said.hidden = false;
    announce(words);
  });
}

async function copied(address: string, longest: number): Promise<string> {
  const length = address.length.toLocaleString("en");
  if (address.length > longest) return `This query is too long for a link (${length} characters). Send its text instead.`;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    return "The browser does not let this page copy. Run the query: the address of the page is the link.";
  }
  return address.length > SAFE
    ? `The link is copied. It has ${length} characters: some programs cut links longer than ${SAFE.toLocaleString("en")}.`
    : "The link is copied.";
}
