"""What is played: the customers' side of old chats, out of a tab-separated file. Pure.

The first line names the columns; `session_id`, `from_agent` and `content` are needed, others are passed over. A line
that cannot be used is told with its number and reason, and the rest is used.
"""

import msgspec

NEEDED = ("session_id", "from_agent", "content")


class ScriptUnusable(Exception):
    """There is nothing to play in the file; the text is one line that says why."""


class LineRefused(ValueError):
    """A line cannot be used; the text says why."""


class Chat(msgspec.Struct, frozen=True):
    """What one customer wrote, in order."""

    session_id: str
    texts: list[str]


class Rejected(msgspec.Struct, frozen=True):
    line: int
    reason: str


class Script(msgspec.Struct, frozen=True):
    chats: list[Chat]
    rejected: list[Rejected]


def read_script(data: bytes) -> Script:
    """The chats in order of appearance, and the lines that were no use. Raises `ScriptUnusable`."""
    header, *lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    columns = _columns(header)
    said: dict[str, list[str]] = {}
    rejected = []
    for number, line in enumerate(lines, 2):
        try:
            session_id, text = _read(line, columns) if line.strip() else ("", None)
        except LineRefused as refused:
            rejected.append(Rejected(number, str(refused)))
            continue
        if text is not None:
            said.setdefault(session_id, []).append(text)
    if not said:
        raise ScriptUnusable(f"no customer's message in {len(lines)} lines" + _first(rejected))
    return Script([Chat(session_id, texts) for session_id, texts in said.items()], rejected)


def _columns(header: bytes) -> list[str]:
    try:
        columns = _cells(header)
    except UnicodeDecodeError:
        raise ScriptUnusable("the first line is not UTF-8 text with the names of the columns") from None
    if missing := [name for name in NEEDED if name not in columns]:
        raise ScriptUnusable(f"the first line does not name the columns {', '.join(missing)} (separated by tabs)")
    return columns


def _read(line: bytes, columns: list[str]) -> tuple[str, str | None]:
    """Whose chat the line belongs to, and the customer's words; None for the service's own."""
    try:
        cells = _cells(line)
    except UnicodeDecodeError as error:
        raise LineRefused(f"not UTF-8 at byte {error.start + 1}") from None
    if len(cells) != len(columns):
        raise LineRefused(f"{len(cells)} columns instead of {len(columns)}")
    row = dict(zip(columns, cells, strict=True))
    if row["from_agent"] not in ("0", "1"):
        raise LineRefused(f"from_agent is {row['from_agent'][:20]!r} instead of 0 or 1")
    if row["from_agent"] == "1":
        return row["session_id"], None
    for name in ("session_id", "content"):
        if not row[name]:
            raise LineRefused(f"{name} is empty")
    return row["session_id"], row["content"]


def _cells(line: bytes) -> list[str]:
    return [cell.strip() for cell in line.decode().rstrip("\r").split("\t")]


def _first(rejected: list[Rejected]) -> str:
    return f"; line {rejected[0].line}: {rejected[0].reason}" if rejected else ""
