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

/** Milliseconds that others are left to give the focus to something before it is looked after here. */
const LEFT = 150;
/** What takes the focus where nothing has come instead of what had it. */
const NEAR = "section, article, [role=region], main";

/**
 * Keeps the focus where it was when what had it is gone, or can't be worked any more: on the button that has come in its place, or else on what it stood in.
 * @param {HTMLElement} page
 */
export function keep(page) {
  /** What had the focus last, and all that this stood in, each with its place there. @type {{node: Element, place: number}[]} */
  let path = [];
  let waits = false;
  const lost = () => path[0] !== undefined && !isThere(path[0].node);
  const mend = () => {
    waits = false;
    if (!lost() || document.activeElement !== document.body) return;
    const at = path.findIndex(({ node }) => node.isConnected);
    const stays = path[at]?.node, gone = path[at - 1];
    const instead = gone === undefined ? null : buttonOf(stays?.children[gone.place], gone.node.localName);
    const near = instead ?? stays?.closest(NEAR) ?? (stays?.closest("header") ? page.querySelector("main") : null);
    if (!(near instanceof HTMLElement)) return;
    if (near.tabIndex < 0 && !near.hasAttribute("tabindex")) {
      near.tabIndex = -1;
      near.addEventListener("blur", () => near.removeAttribute("tabindex"), { once: true });
    }
    near.focus({ preventScroll: instead === null });
  };
  page.addEventListener("focusin", ({ target }) => {
    path = [];
    for (let node = /** @type {Element | null} */ (target); node !== null && node !== page; node = node.parentElement) {
      path.push({ node, place: [...(node.parentElement?.children ?? [])].indexOf(node) });
    }
  });
  page.addEventListener("focusout", () => setTimeout(() => {
    if (!lost() && path[0]?.node !== document.activeElement) path = [];  // somebody has left it
  }));
  new MutationObserver(() => {
    if (waits || !lost()) return;
    waits = true;
    setTimeout(mend, LEFT);
  }).observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
}

/** @param {Element} node */
const isThere = (node) => node.isConnected && !node.matches(":disabled");

/**
 * The button that something of a kind is, or has as its own; null where there is none.
 * @param {Element | undefined} one
 * @param {string} kind
 * @returns {Element | null}
 */
function buttonOf(one, kind) {
  if (one?.localName !== kind) return null;
  return one.matches("button:enabled") ? one : one.querySelector(":scope > button:enabled:not(.state)");
}
