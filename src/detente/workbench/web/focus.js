// Where the focus goes when what had it is gone, or something new is to be filled in.

/**
 * Gives the focus to something once the page shows it.
 * @param {() => Element | null | undefined} find
 */
export function give(find) {
  setTimeout(() => {
    const found = find();
    if (found instanceof HTMLElement) found.focus();
  });
}

/**
 * Unfolds what a field stands in whose value is not allowed, so that the browser can say so.
 * @param {{target: EventTarget | null}} event
 */
export function unfold({ target }) {
  const fold = target instanceof Element ? target.closest("details") : null;
  if (fold) fold.open = true;
}
