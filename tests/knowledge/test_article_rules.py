"""What an article may say, what may become of it, and how it is read and written."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from yingda.knowledge.articles import rules, text
from yingda.knowledge.articles.errors import ArticleInvalid, FileUnreadable, MoveRefused, VariableUnknown
from yingda.knowledge.articles.files import read_article, shipped, write_article
from yingda.knowledge.articles.schemas import ArticleContent, ArticleState, ChangeKind, FieldDiff, Move
from yingda.knowledge.articles.variables import ArticleVariable, fill, variables_in
from yingda.knowledge.search import ArticleScope, Tier

BODY = "签收后 {{policy.return_days}} 天内可以退。"
CONTENT = ArticleContent(title="退货", tier=Tier.GENERAL, topic="退货", questions=["怎么退"], body=BODY)


def test_every_move_from_every_state() -> None:
    allowed = {
        (ArticleState.DRAFT, Move.EDIT, ArticleState.DRAFT),
        (ArticleState.DRAFT, Move.SUBMIT, ArticleState.REVIEW),
        (ArticleState.DRAFT, Move.RETIRE, ArticleState.RETIRED),
        (ArticleState.REVIEW, Move.WITHDRAW, ArticleState.DRAFT),
        (ArticleState.REVIEW, Move.APPROVE, ArticleState.LIVE),
        (ArticleState.REVIEW, Move.REJECT, ArticleState.DRAFT),
        (ArticleState.LIVE, Move.EDIT, ArticleState.DRAFT),
        (ArticleState.LIVE, Move.RETIRE, ArticleState.RETIRED),
        (ArticleState.RETIRED, Move.EDIT, ArticleState.DRAFT),
    }
    for state in ArticleState:
        for move in Move:
            leads_to = next((end for begin, how, end in allowed if (begin, how) == (state, move)), None)
            if leads_to:
                assert rules.after(state, move) is leads_to
            else:
                with pytest.raises(MoveRefused):
                    rules.after(state, move)


@pytest.mark.parametrize(
    ("tiers", "wrote", "other_needed"),
    [
        ({Tier.PROFESSIONAL}, True, True),
        ({Tier.PROFESSIONAL}, False, False),
        ({Tier.GENERAL}, True, False),
        ({Tier.RARE}, True, False),
        ({Tier.GENERAL, Tier.PROFESSIONAL}, True, True),
    ],
)
def test_four_eyes(tiers: set[Tier], wrote: bool, other_needed: bool) -> None:
    approver = uuid4()
    assert rules.needs_second_person(tiers, approver, {approver} if wrote else {uuid4()}) is other_needed


REFUSED = {
    "nothing": ("", "article_empty"),
    "only blanks": (" \n\t ", "article_empty"),
    "too many lines": ("一行\n" * 10_000, "article_too_long"),
    "too long": ("字" * 20_001, "article_too_long"),
    "script": ("<script>alert(1)</script>", "article_html"),
    "image": ("看这里 <img src=x onerror=alert(1)>", "article_html"),
    "comment": ("<!-- hidden -->", "article_html"),
    "closing tag": ("好</div>", "article_html"),
    "unknown variable": ("{{customer.phone}}", "article_variable_unknown"),
    "attribute": ("{{shop.__class__}}", "article_variable_unknown"),
    "expression": ("{{ 7*7 }}", "article_variable_unknown"),
    "stray braces": ("{{shop.name", "article_variable_unknown"),
    "block": ("{% include '/etc/passwd' %}", "article_variable_unknown"),
}


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_an_article_may_not_say(body: str, code: str) -> None:
    with pytest.raises(ArticleInvalid) as refused:
        rules.check(rules.tidy(replace(CONTENT, body=body)))
    assert refused.value.code == code


@pytest.mark.parametrize("body", ["pH < 5.5 时更稳定", "a<5 且 b>3", "100% {单个括号}", "`{shop}` 与 ${x}"])
def test_what_only_looks_like_it_stays(body: str) -> None:
    rules.check(replace(CONTENT, body=body))


def test_dates_in_order_and_to_the_end_of_the_day() -> None:
    content = replace(CONTENT, valid_from=date(2026, 11, 1), valid_until=date(2026, 11, 11))
    rules.check(content)
    begins, ends = rules.validity(content)
    assert begins == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert ends == datetime(2026, 11, 11, 16, tzinfo=UTC)
    with pytest.raises(ArticleInvalid):
        rules.check(replace(content, valid_until=date(2026, 10, 1)))


def test_tidied() -> None:
    raw = replace(CONTENT, title=" 退货 ", questions=["怎么退", "怎么退 "], body="\r\n一\r二\x07\r\n")
    assert rules.tidy(raw) == replace(CONTENT, body="一\n二")


def test_diff() -> None:
    after = replace(CONTENT, tier=Tier.RARE, questions=["怎么退", "能退吗"], body="第一行\n" + BODY)
    told = rules.diff(1, CONTENT, 3, after)
    assert told.fields == {
        "tier": FieldDiff("general", "rare"),
        "questions": FieldDiff("怎么退", "怎么退\n能退吗"),
    }
    assert [(line.kind, line.text) for line in told.lines] == [(ChangeKind.ADDED, "第一行"), (ChangeKind.SAME, BODY)]


def test_html_of_a_text_is_harmless() -> None:
    body = "[点我](javascript:alert(1)) ![图](https://x.example/a.png) **重点** [安全](https://x.example/)"
    html = text.html(body)
    assert 'javascript:alert(1)"' not in html
    assert "<img" not in html
    assert "<strong>重点</strong>" in html
    assert '<a href="https://x.example/">安全</a>' in html
    assert "<script" not in text.html("<script>alert(1)</script>")


def test_plain_passages() -> None:
    body = "# 退货\n\n第一步\n换行\n\n1. 打开**订单**\n2. 点 `申请`\n   - 选原因\n\n| 项 | 天 |\n|--|--|\n| 退款 | 3 |"
    assert text.passages(body) == ("退货\n第一步\n换行\n1. 打开订单\n2. 点 申请\n· 选原因\n项　天\n退款　3",)


def test_long_texts_make_several_passages() -> None:
    sentence = "这是一句刚好二十个字左右的说明文字而已。"
    cut = text.passages("\n\n".join([sentence * 10] * 3) + "\n\n" + sentence * 50)
    assert all(len(one) <= text.PASSAGE_CHARACTERS for one in cut)
    assert "".join(cut).replace("\n", "") == sentence * 80
    assert all(one.endswith("。") for one in cut)


def test_values_are_words() -> None:
    values = {ArticleVariable.SHOP_NAME: "**琉璃** {{shop.phone}}", ArticleVariable.RETURN_DAYS: "7"}
    filled = fill("{{shop.name}}：{{ policy.return_days }} 天，{{shop.phone}}", values)
    assert filled.text == "**琉璃** {{shop.phone}}：7 天，【客服电话】"
    assert filled.missing == [ArticleVariable.SHOP_PHONE]
    assert "<strong>" not in text.html(fill("{{shop.name}}", values, markdown=True).text)


TITLES = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="{}<"), min_size=1, max_size=40)


@given(title=TITLES, questions=st.lists(TITLES, max_size=4, unique=True), body=TITLES, until=st.dates() | st.none())
def test_files_come_back_as_they_were(title: str, questions: list[str], body: str, until: date | None) -> None:
    content = replace(
        CONTENT,
        title=title,
        questions=questions,
        body=body,
        valid_until=until,
        scope=ArticleScope(products=["P1402"], shops=["liuli"]),
    )
    read = read_article(write_article("a-slug", content))
    assert (read.slug, read.content) == ("a-slug", content)


HEAD = "slug: a\ntitle: 标题\ntier: general\ntopic: 退货\n"
FILES = {
    "no head": "只有正文",
    "head without end": f"---\n{HEAD}",
    "not a mapping": "---\n- 1\n---\n正文",
    "broken": "---\n: [\n---\n正文",
    "unknown key": f"---\n{HEAD}price: 1\n---\n正文",
    "unknown tier": "---\nslug: a\ntitle: 标题\ntier: secret\ntopic: 退货\n---\n正文",
    "slug that is a path": "---\nslug: ../a\ntitle: 标题\ntier: general\ntopic: 退货\n---\n正文",
    "references": f"---\n{HEAD}questions: &q [a]\nscope: {{products: *q}}\n---\n正文",
    "objects": f"---\n{HEAD}questions: !!python/object/apply:os.system [ls]\n---\n正文",
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())
def test_files_that_are_refused(file: str) -> None:
    with pytest.raises(FileUnreadable):
        read_article(file)


def test_all_variables_are_known_in_what_ships() -> None:
    for one in shipped():
        rules.check(rules.tidy(one.content))
    with pytest.raises(VariableUnknown):
        variables_in("{{shop.secret}}")
