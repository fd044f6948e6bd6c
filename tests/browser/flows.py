"""Walks through what the workbench shows, each gone by a hand, on a case; all that is seen is compared with the server's documents."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.hands import Hand
from tests.browser.test_workbench_moves import leads, listed, told_of
from tests.browser.test_workbench_routes import drawn, said_of, see_viewpoints, strip
from tests.browser.test_workbench_unlock import diagnosed
from tests.browser.walking import WAIT, settled, shown, table_shown
from tests.browser.workbench import Watched, document, plain, sentences

STRIP = "#path .found .strip"
PAPER = "getComputedStyle(document.querySelector('.panel')).backgroundColor"


@dataclass(frozen=True)
class Added:
    """What is written besides: for a decision maker two statements and a red line, and a rule; each with what it is changed to."""

    party: str
    statements: tuple[str, str, str]
    line: tuple[str, str]
    rule: tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A conflict of the folder, and what is asked of it."""

    file: str
    party: str
    where: str
    goal: int
    planned: int
    lever: tuple[str, str]
    change: dict[str, Any]
    added: Added


UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}
COMPANY = Added("Uniroyal", ("Accept", "not Delay", "Abandon"), ("Abandon", "Abandon or Delay"), ("Delay and Accept", "Accept and Abandon"))
"""The rules take no state away: three decision makers rank all of them, and a rule that took one away is refused."""
ELMIRA = Case("elmira.yaml", "Local", "Accept", 8, 4, ("8", "plan"), UP, COMPANY)
CONTRARY = {"change": "reverse statement", "dm": "Hamas", "place": 2}
BROKERS = Added(
    "Mediators",
    ("Withdraw", "not Supply", "Disarm"),
    ("not Table", "Pressure and not Table"),
    ("Ceasefire and Rebuild", "IsraelYields and HamasYields"),
)
TALKS = Case("talks.yaml", "Hamas", "Ceasefire and not Aid", 7_232, 7_305, ("", "coalitions"), CONTRARY, BROKERS)


@dataclass(frozen=True)
class Work:
    """A page, what works it, and the conflict that is open."""

    seen: Watched
    hand: Hand
    case: Case

    @property
    def page(self) -> Page:
        """The page."""
        return self.seen.page

    def told(self, verb: str, **more: object) -> Any:
        """A document of the server's on the conflict."""
        return document(self.seen.bench, verb, self.case.file, **more)

    def open(self, more: str = "", wait: str = "#evidence[aria-busy=false] .paragraph") -> None:
        """Open the conflict by its address."""
        self.seen.open(f"?file={self.case.file}{more}", wait)

    def view(self, name: str, wait: str) -> None:
        """Choose a view by its tab, and wait until something stands in it."""
        self.hand.tab(name)
        self.page.wait_for_selector(wait, timeout=WAIT)

    def saved(self, button: str, within: str) -> bytes:
        """The file that a button of a part of the page saves."""
        with self.page.expect_download(timeout=WAIT) as caught:
            self.hand.press(self.page.locator(within).get_by_role("button", name=button).first)
        return caught.value.path().read_bytes()

    def sheets(self, within: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Save a table as text and as Parquet: both are what the server makes of these rows."""
        for button, kind in (("CSV", "csv"), ("Parquet", "parquet")):
            told = self.seen.bench.post("sheet", {"columns": columns, "rows": rows, "format": kind}).data
            assert told["rows"] == len(rows) > 0
            found = self.saved(button, within)
            if kind == "csv":
                assert found.decode() == told["text"]
            else:
                assert parquet(found).equals(parquet(b64decode(told["base64"])))

    def name_of(self, party: str) -> str:
        """What a decision maker is called."""
        (name,) = (one["name"] for one in self.told("states", limit=0)["decision_makers"] if one["key"] == party)
        return str(name)


def rows(file: bytes) -> list[list[str]]:
    """The rows of a table that was saved as text."""
    return list(csv.reader(io.StringIO(file.decode(), newline="")))


def parquet(file: bytes) -> Any:
    """The table in a file of that kind."""
    return import_module("pyarrow.parquet").read_table(io.BytesIO(file))


def opening(work: Work) -> None:
    """Choose the file from the list."""
    work.seen.open("", wait=".choose li")
    work.hand.press(work.page.locator(".choose").get_by_role("button", name=work.case.file, exact=True))
    work.page.wait_for_selector("#evidence[aria-busy=false] .paragraph", timeout=WAIT)
    shown(work.seen, work.case.file)


def selecting(work: Work) -> None:
    """Select another state, a decision maker and a concept, and then another concept alone."""
    work.open()
    page, quo = work.page, work.told("states", limit=0)["conflict"]["status_quo"]
    work.hand.next_row()
    expect(page.locator("#stability h2")).to_contain_text(f"State {quo + 1:,}")
    told = work.told("standing", state=quo + 1)
    words = {True: "stays", False: "leaves", None: "?"}
    keys = [concept["key"] for concept in told["concepts"]]
    verdicts = [[words[told["standing"]["verdicts"][key][party["key"]]] for key in keys] for party in told["decision_makers"]]
    table = page.locator(".standing tbody tr:has(button.verdict)")
    expect(table).to_have_count(len(verdicts))
    assert [row.locator("button.verdict").all_inner_texts() for row in table.all()] == verdicts
    stays = [[party["key"], *(told["standing"]["verdicts"][key][party["key"]] for key in keys)] for party in told["decision_makers"]]
    work.sheets("#stability", ["decision maker", *keys], stays)

    party = work.name_of(work.case.party)
    work.hand.press(page.get_by_role("button", name=re.compile(f"^{re.escape(party)} under {keys[-1]}: ")))
    expect(page.locator("#evidence h2")).to_contain_text(f"state {quo + 1:,} under {keys[-1]}?")
    page.wait_for_selector("#evidence[aria-busy=false] .paragraph")
    why = work.told("why", state=quo + 1, by=work.case.party, under=keys[-1])
    assert plain(page.locator("#evidence .sentence")) == sentences(why["paragraphs"])

    work.hand.pick(page.locator("input[name=under][value=GMR]"))
    count = work.told("states", limit=0)["equilibria"]["GMR"]
    expect(page.locator("#states p.quiet").first).to_contain_text(f"{count:,} equilibria under GMR among them")
    assert f"state={quo + 1}&by={work.case.party}&under=GMR" in page.url


def filtering(work: Work) -> None:
    """Show some of the states, put them in another order, and show all again."""
    work.open()
    page, hand, grid = work.page, work.hand, work.page.locator("#states [role=grid]")
    total = work.told("states", limit=0)["total"]
    some = work.told("states", where=work.case.where, limit=0)["total"]
    assert 0 < some < total
    hand.write(page.locator("#states").get_by_label("Where"), work.case.where)
    hand.press(page.locator("#states").get_by_role("button", name="Filter"))
    expect(grid).to_have_attribute("aria-rowcount", f"{some + 2}")
    order = page.get_by_role("button", name=f"order by the rank for {work.name_of(work.case.party)}")
    hand.press(order)
    expect(order).to_have_attribute("aria-pressed", "true")
    settled(page)
    table_shown(work.seen, work.case.file, where=work.case.where, order=f"party/{work.case.party}")
    assert rows(work.saved("CSV", "#states")) == rows(work.told("table", where=work.case.where)["text"].encode())
    whole = work.told("table", where=work.case.where, format="parquet")
    assert parquet(work.saved("Parquet", "#states")).equals(parquet(b64decode(whole["base64"])))
    hand.press(page.get_by_role("button", name="order by state number"))
    hand.write(page.locator("#states").get_by_label("Where"), "")
    hand.press(page.locator("#states").get_by_role("button", name="Filter"))
    expect(grid).to_have_attribute("aria-rowcount", f"{total + 2}")


def moving(work: Work) -> None:
    """Look at the moves of a state, drawn by themselves, save list and drawing, and follow one."""
    work.open()
    page, hand, quo = work.page, work.hand, work.told("states", limit=0)["conflict"]["status_quo"]
    work.view("moves", "#moves[aria-busy=false] .moves")
    hand.pick(page.locator("input[name=drawn][value=state]"))
    told = work.told("moves", state=quo, drawn="state")
    expect(page.locator("#moves .caption").first).to_have_text(told["drawing"]["caption"])
    assert listed(page) == told_of(told)
    ways = [(one["by"], way, move) for one in told["moves"] for way in ("from", "to") for move in (one[way] or {"moves": []})["moves"]]
    made = [
        [by, *([quo, move["state"]] if way == "from" else [move["state"], quo]), move["kind"], move.get("name")] for by, way, move in ways
    ]
    work.sheets("#moves .tools:has(.export) >> nth=-1", ["by", "from", "to", "for the mover", "name"], made)
    drawing = work.saved("Save drawing (SVG)", "#moves").decode()
    assert drawing.startswith("<?xml")
    assert set(re.findall(r'data-state="(\d+)"', drawing)) == set(re.findall(r'data-state="(\d+)"', told["drawing"]["svg"]))
    link = page.locator("#moves .way > ul button.state").first
    state = link.inner_text()
    hand.press(link)
    expect(page.locator("#moves h2")).to_have_text(f"Moves from state {state}, and to it")


def condensing(work: Work) -> None:
    """Look where improvements lead from all states, as a drawing and as a table, and save both."""
    work.open()
    page, hand = work.page, work.hand
    work.view("moves", "#moves[aria-busy=false] .moves")
    hand.pick(page.locator("input[name=drawn][value=condensed]"))
    page.wait_for_selector("#moves details.groups", timeout=WAIT)
    hand.press(page.locator("#moves details.groups summary"))
    told = work.told("condensed", under="SEQ")
    found = [[cell.strip() for cell in row.split("\t")][:5] for row in page.locator("#moves .groups tbody tr").all_inner_texts()]
    assert [[row[0].removeprefix("▸ "), *row[2:]] for row in found] == [
        [f"{one['number']}", f"{one['states']:,}", f"{one['first']['id']:,}", f"{one['equilibria']:,}"] for one in told["groups"]
    ]
    assert [row[1].startswith(one["says"]) for row, one in zip(found, told["groups"], strict=True)] == [True] * len(found)
    expect(page.locator("#moves .caption").first).to_have_text(told["drawing"]["caption"])
    made = [
        [one["number"], one["says"], one["states"], one["first"]["id"], one["equilibria"], leads(told, one["number"])]
        for one in told["groups"]
    ]
    columns = ["group", "what it is", "states", "one of them", "equilibria under SEQ", "leads to"]
    work.sheets("#moves details.groups + .tools", columns, made)
    drawing = work.saved("Save drawing (SVG)", "#moves").decode()
    assert set(re.findall(r'data-state="(\d+)"', drawing)) == set(re.findall(r'data-state="(\d+)"', told["drawing"]["svg"]))


def reasons(work: Work) -> None:
    """Follow the sentences of the evidence to a state, and see what they rest on."""
    work.open(f"&by={work.case.party}&under=SEQ")
    page, quo = work.page, work.told("states", limit=0)["conflict"]["status_quo"]
    why = work.told("why", state=quo, by=work.case.party, under="SEQ")
    assert plain(page.locator("#evidence .sentence")) == sentences(why["paragraphs"])
    assert page.locator("#evidence .checked").count() == (1 if why["checked"] else 0)
    rests, head = page.locator("#evidence .rests"), page.locator("#evidence summary")
    assert [text.split(":")[0] for text in rests.locator("> li").all_inner_texts()] == [one["called"] for one in why["evidence"]]
    for visible in (False, True):
        work.hand.press(head)
        expect(rests).to_be_visible(visible=visible)
    link = page.locator("#evidence .sentence button.state:not([aria-current])").first
    state = link.inner_text()
    work.hand.press(link)
    expect(page.locator("#stability h2")).to_contain_text(f"State {state}")


def diagnosing(work: Work) -> None:
    """See the diagnosis of the status quo, and of another state."""
    work.open()
    quo = work.told("states", limit=0)["conflict"]["status_quo"]
    work.view("diagnosis", "#diagnosis .deadlocks, #diagnosis table")
    diagnosed(work.seen, work.told("diagnosis", under="SEQ"))
    work.hand.next_row()
    expect(work.page.locator("#stability h2")).to_contain_text(f"State {quo + 1:,}")
    work.hand.choose(work.page.locator("#diagnosis .bar select"), "the selected state")
    diagnosed(work.seen, work.told("diagnosis", under="SEQ", start=quo + 1))


def leading(work: Work) -> None:
    """Look how the status quo could lead to another state, by any steps and by improvements, and for a plan."""
    work.open()
    page, hand, goal = work.page, work.hand, work.case.goal
    quo = work.told("states", limit=0)["conflict"]["status_quo"]
    told = work.told("path", states=[quo, goal])
    work.view("path", "#path input[name=to]")
    hand.write(page.locator("#path input[name=to]"), f"{goal}")
    hand.press(page.locator("#path").get_by_role("button", name="Show"))
    page.wait_for_selector(STRIP, timeout=WAIT)
    assert [[cell.replace(",", "") for cell in part] for part in strip(page)[:1]] == [drawn(told["moves"], told["decision_makers"])[0]]
    assert plain(page.locator("#path .paragraph.verdict .sentence")) == sentences(told["paragraphs"][:1])
    by = [None, *(step["by"] for step in told["moves"]["steps"])]
    regrets = [None, *(step["regrets"] for step in told["moves"]["steps"])]
    keys = [party["key"] for party in told["decision_makers"]]
    ways = [
        [who, state["id"], *(state["rank"].get(key) for key in keys), regret]
        for who, state, regret in zip(by, told["moves"]["states"], regrets, strict=True)
    ]
    work.sheets(STRIP, ["step by", "state", *keys, "regretted"], ways)
    hand.pick(page.locator("#path").get_by_label("improvements only"))
    if told["improvements"] is None:
        expect(page.locator("#path .found h3")).to_contain_text("Stuck, because")
    else:
        expect(page.locator("#path .found h3")).to_contain_text("by improvements only")
        assert strip(page)[0] == [f"{state['id']:,}" for state in told["improvements"]["states"]]
    planned = work.told("unlock", target=f"{goal}", start=quo, under="SEQ", kinds="plan", seconds=30.0)
    hand.press(page.get_by_role("button", name="Look for a plan"))
    (search,) = (one for reached in planned["goals"] for one in reached["searches"])
    expect(page.locator("#path .plans > p .sentence").last).to_have_text(search["says"]["text"], timeout=WAIT)
    assert [plain(one.locator("> p .sentence")) for one in page.locator("#path .plan").all()] == [
        sentences(plan["paragraphs"][:1]) for plan in search["levers"]
    ]


def comparing(work: Work) -> None:
    """Compare the file with what is tried, either way round, with another file, and all viewpoints that there are."""
    work.open(f"&tried={quote(json.dumps([work.case.change]))}")
    page, hand = work.page, work.hand
    work.view("compare", ".differences")
    held = {"name": work.case.file, "text": work.seen.bench.get(f"/api/files/{work.case.file}").data["text"]}
    sides = held, {**held, "changes": [work.case.change]}
    verdict = page.locator(".differences .paragraph.verdict")
    for place, press in enumerate(("", "Exchange", "Exchange")):
        if press:
            hand.press(page.get_by_role("button", name=press))
        settled(page)
        told = work.seen.bench.post("difference", {"first": sides[place % 2], "second": sides[1 - place % 2]}).data
        expect(verdict).to_contain_text(told["said"][0]["sentences"][0]["text"])
        differing = {f"Equilibria under {key}": sets for key, sets in told["equilibria"].items() if sets["gained"] or sets["lost"]}
        found = [row.split("\t") for row in page.locator(".differences .differs.figures tbody tr").all_inner_texts()]
        figures = {row[0].strip(): tuple(cell.strip() for cell in row[1:3]) for row in found}
        assert differing
        assert {key: figures[key] for key in differing} == {key: (f"{s['before']:,}", f"{s['after']:,}") for key, s in differing.items()}
    otherwise = [[one[key] for key in ("kind", "party", "what", "first", "second")] for one in told["otherwise"]]
    work.sheets(".differences", ["kind", "party", "element", "first", "second"], otherwise)
    viewpoints = work.told("viewpoints")["viewpoints"]
    if viewpoints:
        hand.choose(page.locator("select[name=second]"), viewpoints[-1]["name"])
        told = work.seen.bench.post("difference", {"first": sides[0], "second": {**held, "viewpoint": viewpoints[-1]["key"]}}).data
        settled(page)
        expect(verdict).to_contain_text(told["said"][0]["sentences"][0]["text"], timeout=WAIT)
        comparing_all(work, changes=[work.case.change])
    hand.choose(page.locator("select[name=second]"), "chicken")
    expect(verdict).to_contain_text("can't be matched", timeout=WAIT)


def comparing_all(work: Work, **asked: object) -> None:
    """Compare all viewpoints, and see that every figure, and every sentence, is the server's."""
    page, hand = work.page, work.hand
    hand.press(page.locator("#compare").get_by_role("button", name=re.compile(r"^Compare \d+ viewpoint")))
    page.wait_for_selector(".all-views details", timeout=2 * WAIT)
    told = work.told("compare", under="SEQ", **asked)
    hand.press(page.get_by_label("the same in all"))
    see_viewpoints(page, told)
    hand.press(page.locator(".all-views details summary"))
    assert plain(page.locator(".all-views details .sentence")) == sentences(told["paragraphs"])
    columns = ["conclusion", *(view["key"] or "file" for view in told["views"])]
    cells = [
        [topic["label"], *(one if one is None or isinstance(one, bool) else said_of(one) for one in topic["values"])]
        for topic in told["topics"]
    ]
    work.sheets(".all-views", columns, cells)


def leaving(work: Work) -> None:
    """Turn the light off and on, print, see the page as a document, and save the report."""
    work.open()
    page, hand = work.page, work.hand
    paper = page.evaluate(PAPER)
    hand.press(page.get_by_role("button", name="Dark", exact=True))
    assert page.evaluate(PAPER) != paper
    hand.press(page.get_by_role("button", name="Light", exact=True))
    assert page.evaluate(PAPER) == paper
    page.evaluate("void (window.print = () => { document.title = 'printed'; })")
    hand.press(page.locator("#states").get_by_role("button", name="Print, with"))
    expect(page).to_have_title("printed", timeout=WAIT)
    with page.context.expect_page() as caught:
        hand.press(page.get_by_role("link", name="This page as JSON"))
    other = caught.value
    other.wait_for_load_state()
    told = work.seen.bench.get(f"/?file={work.case.file}&as=json", Accept="text/html").data
    assert json.loads(other.locator("body").inner_text())["documents"] == told["documents"]
    assert told["documents"]
    other.close()


def reporting(work: Work) -> None:
    """Have the report made, and save it."""
    work.open()
    work.hand.press(work.page.get_by_role("button", name="Report", exact=True))
    work.page.get_by_role("button", name="Save the report").wait_for(timeout=15 * WAIT)
    made = work.saved("Save the report", "header")
    assert made.decode() == work.told("report")["text"]  # the server remembers it


FLOWS: tuple[Callable[[Work], None], ...] = (
    opening, selecting, filtering, moving, condensing, reasons, diagnosing, leading, comparing, leaving, reporting
)  # fmt: skip
"""All of them that change nothing."""
