"""The files of processes: what ships is right, and every defect is told with its line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from yingda.app.cli import app
from yingda.dialogue import read_all, shipped_dir

GOOD = """\
id: tidy
version: 1
title: {zh: 整理, en: tidying}
department: service
intents: [chat.thanks]
slots:
  order_no: {type: order_no, ask: which_order, again: which_order_again}
steps:
  - {id: find, do: look_up, title: {zh: 找, en: Find}, tool: order, given: {order_no: $order_no}}
  - {id: agree, do: confirm, title: {zh: 确认, en: Agree}, words: agree, no: end}
  - {id: cancel, do: deed, title: {zh: 取消, en: Do}, change: cancel_order, given: {order_no: $order_no}, reason: 因}
  - {id: end, do: end, title: {zh: 完, en: End}}
words:
  agree: {zh: "取消 {order_no}？", en: "Cancel {order_no}?"}
"""
SAID_ONLY = "do: say, title: {zh: 确认, en: Agree}, words: agree"
DEFECTS = [
    ("tool: order,", "tool: oracle,", 9, "oracle"),
    ("no: end", "no: nowhere", 10, "nowhere"),
    ("words: agree,", "words: unwritten,", 10, "unwritten"),
    ("change: cancel_order", "change: steal_order", 11, "steal_order"),
    ("given: {order_no: $order_no}, reason", "given: {order: $order_no}, reason", 11, "order_no"),
    ("$order_no}, reason", "$secret}, reason", 11, "secret"),
    ("Cancel {order_no}?", "Cancel?", 14, "gaps"),
    ("取消 {order_no}？", "取消 {x}？", 14, "gaps"),
    ("do: confirm, title: {zh: 确认, en: Agree}, words: agree, no: end", SAID_ONLY, 11, "agreement"),
    ("do: confirm,", "do: confirm, when: {order_state: paid},", 10, "conditional"),
    ("intents: [chat.thanks]", "intents: [chat.dance]", 5, "chat.dance"),
    ("intents: [chat.thanks]", 'intents: [chat.thanks]\ncues: ["("]', 6, "pattern"),
    ("version: 1", "version: one", 2, "int"),
    ("do: end, title", "do: vanish, title", 12, "vanish"),
    ("tool: order,", "tool: order, colour: red,", 9, "colour"),
    ("type: order_no,", "type: wish,", 7, "wish"),
    ("  - {id: end, do: end, title: {zh: 完, en: End}}\n", "", 10, "end"),
    ("{zh: 整理, en: tidying}", "{zh: 整理, en: tidying", 4, "YAML"),
]  # fmt: skip


def lines_of(text: str, folder: Path) -> list[tuple[int, str]]:
    (folder / "tidy.yaml").write_text(text, "utf-8")
    _, problems = read_all(folder)
    return [(problem.line, f"{problem.zh} {problem.en}") for problem in problems]


def test_a_good_file_is_good(tmp_path: Path) -> None:
    assert lines_of(GOOD, tmp_path) == []


@pytest.mark.parametrize(("right", "wrong", "line", "word"), DEFECTS)
def test_a_defect_is_told_at_its_line(right: str, wrong: str, line: int, word: str, tmp_path: Path) -> None:
    assert right in GOOD
    found = lines_of(GOOD.replace(right, wrong), tmp_path)
    assert any(at == line and word in words for at, words in found), found


def test_an_intent_belongs_to_one_process(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(GOOD.replace("id: tidy", "id: other"), "utf-8")
    assert {line for line, words in lines_of(GOOD, tmp_path) if "chat.thanks" in words} == {5}


def test_the_command_says_so_and_fails(tmp_path: Path) -> None:
    (tmp_path / "tidy.yaml").write_text(GOOD.replace("tool: order,", "tool: oracle,"), "utf-8")
    result = CliRunner().invoke(app, ["procedures", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "tidy.yaml:9:" in result.stdout
    assert CliRunner().invoke(app, ["procedures", "check"]).exit_code == 0
    assert "cancel_order" in CliRunner().invoke(app, ["procedures", "list"], env={"COLUMNS": "200"}).stdout


def test_all_files_ship() -> None:
    sources, problems = read_all(shipped_dir())
    assert problems == []
    assert len(sources) == len(list(shipped_dir().glob("*.yaml")))
