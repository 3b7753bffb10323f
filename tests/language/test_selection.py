"""Which messages are worth somebody's label."""

from yingda.language import Candidate, RankedIntent, select


def candidate(text: str, best: float, second: float = 0.0, foreign: float = 0.0, times: int = 1) -> Candidate:
    return Candidate(text, (RankedIntent("a", best), RankedIntent("b", second)), foreign, times)


def test_uncertain_novel_and_frequent_come_first() -> None:
    sure, torn = candidate("我要退货", 0.95, 0.02), candidate("那个怎么弄", 0.45, 0.44)
    novel, frequent = candidate("你们收实习生吗", 0.45, 0.44, 0.9), candidate("几点下班呀", 0.45, 0.44, times=40)
    assert select([sure, torn, novel, frequent], 9) == [frequent, novel, torn, sure]
    assert select([sure, torn, novel, frequent], 1) == [frequent]


def test_the_same_wish_is_asked_about_once() -> None:
    [one] = select(
        [candidate("退货！", 0.5), candidate("退货", 0.5), candidate("退貨。", 0.5), candidate("。。", 0.1)], 9
    )
    assert (one.text, one.times) == ("退货！", 3)


def test_what_is_labelled_is_not_asked_again() -> None:
    assert select([candidate("退货！", 0.5), candidate("换货", 0.5)], 9, known=["退货"]) == [candidate("换货", 0.5)]
