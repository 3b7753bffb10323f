"""Names that are asked for, and what is none: a wish, or who speaks of themselves."""

import pytest

from tests.dialogue.procedures.makers import heard
from yingda.dialogue.procedures.titles import title_in


@pytest.mark.parametrize(
    ("text", "intent", "title"),
    [
        ("林晓", "chat.inform", "林晓"),
        ("谢学", "chat.thanks", "谢学"),
        ("Lin Xiao", "other", "Lin Xiao"),
        ("退货科技有限公司", "return.request", "退货科技有限公司"),
        ("Cancel Culture LLC", "order.cancel", "Cancel Culture LLC"),
        ("Riverstone Trading Co., Ltd.", "other", "Riverstone Trading Co., Ltd."),
        ("抬头：ABC公司", "invoice.request", "ABC公司"),
        ("please make it out to Lin Xiao", "invoice.request", "Lin Xiao"),
        ("我爱我家房地产公司", "chat.inform", "我爱我家房地产公司"),
        ("取消", "order.cancel", None),
        ("查物流", "logistics.track", None),
        ("把我的个人信息删了", "account.privacy", None),
        ("delete my personal data", "account.privacy", None),
        ("where is my parcel", "logistics.track", None),
        ("thanks", "chat.thanks", None),
        ("不知道", "chat.deny", None),
        ("我要投诉你们公司", "complaint.service", None),
        ("就写我名字", "chat.inform", None),
        ("my company", "other", None),
    ],
)
def test_what_is_a_title_where_one_is_asked_for(text: str, intent: str, title: str | None) -> None:
    assert title_in(heard(text, intent, sure=True), asked=True) == title


def test_words_that_may_be_a_wish_are_believed_to_be_a_name() -> None:
    assert title_in(heard("Mark Parcel", "logistics.track"), asked=True) == "Mark Parcel"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("开杭州云溪文化有限公司的发票", "开杭州云溪文化有限公司"),
        ("给我们公司开张票", None),
        ("开公司发票", None),
        ("林晓", None),
    ],
)
def test_what_is_told_without_being_asked(text: str, title: str | None) -> None:
    assert title_in(heard(text, "invoice.request", sure=True), asked=False) == title
