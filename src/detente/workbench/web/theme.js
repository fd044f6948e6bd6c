// Light or dark: as the system has it, until the button chooses.

/** @typedef {"light" | "dark"} Theme */

const NAME = "detente-theme";

/**
 * What was chosen in this browser; null for the system's.
 * @returns {Theme | null}
 */
export function remembered() {
  try {
    const said = localStorage.getItem(NAME);
    return said === "light" || said === "dark" ? said : null;
  } catch {
    return null;
  }
}

/** What the page looks like now. @returns {Theme} */
export function worn() {
  return remembered() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

/**
 * Look like this.
 * @param {Theme | null} theme
 */
export function wear(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/**
 * Look like this from now on.
 * @param {Theme} theme
 */
export function choose(theme) {
  wear(theme);
  try {
    localStorage.setItem(NAME, theme);
  } catch {
    // It is then forgotten when the page is closed.
  }
}
