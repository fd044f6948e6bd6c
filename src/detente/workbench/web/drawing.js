// A drawing of the server's: shown as it is, its states selected by a click, and saved as a file.
import { useEffect, useRef } from "preact/hooks";
import { html, visible } from "./html.js";

/** What of the look of an element has to go with it into a file. */
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order",
];

/**
 * The drawing.  Whoever works by keyboard has the same states in a list or table beside it.
 * @param {{svg: string, name: string, current: string | null, select?: (id: string) => void}} props  `name` is what its file is called
 */
export function Drawing({ svg, name, current, select }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const read = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    if (!(read instanceof SVGElement) || read.localName !== "svg") return;
    const least = read.getAttribute("data-least");
    if (least) read.style.minWidth = `${least}px`;
    frame.current?.replaceChildren(document.adoptNode(read));
  }, [svg]);
  useEffect(() => {
    for (const one of frame.current?.querySelectorAll("[data-state]") ?? []) one.classList.toggle("current", one.getAttribute("data-state") === current);
    const shown = frame.current?.querySelector(".current")?.getBoundingClientRect();
    const room = frame.current?.getBoundingClientRect();
    if (frame.current && shown && room && (shown.left < room.left || shown.right > room.right)) frame.current.scrollLeft += (shown.left + shown.right - room.left - room.right) / 2;
    const moves = [...(frame.current?.querySelectorAll("[data-from]") ?? [])];
    const here = moves.filter((one) => [one.getAttribute("data-from"), one.getAttribute("data-to")].includes(current));
    for (const one of moves) one.classList.toggle("away", here.length > 0 && !here.includes(one));
  }, [svg, current]);
  const click = (/** @type {MouseEvent} */ event) => {
    const state = event.target instanceof Element ? event.target.closest("[data-state]")?.getAttribute("data-state") : null;
    if (state && select) select(state);
  };
  return html`<figure class="drawing"><div class="scroll" tabindex="0" role="group" aria-label=${`Drawing: ${visible(name)}`} ref=${frame} onClick=${click}></div>
    <figcaption class="tools"><button type="button" onClick=${() => frame.current && save(`${name}.svg`, alone(frame.current), "image/svg+xml")}>Save drawing (SVG)</button></figcaption></figure>`;
}

/**
 * A drawing as a file that needs no stylesheet: it looks as it does on the page.
 * @param {Element} frame
 */
function alone(frame) {
  const shown = frame.querySelector("svg");
  if (!shown) return "";
  const copy = /** @type {SVGElement} */ (shown.cloneNode(true));
  const copies = copy.querySelectorAll("*");
  shown.querySelectorAll("*").forEach((one, place) => {
    const worn = getComputedStyle(one);
    for (const look of LOOKS) copies[place]?.setAttribute(look, worn.getPropertyValue(look));
  });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(document.documentElement).getPropertyValue("--paper").trim() })) ground.setAttribute(key, value);
  copy.prepend(ground);
  return `<?xml version="1.0" encoding="utf-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/**
 * Saves a file where the browser saves files.
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
