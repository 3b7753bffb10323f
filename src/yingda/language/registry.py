"""Models as numbered files in a folder, and which of them serves.

`v0001.npz` and so on never change once written. `published.json` lists all publications, last one serving. It is
replaced as a whole: a reader sees the old list or the new one, and a crash leaves none that contradicts itself.
Number 0 is the model that ships. Whoever writes holds the folder's lock; readers need none.
"""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from yingda.kit.clock import now
from yingda.kit.errors import Conflict, NotFound
from yingda.kit.whole_files import PART, whole
from yingda.language.model import Card, Model, ModelUnreadable

SHIPPED = 0
_FILE = re.compile(r"v([0-9]{4,})\.npz")


class UnknownVersion(NotFound):
    code = "unknown_model_version"
    zh = "没有第 {version} 版模型。"
    en = "There is no model version {version}."


class NothingToRollBackTo(Conflict):
    code = "nothing_to_roll_back_to"
    zh = "当前模型之前没有发布过其他版本。"
    en = "No other version was published before this one."


class PublishedMeanwhile(Conflict):
    code = "model_published_meanwhile"
    zh = "刚刚有人发布了第 {current} 版，这次比较不再有效，请重新比较。"
    en = "Version {current} has just been published, so the comparison does not hold. Compare again."


class ReplacedMeanwhile(Conflict):
    code = "model_replaced_meanwhile"
    zh = "正在使用的模型刚刚换成了第 {current} 版，没有退回。请先看看它是否合适。"
    en = "Version {current} has just begun to serve, so nothing was rolled back. Look at it first."


class HistoryUnreadable(Conflict):
    """Everybody who serves goes on with the model that they have."""

    code = "model_history_unreadable"
    zh = "发布记录 {file} 无法读取，在修复或移走它之前不能发布或退回。正在服务的模型不受影响。"
    en = "The list of publications, {file}, cannot be read. Mend or remove it before you publish or roll back. \
The model that serves goes on."


class FolderUnusable(Conflict):
    code = "models_folder_unusable"
    zh = "无法写入模型目录 {folder}：{reason}。"
    en = "The folder of models, {folder}, cannot be written to: {reason}."


class Figures(msgspec.Struct, frozen=True):
    """What spoke for a publication: the two accuracies on the fixed set, and how sure the difference is."""

    n: int
    before: float
    after: float
    p_value: float


class Publication(msgspec.Struct, frozen=True):
    """`by` is a staff id or the name of an account on the machine."""

    version: int
    at: datetime
    by: str
    why: str
    action: Literal["publish", "rollback"] = "publish"
    figures: Figures | None = None
    forced: bool = False


class Version(msgspec.Struct, frozen=True):
    number: int
    card: Card
    current: bool


class Registry:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "published.json"

    def path(self, version: int) -> Path:
        """The file of a numbered model. Raises `UnknownVersion`."""
        path = self.folder / f"v{version:04}.npz"
        if version <= SHIPPED or not path.is_file():
            raise UnknownVersion(version=version)
        return path

    def versions(self) -> list[Version]:
        """All readable models, oldest first, the shipped one left out."""
        current = self.current()
        found = []
        for number in self._numbers():
            try:
                found.append(Version(number, Model.card_of(self.path(number)), number == current))
            except ModelUnreadable:
                continue  # of an older release; it cannot be served, so it is not offered
        return found

    def add(self, model: Model) -> int:
        """Keep a model under the next number. It does not serve before it is published."""
        with self._lock():
            number = max(self._numbers(), default=SHIPPED) + 1
            model.save(self.folder / f"v{number:04}.npz")
        return number

    def current(self) -> int:
        """The number of the model that serves."""
        history = self.history()
        return history[-1].version if history else SHIPPED

    def former(self) -> int:
        """The number of the model that the present one replaced. Raises `NothingToRollBackTo`."""
        return _before(self.history())

    def history(self) -> list[Publication]:
        """All publications, oldest first. Raises `HistoryUnreadable`."""
        try:
            return msgspec.json.decode(self._pointer.read_bytes(), type=list[Publication])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            raise HistoryUnreadable(file=self._pointer.name) from error

    def stamp(self) -> tuple[int, int] | None:
        """Differs after every publication; costs one look at the folder."""
        try:
            seen = self._pointer.stat()
        except FileNotFoundError:
            return None
        return seen.st_mtime_ns, seen.st_ino

    def publish(
        self,
        version: int,
        *,
        by: str,
        why: str,
        figures: Figures | None = None,
        forced: bool = False,
        against: int | None = None,
    ) -> Publication:
        """Let this version serve from now on. It is loaded once before: what cannot be read is never published.

        `against`: the version that it was compared with. Raises `PublishedMeanwhile` when another one serves by now.
        """
        if version != SHIPPED:
            Model.load(self.path(version))
        with self._lock():
            if against is not None and against != (current := self.current()):
                raise PublishedMeanwhile(current=current)
            return self._append(Publication(version, now(), by, why, "publish", figures, forced))

    def roll_back(self, *, by: str, why: str, to: int | None = None, against: int | None = None) -> Publication:
        """Let an earlier publication serve again: the one that the present one replaced, unless `to` names another.

        `against`: the version that is to go. Raises `ReplacedMeanwhile` when another one serves by now.
        """
        with self._lock():
            history = self.history()
            if against is not None and against != (current := self.current()):
                raise ReplacedMeanwhile(current=current)
            target = _before(history) if to is None else to
            if target != SHIPPED:
                Model.load(self.path(target))
            return self._append(Publication(target, now(), by, why, "rollback"))

    def _append(self, publication: Publication) -> Publication:
        content = msgspec.json.format(msgspec.json.encode([*self.history(), publication]))
        with whole(self._pointer) as file:
            file.write(content)
        return publication

    def _numbers(self) -> list[int]:
        names = (_FILE.fullmatch(path.name) for path in self.folder.glob("v*.npz"))
        return sorted(int(name[1]) for name in names if name)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Raises `FolderUnusable` for a folder, or a disk, that takes nothing more."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                for left in self.folder.glob(f"[vp]*{PART}"):  # of a model or the list, by somebody who was killed
                    left.unlink(missing_ok=True)
                yield
        except OSError as error:
            raise FolderUnusable(folder=self.folder.name, reason=error.strerror or type(error).__name__) from error


def _before(history: list[Publication]) -> int:
    """What served before the present version came: roll-backs undo publications one by one."""
    served: list[int] = [SHIPPED]
    for publication in history:
        if publication.action == "rollback" and publication.version in served[:-1]:
            del served[served.index(publication.version) + 1 :]
        elif publication.version != served[-1]:
            served.append(publication.version)
    if len(served) < 2:
        raise NothingToRollBackTo
    return served[-2]
