"""One line for what fails a thousand times."""

from yingda.kit.seldom import Seldom


def test_it_tells_at_once_and_then_how_often_it_happened_meanwhile() -> None:
    moments = iter([0.0, 1.0, 59.0, 60.0, 61.0])
    failures = Seldom(60, lambda: next(moments))
    assert [failures.happened() for _ in range(5)] == [1, 0, 0, 3, 0]
