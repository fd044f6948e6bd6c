// The view How sure: how much hangs on what is guessed, and how it would go on.
import { html } from "../html.js";
import { GoingOn } from "../sure/going-on.js";
import { Sweeping } from "../sure/sweeping.js";

/**
 * The view.
 * @param {{desk: import("../types").Desk}} props
 */
export function Sure({ desk }) {
  return html`<div class="both"><${Sweeping} desk=${desk} /><${GoingOn} desk=${desk} /></div>`;
}
