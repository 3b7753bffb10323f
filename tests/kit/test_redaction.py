"""Redaction of personal data in Chinese text: many written forms, and what must stay readable."""

import re
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yingda.kit import names
from yingda.kit.redaction import (
    PersonalData,
    find_personal_data,
    mask_address,
    mask_email,
    mask_name,
    mask_phone,
    redact,
)

PHONES = """
13812345678
138 1234 5678
138-1234-5678
138.1234.5678
138－1234－5678
138—1234—5678
138_1234_5678
138 - 1234 - 5678
1381 234 5678
1381234 5678
138 12345678
138 123 45678
13812 345678
138 12 345 678
1381 2345 678
1 3 8 1 2 3 4 5 6 7 8
1-3-8-1-2-3-4-5-6-7-8
１３８１２３４５６７８
１３８　１２３４　５６７８
+8613812345678
+86 138 1234 5678
+86-138-1234-5678
＋86 13812345678
(+86)13812345678
（86）138-1234-5678
86 13812345678
8613812345678
0086 13812345678
0086-138-1234-5678
19912345678
16612345678
1381234567813987654321
一三八一二三四五六七八
幺三八幺二三四五六七八
一三八 一二三四 五六七八
010-62891234
010 6289 1234
(010)62891234
（0571）88881234
0571-88881234
0571 8888123
057188881234
021-62891234转801
021-62891234 转 801
0755-26001234-6012
0755-26001234 ext 12
+86 10 6289 1234
+86-571-88881234
62891234转801
+852 9123 4567
+853 6612 3456
+886 912 345 678
+14155552671
""".strip().splitlines()

EMAILS = """
xiaoman@qq.com
xiaoman.lin+shop@gmail.com
lin_xiaoman@mail.example.com.cn
12345678@qq.com
XIAOMAN@163.COM
xiaoman＠163.com
ｘｉａｏｍａｎ＠ｑｑ．ｃｏｍ
xiaoman @ qq.com
xiaoman(at)qq.com
xiaoman[at]company.cn
xiaoman（at）126.com
xiaoman 艾特 qq.com
xiaoman艾特qq点com
xiaoman艾特163 dot com
xiaoman at gmail.com
xiaoman at vip.qq.com
xiaoman@qq。com
""".strip().splitlines()

ID_CARDS = """
11010519491231002X
11010519491231002x
440524188001010014
110101199003070118
110101 19900307 0118
110101-19900307-0118
１１０１０１１９９００３０７０１１８
110105491231002
440524800101001
""".strip().splitlines()

BANK_CARDS = """
6222021234567890128
6222 0212 3456 7890 128
6222-0212-3456-7890-128
6228480402564890018
4111111111111111
4111 1111 1111 1111
5500000000000004
3566002020360505
9558801234567890128
""".strip().splitlines()

ADDRESSES = """
浙江省杭州市西湖区文三路478号
浙江省杭州市西湖区文三路478号华星时代广场A座1203室
浙江省 杭州市 西湖区 文三路 478号
浙江省，杭州市，西湖区，文三路478号
上海市浦东新区世纪大道100号
上海浦东张杨路５００号
银都路1200弄35号402室
杭州余杭区文一西路969号5号楼
余杭区良渚街道好运街152号3幢2单元501
陕西省西安市高陵区泾勤路四季阳光三区
福建省漳州市龙海区角美镇东美村3组
浙江省东阳市六石镇康头村
河北省定州市东亭镇翟城村5队
北京市朝阳区建国路甲88号
西城区月坛南街26号院1号楼4单元502
3栋2单元501室
万科城市花园12幢1单元302
四季花城5号楼
阳光小区6号楼3单元
星海名城B座1802室
天河区珠吉街道奥体南路12号
科技一路10号
深南大道9988号
东四十条胡同22号
广东省广州市天河区中山大学
四川省成都市武侯区人民南路四段11号
四川省广元市利州区东坝街道3号
江苏省苏州市工业园区星湖街328号
内蒙古自治区呼和浩特市赛罕区大学西街235号
3楼302室
12 Baker Street, Flat 3, London NW1 6XE
Flat 3, 12 Baker St, London, NW1 6XE
221b baker street
Room 501, Building 3, 88 Nanjing West Road, Jing'an District, Shanghai 200040
No. 478 Wensan Road, Xihu District, Hangzhou
Apt 4B, 350 Fifth Avenue, New York, NY 10118
20 West 42nd Street, New York NY 10036-1234
99 Oak Drive, Springfield, IL 62704
Unit 5, 10 Park Row, Leeds LS1 5HD
5th Floor, 20 Collins Street, Melbourne VIC 3000
P.O. Box 1234, Austin TX 78701
Room 501, Building 3
12 The Avenue
12 The Close, Leeds
4 Sunset Drive
12 Green Way
18 Cherry Tree Court
7 St James's Square
Flat 2, 4 Sunset Drive
9 The Old Mill Walk
10 Downing Street London
10 DOWNING STREET LONDON
10 Downing Street London SW1A 2AA
350 Fifth Avenue New York
99 oak drive 62704
5 mill court OX1 2JD
50 Sun Hill, Sydney 2000
""".strip().splitlines()

FRAMES = ["{}", "我的是{}，谢谢", "麻烦改成 {} 。", "「{}」可以吗？", "对的\n{}\n就这个"]

CASES = [
    (kind, form)
    for kind, forms in (
        (PersonalData.PHONE, PHONES),
        (PersonalData.EMAIL, EMAILS),
        (PersonalData.ID_CARD, ID_CARDS),
        (PersonalData.BANK_CARD, BANK_CARDS),
        (PersonalData.ADDRESS, ADDRESSES),
    )
    for form in forms
]


@pytest.mark.parametrize(("kind", "form"), CASES)
def test_every_written_form_is_replaced_whole(kind: PersonalData, form: str) -> None:
    for frame in FRAMES:
        assert redact(frame.format(form)) == frame.format(f"〔{kind}〕")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号码是110101199003070119", "身份证号码是〔身份证〕"),  # wrong check digit, but said to be one
        ("身份证：110105491231002", "身份证：〔身份证〕"),
        ("银行卡号6222021234567890123", "银行卡号〔银行卡〕"),  # fails Luhn, but said to be one
        ("电话62891234", "电话〔电话〕"),
        ("电话：6289 1234", "电话：〔电话〕"),
        ("手机是138 12 34 56 78", "手机是〔电话〕"),
        ("Tel 62891234", "Tel 〔电话〕"),
        ("微信同号abc13812345678", "微信同号abc〔电话〕"),
        ("13812345678，13987654321都行", "〔电话〕，〔电话〕都行"),
        ("订单202611220012345 电话13812345678", "订单202611220012345 电话〔电话〕"),
        ("订单202611220012345 13812345678", "订单202611220012345 〔电话〕"),
        ("林小满13812345678上海市浦东新区世纪大道100号", "〔姓名〕〔电话〕〔地址〕"),
        ("收货地址：浙江省杭州市西湖区文三路", "收货地址：〔地址〕"),
        ("地址是北京朝阳区望京街道", "地址是〔地址〕"),
        ("My address is 12 Baker Street, Flat 3, please ring twice", "My address is 〔地址〕, please ring twice"),
        ("I live at 4 Sunset Drive, please ring", "I live at 〔地址〕, please ring"),
        ("send it to 10 Downing Street, London please", "send it to 〔地址〕 please"),
        ("10 Downing Street London Monday please", "〔地址〕 Monday please"),
        ("order 12345 goes to 12 Green Way", "order 12345 goes to 〔地址〕"),
        ("12 Mill Lane\nOxford\nOX1 2JD\nthanks", "〔地址〕\nthanks"),
        ("send it to 12 Baker Street by Friday", "send it to 〔地址〕 by Friday"),
        ("地址改成88 Nanjing West Road, Shanghai 200040，谢谢", "地址改成〔地址〕，谢谢"),
        ("收货地址：林小满 138 1234 5678 上海市浦东新区世纪大道100号", "收货地址：〔姓名〕 〔电话〕 〔地址〕"),
        ("寄到文三路478号，我要退货", "寄到〔地址〕，我要退货"),
        ("麻烦改到余杭区文一西路969号", "麻烦改到〔地址〕"),
        ("放在小区5号楼旁边的蜂巢", "放在〔地址〕旁边的蜂巢"),
        ("文三路478号 13812345678", "〔地址〕 〔电话〕"),
        ("邮箱xiaoman@qq.com，电话13812345678", "邮箱〔邮箱〕，电话〔电话〕"),
        ("发票开到xiaoman@qq.com谢谢", "发票开到〔邮箱〕谢谢"),
    ],
)
def test_context(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    """
订单202611220012345到哪了
订单号：20261122001234
202611220012345678
2026112200123456
订单 6222021234567890128 什么时候发
运单号110101199003070118
单号 431234567890123
SF1234567890123
sf1234567890123
顺丰SF13812345678901
SF13812345678
JD0123456789012
JDVA13812345678
JDX012345678901
YT8765432109876
快递单号773123456789012
78123456789012
110101199003070119
110101199013070118
6222021234567890123
1234567890123456
客服400-820-8820
4008208820
800-820-8820
95338
12315
110和120
199.00元
159 129 89 99
满300减50
￥1299
2026-11-22
2026年11月22日
20261122
2026-11-22 06:00:00
11月22号到28号
22号能到吗
50ml*2
30ml 15g 2支
３号色２支
色号N21和N23
138****5678
尾号5678
12345678901
10812345678
1381234567
138123456789
货号10012345
批号20250318A
第3层第2格
我买了2座3人沙发
look at this
look at baidu.com
@客服 在吗
＠所有人
艾特我一下
能送到浙江省东阳市六石镇吗
发到浙江省杭州市要几天
I ordered 3 creams and they are on the way
5 days and still on the road
do you ship to London or New York
100 ml lipstick way too dark
order 20260 was left at the wrong place
is room 5 still open
I bought 2 in the store on Oxford Street
100 percent natural rd
order 12345 new york place 10001
Order No. 12345 Baker Street
order number is 12345 new york place 10001
订单12345 new york place 10001
item 2045 bright park 100200
spf 50 sun hill 2000
50 sun hill 2000
size 36 new road
I want 2 Milky Way
2 Milky Way bars please
I got 2 Cherry Grove creams
2 Secret Garden
2 x new st
5 mg sun lane
can I have 3 in a row
the 21st of March
能送到北京市朝阳区望京街道吗
杭州市西湖区有店吗
什么时候到上海
地址写错了怎么办
怎么修改收货地址
收货地址：同上
快递一直在路上没动
我知道22号发货
快递在半路22号能到吗
都是套路3号再说
原路返回
线路2号
去超市专区买
小区门口
这个系列3号色好看吗
三号店和五号店
双11第1单
1/2/3/4/5
3.1415926535
192.168.1.100
版本1.2.3
一二三四五六七八九十
一三五七
〔电话〕 62891234
〔身份证〕 110101199003070119

😀👍
""".strip("\n").splitlines(),
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫王小明", "我叫〔姓名〕"),
        ("你好，我叫王小明想查一下订单", "你好，我叫〔姓名〕想查一下订单"),
        ("我的名字是欧阳娜娜", "我的名字是〔姓名〕"),
        ("我叫阿依古丽·买买提", "我叫〔姓名〕"),
        ("我是李雷，昨天打过电话", "我是〔姓名〕，昨天打过电话"),
        ("我老公叫张伟", "我老公叫〔姓名〕"),
        ("本人王芳申请退款", "本人〔姓名〕申请退款"),
        ("收件人：李雷", "收件人：〔姓名〕"),
        ("收件人李雷电话不变", "收件人〔姓名〕电话不变"),
        ("收件人改成韩梅梅吧", "收件人改成〔姓名〕吧"),
        ("收货人姓名：阿依古丽", "收货人姓名：〔姓名〕"),
        ("姓名：李雷\n电话：13812345678", "姓名：〔姓名〕\n电话：〔电话〕"),
        ("姓名，李雷，电话13812345678", "姓名，〔姓名〕，电话〔电话〕"),
        ("联系人是小鱼儿", "联系人是〔姓名〕"),
        ("麻烦发给张三", "麻烦发给〔姓名〕"),
        ("给王小明收", "给〔姓名〕收"),
        ("文三路478号，李雷收", "〔地址〕，〔姓名〕收"),
        ("王小明 138 1234 5678 文三路478号", "〔姓名〕 〔电话〕 〔地址〕"),
        ("13812345678，李雷，文三路478号", "〔电话〕，〔姓名〕，〔地址〕"),
        ("韩梅梅电话13812345678", "〔姓名〕电话〔电话〕"),
        ("请联系王小明先生", "请联系〔姓名〕先生"),
        ("My name is Han Meimei, order 5", "My name is 〔姓名〕, order 5"),
        ("收貨人：陳大文", "收貨人：〔姓名〕"),
        ("收件人张雪峰", "收件人〔姓名〕"),
        ("收件人李海峰电话不变", "收件人〔姓名〕电话不变"),
        ("收件人张三丰13812345678", "收件人〔姓名〕〔电话〕"),
        ("她叫陈建峰", "她叫〔姓名〕"),
        ("名字张雪峰", "名字〔姓名〕"),
        ("收件人洪小玲", "收件人〔姓名〕"),
        ("我妈叫洪秀英", "我妈叫〔姓名〕"),
        ("寄给洪秀英", "寄给〔姓名〕"),
        ("单小玲13812345678", "〔姓名〕〔电话〕"),
        ("给王建犇寄", "给〔姓名〕寄"),
        ("麻烦给张晨阳寄一份", "麻烦给〔姓名〕寄一份"),
        ("请找张伟先生", "请找〔姓名〕先生"),
        # Letters that no list of given names has.
        ("我叫张犇犇你好", "我叫〔姓名〕你好"),
        ("我叫赵鱻", "我叫〔姓名〕"),
        ("我叫赵鱻想查一下", "我叫〔姓名〕想查一下"),
        ("名字改成张骉骉", "名字改成〔姓名〕"),
        ("收件人王鑱骉电话不变", "收件人〔姓名〕电话不变"),
        ("给王建鱻寄一份", "给〔姓名〕寄一份"),
        ("我叫林清轩", "我叫〔姓名〕"),  # a brand has nothing to introduce
        ("Recipient Name: John Smith", "Recipient Name: 〔姓名〕"),
        ("Receiver's name is John Smith", "Receiver's name is 〔姓名〕"),
        ("my name is john smith", "my name is 〔姓名〕"),
        ("my name is john and i want a refund", "my name is 〔姓名〕 and i want a refund"),
        ("Hi, I am John Smith.", "Hi, I am 〔姓名〕."),
        ("I’m John Smith", "I’m 〔姓名〕"),
    ],
)
def test_names_go(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    """
小棕瓶还有货吗
兰蔻小黑瓶和雅诗兰黛小棕瓶哪个好
张小姐护手霜多少钱
林清轩的山茶花油
毛戈平高光怎么用
有一款叫花西子的
有款叫小棕瓶的精华
这款名字叫什么
这个名字是小棕瓶吗
黄金面膜给黄皮用可以吗
发给客服了
送给高中生合适吗
我是敏感肌
我是黄皮
我是高中生
我是江西的
我是白金会员
我是商家
王女士
我姓王
您好王先生
我叫快递来取
我叫顺丰了
我叫人工客服
他叫我退货
收件人和电话不变，地址变下
收件人写谁
收件人是我妈
收件人是物业
收件人电话留错了
收货人不在
收货人姓名是不是能改
联系人工客服
本人签收是什么意思
本人没有收到
姓名和电话
请说姓名，谢谢
姓名 性别 年龄
收件人 信息 有误
万一丢了 13812345678
周三送给门卫
已签收
何时收货
什么时候收
给我退款
给力
给林清轩
给林清轩寄一份
产品名字林清轩
给丁家宜
我是宁波
我是常州
我是徐州
我是王先生
我叫王先生
收件人：王女士
收件人：欧阳先生
给常温发
给张照片发我
张女士13812345678
白色13812345678
包裹13812345678
方式 13812345678
余额13812345678
联系人：售后
收件人是外婆
收件人查询
收件人查询一下
名字，谢谢
my name is wrong on the parcel
Recipient name is wrong
Recipient Address: the same
I am Very Angry
I am Chinese
""".strip("\n").splitlines(),
)
def test_what_is_no_name_stays(text: str) -> None:
    assert "〔姓名〕" not in redact(text)


surname = st.sampled_from("王李张刘陈杨黄赵周吴洪车欧单代边阴")
given_name = st.text(st.sampled_from(names.GIVEN_LETTERS), min_size=1, max_size=2)


@given(
    st.sampled_from(["我叫", "收件人", "收件人：", "我妈叫"]),
    surname,
    given_name,
    st.sampled_from(["", "，", "13812345678"]),
)
@example("收件人", "张", "雪峰", "")
@example("收件人", "张", "三丰", "13812345678")
def test_nothing_stays_of_a_name_that_is_introduced(before: str, surname: str, given: str, after: str) -> None:
    assume(not names.is_word(surname + given))
    assert redact(before + surname + given + after) == redact(before) + "〔姓名〕" + redact(after)


def test_an_address_behind_a_number_is_found_in_the_first_reading() -> None:
    text = "收件人张三 电话13800138000 地址浙江省宁波市海曙区中山西路10号SOHO广场B座1203"
    addresses = [span for span in find_personal_data(text) if span.kind is PersonalData.ADDRESS]
    assert [text[span.start : span.end] for span in addresses] == ["浙江省宁波市海曙区中山西路10号SOHO广场B座1203"]


def test_spans_point_into_the_original_text() -> None:
    text = "电话１３８１２３４５６７８，邮箱ａ＠qq.com"
    spans = find_personal_data(text)
    assert [(text[s.start : s.end], s.kind) for s in spans] == [
        ("１３８１２３４５６７８", PersonalData.PHONE),
        ("ａ＠qq.com", PersonalData.EMAIL),
    ]


def test_a_long_text_is_redacted_to_its_end() -> None:
    """No figure is measured: a pattern whose work grows with the square of the length would not come to an end here."""
    text = "文三路" * 20_000 + "1" * 60_000 + "a" * 60_000 + "区县" * 20_000 + "138-" * 20_000 + "收件人李雷，" * 20_000
    text += "12 The Avenue " * 5_000 + "4 Sunset Drive" * 5_000 + "12 A" * 10_000 + "order no. 12345 " * 5_000
    assert redact(text + "，13812345678").endswith("，〔电话〕")


NAMES = ["李雷", "欧阳娜娜", "我叫王小明", "收件人：韩梅梅", "李雷收"]

personal = st.sampled_from([*NAMES, *PHONES, *EMAILS, *ID_CARDS, *BANK_CARDS, *ADDRESSES])
ordinary = st.one_of(
    st.sampled_from("，- \n〔〕3号楼市转"),
    st.sampled_from(["订单", "单号", "电话", "地址：", "2026", "SF", "收件人", "我叫"]),
)
messy = st.lists(st.one_of(personal, ordinary, st.text(max_size=6)), max_size=10).map("".join)


@given(messy)
@example("地址：〔地址〕3号")
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    assert find_personal_data(once) == []


@given(messy)
def test_spans_are_ordered_and_apart(text: str) -> None:
    spans = find_personal_data(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.uuids())
@example(UUID("0193a000-6289-1234-8000-a13812345678"))
def test_ids_stay(value: UUID) -> None:
    assert redact(f"会话 {value}") == f"会话 {value}"


@given(st.text())
def test_masks_accept_anything(text: str) -> None:
    for mask in (mask_phone, mask_email, mask_name, mask_address, redact):
        mask(text)


not_a_number = st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"])
no_digits = st.text(not_a_number).filter(lambda text: not re.search(r"[A-Za-zＡ-Ｚａ-ｚ]\Z", text))


@given(before=no_digits, digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), after=no_digits)
def test_no_digit_of_a_planted_phone_survives(before: str, digits: str, after: str) -> None:
    assert not re.search("[0-9]", redact(before + digits + after))


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0086 13812345678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("0571-88881234", "0571-****1234"),
        ("010 6289 1234", "010-****1234"),
        ("62891234", "****1234"),
        ("12315", "****"),
        ("", "****"),
    ],
)
def test_mask_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("xiaoman@qq.com", "x***@qq.com"),
        ("a@qq.com", "***@qq.com"),
        ("lin＠163.com", "l***@163.com"),
        ("nothing", "***"),
    ],
)
def test_mask_email(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("林小满", "林**"),
        ("林满", "林*"),
        ("林", "*"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("Alice", "A****"),
        ("Maximiliane Wittelsbach", "M****"),
        ("", ""),
    ],
)
def test_mask_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("浙江省杭州市西湖区文三路478号", "浙江省杭州市西湖区****"),
        ("上海市浦东新区世纪大道100号", "上海市浦东新区****"),
        ("北京朝阳区建国路88号", "北京朝阳区****"),
        ("内蒙古自治区呼和浩特市赛罕区大学西街235号", "内蒙古自治区呼和浩特市赛罕区****"),
        ("浙江省 杭州市 西湖区 文三路478号", "浙江省 杭州市 西湖区****"),
        ("浙江省义乌市稠城街道3号", "浙江省义乌市****"),
        ("文三路万科小区5栋", "****"),
        ("", "****"),
    ],
)
def test_mask_address(address: str, masked: str) -> None:
    assert mask_address(address) == masked
