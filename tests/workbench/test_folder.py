"""The workbench reads and writes conflict files of one folder, and nothing else; nobody's edits are overwritten unseen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest

from detente import cases
from detente.errors import ConflictError, UsageError
from detente.io.decoding import MAX_BYTES
from detente.workbench import folder as folders
from detente.workbench.folder import Folder
from tests.workbench.served import Served, served

SECRET = "detente: 1\ntitle: not of this folder\n"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to open, with secrets around it."""
    (tmp_path / "open" / "in").mkdir(parents=True)
    (tmp_path / "beside").mkdir()
    for outside in ("secret.yaml", "beside/secret.yaml", "openly.yaml"):
        (tmp_path / outside).write_text(SECRET)
    (tmp_path / "open" / "a.yaml").write_text("detente: 1\n")
    return tmp_path / "open"


@pytest.fixture
def here(place: Path) -> Iterator[Served]:
    """A workbench on it."""
    with served(place) as found:
        yield found


# -- out of the folder -------------------------------------------------------------------------------------------------
def spellings(place: Path) -> list[str]:
    """Ways to name a file outside of a folder, as they stand in the address of a request."""
    secret = (place.parent / "secret.yaml").as_posix()
    return [
        "../secret.yaml",
        "in/../../secret.yaml",
        "./../secret.yaml",
        "..%2fsecret.yaml",
        "%2e%2e/secret.yaml",
        "%2e%2e%2fsecret.yaml",
        ".%2e/secret.yaml",
        "%252e%252e%252fsecret.yaml",
        "..%252fsecret.yaml",
        "..%c0%afsecret.yaml",
        "%c0%ae%c0%ae/secret.yaml",
        "..\\secret.yaml",
        "..%5csecret.yaml",
        "in%5c..%5c..%5csecret.yaml",
        "....//secret.yaml",
        "..;/secret.yaml",
        "../secret.yaml%00.yaml",
        "..%2fsecret.yaml%00",
        "a.yaml%00/../../secret.yaml",
        "../openly.yaml",
        "../open/../secret.yaml",
        secret,
        f"/{secret}",
        quote(secret, safe=""),
        f"file:%2f%2f{quote(secret, safe='')}",
        "~/secret.yaml",
        "..",
        ".",
        "",
        "%2e",
        "in",
        "in/",
        "in//secret.yaml",
    ]


def test_no_spelling_leads_out_of_the_folder(here: Served, place: Path) -> None:
    before = sorted(path for path in place.parent.rglob("*"))
    for name in spellings(place):
        answers = [here.get(f"/api/files/{name}"), here.put(name, "overwritten", None), here.put(name, "overwritten", digest(SECRET))]
        for answer in answers:
            assert SECRET.encode() not in answer.content, name
            if answer.status == 200:  # the name of a file in the folder, with signs that are not decoded twice
                written = place / answer.data["name"]
                assert "%2" in name, name
                assert written.parent == place, name
                assert written.read_text() == "overwritten"
            else:
                assert answer.codes in (["U541"], ["U404"], ["U542"], ["U543"], ["U545"]), name
        if answers[1].status == 200:
            written.unlink()
    assert sorted(path for path in place.parent.rglob("*")) == before
    for outside in ("secret.yaml", "beside/secret.yaml", "openly.yaml"):
        assert (place.parent / outside).read_text() == SECRET


def test_no_link_leads_out_of_the_folder(here: Served, place: Path) -> None:
    (place / "link.yaml").symlink_to(place.parent / "secret.yaml")
    (place / "linked").symlink_to(place.parent / "beside")
    (place / "in" / "up").symlink_to("..")
    (place / "new.yaml").symlink_to(place.parent / "not-there.yaml")
    (place / "loop.yaml").symlink_to("loop.yaml")
    assert here.get("/api/files").data["files"] == ["a.yaml"]
    for name in ("link.yaml", "linked/secret.yaml", "in/up/a.yaml", "in/up/../secret.yaml", "new.yaml", "loop.yaml"):
        assert here.get(f"/api/files/{name}").codes == ["U541"], name
        for replaces in (None, digest(SECRET)):
            assert here.put(name, "overwritten", replaces).codes == ["U541"], name
    assert not (place.parent / "not-there.yaml").exists()
    assert (place.parent / "secret.yaml").read_text() == SECRET


def test_a_folder_that_is_opened_by_a_link_is_the_one_behind_it(place: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place)
    assert Folder(tmp_path / "link").names() == ("a.yaml",)
    assert Folder(tmp_path / "link").read("a.yaml").text == "detente: 1\n"


def test_nothing_hidden_is_listed_read_or_written(here: Served, place: Path) -> None:
    (place / ".git").mkdir()
    for name in (".hidden.yaml", ".git/config.yaml", ".yaml"):
        (place / name).write_text(SECRET)
        assert here.get(f"/api/files/{name}").codes == ["U541"]
        assert here.put(name, "overwritten", digest(SECRET)).codes == ["U541"]
        assert (place / name).read_text() == SECRET
    assert here.get("/api/files").data["files"] == ["a.yaml"]


def test_only_conflict_files_are_listed_read_or_written(here: Served, place: Path) -> None:
    for name in ("a.py", "a.yaml.sh", "yaml", "a.gmcr", "Makefile"):
        (place / name).write_text(SECRET)
        assert here.get(f"/api/files/{name}").codes == ["U541"]
        assert here.put(name, "overwritten", digest(SECRET)).codes == ["U541"]
    for name in ("b.YML", "c.json", "in/d.yaml"):
        (place / name).write_text(SECRET)
        assert here.get(f"/api/files/{name}").data["text"] == SECRET
    assert here.get("/api/files").data["files"] == ["a.yaml", "b.YML", "c.json", "in/d.yaml"]


def test_how_deep_files_are_looked_for(here: Served, place: Path) -> None:
    deep = "1/2/3/4/a.yaml"
    (place / deep).parent.mkdir(parents=True)
    assert here.put(deep, "detente: 1", None).status == 200
    (place / "1/2/3/4/5").mkdir()
    (place / "1/2/3/4/5/b.yaml").write_text(SECRET)
    assert here.get("/api/files").data["files"] == [deep, "a.yaml"]
    refused = here.get("/api/files/1/2/3/4/5/b.yaml")
    assert refused.codes == ["U541"]
    assert "at most 4 folders deep" in refused.data["diagnostics"][0]["help"]


def test_names_of_any_kind(here: Served, place: Path) -> None:
    for name in ("ü ö.yaml", "水.yaml", "#?&%.yaml", "\u202egnp.yaml", "<img src=x>.yaml", "'\".yaml"):
        saved = here.put(quote(name), f"title: {name!r}", None).data
        assert saved["name"] == name
        assert (place / name).read_text(encoding="utf-8") == f"title: {name!r}"
        assert here.get(f"/api/files/{quote(name)}").data == saved
        assert name in here.get("/api/files").data["files"]


def test_names_that_are_no_text_are_passed_over(here: Served, place: Path) -> None:
    Path(os.fsdecode(os.fsencode(place) + b"/\xff\xfe.yaml")).write_text(SECRET)
    for name in ("back\\slash.yaml", "two\nlines.yaml", "\x1b[31m.yaml", "\x9b.yaml"):
        (place / name).write_text(SECRET)
        assert here.get(f"/api/files/{quote(name)}").codes in (["U541"], ["U545"])
        assert here.put(quote(name), "overwritten", digest(SECRET)).codes in (["U541"], ["U545"])
        assert (place / name).read_text() == SECRET
    assert here.get("/api/files").data["files"] == ["a.yaml"]


def test_what_is_no_file_is_not_waited_for(here: Served, place: Path) -> None:
    os.mkfifo(place / "pipe.yaml")
    (place / "folder.yaml").mkdir()
    for name in ("pipe.yaml", "folder.yaml"):
        assert here.get(f"/api/files/{name}").codes == ["U404"]
        assert here.put(name, "detente: 1", None).codes == ["U404"]
    assert here.get("/api/files").data["files"] == ["a.yaml"]


def test_names_that_are_too_long_for_the_system(here: Served) -> None:
    for name in ("a" * 300 + ".yaml", "b" * 5000 + ".yaml", "/".join(["c" * 250] * 4) + "/d.yaml"):
        assert here.get(f"/api/files/{name}").codes == ["U404"]
        assert here.put(name, "detente: 1", None).codes == ["U543"]


def test_a_folder_that_is_gone_is_told(here: Served, place: Path) -> None:
    (place / "a.yaml").unlink()
    (place / "in").rmdir()
    place.rmdir()
    answer = here.get("/api/files")
    assert (answer.status, answer.codes) == (400, ["U540"])
    assert str(place.parent).encode() not in answer.content
    assert here.put("a.yaml", "detente: 1", None).codes == ["U543"]


def test_what_cannot_be_opened_is_no_folder(place: Path) -> None:
    for name in (place / "a.yaml", place / "nowhere"):
        with pytest.raises(UsageError, match="U540"):
            Folder(name)


def test_no_more_is_looked_at_than_is_bounded(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        (place / f"{number:02}.txt").write_text("")
    (place / "zz.yaml").write_text("")
    assert Folder(place).names() == ("a.yaml", "zz.yaml")
    monkeypatch.setattr(folders, "MOST_LOOKED_AT", 22)
    assert Folder(place).names() == ("a.yaml",)
    monkeypatch.setattr(folders, "MOST_LOOKED_AT", 100)
    monkeypatch.setattr(folders, "MOST_FILES", 1)
    assert Folder(place).names() == ("a.yaml",)


def test_a_folder_with_very_many_files_hides_none_that_are_less_deep(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "in" / "deeper").mkdir()
    for number in range(20):
        (place / "in" / "deeper" / f"{number:02}.yaml").write_text("")
    for name in ("zz.yaml", "in/zz.yaml"):
        (place / name).write_text("")
    monkeypatch.setattr(folders, "MOST_LOOKED_AT", 6)
    assert Folder(place).names() == ("a.yaml", "in/deeper/00.yaml", "in/zz.yaml", "zz.yaml")
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    assert Folder(place).names() == ("a.yaml", "in/zz.yaml", "zz.yaml")


def test_what_is_not_listed_is_counted(here: Served, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed() -> tuple[list[str], int, bool]:
        found = here.get("/api/files").data
        return found["files"], found["total"], found["whole"]

    for name in ("zz.yaml", "in/zz.json", "in/no.txt"):
        (place / name).write_text("")
    assert listed() == (["a.yaml", "in/zz.json", "zz.yaml"], 3, True)
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    assert listed() == (["a.yaml", "zz.yaml"], 3, True)
    monkeypatch.setattr(folders, "MOST_LOOKED_AT", 5)  # all that is in it
    assert listed() == (["a.yaml", "zz.yaml"], 3, True)
    monkeypatch.setattr(folders, "MOST_LOOKED_AT", 4)
    assert listed() == (["a.yaml", "zz.yaml"], 2, False)
    assert here.get("/api/files/in/zz.json").status == 200  # what is not listed can be opened all the same


# -- saving ------------------------------------------------------------------------------------------------------------
def test_a_file_is_saved_to_the_byte(here: Served, place: Path) -> None:
    before = here.get("/api/files/a.yaml").data
    assert before == {"schema": "detente.file/1", "name": "a.yaml", "text": "detente: 1\n", "digest": digest("detente: 1\n")}
    text = "# ünïcode\r\ndetente: 1\r\ntitle: ends without a line end\t\x0b"
    saved = here.put("a.yaml", text, before["digest"]).data
    assert saved == {**before, "text": text, "digest": digest(text)}
    assert (place / "a.yaml").read_bytes() == text.encode()
    assert sorted(path.name for path in place.iterdir()) == ["a.yaml", "in"]  # nothing is left behind


def test_a_second_window_is_told(here: Served, place: Path) -> None:
    first = here.get("/api/files/a.yaml").data["digest"]
    second = here.get("/api/files/a.yaml").data["digest"]
    assert here.put("a.yaml", "detente: 1 # first", first).status == 200
    answer = here.put("a.yaml", "detente: 1 # second", second)
    assert (answer.status, answer.codes) == (409, ["U542"])
    assert (place / "a.yaml").read_text() == "detente: 1 # first"
    now = here.get("/api/files/a.yaml").data["digest"]  # having seen what is there, it may be saved over
    assert here.put("a.yaml", "detente: 1 # second", now).status == 200


def test_another_program_is_noticed(here: Served, place: Path) -> None:
    known = here.get("/api/files/a.yaml").data["digest"]
    (place / "a.yaml").write_text("detente: 1 # elsewhere\n")
    assert here.put("a.yaml", "detente: 1 # here", known).status == 409
    assert (place / "a.yaml").read_text() == "detente: 1 # elsewhere\n"
    (place / "a.yaml").unlink()
    answer = here.put("a.yaml", "detente: 1 # here", known)
    assert answer.status == 409
    assert answer.data["diagnostics"][0]["message"] == '"a.yaml" is gone since it was opened'
    assert not (place / "a.yaml").exists()


def test_a_new_file_replaces_none(here: Served, place: Path) -> None:
    assert here.put("new.yaml", "detente: 1", None).status == 200
    answer = here.put("new.yaml", "detente: 1 # again", None)
    assert answer.status == 409
    assert answer.data["diagnostics"][0]["message"] == '"new.yaml" is there already'
    assert (place / "new.yaml").read_text() == "detente: 1"
    for replaces in (digest("x"), "", "x"):
        assert here.put("newer.yaml", "detente: 1", replaces).status == 409
    assert not (place / "newer.yaml").exists()


def test_of_saves_at_the_same_moment_one_is_made_and_the_others_are_told(here: Served, place: Path) -> None:
    known = here.get("/api/files/a.yaml").data["digest"]
    texts = [f"detente: 1 # {number}" for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        statuses = [answer.status for answer in pool.map(lambda text: here.put("a.yaml", text, known), texts)]
    assert sorted(statuses) == [200] + [409] * 11
    assert (place / "a.yaml").read_text() == texts[statuses.index(200)]


def test_where_nothing_can_be_written_the_file_stays(here: Served, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here.put("nowhere/a.yaml", "detente: 1", None).codes == ["U543"]
    assert here.put("a.yaml/b.yaml", "detente: 1", None).codes == ["U543"]

    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "write_atomically", full)
    answer = here.put("a.yaml", "detente: 1 # more", digest("detente: 1\n"))
    assert (answer.status, answer.codes) == (400, ["U543"])
    assert "No space left on device" in answer.data["diagnostics"][0]["message"]
    assert (place / "a.yaml").read_text() == "detente: 1\n"


def test_a_folder_that_may_not_be_read_is_passed_over(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "in" / "b.yaml").write_text("detente: 1")
    assert Folder(place).names() == ("a.yaml", "in/b.yaml")
    allowed = os.scandir

    def forbidden(path: Path) -> object:
        if path == place / "in":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    assert Folder(place).names() == ("a.yaml",)


def test_what_could_not_be_read_back_is_not_saved(here: Served, place: Path) -> None:
    for text, code in (("a\0b", "F602"), ("é" * (MAX_BYTES // 2 + 1), "F604")):
        answer = here.put("b.yaml", text, None)
        assert (answer.status, answer.codes) == (422, [code])
    assert here.put("b.yaml", "x" * (MAX_BYTES + 1), None).codes == ["U544"]
    assert not (place / "b.yaml").exists()
    with pytest.raises(ConflictError, match="F603"):
        Folder(place).write("b.yaml", "\ud800", None)
    longest = here.put("b.yaml", "#" * MAX_BYTES, None)
    assert longest.status == 200
    assert here.get("/api/files/b.yaml").data == longest.data


def test_a_byte_order_mark_is_no_part_of_the_text(here: Served, place: Path) -> None:
    saved = here.put("b.yaml", "\ufeff\ufeffdetente: 1", None).data
    assert here.get("/api/files/b.yaml").data == saved
    assert saved["text"] == (place / "b.yaml").read_text() == "detente: 1"
    (place / "c.yaml").write_bytes(b"\xef\xbb\xbfdetente: 1")
    assert here.put("c.yaml", "detente: 1 # c", here.get("/api/files/c.yaml").data["digest"]).status == 200


def test_what_is_no_conflict_file_is_told_and_not_overwritten(here: Served, place: Path) -> None:
    contents = {"F602": b"\0\0", "F603": b"caf\xe9", "F604": b" " * (MAX_BYTES + 1)}
    for code, content in contents.items():
        (place / f"{code}.yaml").write_bytes(content)
        for answer in (here.get(f"/api/files/{code}.yaml"), here.put(f"{code}.yaml", "detente: 1", digest("x"))):
            assert (answer.status, answer.codes) == (422, [code])
        assert (place / f"{code}.yaml").read_bytes() == content


# -- packaged cases ----------------------------------------------------------------------------------------------------
def test_packaged_cases_are_read_and_never_written(here: Served) -> None:
    assert here.get("/api/files").data["cases"] == list(cases.names())
    for name in cases.names():
        told = here.get(f"/api/cases/{name}").data
        assert told["text"] == cases.path(name).read_text(encoding="utf-8")
        assert told["name"] == f"{name}.yaml"
    assert here.raw("PUT", "/api/cases/elmira", here.headers(), b'{"text": "", "replaces": null}').status == 405
    for name in ("nowhere", "2x2:1", "..", "%2e%2e%2fsecret", "elmira.expect", "elmira.yaml", "elmira%00", "Elmira"):
        answer = here.get(f"/api/cases/{name}")
        assert answer.status in (400, 404)
        assert answer.codes in (["U402"], ["U545"])
