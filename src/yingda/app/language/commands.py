"""The commands of `yingda language`. Files and models in, figures out."""

import getpass
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from yingda.app.language import screen
from yingda.app.language.workbench import NotPublishable, OneModelOnly, Workbench, check_model_place
from yingda.app.reading import encoder_of
from yingda.infra.settings import load_settings
from yingda.kit import clock
from yingda.language import (
    Context,
    Example,
    Mode,
    RankedIntent,
    Registry,
    compare,
    discover,
    figures_of,
    fixed_set,
    intents,
    permit,
    read_examples,
    read_texts,
    select,
    write_examples,
)
from yingda.language import write_predictions as write_predicted
from yingda.language.shipped import shipped_examples
from yingda.language.tables import check_place, write_rows

app = typer.Typer(no_args_is_help=True, help="Teach, measure, compare and publish models. Needs no server.")

Data = Annotated[Path, typer.Option("--test", help="Labelled messages: .tsv, .csv, .xlsx or .jsonl.")]
EngineOption = Annotated[
    Mode | None, typer.Option("--engine", help="Default: cascade where an encoder is installed, else lexical.")
]
Seed = Annotated[int, typer.Option(help="The same data and seed give the same model.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the deployment, whose models are meant.")]
_MODEL = typer.Option("--model", help="shipped, current, a version's number, or a .npz file.")
ModelOption = Annotated[str, _MODEL]


@app.command()
def train(
    data: Annotated[list[Path], typer.Argument(help="Labelled messages: .tsv, .csv, .xlsx or .jsonl.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the model goes.")] = Path("model.npz"),
    with_shipped: Annotated[bool, typer.Option(help="Teach the examples that ship too.")] = False,
    engine: EngineOption = None,
    seed: Seed = 0,
) -> None:
    """Teach a model from labelled messages."""
    check_model_place(out)
    known = intents() if with_shipped else None
    examples = [example for file in data for example in read_examples(file, known)]
    bench = _bench(engine, seed)
    if with_shipped:  # whose sentence vectors the shipped model holds
        model = bench.teach([*shipped_examples(), *examples], known=bench.model("shipped"))
    else:
        model = bench.teach(examples)
    model.save(out)
    screen.console().print(screen.card_table(model.card))
    screen.console().print(f"{out}: {out.stat().st_size:,} bytes")


@app.command()
def evaluate(
    test: Data,
    train: Annotated[list[Path] | None, typer.Option(help="Teach from these messages first.")] = None,
    model: Annotated[str | None, _MODEL] = None,
    engine: EngineOption = None,
    out: Annotated[Path | None, typer.Option(help="Write each prediction: .jsonl, .tsv or .csv.")] = None,
    as_json: Json = False,
    seed: Seed = 0,
    data_dir: DataDir = None,
) -> None:
    """Measure a model on labelled messages that it was not taught; without --train, the shipped one."""
    if train and model:
        raise OneModelOnly
    if out:
        check_place(out)
    bench = _bench(engine, seed, data_dir)
    examples = read_examples(test)
    name = model or "shipped"
    taught = bench.teach([example for file in train for example in read_examples(file)]) if train else bench.model(name)
    report = bench.measure(taught, examples, "the model" if train else name)
    if out:
        write_predicted(out, examples, report.predictions)
    if as_json:
        screen.print_json(screen.figures(report))
        return
    screen.console().print(screen.report_table(report))
    if confusions := _confusions(examples, report.predictions):
        screen.console().print(screen.confusions_table(confusions))


@app.command(name="compare")
def compare_models(
    before: Annotated[str, typer.Argument(help="shipped, current, a version, a .npz file, or data to teach from.")],
    after: Annotated[str, typer.Argument(help="The same for the other one.")],
    test: Data,
    engine: EngineOption = None,
    out: Annotated[Path | None, typer.Option(help="Write what changes: .jsonl, .tsv or .csv.")] = None,
    as_json: Json = False,
    seed: Seed = 0,
    data_dir: DataDir = None,
) -> None:
    """Set two models against each other: difference, how sure it is, and every message that changes."""
    if out:
        check_place(out)
    bench = _bench(engine, seed, data_dir)
    examples = read_examples(test)
    first = bench.measure(bench.model(before), examples, before)
    second = bench.measure(bench.model(after), examples, after)
    comparison = compare(examples, first.predictions, second.predictions, seed)
    if out:
        rows = [(c.text, c.intent or "", c.before.name, c.after.name) for c in comparison.changes]
        write_rows(out, ("text", "intent", "before", "after"), rows)
    if as_json:
        screen.print_json({**msgspec.to_builtins(comparison), "worse": comparison.worse})
        return
    screen.console().print(screen.comparison_table(comparison))
    screen.console().print(screen.changes_table(comparison.changes, "--out FILE writes them all"))


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="What the customer wrote.")],
    asked: Annotated[str | None, typer.Option(help="What the service had asked.")] = None,
    slot: Annotated[str | None, typer.Option(help="What it waited for: order_no, phone, confirm, …")] = None,
    last_intent: Annotated[str | None, typer.Option(help="What the customer had wanted before.")] = None,
    now: Annotated[datetime | None, typer.Option(help="When it was written, in Shanghai. Default: now.")] = None,
    model: ModelOption = "shipped",
    engine: EngineOption = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Read one message and say which words led to what."""
    moment = now.replace(tzinfo=clock.SHANGHAI) if now else clock.now()
    context = Context(now=moment, last_question=asked, expected_slot=slot, last_intent=last_intent)
    understood = _bench(engine, 0, data_dir).engine(model).understand(text, context)
    if as_json:
        screen.print_json(understood)
    else:
        screen.console().print(screen.understanding_table(text, understood))


@app.command()
def suggest(
    records: Annotated[Path, typer.Argument(help="Messages without labels: .csv, .xlsx, .tsv, .jsonl or .txt.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="To be corrected: .csv (for Excel), .tsv or .jsonl.")],
    most: Annotated[int, typer.Option(min=1, help="How many.")] = 500,
    model: ModelOption = "shipped",
    engine: EngineOption = None,
    data_dir: DataDir = None,
) -> None:
    """Pick the messages of old records whose label would teach most, each with the intent that the model suggests."""
    check_place(out)
    candidates = _bench(engine, 0, data_dir).read(model, read_texts(records))
    chosen = select(candidates, most)
    rows = [(one.text, one.intents[0].name, round(one.intents[0].confidence, 3), one.times) for one in chosen]
    write_rows(out, ("text", "intent", "confidence", "times"), rows)
    screen.console().print(f"{out}: {len(rows):,} of {len(candidates):,} messages. Correct the column intent.")


@app.command()
def topics(
    records: Annotated[Path, typer.Argument(help="Messages: .csv, .xlsx, .tsv, .jsonl or .txt.")],
    every: Annotated[bool, typer.Option("--all", help="Group all messages, not only unclear ones.")] = False,
    smallest: Annotated[int, typer.Option(min=2, help="Fewest messages of a topic.")] = 5,
    most: Annotated[int, typer.Option(min=1, help="Most topics.")] = 20,
    model: ModelOption = "shipped",
    engine: EngineOption = None,
    as_json: Json = False,
    seed: Seed = 0,
    data_dir: DataDir = None,
) -> None:
    """Find what customers ask for that no intent covers: groups of messages, each with a name and examples."""
    bench = _bench(engine, seed, data_dir)
    texts = read_texts(records)
    if not every:
        texts = [one.text for one in bench.read(model, texts) if one.unclear]
    found = discover(texts, encoder=bench.encoder, smallest=smallest, most=most, seed=seed)
    if as_json:
        screen.print_json({"messages": len(texts), "topics": found})
    else:
        screen.console().print(screen.topics_table(found, len(texts)))


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help=".npz: the model. .tsv, .csv or .jsonl: the examples that ship.")],
    model: ModelOption = "shipped",
    engine: EngineOption = None,
    data_dir: DataDir = None,
) -> None:
    """Write a model, or the examples that come with the product, into a file."""
    if out.suffix == ".npz":
        check_model_place(out)
        _bench(engine, 0, data_dir).model(model).save(out)
        screen.console().print(f"{out}: {out.stat().st_size:,} bytes")
    else:
        screen.console().print(f"{out}: {write_examples(out, shipped_examples()):,} messages")


@app.command()
def models(as_json: Json = False, data_dir: DataDir = None) -> None:
    """List the models of the deployment, which one serves, and what was published when, by whom and why."""
    registry = _registry(data_dir)
    versions, history = registry.versions(), registry.history()
    if as_json:
        screen.print_json({"current": registry.current(), "versions": versions, "history": history})
        return
    screen.console().print(screen.versions_table(versions, registry.current()))
    if history:
        screen.console().print(screen.history_table(history))


@app.command()
def publish(
    model: Annotated[str, typer.Argument(help="A version's number, a .npz file, or shipped.")],
    why: Annotated[str, typer.Option(help="Kept in the history.")],
    test: Annotated[Path | None, typer.Option(help="Fixed set. Default: the one that ships.")] = None,
    engine: EngineOption = None,
    force: Annotated[bool, typer.Option(help="Publish though it is worse or its intents are not ours.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Let a model serve, unless it is worse than the present one. Running processes take it within seconds."""
    if model != "shipped" and not model.isdecimal() and not model.endswith(".npz"):
        raise NotPublishable(model=model)
    bench = _bench(engine, 0, data_dir)
    registry = bench.registry
    against = registry.current()
    candidate, present = bench.model(model), bench.model(str(against))
    examples = read_examples(test) if test else fixed_set()
    before = bench.measure(present, examples, "the present model")
    after = bench.measure(candidate, examples, "the candidate")
    comparison = compare(examples, before.predictions, after.predictions)
    screen.console().print(screen.comparison_table(comparison))
    screen.console().print(screen.changes_table(comparison.changes))
    if not force:
        ours, theirs = set(present.labels), set(candidate.labels)
        permit(comparison, sorted(ours - theirs), sorted(theirs - ours - set(intents())))
    version = registry.add(candidate) if model.endswith(".npz") else 0 if model == "shipped" else int(model)
    registry.publish(
        version,
        by=getpass.getuser(),
        why=why,
        figures=figures_of(comparison),
        forced=force,
        against=None if force else against,
    )
    screen.console().print(f"Version {version} serves: {registry.folder.resolve()}")


@app.command()
def rollback(
    why: Annotated[str, typer.Option(help="Kept in the history.")],
    to: Annotated[int | None, typer.Option(min=0, help="A version. Default: the one before.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Let the model serve again that the present one replaced. Running processes take it within seconds."""
    registry = _registry(data_dir)
    done = registry.roll_back(by=getpass.getuser(), why=why, to=to)
    screen.console().print(f"Version {done.version} serves: {registry.folder.resolve()}")


def _registry(data_dir: Path | None) -> Registry:
    return Registry((data_dir or load_settings().data_dir) / "models")


def _bench(engine: Mode | None, seed: int, data_dir: Path | None = None) -> Workbench:
    encoder = None if engine is Mode.LEXICAL else encoder_of(load_settings())
    return Workbench(engine, encoder, _registry(data_dir), seed)


def _confusions(
    examples: Sequence[Example], predictions: Sequence[RankedIntent], most: int = 12
) -> list[tuple[str, str, int, str]]:
    """The commonest mistakes, each with an example."""
    wrong = [(e.intent, p.name, e.text) for e, p in zip(examples, predictions, strict=True) if e.intent != p.name]
    counts = Counter((intent, said) for intent, said, _ in wrong)
    sample = {(intent, said): text for intent, said, text in wrong}
    return [(*pair, times, sample[pair]) for pair, times in counts.most_common(most)]
