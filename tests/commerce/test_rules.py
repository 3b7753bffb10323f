import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.commerce import yuan
from yingda.commerce.rules import allocate, search_terms


@pytest.mark.parametrize(
    ("cents", "text"),
    [(12900, "¥129.00"), (0, "¥0.00"), (5, "¥0.05"), (123456789, "¥1,234,567.89"), (-150, "-¥1.50")],
)
def test_money_is_written_with_two_decimals(cents: int, text: str) -> None:
    assert yuan(cents) == text


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=8), st.data())
def test_a_discount_is_shared_to_the_cent(amounts: list[int], data: st.DataObject) -> None:
    discount = data.draw(st.integers(0, sum(amounts)))
    shares = allocate(discount, amounts)
    assert sum(shares) == discount
    assert all(0 <= share <= amount for share, amount in zip(shares, amounts, strict=True))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("面霜", ["面霜"]),
        ("敏感肌面霜", ["敏感", "感肌", "肌面", "面霜"]),
        ("SPF50+ 防晒", ["spf50", "防晒"]),
        ("A醇", ["a", "醇"]),
        ("   ！？", []),
        ("面霜面霜", ["面霜", "霜面"]),
        ("你们有什么防晒吗", ["防晒"]),
        ("醇？", ["醇"]),
        ("家的面霜", ["面霜"]),
    ],
)
def test_terms_are_pairs_of_characters_and_latin_words(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms
