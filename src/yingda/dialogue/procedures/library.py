"""All processes that are known: those that ship, and former versions that conversations still stand in."""

import re
from functools import cache
from pathlib import Path

import msgspec

from yingda.conversations import HandOffReason
from yingda.dialogue.procedures.checking import problems_of
from yingda.dialogue.procedures.reading import Problem, Source, read
from yingda.dialogue.procedures.schemas import Process
from yingda.kit.paths import data_dir
from yingda.language import narrow


class ProceduresUnusable(Exception):
    """Some files are wrong; the text says which lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class Library:
    """By digest all that is known; by intent, words and reason what begins now."""

    def __init__(self, sources: list[Source]) -> None:
        self.sources = sources
        self._by_digest = {source.digest: source.process for source in sources}
        self._by_intent = {intent: source for source in sources for intent in source.process.intents}
        self._cues = [(re.compile(cue), source) for source in sources for cue in source.process.cues]
        self._rules = {
            source.digest: re.compile("|".join(source.process.rules)) for source in sources if source.process.rules
        }
        self._by_reason = {reason: source for source in sources for reason in source.process.reasons}

    def knows(self, digest: str) -> bool:
        return digest in self._by_digest

    def add(self, digest: str, body: bytes) -> None:
        """A former version, for the conversations that began with it."""
        self._by_digest[digest] = msgspec.json.decode(body, type=Process)

    def process(self, digest: str) -> Process:
        return self._by_digest[digest]

    def for_intent(self, intent: str) -> Source | None:
        return self._by_intent.get(intent)

    def for_words(self, text: str) -> Source | None:
        """What the words themselves ask for, whatever was read in them."""
        plain = narrow(text)
        return next((source for cue, source in self._cues if cue.search(plain)), None)

    def asks_rule(self, intent: str, text: str) -> bool:
        """Whether what sounds like a request only asks how such things are done here."""
        source = self._by_intent.get(intent)
        rules = self._rules.get(source.digest) if source else None
        return rules is not None and rules.search(narrow(text)) is not None

    def for_reason(self, reason: HandOffReason) -> Source | None:
        return self._by_reason.get(reason)


def shipped_dir() -> Path:
    return data_dir() / "dialogue" / "procedures"


def read_all(directory: Path) -> tuple[list[Source], list[Problem]]:
    """The processes of a folder, and all that is wrong with them, in order of file and line."""
    found = [read(path) for path in sorted(directory.glob("*.yaml"))]
    sources = [one for one in found if isinstance(one, Source)]
    problems = [one for one in found if isinstance(one, Problem)]
    return sources, sorted(problems + problems_of(sources))


@cache
def shipped() -> Library:
    """Raises `ProceduresUnusable`."""
    sources, problems = read_all(shipped_dir())
    if problems:
        raise ProceduresUnusable(problems)
    return Library(sources)
