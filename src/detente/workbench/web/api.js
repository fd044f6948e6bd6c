// Asks the server, and tells what it refused.
import { useEffect, useState } from "preact/hooks";

/** What this page calls itself: another that asks the same shares the job, and each stops what it asked itself. */
const PAGE = crypto.randomUUID();

/** What the server refused, with its problems. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {import("./types").Diagnostic[]} diagnostics
   */
  constructor(status, diagnostics) {
    super(diagnostics[0]?.message ?? `status ${status}`);
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

/**
 * A problem that the page itself tells of.
 * @param {string} message
 * @param {string | null} help
 * @returns {import("./types").Diagnostic}
 */
export function problem(message, help = null) {
  return {
    code: "", severity: "error", message, help, value: null, file: null, line: null, column: null, length: null, element: null,
  };
}

/**
 * The problems behind an error.
 * @param {unknown} error
 */
export function problems(error) {
  if (error instanceof Refused) return error.diagnostics;
  return [problem("The workbench does not answer.", "Look whether `detente open` still runs, and open the address that it printed.")];
}

/**
 * The document that answers a request.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body, signal) {
  const answer = await fetch(path, {
    method,
    headers: { "detente-page": PAGE, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const isDocument = answer.headers.get("content-type")?.startsWith("application/json");
  const said = isDocument ? await answer.json() : await answer.text();
  if (answer.ok && isDocument) return said;
  throw new Refused(answer.status, isDocument && said.diagnostics ? said.diagnostics : [problem(String(said).trim())]);
}

/**
 * The address of a file, or of a packaged case.
 * @param {import("./types").Source} source
 */
export function address(source) {
  return `/api/${source.kind}s/${source.name.split("/").map(encodeURIComponent).join("/")}`;
}

/**
 * The answer to a question, asked again whenever the question changes; the last one stays until then, marked as `pending`.
 * Questions are compared by identity.  Null asks nothing.
 * @template T
 * @param {string} path
 * @param {object | null} body
 * @returns {{answer: T | null, problems: import("./types").Diagnostic[], pending: boolean}}
 */
export function useAnswer(path, body) {
  const [had, have] = useState(
    /** @type {{answer: T | null, problems: import("./types").Diagnostic[], of: object | null}} */ ({ answer: null, problems: [], of: null }),
  );
  useEffect(() => {
    if (body === null) return undefined;
    const stop = new AbortController();
    ask("POST", path, body, stop.signal).then(
      (answer) => have({ answer, problems: [], of: body }),
      (error) => {
        if (!stop.signal.aborted) have({ answer: null, problems: problems(error), of: body });
      },
    );
    return () => stop.abort();
  }, [path, body]);
  return { answer: had.answer, problems: had.problems, pending: body !== null && had.of !== body };
}
