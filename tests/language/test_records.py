"""Labelled messages in files, as people have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from yingda.language import (
    DataUnreadable,
    Example,
    RankedIntent,
    read_examples,
    read_texts,
    write_examples,
    write_predictions,
)

TWO = [Example("怎么退货", "return.request"), Example("开发票", "invoice.request")]


def workbook(path: Path, rows: list[tuple[object, ...]]) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "怎么退货\treturn.request\n开发票\tinvoice.request\n"),
        ("a.tsv", "intent\ttext\nreturn.request\t怎么退货\ninvoice.request\t开发票"),
        ("a.tsv", "怎么退货\treturn.request\r开发票\tinvoice.request\r"),
        ("a.tsv", "\ufefftext\tintent\r\n怎么退货\treturn.request\r\n\r\n开发票\tinvoice.request\r\n"),
        ("a.csv", 'text,category\n"怎么退货",return.request\n开发票,invoice.request\n'),
        ("a.csv", "编号,意图,消息\n1,return.request,怎么退货\n2,invoice.request,开发票\n"),
        ("a.csv", "怎么退货,return.request\n开发票,invoice.request\n"),
        ("a.jsonl", '{"text": "怎么退货", "intent": "return.request"}\n{"text": "开发票", "label": "invoice.request"}'),
    ],
)
def test_the_usual_forms(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    assert read_examples(tmp_path / name) == TWO


def test_csv_as_excel_on_chinese_windows_saves_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("文本,标签\n怎么退货,return.request\n开发票,invoice.request\n".encode("gb18030"))
    assert read_examples(tmp_path / "a.csv") == TWO


def test_what_excel_calls_unicode_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "文本\t意图\r\n怎么退货\treturn.request\r\n开发票\tinvoice.request\r\n".encode("utf-16")
    )
    assert read_examples(tmp_path / "a.txt") == TWO


def test_numbered_labels_as_public_sets_have_them(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "开发票", "label": 0}\n{"text": "怎么退货", "label": 1}', encoding="utf-8"
    )
    assert [example.intent for example in read_examples(tmp_path / "a.jsonl")] == ["0", "1"]


def test_a_message_of_any_length(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,intent\n{'长' * 200_000},a\n", encoding="utf-8")
    assert len(read_examples(tmp_path / "a.csv")[0].text) == 200_000


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_no_message_becomes_a_formula_and_all_come_back(tmp_path: Path, name: str) -> None:
    said = [Example("=HYPERLINK(1)", "a"), Example("-10元行不行", "b"), Example("@客服", "b"), Example("'单引号", "a")]
    assert write_examples(tmp_path / name, said) == 4
    assert "\n=" not in (tmp_path / name).read_text(encoding="utf-8")
    assert read_examples(tmp_path / name) == said


def test_excel_with_named_columns_among_others(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("日期", "文本", "意图", "权重"), ("11-20", "怎么退货", "return.request", 0.5)]
    workbook(tmp_path / "a.xlsx", [*rows, (None, None, None, None), ("11-21", 110, "invoice.request", None)])
    assert read_examples(tmp_path / "a.xlsx") == [
        Example("怎么退货", "return.request", 0.5),
        Example("110", "invoice.request"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "place", "told"),
    [
        ("a.tsv", b"one\ta\ntwo\n", "a.tsv:2", "two columns"),
        ("a.tsv", b"one\ta\n\t b\n", "a.tsv:2", "text is empty"),
        ("a.tsv", b"text\tnumber\none\t1\n", "a.tsv:1", "name the columns"),
        ("a.csv", b"wording,kind,x\none,a,1\n", "a.csv:1", "name the columns"),
        ("a.csv", b"wording,kind\n" + b"one,a\ntwo,b\n" * 20, "a.csv:1", "name the columns"),
        ("a.csv", b'text,intent\n"one,a\n', "a.csv:2", "two columns"),
        ("a.csv", b"text,intent,weight\none,a,much\n", "a.csv:2", "weight"),
        ("a.jsonl", b'{"text": "one", "intent": "a"}\n{"text": "two"}\n', "a.jsonl:2", "JSON object"),
        ("a.jsonl", b"[1]\n", "a.jsonl:1", "JSON object"),
        ("a.tsv", b"one\ta\n\xff\xff\tb\n", "a.tsv:2", "UTF-8"),
        ("a.xlsx", b"PK\x03\x04 not really", "a.xlsx", "Excel"),
        ("a.tsv", b"\n\n", "a.tsv", "no message"),
        ("a.pdf", b"", "a.pdf", "format"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, name: str, content: bytes, place: str, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataUnreadable) as refused:
        read_examples(tmp_path / name)
    english, chinese = refused.value.detail("en"), refused.value.detail("zh")
    assert f"{tmp_path / place}: " in english
    assert told in english
    assert f"{tmp_path / place}：" in chinese


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataUnreadable, match="cannot be read"):
        read_examples(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "怎么退货\n\n开发票\n"),
        ("a.csv", "时间,消息\n8:00,怎么退货\n9:00,开发票\n"),
        ("a.jsonl", '"怎么退货"\n{"text": "开发票"}\n'),
    ],
)
def test_messages_without_labels(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_texts(tmp_path / name) == ["怎么退货", "开发票"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.tsv", "out.csv"])
def test_predictions_are_read_again_as_messages(tmp_path: Path, name: str) -> None:
    said = [RankedIntent("return.request", 0.91234), RankedIntent("other", 0.5)]
    assert write_predictions(tmp_path / name, TWO, said) == 2
    assert read_examples(tmp_path / name) == TWO
    assert "0.9123" in (tmp_path / name).read_text(encoding="utf-8")


@given(content=st.binary(max_size=200), suffix=st.sampled_from((".tsv", ".csv", ".jsonl", ".xlsx")))
def test_any_bytes_are_examples_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    try:
        examples = read_examples(path)
    except DataUnreadable:
        return
    assert all(example.text and example.intent for example in examples)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_records_whose_message_column_is_not_known_are_refused(tmp_path: Path, name: str) -> None:
    if name == "a.xlsx":
        workbook(tmp_path / name, [("时间", "买家留言"), ("11-20", "怎么退货")])
    else:
        (tmp_path / name).write_text("时间,买家留言\n11-20,怎么退货\n", encoding="utf-8")
    with pytest.raises(DataUnreadable, match=f"{name}:1: the first line does not say which column"):
        read_texts(tmp_path / name)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("retrun.request", "there is no intent retrun.request; is return.request meant?"),
        ("申请退货", "there is no intent 申请退货; is return.request meant?"),
        ("weather", "there is no intent weather"),
    ],
)
def test_only_known_intents_where_that_is_asked(tmp_path: Path, written: str, told: str) -> None:
    known = {"return.request": "申请退货", "invoice.request": "开发票"}
    (tmp_path / "a.tsv").write_text(f"开发票\tinvoice.request\n怎么退货\t{written}\n", encoding="utf-8")
    with pytest.raises(DataUnreadable) as refused:
        read_examples(tmp_path / "a.tsv", known)
    assert refused.value.detail("en").endswith(f"a.tsv:2: {told}")
