"""Addresses taken apart, and regions that are only mentioned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.language import Address, Engine, EntityKind, split_address


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("浙江省杭州市余杭区仓前街道文一西路9号2单元", ("浙江省", "杭州市", "余杭区", "仓前街道", "文一西路9号2单元")),
        ("浙江 杭州, 余杭区 文一西路969号", ("浙江省", "杭州市", "余杭区", "文一西路", "969号")),
        ("余杭区文一西路969号", ("浙江省", "杭州市", "余杭区", "文一西路", "969号")),
        ("上海市浦东新区世纪大道100号", ("上海市", "上海市", "浦东新区", "世纪大道", "100号")),
        ("广东东莞虎门镇连升路3号", ("广东省", "东莞市", "", "虎门镇", "连升路3号")),
        ("朝阳区望京街道6号", ("", "", "朝阳区", "望京街道", "6号")),
        ("北京朝阳区望京街道6号", ("北京市", "北京市", "朝阳区", "望京街道", "6号")),
        ("长春市朝阳区人民大街", ("吉林省", "长春市", "朝阳区", "人民大街", "")),
        ("吉林省吉林市昌邑区", ("吉林省", "吉林市", "昌邑区", "", "")),
        ("湖北恩施市舞阳坝街道", ("湖北省", "恩施土家族苗族自治州", "恩施市", "舞阳坝街道", "")),
        ("成都高新区天府大道中段1号", ("四川省", "成都市", "高新区", "天府大道中段", "1号")),
        ("江蘇崑山市", ("江苏省", "苏州市", "昆山市", "", "")),
        ("菜鸟驿站旁边", ("", "", "", "", "菜鸟驿站旁边")),
        ("12 Baker Street, Flat 3, London NW1 6XE", ("", "London", "", "12 Baker Street", "Flat 3, NW1 6XE")),
        (
            "Room 501, Building 3, 88 Nanjing West Road, Jing'an District, Shanghai 200040",
            ("", "Shanghai", "Jing'an District", "88 Nanjing West Road", "Room 501, Building 3, 200040"),
        ),
        ("350 Fifth Avenue, New York, NY 10118, USA", ("NY", "New York", "", "350 Fifth Avenue", "10118, USA")),
        ("20 Collins St, Melbourne VIC 3000", ("VIC", "Melbourne", "", "20 Collins St", "3000")),
        ("Rose Cottage", ("", "", "", "", "Rose Cottage")),
        ("", ("", "", "", "", "")),
    ],
)  # fmt: skip
def test_parts(text: str, parts: tuple[str, ...]) -> None:
    assert split_address(text) == Address(*parts)


@pytest.mark.parametrize(
    ("text", "building", "room"),
    [
        ("浙江省杭州市余杭区五常街道西溪北苑3幢2单元501室", "3幢", "2单元501室"),
        ("北京市朝阳区建国路88号SOHO现代城B座1203", "B座", "1203"),
        ("上海市徐汇区漕溪北路18号12号楼3楼302室", "12号楼", "3楼302室"),
        ("重庆市渝北区龙溪街道红锦大道5号", "", ""),
        ("上海市徐汇区漕溪北路18号12楼", "", "12楼"),
        ("Room 501, Building 3, 88 Nanjing West Road, Shanghai 200040", "Building 3", "Room 501"),
        ("Apt 4B, 350 Fifth Avenue, New York, NY 1011", "", "Apt 4B"),
        ("20 Collins St, Melbourne VIC 3000", "", ""),
        ("", "", ""),
    ],
)
def test_building_and_room(text: str, building: str, room: str) -> None:
    address = split_address(text)
    assert (address.building, address.room) == (building, room)


@given(st.text("浙江省杭州市余区朝阳北京文三路镇乡街道1号栋 ,国", max_size=30))
def test_nothing_is_lost(text: str) -> None:
    parts = split_address(text)
    said = "".join(c for c in text if c not in " ,").removeprefix("中国")
    assert said.endswith(parts.street + parts.detail)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("能送到余杭区吗", "浙江省/杭州市/余杭区"),
        ("我在杭州余杭区 几天能到", "浙江省/杭州市/余杭区"),
        ("新疆包邮吗", "新疆维吾尔自治区"),
        ("發到香港要多久", "香港特别行政区"),
        ("朝阳区当天能到吗", "朝阳区"),
        ("中山路那家店", None),
        ("北京时间几点发货", None),
        ("避免日照", None),
        ("开封后能放多久", None),
        ("河南能发吗", "河南省"),
        ("大理石纹的有吗", None),
        ("长春花香味", None),
        ("在路上了吗", None),
        ("T区出油", None),
        ("什么时候发货", None),
    ],
)
def test_regions_in_a_message(engine: Engine, text: str, region: str | None) -> None:
    found = engine.understand(text).first(EntityKind.REGION)
    assert (found and found.value) == region


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("香港澳门包邮吗", ["香港特别行政区", "澳门特别行政区"]),
        ("西安到咸阳", ["陕西省/西安市", "陕西省/咸阳市"]),
    ],
)
def test_regions_side_by_side(engine: Engine, text: str, regions: list[str]) -> None:
    assert [one.value for one in engine.understand(text).entities if one.kind is EntityKind.REGION] == regions
