// Bundles the page of the workbench: node scripts/workbench.mjs FROM TO.  scripts/workbench calls it.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const [from, to] = process.argv.slice(2);
const made = `${to}.new`;
const templates = "src/detente/report/templates";
const bundled = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies);

/** The licences of what is bundled, in full: their notices have to go where the page goes. */
function licences() {
  return bundled
    .map((name) => {
      const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
      return `${name} ${about.version} (${about.license})\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(78)}\n\n`);
}

/** The colours of the report, which follow the system; here a button chooses as well. */
function tokens() {
  const text = readFileSync(`${templates}/tokens.css`, "utf8");
  const dark = /@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}/;
  const found = dark.exec(text);
  if (!found) throw new Error("tokens.css has no dark colours where they are looked for");
  return text.replace(
    dark,
    `@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${found[1]}} }
     @media screen { :root[data-theme="dark"] { color-scheme: dark; ${found[1]}} :root[data-theme="light"] { color-scheme: light; } }`,
  );
}

const notice = `/*! Detente's workbench (MIT), with ${bundled.join(" and ")}; their licences are in licences.txt. */`;
const shared = { bundle: true, minify: true, legalComments: "inline", charset: "utf8", logLevel: "warning", target: "es2022" };
rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
await build({ ...shared, entryPoints: [`${from}/main.js`], outfile: `${made}/page.js`, format: "esm", banner: { js: notice } });
await build({
  ...shared,
  stdin: { contents: `@import "./styles.css";\n${tokens()}${readFileSync(`${templates}/drawing.css`, "utf8")}`, loader: "css", resolveDir: from },
  outfile: `${made}/page.css`,
});
cpSync(`${from}/index.html`, `${made}/index.html`);
cpSync(`${from}/icon.svg`, `${made}/icon.svg`);
writeFileSync(`${made}/licences.txt`, licences());
rmSync(to, { recursive: true, force: true });
renameSync(made, to);
