"""Cells that spreadsheets leave alone."""

import pytest

from yingda.kit.cells import bare, cell


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert bare(cell(text)) == text


def test_other_cells_stay() -> None:
    assert [cell(text) for text in ("", "物流=慢", "YD-2026-000001")] == ["", "物流=慢", "YD-2026-000001"]
