"""How what ships is made: networks of full size, each taught three quarters of the examples, say what they think of
the other quarter; the small one learns from that and from the labels. A label may be a slip, and does not say which
other one was near."""

from tools.encoder.files import Floats, Network
from tools.encoder.lessons import Lessons
from tools.encoder.network import thinned
from tools.encoder.reading import with_pieces_of
from tools.encoder.teaching import Course, Manner, Tell, places_of
from yingda.language.encoders import key_of

PARTS = 4  # each is judged by a teacher that was taught the others
_TEACHER = Manner(epochs=3, rate=1e-4, thinned=False)
_PUPIL = Manner(epochs=8, rate=2e-4, thinned=True, trust=0.5)


def taught(network: Network, lessons: Lessons, seed: int, tell: Tell) -> Network:
    """What ships, from the network that it is made of."""
    texts = list(dict.fromkeys([*(e.text for e in (*lessons.ours, *lessons.massive)), *lessons.others]))
    network = with_pieces_of(network, texts)
    places = places_of(network, texts)
    told = opinions(network, lessons, places, seed, tell)
    return Course(thinned(network), lessons, places, _PUPIL, seed, told).run(tell)


def opinions(network: Network, lessons: Lessons, places: dict[str, Floats], seed: int, tell: Tell) -> dict[str, Floats]:
    """How likely each label is held, by the text of each example that is taught."""
    said: dict[str, Floats] = {}
    for part in range(PARTS):
        said |= opinions_of(part, network, lessons, places, seed + part, tell)
    return said


def opinions_of(
    part: int, network: Network, lessons: Lessons, places: dict[str, Floats], seed: int, tell: Tell
) -> dict[str, Floats]:
    asked = [example for example in lessons.ours if _part_of(example.text) == part]
    others = [example for example in lessons.ours if _part_of(example.text) != part]
    course = Course(network, lessons._replace(ours=others, kept=[*lessons.kept, *asked]), places, _TEACHER, seed)
    course.run(tell)
    return dict(zip((example.text for example in asked), course.opinions(asked), strict=True))


def _part_of(text: str) -> int:
    """Not by the lowest bits: these choose what is kept."""
    return (key_of(text) >> 8) % PARTS
