"""`analyze --parquet`: writes beside what it prints, refuses beforehand, and leaves nothing when it is interrupted."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.program import environment, run

LARGE = """\
from pathlib import Path
options = "".join(f"\\n      x{k}: " for k in range(9)), "".join(f"\\n      y{k}: " for k in range(9))
Path("large.yaml").write_text(f'''detente: 1
title: Large
decision makers:
  A:
    options:{options[0]}
    prefers: [x0 and y0, x1 iff y1]
  B:
    options:{options[1]}
    prefers: [y2, x3 or y3]
status quo: []
''')
"""


def test_a_file_beside_the_analysis(tmp_path: Path) -> None:
    done = run("analyze", "elmira", "--under", "SEQ", "--json", "--parquet", "states.parquet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "wrote states.parquet (9 rows, " in done.stderr
    document = json.loads(done.stdout)
    table = importlib.import_module("pyarrow.parquet").read_table(tmp_path / "states.parquet")
    assert document["table"] == {"file": "states.parquet", "rows": 9, "bytes": (tmp_path / "states.parquet").stat().st_size}
    assert table["rank:Local"].to_pylist() == [state["rank"]["Local"] for state in document["states"]]


def test_refusals_come_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "there.parquet").write_text("mine")
    refused = run("analyze", "elmira", "--parquet", "there.parquet", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "error[U415]" in refused.stderr
    many = run("analyze", "elmira", "--parquet", "new.parquet", "--parquet-limit", "5", cwd=tmp_path)
    assert (many.returncode, many.stdout) == (1, "")
    assert "error[S342]" in many.stderr
    assert "--parquet-limit" in many.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["there.parquet"]
    assert (tmp_path / "there.parquet").read_text() == "mine"


def test_an_interrupted_run_leaves_no_file(tmp_path: Path) -> None:
    """The signal arrives while rows are written: a part of the file is there then, and gone afterwards."""
    subprocess.run([sys.executable, "-c", LARGE], cwd=tmp_path, check=True)
    command = ["analyze", "large.yaml", "--under", "Nash", "--parquet", "a.parquet"]
    start = (
        "import sys\nfrom detente.app import parquet, rows\nfrom detente.cli.main import main\n"
        f"rows.PORTION, parquet.GROUP = 64, 1  # so that it takes seconds\nsys.exit(main({command}))"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", start], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    while not [file for file in tmp_path.iterdir() if file.name.endswith(".part") and file.stat().st_size]:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, remarks = running.communicate(timeout=60)
    assert running.returncode == 130, remarks
    assert "interrupted" in remarks
    assert [file.name for file in tmp_path.iterdir()] == ["large.yaml"]
