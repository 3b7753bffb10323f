"""The forms in which Chinese says a day or an hour, and what its words for days, weeks and years are worth."""

import re

from yingda.language.days import PARTS
from yingda.language.festivals import CHINESE
from yingda.language.numerals import CHARACTERS

_N = rf"(?:[0-9]{{1,4}}|[{CHARACTERS}]{{1,4}})"
RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "昨晚": -1, "寻日": -1,
    "琴日": -1, "今天": 0, "今日": 0, "今儿": 0, "今晚": 0, "今早": 0, "当天": 0, "明天": 1, "明日": 1, "明儿": 1,
    "明早": 1, "明晚": 1, "听日": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
SHIFTS = {"上上": -2, "上": -1, "这": 0, "本": 0, "": 0, "下": 1, "下下": 2}
YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6} | {str(i): i - 1 for i in range(1, 8)}
_PART = "|".join(sorted((part for part in PARTS if not part.isascii()), key=len, reverse=True))
_BOUGHT = r"(?:号|日|[^0-9,.!?]{0,2}(?:买|下单|下的|拍|付款|发货|收到|收货|到货|签收|活动|大促|那天)|付的)"
_BIG_SALE = r"(?=活动|大促|期间|的?时候|买|当天|那天|之?[前后]|会|有|降|预售|便宜|优惠|下单|拍|囤|还|能|搞|促)"
_NAMED = rf"(?:{CHINESE})(?![路街口个件瓶盒支元块0-9])(?!(?<=[五六]一)[{CHARACTERS}])|(?:618|六一八|520){_BIG_SALE}"
_TIMES = "[一两二三四五六七八几半]"  # 一周二次
_NO_DAY = "[线楼店色链码院栋仓柜门桌机粉膜款]"  # 3号楼

_MONTH = (
    rf"(?:(?P<year>{'|'.join(YEARS)}|(?<![0-9])(?:20[0-9]{{2}}|[12][0-9])年)的?)?(?:"
    rf"(?P<month>(?!一月[之以]?[前后内])(?<![0-9{CHARACTERS}个第.])(?:[0-9]{{1,2}}|十[一二]?|[一二三四五六七八九]))月"
    rf"(?:份?(?:(?P<monthfrom>[0-9]{{1,2}})[-~到至])?(?P<day>{_N})(?:[号日]|(?<=[0-9])(?=[那下买拍晚早付收]))|(?P<third>底|末|初|中旬|上旬|下旬)|份|(?![经季饼亮销卡供薪租子牙球龄嫂]))"
    rf"|(?<![0-9A-Za-z.¥#尾号{CHARACTERS}])(?P<festival>{_NAMED})(?:节|当天)?|(?P<yearend>年底|年末|年初|(?<=年)(?:底(?![妆价部料色])|末|初(?![{CHARACTERS}]))))"
)
_FIGURES = (
    rf"(?<![0-9.¥/-])(?P<m2>1[0-2]|0?[1-9])"
    rf"(?:/|\.(?=[0-9]{{1,2}}{_BOUGHT})|-(?=[0-9]{{2}}(?![号日])[^号日0-9]{{0,2}}{_BOUGHT}))"
    r"(?P<d2>3[01]|[12][0-9]|0?[1-9])(?![0-9/])[号日]?"
    r"|(?<![0-9.¥])(?P<m3>11(?=\.11)|12(?=\.12)|0?6(?=\.18))\.(?P<d3>11|12|18)(?![0-9.元块])"
)
_MONTHDAY = (
    rf"(?<![0-9{CHARACTERS}第])(?:(?P<dayfrom>[0-9]{{1,2}})[-~到至])?"
    rf"(?P<monthday>3[01]|[12]?[0-9]|[{CHARACTERS}]{{1,3}})(?(dayfrom)(?:号|日(?![用常记本语系抛期]))|号)(?!{_NO_DAY})"
)
_AGO = (
    rf"(?<!后)(?<!起)(?P<ago>{_N}|半)(?P<unit>天|周|个?星期|个?礼拜|个?月|年|个?小时|个?钟头|分钟)"
    r"(?:之|以)?(?P<way>前|后(?!来)|内(?!无理由))"
)
_DAY = "|".join(
    (
        rf"(?P<relative>{'|'.join(sorted(RELATIVE, key=len, reverse=True))})",
        r"(?P<full>(?<![0-9])(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}(?![0-9])[日号]?)",
        r"(?P<yearmonth>(?<![0-9-])20[0-9]{2}(?:年[0-9]{1,2}月|-(?:0[1-9]|1[0-2])(?![-0-9]))份?)",
        _MONTH,
        rf"(?P<years>{'|'.join(YEARS)}|(?<![0-9])(?:20[0-9]{{2}}年|2[0-9]年(?=的|产|生产|买)))",
        _FIGURES,
        rf"(?P<ofmonth>上上|下下|上|下|这|本)个?月(?:的?(?P<ofday>{_N})[号日]|(?P<ofthird>底|末|初|中旬|上旬|下旬))",
        _MONTHDAY,
        _AGO,
        rf"过(?P<over>{_N})(?P<overunit>天|周|个?星期|个?礼拜|个?月)(?![期份])",
        (
            rf"(?P<week>上上|下下|上|下|这|本|(?<!{_TIMES}))个?(?:周|星期|礼拜)"
            r"(?P<weekday>(?:[一二三四五六日天]|[1-7](?![0-9]))(?![年个次]))"
        ),
        r"(?P<span>上上|下下|上|下|这|本)个?(?P<spanunit>周末|周|星期|礼拜|月)|(?P<weekend>周末)",
        r"(?P<monthend>月底|月末|月初)",
    )
)
_CLOCK = (
    rf"(?P<part>{_PART})?(?:(?:(?P<from>[0-9]{{1,2}}|[{CHARACTERS}]{{1,3}})点?[-~到至])?"
    rf"(?P<hour>[0-9]{{1,2}}|[{CHARACTERS}]{{1,3}})(?:点钟?|时(?!候|间))"
    rf"(?P<minute>半|一刻|三刻|(?:[0-5]?[0-9]|[{CHARACTERS}]{{1,3}})分?)?|(?P<h2>[01]?[0-9]|2[0-4]):(?P<min2>[0-5][0-9]))"
)
_FIRST = (
    rf"(?=[0-9{CHARACTERS}大前昨寻琴今当明听后去过元年月春端七中母父感情女妇劳儿教国圣平双黑上下这本周星礼"
    r"半凌早清午傍晚夜])"
)
WHEN = re.compile(rf"{_FIRST}(?:(?:{_DAY})(?:的?\s*(?:{_CLOCK}|(?P<only>{_PART})))?|{_CLOCK.replace('?P<', '?P<x')})")
TO = re.compile(r"\s*(?:到|至|-|~)\s*")
BARE_DAY = re.compile(rf"(?P<bare>{_N})[日号](?!{_NO_DAY})")
HINT = re.compile(
    r"[天日号周月年点时:/儿晚早午底末初春端七中节双黑过庆]|星期|礼拜|分钟|[0-9][.-][0-9]|618|六一八|520|元旦|[五六]一"
    r"|20[0-9]{2}"
)
A_BIT = re.compile(
    r"[一二两三四五几]点(?!半|钟|[0-9])|十?[六七八九十]点(?=建议|意见|原因|要求|理由|不同|问题)"
    rf"|[{CHARACTERS}]{{1,3}}点[{CHARACTERS}]{{1,2}}(?=[元块折%])"
)
#: Before so many days 后: they are counted from what happened, and not from now.
SINCE = re.compile(
    r"(?:[完了过]|签收|收到?货?|到货|下的?单|付款|发货|[开拆]封|使用|开始)(?!了?(?:等|好)?[一两])[^0-9,.!?;完了过]{0,3}$"
)
#: Behind a date: what is told has happened.
PAST = re.compile(
    r"[^0-9,.!?]{0,5}(?:(?:买|下单|下|拍|订|定|付款|购|收到|签收|发货|发出|揽收)(?:的|了)|下的?单|就(?:买|拍|下|签|显示|到|发|没))"
)
#: Behind a date: by then, or from then on.
DEADLINE = re.compile(r"[之以]?(?:前(?![后面])|后再)")
