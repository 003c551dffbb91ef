/** A drawing as a file of its own, with the colours that it is shown in. */
import { announce, download } from "../page";

const LOOK = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor",
];
const SHARP = 2;

/** Saves a drawing as SVG. */
export function saveSvg(drawing: SVGSVGElement, name: string): void {
  download(`${name}.svg`, alone(drawing), "image/svg+xml");
}

/** Saves a drawing as PNG, of twice its size on the screen. */
export async function savePng(drawing: SVGSVGElement, name: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([alone(drawing)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * SHARP;
    canvas.height = image.height * SHARP;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (content) download(`${name}.png`, content, "image/png");
  } catch {
    announce("The picture could not be made.");
  } finally {
    URL.revokeObjectURL(address);
  }
}

function alone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll("*")];
  [...drawing.querySelectorAll("*")].forEach((element, index) => {
    const look = getComputedStyle(element);
    const target = copies[index];
    for (const name of LOOK) target?.setAttribute(name, look.getPropertyValue(name));
    target?.removeAttribute("class");
  });
  const paper = document.createElementNS(copy.namespaceURI, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  copy.removeAttribute("class");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}
