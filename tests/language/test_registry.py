"""Numbered models, one of which serves."""

import threading
from functools import partial
from pathlib import Path

import pytest

from yingda.language import (
    Engine,
    Example,
    Figures,
    Model,
    ModelUnreadable,
    Registry,
    ServedEngine,
    UnknownVersion,
    train,
)
from yingda.language.registry import (
    FolderUnusable,
    HistoryUnreadable,
    NothingToRollBackTo,
    PublishedMeanwhile,
    ReplacedMeanwhile,
)


def model(first: str, second: str) -> Model:
    texts = ("怎么退货", "我要退货", "退货可以吗", "想退货"), ("开发票", "发票呢", "要发票", "发票开了吗")
    return train([Example(text, intent) for intent, said in zip((first, second), texts, strict=True) for text in said])


@pytest.fixture(scope="module")
def old() -> Model:
    return model("return.old", "invoice.old")


@pytest.fixture(scope="module")
def new() -> Model:
    return model("return.new", "invoice.new")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "models")


publish = partial(Registry.publish, by="staff", why="better")
roll_back = partial(Registry.roll_back, by="staff", why="it was not")


def test_without_a_publication_the_shipped_model_serves(registry: Registry) -> None:
    assert (registry.current(), registry.versions(), registry.history()) == (0, [], [])
    with pytest.raises(NothingToRollBackTo):
        roll_back(registry)


def test_kept_is_not_yet_published(registry: Registry, old: Model, new: Model) -> None:
    assert (registry.add(old), registry.add(new)) == (1, 2)
    assert registry.current() == 0
    figures = Figures(74, 0.8, 0.85, 0.2)
    publish(registry, 2, figures=figures)
    assert [(version.number, version.current) for version in registry.versions()] == [(1, False), (2, True)]
    kept = registry.history()[-1]
    assert (kept.version, kept.by, kept.why, kept.figures) == (2, "staff", "better", figures)


def test_rolling_back_undoes_publications_one_by_one(registry: Registry, old: Model, new: Model) -> None:
    for taught in (old, new, old):
        publish(registry, registry.add(taught))
    assert [roll_back(registry).version for _ in range(3)] == [2, 1, 0]
    with pytest.raises(NothingToRollBackTo):
        roll_back(registry)
    publish(registry, 3)
    assert roll_back(registry, to=2).version == 2
    assert [one.action for one in registry.history()] == [*["publish"] * 3, *["rollback"] * 3, "publish", "rollback"]


def test_what_is_not_there_or_damaged_is_never_published(registry: Registry, old: Model) -> None:
    with pytest.raises(UnknownVersion):
        publish(registry, 1)
    damaged = registry.folder / f"v{registry.add(old):04}.npz"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    with pytest.raises(ModelUnreadable):
        publish(registry, 1)
    assert registry.versions() == []


def test_what_serves_no_more_is_not_rolled_back(registry: Registry, old: Model, new: Model) -> None:
    for taught in (old, new):
        publish(registry, registry.add(taught))
    with pytest.raises(ReplacedMeanwhile):
        roll_back(registry, to=1, against=1)
    assert registry.current() == 2
    assert roll_back(registry, to=1, against=2).version == 1
    assert roll_back(registry, to=0, against=1).version == 0
    with pytest.raises(ReplacedMeanwhile):
        roll_back(registry, to=0, against=1)


def test_a_comparison_with_what_serves_no_more_publishes_nothing(registry: Registry, old: Model, new: Model) -> None:
    for taught in (old, new):
        registry.add(taught)
    publish(registry, 1, against=0)
    with pytest.raises(PublishedMeanwhile):
        publish(registry, 2, against=0)
    assert registry.current() == 1


def test_a_list_that_cannot_be_read_is_told(registry: Registry, old: Model) -> None:
    publish(registry, registry.add(old))
    (registry.folder / "published.json").write_text("[{")
    for ask in (registry.current, registry.history, lambda: publish(registry, 1), lambda: roll_back(registry)):
        with pytest.raises(HistoryUnreadable):
            ask()


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path, old: Model) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnusable):
        Registry(tmp_path / "file" / "models").add(old)


def test_other_accounts_may_read_what_was_published(registry: Registry, old: Model) -> None:
    registry.folder.mkdir()
    for name in ("v0001.npz", "published.json"):
        (registry.folder / f"{name}.killed.part").touch()
    publish(registry, registry.add(old))
    assert sorted(path.name for path in registry.folder.iterdir()) == ["lock", "published.json", "v0001.npz"]
    plain = (registry.folder / "lock").stat().st_mode
    assert {path.stat().st_mode for path in registry.folder.iterdir()} == {plain}


def test_a_model_that_arrives_after_the_list_is_taken(registry: Registry, engine: Engine, old: Model) -> None:
    path = registry.path(registry.add(old))
    late = path.with_suffix(".late")
    publish(registry, 1)
    path.rename(late)
    served = serving(registry, engine)
    assert (served.version, served.refresh()) == (0, False)
    late.rename(path)
    assert (served.refresh(), served.version) == (True, 1)


def serving(registry: Registry, shipped: Engine) -> ServedEngine:
    return ServedEngine(registry, shipped, Engine.load)


def test_a_process_takes_what_another_one_published(registry: Registry, engine: Engine, old: Model) -> None:
    served = serving(registry, engine)
    assert served.understand("怎么退货").intent == engine.understand("怎么退货").intent
    publish(Registry(registry.folder), registry.add(old))
    assert served.refresh()
    assert (served.version, served.understand("怎么退货").intent) == (1, "return.old")
    assert not served.refresh()
    roll_back(registry)
    assert served.refresh()
    assert served.engine is engine


def test_a_process_that_starts_later_begins_with_it(registry: Registry, engine: Engine, old: Model) -> None:
    publish(registry, registry.add(old))
    assert serving(registry, engine).version == 1


@pytest.mark.parametrize("content", [b"[", b'[{"version": 9}]', b'[{"version": 9, "at": "2026-11-20T00:00:00Z"'])
def test_a_damaged_pointer_leaves_the_present_model(registry: Registry, engine: Engine, content: bytes) -> None:
    served = serving(registry, engine)
    registry.folder.mkdir()
    (registry.folder / "published.json").write_bytes(content)
    assert not served.refresh()
    assert served.engine is engine


def test_no_reading_sees_half_of_an_exchange(registry: Registry, engine: Engine, old: Model, new: Model) -> None:
    """Readers ask without pause while the two are published in turn: every answer is wholly of one of them."""
    served = serving(registry, engine)
    publish(registry, registry.add(old))
    publish(registry, registry.add(new))
    served.refresh()
    stop = threading.Event()
    mixed: list[str] = []
    kinds: set[str] = set()

    def read() -> None:
        while not stop.is_set():
            understood = served.understand("怎么退货")
            versions = {ranked.name.rpartition(".")[2] for ranked in understood.intents}
            kinds.update(versions)
            if len(versions) != 1:
                mixed.append(understood.intent)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for round_ in range(20):
        publish(registry, 1 + round_ % 2)
        assert served.refresh()
    stop.set()
    for reader in readers:
        reader.join()
    assert not mixed
    assert kinds == {"old", "new"}


def test_two_publishers_leave_both_lines(registry: Registry, old: Model) -> None:
    registry.add(old)
    threads = [threading.Thread(target=publish, args=(Registry(registry.folder), 1)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(registry.history()) == 8
    assert {path.name for path in registry.folder.iterdir()} == {"v0001.npz", "published.json", "lock"}
