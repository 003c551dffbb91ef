/** Texts to the clipboard: also where the page is not served over https. */
import { announce } from "./page";

/** Copies a text, and the same as HTML for programs that keep columns; tells the reader. */
export async function copy(text: string, said: string, html?: string): Promise<void> {
  const done = (await byClipboard(text, html)) || byEvent(text, html);
  announce(done ? said : "Copying is not allowed here.");
}

/** Makes a button that copies what a function gives, and says so on itself for a moment. */
export function copyButton(button: HTMLButtonElement, text: () => string, said: string): void {
  const words = button.textContent;
  button.addEventListener("click", () => {
    void copy(text(), said).then(() => {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = words), 2000);
    });
  });
}

async function byClipboard(text: string, html?: string): Promise<boolean> {
  try {
    if (html === undefined) {
      await navigator.clipboard.writeText(text);
    } else {
      const parts: Record<string, Blob> = { "text/plain": blob(text, "plain"), "text/html": blob(html, "html") };
      await navigator.clipboard.write([new ClipboardItem(parts)]);
    }
    return true;
  } catch {
    return false;
  }
}

function blob(text: string, kind: string): Blob {
  return new Blob([text], { type: `text/${kind}` });
}

function byEvent(text: string, html?: string): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    if (html !== undefined) event.clipboardData?.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", fill);
  }
}
