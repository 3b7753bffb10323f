"""What is said of prices, looks and laughter is blanked; what is told of somebody, or of what touched them, stays."""

import pytest

from yingda.kit.hyperbole import without_hyperbole


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("贵得我喘不过气", "贵得我□□□□"),
        ("美到窒息", "美到□□"),
        ("好看到晕过去了", "好看到□□□了"),
        ("笑得我喘不过气来哈哈", "笑得我□□□□来哈哈"),
        ("气得我快晕过去了!", "气得我快□□□了!"),
        ("高兴得快晕过去了", "高兴得快□□□了"),
        ("忙得喘不过气,帮我查下快递", "忙得□□□□,帮我查下快递"),
        ("急得我眼睛都红了", "急得我□□□□了"),
        ("so expensive i can't breathe", "so expensive i □□□□□□□□□□□□□"),
        ("i nearly fainted when i saw the price", "i nearly □□□□□□□ when i saw the price"),
        ("laughing so hard i can't breathe lol", "laughing so hard i □□□□□□□□□□□□□ lol"),
        ("i passed out from joy", "i □□□□□□□□□□ from joy"),
    ],
)
def test_a_figure_of_speech_is_blanked(words: str, left: str) -> None:
    assert without_hyperbole(words) == left


@pytest.mark.parametrize(
    "words",
    [
        "便宜的面膜喘不过气",
        "笑的时候晕过去了",
        "等到晕过去了",
        "贵得休克了",
        "美得昏迷了",
        "笑得晕过去了",
        "笑得喘不过气,一直这样",
        "贵得他喘不过气",
        "香气得我窒息",
        "贵得我喘不过气,戴了就这样",
        "看到眼睛红了",
        "急得我眼睛红了,洗发水",
        "too expensive and i can't breathe",
        "so pretty i can't breathe today",
        "laughing so hard i passed out",
        "i can't breathe because of the amount",
        "i can't breathe at the price counter",
        "i passed out from joy and fell",
        "she can't breathe with these prices",
        "i can't breathe with these prices since monday",
    ],
)
def test_what_may_be_meant_stays(words: str) -> None:
    assert without_hyperbole(words) == words
