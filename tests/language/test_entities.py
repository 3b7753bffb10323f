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
        ("九块九包邮", [("amount", "9.9")]),
        ("199两支", [("number", "199"), ("quantity", "2")]),
        ("66元3小包", [("amount", "66")]),
        ("粉底液要N20还是N25", [("shade", "N20"), ("shade", "N25")]),
        ("粉底液spf50吗", []),
        ("口红12号还是18号", [("shade", "12"), ("shade", "18")]),
        ("口红01和03色差大吗", [("shade", "01"), ("shade", "03")]),
        ("01色和三号色", [("shade", "01"), ("shade", "3")]),
        ("shade N20 is it in stock", [("shade", "N20")]),
        ("N20#和色号b21", [("shade", "N20"), ("shade", "B21")]),
        ("浙江省杭州市西湖区文三路478号", [("address", "浙江省杭州市西湖区文三路478号")]),
    ],
)
def test_codes_sums_and_counts(engine: Engine, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(engine, text) == expected


THURSDAY = Context(now=datetime.fromisoformat("2026-11-26T08:00:00+00:00"))  # 16:00 in Shanghai


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的订单号是202611261234567890", "order_no=202611261234567890"),
        ("订单号:4567 8901 2345 6789", "order_no=4567890123456789"),
        ("order number 1234567890123 please", "order_no=1234567890123"),
        ("order no. 9876543210987", "order_no=9876543210987"),
        ("Order #112-3456789-1234567", "order_no=11234567891234567"),
        ("订单尾号8812的那个", "number=8812"),
        ("订单编号 3829104756382910475 什么时候发", "order_no=3829104756382910475"),
        (
            "我有两个订单 LM202611220123 和 LM202611220124",
            "quantity=2; order_no=LM202611220123; order_no=LM202611220124",
        ),
        ("快递单号SF1234567890123", "tracking_no=SF1234567890123"),
        ("顺丰单号 SF 1428 5739 20163 帮查", "tracking_no=SF1428573920163"),
        ("sf1234567890123到哪了", "tracking_no=SF1234567890123"),
        ("YT8801234567890一直不动", "tracking_no=YT8801234567890"),
        ("圆通YT 8801234567890", "tracking_no=YT8801234567890"),
        ("JDVA12345678901", "tracking_no=JDVA12345678901"),
        ("JD0123456789012-1-1-", "tracking_no=JD0123456789012"),
        ("JDX012345678901", "tracking_no=JDX012345678901"),
        ("中通 78912345678901", "tracking_no=78912345678901"),
        ("中通单号78912345678901", "tracking_no=78912345678901"),
        ("韵达4312345678901到哪了", "tracking_no=4312345678901"),
        ("申通快递773012345678901", "tracking_no=773012345678901"),
        ("极兔JT3012345678901", "tracking_no=JT3012345678901"),
        ("EMS 1234567890123", "tracking_no=1234567890123"),
        ("邮政包裹9876543210123", "tracking_no=9876543210123"),
        ("EMS单号EA123456785CN", "tracking_no=EA123456785CN"),
        ("德邦DPK301234567890", "tracking_no=DPK301234567890"),
        ("tracking number is SF1234567890123", "tracking_no=SF1234567890123"),
        ("my tracking no 773012345678901 hasn't moved", "tracking_no=773012345678901"),
        ("运单号：75123456789012", "tracking_no=75123456789012"),
        ("ZTO 778812345678901", "tracking_no=ZTO778812345678901"),
        ("UPS 1Z999AA10123456784", "tracking_no=1Z999AA10123456784"),
        ("快递号是 9812345678901", "tracking_no=9812345678901"),
        ("物流单号 432198765432101", "tracking_no=432198765432101"),
        ("电话13800138000", "phone=13800138000"),
        ("手机号 138-0013-8000", "phone=13800138000"),
        ("+86 138 0013 8000", "phone=13800138000"),
        ("+8613800138000 打这个", "phone=13800138000"),
        ("86-13800138000", "phone=13800138000"),
        ("0571-87654321", "phone=057187654321"),
        ("打我电话一三八零零一三八零零零", "phone=13800138000"),
        ("电话换成１３８００１３８０００", "phone=13800138000"),
        ("换成 13912345678 这个号", "phone=13912345678"),
        ("call me on 13800138000", "phone=13800138000"),
        ("订单13800138000123", "order_no=13800138000123"),
        ("我的手机尾号是8866", "number=8866"),
        ("邮箱 Li.Na_88@163.com", "email=li.na_88@163.com"),
        ("发到我邮箱 zhangsan@gmail.com 吧", "email=zhangsan@gmail.com"),
        ("¥99.9", "amount=99.9"),
        ("￥1,299.00", "amount=1299"),
        ("99.9元", "amount=99.9"),
        ("三十五块八", "amount=35.8"),
        ("三十五块八毛", "amount=35.8"),
        ("3块5", "amount=3.5"),
        ("五毛钱", "amount=0.5"),
        ("5毛", "amount=0.5"),
        ("两块五毛五", "amount=2.55"),
        ("一百二十块", "amount=120"),
        ("1万元", "amount=10000"),
        ("一万块", "amount=10000"),
        ("两万多块", "amount=20000"),
        ("50块钱", "amount=50"),
        ("50多块", "amount=50"),
        ("100来块", "amount=100"),
        ("优惠20元券", "amount=20"),
        ("满300减50", "amount=300; amount=50"),
        ("满199元减20元", "amount=199; amount=20"),
        ("100-200元的有吗", "amount=100/200"),
        ("100到200块的推荐一下", "amount=100/200"),
        ("预算三百左右", "amount=300"),
        ("两三百块", "amount=200/300"),
        ("29.9 rmb", "amount=29.9"),
        ("99 yuan", "amount=99"),
        ("I paid 128 RMB", "amount=128"),
        ("少退了我十块钱", "amount=10"),
        ("差价三元", "amount=3"),
        ("一块钱都不退", "amount=1"),
        ("一元秒杀", "amount=1"),
        ("运费12元", "amount=12"),
        ("扣了我12.00元", "amount=12"),
        ("价格是三百九十九", "amount=399"),
        ("卖399贵了", "amount=399"),
        ("人民币500", "amount=500"),
        ("500人民币", "amount=500"),
        ("买两盒", "quantity=2"),
        ("半箱", "quantity=0.5"),
        ("一打", "quantity=12"),
        ("两打", "quantity=24"),
        ("来一箱", "quantity=1"),
        ("一瓶多少钱", "quantity=1"),
        ("少了一瓶", "quantity=1"),
        ("三十件", "quantity=30"),
        ("买十二个", "quantity=12"),
        ("我要3个", "quantity=3"),
        ("x2", "quantity=2"),
        ("*3", "quantity=3"),
        ("×2", "quantity=2"),
        ("2 bottles", "quantity=2"),
        ("two bottles", "quantity=2"),
        ("3 boxes please", "quantity=3"),
        ("a dozen", "quantity=12"),
        ("拍了五份", "quantity=5"),
        ("一共八支", "quantity=8"),
        ("只收到1件", "quantity=1"),
        ("少发了2支口红", "quantity=2"),
        ("这两个有什么区别", "quantity=2"),
        ("两个颜色", "quantity=2"),
        ("50ml", "size=50ml"),
        ("50ML的", "size=50ml"),
        ("30 ml 和 50 ml", "size=30ml; size=50ml"),
        ("三十毫升", "size=30ml"),
        ("M码", "size=M"),
        ("我要L码", "size=L"),
        ("XL", "size=XL"),
        ("XXL码有吗", "size=XXL"),
        ("37码", "size=37码"),
        ("8斤", "size=8斤"),
        ("5kg", "size=5kg"),
        ("两公斤", "size=2kg"),
        ("半斤", "size=0.5斤"),
        ("1.5L", "size=1.5l"),
        ("100g装", "size=100g"),
        ("200克", "size=200g"),
        ("16寸", "size=16寸"),
        ("165cm", "size=165cm"),
        ("身高165体重50kg", "number=165; size=50kg"),
        ("1米6", "size=160cm"),
        ("160/84A", "number=160"),
        ("25ml×5片", "size=25ml; quantity=5"),
        ("88元5斤的那款", "amount=88; size=5斤"),
        ("66元3包的", "amount=66; quantity=3"),
        ("128包邮吗", "number=128"),
        ("188只能拍八份吗", "number=188; quantity=8"),
        ("发什么快递612345678901", "number=612345678901"),
        ("快递走什么快递的612345678901", "number=612345678901"),
        ("再加九点九元可以换小样吗", "amount=9.9"),
        ("活动晚上0点开始", "date=2026-11-27T00:00"),
        ("1月12日订的面膜", "date=2026-01-12"),
        ("我8号买的还没到", "date=2026-11-08"),
        ("9号就显示签收", "date=2026-11-09"),
        ("8号能到吗", "date=2026-12-08"),
        ("6号到今天一直没动", "date=2026-11-06/2026-11-26"),
        ("1月8那天", "date=2027-01-08"),
        ("12.3买的", "date=2025-12-03"),
        ("双十一五元券", "date=2026-11-11"),
        ("只要一块50", "amount=1.5"),
        ("5块50", "amount=5.5"),
        ("12瓶6折", "quantity=12"),
        ("三瓶", "quantity=3"),
        ("我要买两三瓶", "quantity=2/3"),
        ("两只口红", "quantity=2"),
        ("一个", "quantity=1"),
        ("要一件", "quantity=1"),
        ("就一件", "quantity=1"),
        ("买一件", "quantity=1"),
        ("退一件留一件", "quantity=1"),
        ("微信号 abc123", ""),
        ("一百二", ""),
        ("$29.99", ""),
        ("退我 25.80", ""),
        ("这块不错", ""),
        ("那一块怎么处理", ""),
        ("这块钱算谁的", ""),
        ("十几块钱", ""),
        ("几十块钱", ""),
        ("包邮吗", ""),
        ("5折", ""),
        ("买一送一", ""),
        ("一对耳环", ""),
        ("I ordered 2 of them", ""),
        ("第二个", ""),
        ("第2瓶", ""),
        ("三个月", "duration=P3M"),
        ("两件套", ""),
        ("5片装", ""),
        ("一个问题", ""),
        ("几个", ""),
        ("均码", ""),
        ("加大码", ""),
        ("几百个", ""),
        ("这两一样吗", ""),
        ("3套盒", ""),
        ("有一个问题想问", ""),
        ("一件代发吗", ""),
    ],
)
def test_what_shoppers_write(engine: Engine, text: str, expected: str) -> None:
    entities = engine.understand(text, THURSDAY).entities
    assert "; ".join(f"{entity.kind.value}={entity.value}" for entity in entities) == expected


@pytest.mark.parametrize("text", ["身份证110101199003078515", "我的身份证号：11010119900307851 5"])
def test_an_identity_card_is_no_number_to_fill_in(engine: Engine, text: str) -> None:
    kinds = {entity.kind for entity in engine.understand(text).entities}
    assert not kinds & {EntityKind.NUMBER, EntityKind.ORDER_NO, EntityKind.PHONE}


def test_an_address_is_given_as_it_was_written(engine: Engine) -> None:
    text = "收件人張三 電話13800138000 地址浙江省寧波市海曙區中山西路10號B座1203"
    address = engine.understand(text).first(EntityKind.ADDRESS)
    assert address is not None
    assert address.value == "浙江省寧波市海曙區中山西路10號B座1203"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("My address is 12 Baker Street, Flat 3, London NW1 6XE", "12 Baker Street, Flat 3, London NW1 6XE"),
        (
            "PLEASE SHIP TO Apt 4B, 350 Fifth Avenue, New York, NY 10118!",
            "Apt 4B, 350 Fifth Avenue, New York, NY 10118",
        ),
        ("寄到Room 501, 88 Nanjing West Road, Shanghai 200040", "Room 501, 88 Nanjing West Road, Shanghai 200040"),
    ],
)
def test_an_english_address_is_one_entity(engine: Engine, text: str, address: str) -> None:
    assert [(one.kind, one.value) for one in engine.understand(text).entities] == [(EntityKind.ADDRESS, address)]


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
        ("does it contain retinol or glycolic acid?", [("ingredient", "视黄醇"), ("ingredient", "羟基乙酸")]),
        ("I've tried it, they've sent it", []),
        ("is SKII or SK-II in stock", [("brand", "SK-II"), ("brand", "SK-II")]),
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
