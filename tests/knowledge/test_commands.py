"""`yingda knowledge …`, run as a user runs it: no server, no database."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from yingda.app.cli import app


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["knowledge", *map(str, arguments)])


def test_a_question_is_answered_with_facts_and_sources() -> None:
    [line] = run("ask", "A醇和水杨酸能一起用吗", "--json").stdout.splitlines()
    told = json.loads(line)
    assert list(told) == ["id", "answer", "kind", "facts", "sources", "handoff"]
    assert (told["kind"], told["handoff"]) == ("conflict", False)
    assert told["facts"][0]["source"] in {source["id"] for source in told["sources"]}
    assert "不要一起用" in run("ask", "A醇和水杨酸能一起用吗").stdout


def test_a_file_is_answered_line_by_line(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "孕妇能用A醇吗"}\n\n{"id": 2, "question": "眼霜进眼睛了"}\n', "utf-8")
    lines = [json.loads(line) for line in run("ask", "--file", questions, "--json").stdout.splitlines()]
    assert [(line["id"], line["kind"], line["handoff"]) for line in lines] == [
        ("a", "pregnancy", False),
        (2, "medical", True),
    ]


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", "utf-8")
    assert run("ask", "--file", broken).exit_code == 2
    assert run("ask").exit_code == 2


def test_the_catalogue_is_written(tmp_path: Path) -> None:
    out = tmp_path / "catalogue.jsonl"
    assert run("catalogue", "--out", out).exit_code == 0
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) >= 2000
    assert json.loads(lines[0]).keys() == {"id", "question", "kind", "about"}


def test_articles_are_checked_before_they_are_brought_in(tmp_path: Path) -> None:
    assert run("check-articles").exit_code == 0
    (tmp_path / "wrong.md").write_text("---\nslug: a\ntitle: 标题\ntier: general\ntopic: 退货\n---\n<b>粗</b>", "utf-8")
    (tmp_path / "headless.md").write_text("正文", "utf-8")
    (tmp_path / "binary.md").write_bytes(b"\xff")
    checked = run("check-articles", tmp_path)
    assert checked.exit_code == 1
    told = [line.partition(":")[0] for line in checked.stderr.splitlines()]
    assert told == ["binary.md", "headless.md", "wrong.md"]
