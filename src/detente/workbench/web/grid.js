// A table of any number of rows, of which only those in sight are made; one is selected, by mouse or keyboard.
import { options } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { classes, grouped, html, plural } from "./html.js";

/** How high a row is, in pixels; page.css says the same. */
export const HEIGHT = 26;
const SPARE = 8;
/** How many rows may stand above the selected one before the frame is measured. */
const ABOVE = 10;

/** Whether the page is being printed: then all rows that are there are made, at once. */
function usePrinting() {
  const [printing, print] = useState(false);
  useEffect(() => {
    const now = (/** @type {boolean} */ begins) => {
      const usual = options.debounceRendering;
      options.debounceRendering = (render) => render();  // what is printed is taken before any later rendering
      print(begins);
      if (usual) options.debounceRendering = usual;
      else delete options.debounceRendering;
    };
    const [begin, end] = [() => now(true), () => now(false)];
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}

/**
 * The table.
 * @param {{label: string, count: number, columns: number, selected: number, head: any, row: (place: number) => any[],
 *   choose: (place: number, passing: boolean) => void, need: (first: number, last: number) => void,
 *   there: () => number}} props  `there` tells how many rows, from the first on, are there already
 */
export function Grid({ label, count, columns, selected, head, row, choose, need, there }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [seen, see] = useState({ top: Math.max(0, (selected - ABOVE) * HEIGHT), high: 600 });
  const look = () => {
    const at = frame.current;
    if (at) see({ top: at.scrollTop, high: at.clientHeight });
  };
  useEffect(() => {
    const watch = new ResizeObserver(look);
    if (frame.current) watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const at = frame.current;
    if (!at || selected < 0) return;
    const above = at.querySelector("thead")?.getBoundingClientRect().height ?? 0;
    const top = selected * HEIGHT;
    const room = at.clientHeight - above - HEIGHT;
    if (top < at.scrollTop || top > at.scrollTop + room) {
      const near = Math.abs(top - at.scrollTop) < at.clientHeight + HEIGHT;
      at.scrollTop = !near ? top - room / 2 : top < at.scrollTop ? top : top - room;
    }
    if (!at.contains(document.activeElement)) return;  // whoever works elsewhere on the page is left there
    const frameTop = at.getBoundingClientRect().top;
    const below = frameTop + above + top - at.scrollTop + HEIGHT - innerHeight;
    if (below > 0) scrollBy(0, below);
    else if (below + innerHeight < above + HEIGHT) scrollBy(0, frameTop);
  }, [selected, count]);

  const printing = usePrinting();
  const first = printing ? 0 : Math.max(0, Math.floor(seen.top / HEIGHT) - SPARE);
  const last = printing ? Math.min(count, there()) : Math.min(count, Math.ceil((seen.top + seen.high) / HEIGHT) + SPARE);
  useEffect(() => {
    if (!printing) need(first, last);
  }, [need, first, last, printing]);
  const page = Math.max(1, Math.floor(seen.high / HEIGHT) - 4);
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: selected + 1, ArrowUp: selected < 0 ? 0 : selected - 1, PageDown: selected + page, PageUp: selected - page, Home: 0, End: count - 1,
  });
  const press = (/** @type {KeyboardEvent} */ event) => {
    const to = steps[event.key];
    if (to === undefined || count === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(Math.min(count - 1, Math.max(0, to)), true);
  };
  const places = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  const inSight = selected >= first && selected < last;
  return html`${printing && last < count && html`<p class="on-paper cut">The first ${plural(last, "row")} of ${grouped(count)}.</p>`}
  <div class="grid scroll" ref=${frame} onScroll=${look}>
    <table role="grid" tabindex="0" aria-label=${label} aria-rowcount=${count + 2} aria-colcount=${columns} onKeyDown=${press}
      aria-activedescendant=${inSight ? `row-${selected}` : undefined}>
      ${head}
      <tbody>
        ${first > 0 && html`<tr aria-hidden="true" class="spare"><td colspan=${columns} style=${{ height: `${first * HEIGHT}px` }}></td></tr>`}
        ${places.map((place) => html`<tr key=${place} id=${`row-${place}`} aria-rowindex=${place + 3} aria-selected=${place === selected}
          class=${classes(place === selected && "selected")} onClick=${() => choose(place, false)}>${row(place)}</tr>`)}
        ${last < count && html`<tr aria-hidden="true" class="spare"><td colspan=${columns} style=${{ height: `${(count - last) * HEIGHT}px` }}></td></tr>`}
      </tbody>
    </table>
  </div>`;
}
