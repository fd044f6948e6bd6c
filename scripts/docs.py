"""Build the manual: every Markdown page of the repository and the docstrings of the library, as linked HTML.

With --update, first run the pages and write into them what programs print (see docs_blocks).
"""

from __future__ import annotations

import argparse
import html
import importlib
import inspect
import pkgutil
import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from docs_blocks import PageError, replayed
from docs_blocks import pages as written_pages
from docs_generated import fenced
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
CODES, CODES_SHOWN = "src/detente/codes/", "docs/reference/codes/"
STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
nav { font-size: .9rem; border-bottom: 1px solid #bbb; margin-bottom: 1.5rem; padding-bottom: .5rem }
pre { overflow-x: auto; background: #f4f4f1; padding: .7rem; line-height: 1.35 } code { font-size: .92em }
table { border-collapse: collapse } td, th { border: 1px solid #bbb; padding: .2rem .5rem; text-align: left; vertical-align: top }
img { max-width: 100% }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #191919 } pre { background: #262624 } a { color: #8ab4f8 } }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Detente</title><style>{style}</style></head>
<body><nav>{nav}</nav><main>
{body}</main></body></html>
"""


def modules() -> Iterator[ModuleType]:
    """Every module of the package that is public and can be imported here, in order."""
    package = importlib.import_module("detente")
    for found in sorted(pkgutil.walk_packages(package.__path__, "detente."), key=lambda info: info.name):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def members(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public classes and functions that a module defines itself, in its own order."""
    for name, value in vars(module).items():
        own = (inspect.isclass(value) or inspect.isfunction(value)) and value.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield name, value


def signature(name: str, value: object) -> str:
    """A class's or function's name with its parameters, as far as Python can tell."""
    try:
        return f"{name}{inspect.signature(value)}"  # type: ignore[arg-type]  # a class or a function: members() gives nothing else
    except (TypeError, ValueError):
        return name


def library_page() -> str:
    """A page with the docstrings of the library, floor by floor."""
    parts = ["# Library\n", "Every public class and function, with an example that the tests run.\n"]
    for module in modules():
        found = list(members(module))
        if not found:
            continue
        parts += [f"## {module.__name__}\n", fenced(inspect.getdoc(module) or "")]
        for name, value in found:
            parts += [f"### {name}\n", fenced(signature(name, value), "python"), fenced(inspect.getdoc(value) or "")]
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Every page of the manual by its address in the repository; the generated ones are under docs/reference."""
    found = {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
        if (ROOT / name).exists()
    }
    for folder, place in (("docs", "docs"), (CODES, CODES_SHOWN)):
        for file in sorted((ROOT / folder).rglob("*.md")):
            found[f"{place.rstrip('/')}/{file.relative_to(ROOT / folder).as_posix()}"] = file.read_text(encoding="utf-8")
    found["docs/reference/library.md"] = library_page()
    contents = [f"- [{title_of(text, name)}]({posixpath.relpath(name, 'docs')})" for name, text in found.items()]
    found.setdefault("docs/index.md", "# The manual\n\n" + "\n".join(contents) + "\n")
    return found


def title_of(text: str, otherwise: str) -> str:
    """A page's first heading, or its name."""
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    return heading[1].strip() if heading else otherwise


def anchor(title: str) -> str:
    """The address of a heading within its page, as the usual Markdown viewers make it."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.strip().lower()))


def links(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """The links and pictures of a page, with the name of the attribute that holds the address."""
    for token in tokens:
        for child in token.children or []:
            if child.type in ("link_open", "image"):
                yield child, "href" if child.type == "link_open" else "src"


def headings(text: str) -> set[str]:
    """The addresses of a page's headings."""
    tokens = MarkdownIt("commonmark").parse(text)
    return {anchor(tokens[i + 1].content) for i, token in enumerate(tokens) if token.type == "heading_open"}


def render(name: str, all_pages: dict[str, str], out: Path) -> list[str]:
    """Write one page as HTML; return the links in it that lead nowhere."""
    markdown = MarkdownIt("commonmark").enable("table")
    text, broken = all_pages[name], []
    tokens = markdown.parse(text)
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[i + 1].content))
    for token, attribute in links(tokens):
        address = str(token.attrGet(attribute))
        path, _, fragment = address.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        target = CODES_SHOWN + target.removeprefix(CODES) if target.startswith(CODES) else target
        if target in all_pages:
            if fragment and fragment not in headings(all_pages[target]):
                broken.append(f"{name}: {address}")
            shown = posixpath.relpath(target.removesuffix(".md") + ".html", posixpath.dirname(name) or ".")
            token.attrSet(attribute, shown + (f"#{fragment}" if fragment else ""))
        elif (ROOT / target).is_file():
            copy = out / target
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / target, copy)
        elif not (ROOT / target).exists():
            broken.append(f"{name}: {address}")
    home = posixpath.relpath("docs/index.html", posixpath.dirname(name) or ".")
    page = PAGE.format(
        title=html.escape(title_of(text, name)),
        style=STYLE,
        nav=f'<a href="{home}">The manual</a>',
        body=markdown.renderer.render(tokens, markdown.options, {}),
    )
    file = (out / name).with_suffix(".html")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")
    return broken


def update(names: list[Path]) -> int:
    """Run pages and write into them what programs print now; say which changed; return 1 if one can't be run."""
    failed = 0
    for page in names or written_pages():
        old = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            try:
                new = replayed(old, Path(folder))
            except PageError as problem:
                print(f"docs: {page}: {problem}", file=sys.stderr)
                failed = 1
                continue
        if new != old:
            page.write_text(new, encoding="utf-8")
            print(f"docs: updated {page}")
    return failed


def main() -> int:
    """Build the manual; return 1 if a link leads nowhere."""
    parser = argparse.ArgumentParser(prog="scripts/docs", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build/docs", help="where to write the manual (default: build/docs)")
    parser.add_argument(
        "--update", nargs="*", type=Path, metavar="PAGE", help="run these pages (all if none is named) and renew their output, nothing else"
    )
    parser.add_argument("--picture", action="store_true", help="renew the picture of the report in the README, nothing else")
    arguments = parser.parse_args()
    if arguments.picture:
        from docs_picture import take

        return take()
    if arguments.update is not None:
        return update(arguments.update)
    out: Path = arguments.out
    shutil.rmtree(out, ignore_errors=True)
    found = pages()
    broken = [line for name in found for line in render(name, found, out)]
    for line in broken:
        print(f"docs: a link leads nowhere: {line}", file=sys.stderr)
    print(f"docs: {len(found)} pages, {out / 'docs/index.html'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
