"""Who asks whether they talk with a machine is told so, at once and truthfully, and nothing else is disturbed by it.

What else they say in the same turn is taken for itself. Who wants a person is not asking: 有真人吗 is left alone.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Final

import msgspec

from yingda.conversations import HandOffReason
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.memory import Tried
from yingda.dialogue.procedures.answering import rendered
from yingda.dialogue.procedures.service import Procedures
from yingda.dialogue.replies import menu, text
from yingda.dialogue.step import Step
from yingda.infra.database import Database
from yingda.kit.paths import data_dir
from yingda.language import narrow
from yingda.routing import Answerer, Kept, promised_when, unasked

ABOUT_ITSELF = unasked(Answerer.ASSISTANT, "assistant.itself", "客户问是不是机器人", "Asked whether it is a machine")

_SAID = Tried("说明自己是智能助手，不是真人", "Said that it is an assistant, not a person")
#: Where every word counts, this one is left out.
_GRAVE: Final = frozenset({HandOffReason.SAFETY, HandOffReason.CRISIS})

_CLAUSE = re.compile(r"[^,.!?;\n~]+[,.!?;\n~]*")
_LIST = re.compile(r"\{([a-z_]+)\}")


class _Shapes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whole clauses. `kind`: what they may be talking with, by the letters that stand for it in `chinese`: M a machine
    or who serves, T what may be a thing of its own, P a person, also one in a picture; a bare 人 is looked at there."""

    kind: str
    chinese: str
    english: str
    filler: str
    complaint: str
    leaning: str
    wanted: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `data/dialogue/introducing.toml`."""

    longest: int
    lists: dict[str, list[str]]
    shapes: _Shapes


class Asking(msgspec.Struct, frozen=True):
    """How people ask it, ready to search with."""

    longest: int
    kind: re.Pattern[str]
    chinese: re.Pattern[str]
    english: re.Pattern[str]
    filler: re.Pattern[str]
    complaint: re.Pattern[str]
    leaning: re.Pattern[str]
    wanted: re.Pattern[str]


@cache
def asking() -> Asking:
    """Raises `msgspec.ValidationError`, `KeyError` and `re.error` for a file that cannot be used."""
    file = msgspec.toml.decode((data_dir() / "dialogue" / "introducing.toml").read_bytes(), type=_File)
    shapes = {name: written_out(shape, file.lists) for name, shape in msgspec.structs.asdict(file.shapes).items()}
    return Asking(file.longest, **{name: re.compile(shape) for name, shape in shapes.items()})


def written_out(pattern: str, lists: dict[str, list[str]], within: tuple[str, ...] = ()) -> str:
    """With each `{name}` replaced by the list of that name, which may name others but not itself."""

    def written(found: re.Match[str]) -> str:
        name = found[1]
        if name in within:
            raise KeyError(f"{name} stands within itself")
        return f"(?:{'|'.join(written_out(one, lists, (*within, name)) for one in lists[name])})"

    return _LIST.sub(written, pattern)


class Apart(msgspec.Struct, frozen=True):
    """A turn without the question with whom they talk: `rest` is what else is said, `asked` the question, empty if it
    is not asked. `places`: where in the turn each character of `rest` stands."""

    rest: str
    asked: str
    places: Sequence[int]


def whole(words: str) -> Apart:
    """A turn of which nothing is taken away."""
    return Apart(words, "", range(len(words)))


def apart(words: str) -> Apart:
    """The turn, taken apart; whole where it is not asked with whom they talk."""
    plain, asked = narrow(words), ""
    others: list[re.Match[str]] = []
    for clause in _CLAUSE.finditer(plain):
        if _asks(clause[0]):
            asked += words[clause.start() : clause.end()]
        else:
            others.append(clause)
    if not asked:
        return whole(words)
    if all(asking().complaint.fullmatch(clause[0]) or asking().filler.fullmatch(clause[0]) for clause in others):
        return Apart("", asked, ())
    places = [place for clause in others for place in range(_begin(clause), clause.end())]
    rest = "".join(words[place] for place in places)
    begin, said = len(rest) - len(rest.lstrip()), rest.strip()
    return Apart(said, asked, places[begin : begin + len(said)])


def _begin(clause: re.Match[str]) -> int:
    """Where it begins to make sense by itself: 不是的话 leans on the question."""
    leaning = asking().leaning.match(clause[0])
    return clause.start() + (leaning.end() if leaning else 0)


def _asks(clause: str) -> bool:
    how = asking()
    said = clause.rstrip(" ,.!?;\n~").strip()
    if len(said) > how.longest:
        return False
    if english := how.english.fullmatch(said):
        return english["bare"] is None or "?" in clause
    said = re.sub(r"\s+", "", said)
    shape = how.kind.sub(lambda kind: kind.lastgroup or "", said)
    found = how.chinese.fullmatch(shape)
    if found is None or how.wanted.fullmatch(said):
        return False
    questioning = found["end"] or found["choice"] or found["or"] or found["who"] or "?" in clause
    return bool(questioning) and _of_whom_they_talk_with(found)


def _of_whom_they_talk_with(found: re.Match[str]) -> bool:
    """And not of a thing or of somebody in a picture, of which the same is asked: 这是系统吗, 这是真人吗."""
    shape, speaks_of = found[0], found["you"]
    if found["with"] or found["who"]:
        return True
    if found["near"]:
        return "M" in shape
    if speaks_of in (None, "现在"):
        return found["man"] is None and "T" not in shape
    return True


class Introducing:
    """One a process."""

    def __init__(self, db: Database, procedures: Procedures) -> None:
        self._db = db
        self._procedures = procedures
        asking()  # a file that cannot be used is told when the process starts

    async def around(self, case: Case, take: Callable[[Case], Awaitable[tuple[Step, Kept]]]) -> tuple[Step, Kept]:
        """The turn's step; what was under way is asked again where nothing but this was said."""
        if not case.asks_who:
            return await take(case)
        words = await self._words(case)
        if not (case.text or case.contents or case.memory.state.acting):
            return await self._alone(case, words), Kept(decision=ABOUT_ITSELF)
        step, kept = await take(case)
        return _before(step, words), kept

    async def _words(self, case: Case) -> str:
        async with self._db.reading() as conn:
            when = await promised_when(conn, case.locale)
        person = case.say("machine_person_later", when=when) if when else case.say("machine_person")
        gap = "" if case.locale == "zh" else " "
        return case.say("machine", shop=case.shop_name or case.say("this_shop")) + gap + person

    async def _alone(self, case: Case, words: str) -> Step:
        state = case.memory.state
        if state.waiting is None:
            return Step(answer=case.answer(menu(words, case.locale), tried=_SAID), decision=ABOUT_ITSELF)
        await self._procedures.know(state)
        reminder = self._procedures.remind(case, state)
        replies = [text(words), *rendered(case, reminder.lines, {})]
        memory = msgspec.structs.replace(case.memory.having(_SAID), state=reminder.state, offers_human=False)
        return Step(answer=Answer(replies=replies, memory=memory), decision=ABOUT_ITSELF)


def _before(step: Step, words: str) -> Step:
    if step.answer.reason in _GRAVE:
        return step
    answer = step.answer
    said = msgspec.structs.replace(answer, replies=[text(words), *answer.replies], memory=answer.memory.having(_SAID))
    return msgspec.structs.replace(step, answer=said)
