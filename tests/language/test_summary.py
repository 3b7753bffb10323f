"""A conversation comes down to what was said in it, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.kit.clock import SHANGHAI
from yingda.language import Engine, Point, Said, Speaker, Summary, summarise

#: A Friday, ten in the morning in Shanghai.
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

Line = tuple[str, str]


def conversation(*lines: Line, at: datetime = FRIDAY, **intents: str) -> list[Said]:
    """Lines are ("C" customer, "A" assistant, "S" staff; text); `m2="refund.request"` is what message 2 was read as."""
    speakers = {"C": Speaker.CUSTOMER, "A": Speaker.ASSISTANT, "S": Speaker.STAFF}
    return [
        Said(seq=seq, speaker=speakers[who], text=text, at=at, intent=intents.get(f"m{seq}"))
        for seq, (who, text) in enumerate(lines, 1)
    ]


def told(points: tuple[Point, ...]) -> list[tuple[int, str]]:
    return [(point.seq, point.text) for point in points]


def points_of(summary: Summary) -> dict[str, list[tuple[int, str]]]:
    """What there is, by kind."""
    kinds = {
        "asked": summary.asked,
        "done": summary.done,
        "results": summary.results,
        "promises": tuple(promise.point for promise in summary.promises),
        "open": summary.open,
    }
    return {kind: told(points) for kind, points in kinds.items() if points}


CONVERSATIONS: dict[str, tuple[list[Said], dict[str, list[tuple[int, str]]]]] = {
    "nobody said anything": ([], {}),
    "courtesy is no question": (
        conversation(("C", "你好，在吗"), ("S", "您好，请问有什么可以帮您？"), ("C", "没有了，谢谢")),
        {},
    ),
    "asked and refunded": (
        conversation(
            ("C", "你好"),
            ("C", "面霜漏了一半，我要退款"),
            ("S", "非常抱歉，请稍等"),
            ("S", "已为您核实照片。退款99元已提交，原路退回"),
            ("C", "好的谢谢"),
        ),
        {
            "asked": [(2, "面霜漏了一半，我要退款")],
            "done": [(4, "已为您核实照片")],
            "results": [(4, "退款99元已提交")],
        },
    ),
    "changed, with a delivery to come": (
        conversation(
            ("C", "收货地址写错了，能改吗？"),
            ("S", "可以的，已经帮您改了收货地址。预计周日送到新地址"),
        ),
        {
            "asked": [(1, "收货地址写错了，能改吗？")],
            "results": [(2, "已经帮您改了收货地址")],
            "promises": [(2, "预计周日送到新地址")],
        },
    ),
    "a promise with consent asked for": (
        conversation(
            ("C", "包裹三天没有动静了"),
            ("S", "已反馈仓库核实，专员会在24小时内给您回电，您看可以吗？"),
            ("C", "可以"),
        ),
        {
            "asked": [(1, "包裹三天没有动静了")],
            "done": [(2, "已反馈仓库核实")],
            "promises": [(2, "专员会在24小时内给您回电")],
        },
    ),
    "holding on is no answer": (
        conversation(("C", "这瓶孕妇能用吗"), ("S", "请稍等，正在为您查询"), ("C", "还有，送小样吗")),
        {
            "asked": [(1, "这瓶孕妇能用吗"), (3, "还有，送小样吗")],
            "open": [(1, "这瓶孕妇能用吗"), (3, "还有，送小样吗")],
        },
    ),
    "an answer closes what came before it": (
        conversation(("C", "几天能到？"), ("A", "到杭州两天"), ("C", "可以改成周末送吗？"), ("A", "您好")),
        {
            "asked": [(1, "几天能到？"), (3, "可以改成周末送吗？")],
            "open": [(3, "可以改成周末送吗？")],
        },
    ),
    "the same thing asked twice is one thing": (
        conversation(
            ("C", "我的退款呢？"),
            ("C", "退款什么时候到账啊？"),
            ("S", "昨天的那笔已经退款成功"),
            m1="refund.progress",
            m2="refund.progress",
        ),
        {"asked": [(1, "我的退款呢？")], "results": [(3, "昨天的那笔已经退款成功")]},
    ),
    "understood without a question mark": (
        conversation(("C", "泵头按不出来"), m1="issue.quality"),
        {"asked": [(1, "泵头按不出来")], "open": [(1, "泵头按不出来")]},
    ),
    "told without a question": (
        conversation(("C", "嗯"), ("C", "昨晚下单的那支口红颜色跟图片差很远")),
        {
            "asked": [(2, "昨晚下单的那支口红颜色跟图片差很远")],
            "open": [(2, "昨晚下单的那支口红颜色跟图片差很远")],
        },
    ),
    "what would be done is not done": (
        conversation(
            ("C", "怎么退货"),
            ("S", "如果已经签收，您可以申请退货。一般退款3天内到账。审核通过后才能退款，现在还没有退款"),
        ),
        {"asked": [(1, "怎么退货")]},
    ),
    "advice is no promise": (
        conversation(("C", "怎么开发票"), ("S", "您可以在24小时内申请开具，请您自行下载")),
        {"asked": [(1, "怎么开发票")]},
    ),
    "the customer says that it came right": (
        conversation(("C", "登录不上"), ("S", "麻烦重新获取验证码试试"), ("C", "可以登录了，谢谢")),
        {"asked": [(1, "登录不上")], "results": [(3, "可以登录了")]},
    ),
    "two questions in one message": (
        conversation(
            ("C", "退款到哪了？还有发票怎么开？"),
            ("A", "退款已于昨天原路退回，预计3个工作日内到账"),
            m1="refund.progress",
        ),
        {
            "asked": [(1, "退款到哪了？"), (1, "还有发票怎么开？")],
            "results": [(2, "退款已于昨天原路退回")],
            "promises": [(2, "预计3个工作日内到账")],
        },
    ),
    "somebody will come": (
        conversation(
            ("C", "这瓶能退吗"),
            ("S", "可以的，已为您提交退货申请，快递员明天上午上门取件"),
            ("S", "验收后128元，1-3个工作日原路退回"),
        ),
        {
            "asked": [(1, "这瓶能退吗")],
            "results": [(2, "已为您提交退货申请")],
            "promises": [(2, "快递员明天上午上门取件"), (3, "1-3个工作日原路退回")],
        },
    ),
    "to put something somewhere is no promise": (
        conversation(("C", "怎么改地址"), ("S", "找站点就行，将新电话告诉他们")),
        {"asked": [(1, "怎么改地址")]},
    ),
    "an errand is no result": (
        conversation(("C", "请他们尽快把这事解决了"), ("C", "还是又不能用了")),
        {"asked": [(1, "请他们尽快把这事解决了")], "open": [(1, "请他们尽快把这事解决了")]},
    ),
    "in at last": (
        conversation(("C", "登录不上"), ("S", "麻烦重置密码试试"), ("C", "好了，登上了，谢谢")),
        {"asked": [(1, "登录不上")], "results": [(3, "登上了")]},
    ),
    "given in English": (
        conversation(
            ("C", "Where is my refund?"),
            ("S", "I have added a 20 yuan coupon to your account. It will reach you within 3 working days."),
        ),
        {
            "asked": [(1, "Where is my refund?")],
            "results": [(2, "I have added a 20 yuan coupon to your account.")],
            "promises": [(2, "It will reach you within 3 working days.")],
        },
    ),
    "in English": (
        conversation(
            ("C", "Hello, where is my parcel? It never arrived."),
            ("S", "One moment please."),
            ("S", "I have contacted the carrier. Your order has been refunded. I will call you tomorrow."),
            ("C", "Can you resend it instead?"),
        ),
        {
            "asked": [
                (1, "Hello, where is my parcel?"),
                (1, "It never arrived."),
                (4, "Can you resend it instead?"),
            ],
            "done": [(3, "I have contacted the carrier.")],
            "results": [(3, "Your order has been refunded.")],
            "promises": [(3, "I will call you tomorrow.")],
            "open": [(4, "Can you resend it instead?")],
        },
    ),
}


@pytest.mark.parametrize(("said", "points"), CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_points(said: list[Said], points: dict[str, list[tuple[int, str]]]) -> None:
    assert points_of(summarise(said)) == points


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我会在明天12点前给您回电", "2026-11-21 12:00"),
        ("明天给您回电，一定", "2026-11-21 18:00"),
        ("今天下午会联系您", "2026-11-20 18:00"),
        ("3点前会给您回电", "2026-11-20 15:00"),
        ("周一会给您答复", None),  # the nearest such day is past, and nobody promises the past
        ("下周一会给您答复", "2026-11-23 18:00"),
        ("预计3天内退款", "2026-11-23 18:00"),
        ("预计1-3个工作日到账", "2026-11-25 18:00"),
        ("两三天内补发", "2026-11-23 18:00"),
        ("半小时内给您回复", "2026-11-20 10:30"),
        ("会在2h内联系您", "2026-11-20 12:00"),
        ("11月25日前给您发出", "2026-11-25 18:00"),
        ("一周内会给您结果", "2026-11-27 18:00"),
        ("稍后给您回复", None),
        ("收到退货后3天内退款给您，有结果短信通知您", None),
        ("We will refund you within 3 working days.", "2026-11-25 18:00"),
        ("Our team will call you back within 24 hours", "2026-11-21 10:00"),
        ("I'll follow up on Monday", None),
        ("We will refund you by Monday", "2026-11-23 18:00"),
        ("周一前会给您答复", "2026-11-23 18:00"),
        ("会在12月5号到25号之间发货，有结果通知您", "2026-12-25 18:00"),
        ("You will receive it by next Tuesday, I will let you know", "2026-11-24 18:00"),
    ],
)
def test_when_a_promise_is_due(text: str, due: str | None) -> None:
    (promise,) = summarise(conversation(("S", text))).promises
    assert (promise.due and f"{promise.due.astimezone(SHANGHAI):%Y-%m-%d %H:%M}") == due


@pytest.mark.parametrize(
    "text",
    ["好的，马上帮您查", "请您3天内寄回", "需要我给您回电吗？", "3天内可以无理由退货", "不会影响到账", "已于昨天退款"],
)
def test_what_promises_nothing(text: str) -> None:
    assert summarise(conversation(("S", text))).promises == ()


def test_after_work_a_day_ends_at_midnight() -> None:
    evening = FRIDAY + timedelta(hours=10)
    (promise,) = summarise(conversation(("S", "今天一定给您回复"), at=evening)).promises
    assert promise.due == datetime(2026, 11, 20, 23, 59, tzinfo=SHANGHAI)


def test_customers_promise_nothing_and_report_nothing() -> None:
    assert points_of(summarise(conversation(("C", "我明天会联系您，已经退货了")))).keys() == {"asked", "open"}


def test_numbers_are_quoted(engine: Engine) -> None:
    text = "订单 LM202611220123 到哪了"
    said = Said(seq=7, speaker=Speaker.CUSTOMER, text=text, at=FRIDAY, entities=tuple(engine.understand(text).entities))
    assert told(summarise([said]).numbers) == [(7, "LM202611220123")]


PIECES = (
    *("我会", "明天", "24小时内", "给您回电", "已经", "退款", "吗", "稍等", "您看可以吗", "3-5个工作日", "１２点前"),
    *("refund", "will", "I", "by", " ", "，", "。", "？", "、", "：", "\n", "～", "🙏", "İ"),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
SAID = st.builds(
    Said,
    seq=st.integers(0, 300),
    speaker=st.sampled_from(Speaker),
    text=WORDS | st.text(max_size=80),
    at=st.datetimes(timezones=st.just(UTC)),
    intent=st.sampled_from([None, "refund.request", "chat.thanks", "other"]),
)


@given(st.lists(SAID, max_size=8, unique_by=lambda said: said.seq))
def test_every_point_is_a_stretch_of_its_message(said: list[Said]) -> None:
    summary = summarise(said)
    texts = {one.seq: one.text for one in said}
    promised = tuple(promise.point for promise in summary.promises)
    points = summary.asked + summary.numbers + summary.done + summary.results + summary.open + promised
    assert all(point.text and texts[point.seq][point.start : point.end] == point.text for point in points)
    assert all(promise.due is None or promise.due.tzinfo for promise in summary.promises)
