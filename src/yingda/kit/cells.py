"""Texts of others in spreadsheets. No cell is ever taken for a formula."""

_RISKY = frozenset("=+-@\t\r\n＝＋－＠")


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _RISKY else text


def bare(text: str) -> str:
    """What `cell` was given."""
    return text[1:] if text[:1] == "'" and text[1:2] in _RISKY else text
