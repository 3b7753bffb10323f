"""What is named in a message, and its one normal form."""

from datetime import datetime

import pytest

from yingda.language import Context, Engine, EntityKind, GazetteerEntry, beauty_terms, fixed_set

SUNDAY = Context(now=datetime.fromisoformat("2026-11-22T06:00:00+00:00"))  # 14:00 in Shanghai


def found(engine: Engine, text: str) -> list[tuple[str, str]]:
    return [(entity.kind.value, entity.value) for entity in engine.understand(text, SUNDAY).entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("订单LM202611220123到哪了", [("order_no", "LM202611220123")]),
        ("lm 2026 1122 0123", [("order_no", "LM202611220123")]),
        ("ｌｍ２０２６１１２２０１２３", [("order_no", "LM202611220123")]),
        ("订单号：120381902384756", [("order_no", "120381902384756")]),
        ("单号是 88812345678901 帮我看看", [("order_no", "88812345678901")]),
        ("ORDERID_10081 什么时候到", [("order_no", "ORDERID_10081")]),
        ("[订单x] 这个", [("order_no", "[订单x]")]),
        ("快递SF1234567890123不动了", [("tracking_no", "SF1234567890123")]),
        ("快递单号 773012345678901", [("tracking_no", "773012345678901")]),
        ("YT8801234567890", [("tracking_no", "YT8801234567890")]),
        ("EA123456785CN", [("tracking_no", "EA123456785CN")]),  # good check digit
        ("EA123456784CN", []),  # bad check digit
        ("USERID_77 你好", [("user", "USERID_77")]),
        ("我电话138 0013 8000", [("phone", "13800138000")]),
        ("邮箱abc@qq.com", [("email", "abc@qq.com")]),
        ("我付了99元", [("amount", "99")]),
        ("¥19.90", [("amount", "19.9")]),
        ("一共两百块", [("amount", "200")]),
        ("三十九块九", [("amount", "39.9")]),
        ("99块5", [("amount", "99.5")]),
        ("1,299元的那个", [("amount", "1299")]),
        ("买两瓶", [("quantity", "2")]),
        ("要3盒30ml的", [("quantity", "3"), ("size", "30ml")]),
        ("500毫升多少钱", [("size", "500ml")]),
        ("有一个问题", []),
        ("第三件半价", []),
        ("两个月前买的", [("date", "2026-09-22")]),
        ("尾号8866", [("number", "8866")]),
        ("3号色还有货吗", [("shade", "3")]),
        ("N20#和色号b21", [("shade", "N20"), ("shade", "B21")]),
        ("浙江省杭州市西湖区文三路478号", [("address", "浙江省杭州市西湖区文三路478号")]),
    ],
)
def test_codes_sums_and_counts(engine: Engine, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(engine, text) == expected


SHELF = [
    GazetteerEntry(EntityKind.PRODUCT, "p1", ("琉璃玻尿酸保湿面膜 25ml×5片", "玻尿酸面膜")),
    GazetteerEntry(EntityKind.PRODUCT, "p2", ("琉璃积雪草舒缓精华 30ml", "积雪草精华")),
    GazetteerEntry(EntityKind.PRODUCT, "p3", ("琉璃清透防晒乳 SPF50+ 50ml",)),
    GazetteerEntry(EntityKind.INGREDIENT, "retinol", ("A醇", "视黄醇")),
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("玻尿酸面膜多少钱", "p1"),
        ("那个积雪草的精华孕妇能用吗", "p2"),
        ("清透防晒乳还有货吗", "p3"),
        ("机雪草精华怎么用", "p2"),  # the keyboard's slip keeps the sound
        ("能和a醇一起用吗", "retinol"),
    ],
)
def test_the_shops_own_names_are_recognised(engine: Engine, text: str, value: str) -> None:
    assert value in [entity.value for entity in engine.with_gazetteer(SHELF).understand(text).entities]


@pytest.mark.parametrize("text", ["你们家面膜好用吗", "精华怎么用", "什么时候发货"])
def test_a_category_alone_names_no_product(engine: Engine, text: str) -> None:
    assert engine.with_gazetteer(SHELF).understand(text).first(EntityKind.PRODUCT) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A醇和烟先胺能一起用吗", [("ingredient", "视黄醇"), ("ingredient", "烟酰胺")]),
        ("波尿酸 早c晚a", [("ingredient", "透明质酸钠")]),
        ("ＶＣ會不會刺激", [("ingredient", "抗坏血酸（维生素C）")]),
        ("孕妇能用BHA吗", [("ingredient", "水杨酸")]),
        ("神仙水有小样吗", [("brand", "SK-II")]),
        ("雅思兰黛的小棕瓶", [("brand", "雅诗兰黛"), ("brand", "雅诗兰黛")]),
        ("烂番茄色显白吗", [("shade", "烂番茄色")]),
        ("今天能发货吗", []),
        ("后天到", []),
    ],
)
def test_the_vocabulary_of_beauty(engine: Engine, text: str, named: list[tuple[str, str]]) -> None:
    kinds = {EntityKind.INGREDIENT, EntityKind.BRAND, EntityKind.SHADE}
    entities = engine.with_gazetteer(beauty_terms()).understand(text).entities
    assert [(entity.kind.value, entity.value) for entity in entities if entity.kind in kinds] == named


def test_ordinary_messages_name_nothing_by_accident(engine: Engine) -> None:
    named = engine.with_gazetteer(beauty_terms())
    found = [entity.text for e in fixed_set() for entity in named.understand(e.text).entities
             if entity.kind in {EntityKind.INGREDIENT, EntityKind.BRAND, EntityKind.SHADE}]  # fmt: skip
    assert found == ["柠檬酸"]  # 那是什么味道的 柠檬酸味?


def test_no_name_stands_for_two_things() -> None:
    names = [name.lower() for entry in beauty_terms() for name in entry.names]
    assert len(names) == len(set(names))
