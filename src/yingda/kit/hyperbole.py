"""Breath and senses that are lost only in a manner of speaking: 贵得我喘不过气, laughing so hard I can't breathe.

Whoever listens for somebody in danger listens to what is left. Only well-known figures of speech are taken for such,
said by a person of themselves. Beside anybody else, a symptom, a thing that touched somebody or a question what to do,
none is: who cannot be understood is believed to speak of the worst.
"""

import re

_BREATH = r"(?:背过气|[喘透]不[过上]来?气|上不来气|窒息)"
_SENSES = r"[昏晕](?:过去|倒|了)"
_NEARLY = r"(?:(?:都|真)?(?:快要?|要|差点[没就儿]?)都?)"
_EVEN = rf"(?:我(?:们)?)?(?:都|直接|简直|真的|{_NEARLY})?"
#: Nothing follows but laughter, or else business: somebody who goes on may tell what came of it.
_NO_MORE = r"(?=来?[了啦]?(?:[哈嘿呵啊呀哦噢\W])*$)"
_BUSINESS = "贵|钱|价|买|货|券|折|优惠|便宜|快递|物流|订单|下单|地址|颜色|色号|包装|客服"
_AS_USUAL = rf"(?:{_NO_MORE}|(?=.{{0,60}}?(?:{_BUSINESS})))"
_NO_CREAM = "[^霜水膏乳精膜妆粉胶笔液油染洗]*"
_SAID_ZH = (
    rf"(?:美|帅|好看|漂亮|可爱|便宜|贵)[得到]{_EVEN}(?P<lost>{_BREATH}|{_SENSES}){_AS_USUAL}",
    rf"价[格钱位]?[真太]?[看听吓惊高贵][得到]{_EVEN}(?P<lost>{_BREATH}|{_SENSES}){_AS_USUAL}",
    rf"(?:香|好闻)[得到]{_EVEN}(?P<lost>{_SENSES}){_NO_MORE}",
    rf"(?:笑|(?<![喘吸呼透空香油])气)[得到]{_EVEN}(?P<lost>{_BREATH}){_NO_MORE}",
    rf"(?:[笑气]|高兴|开心|激动|感动)[得到](?:我(?:们)?)?{_NEARLY}(?P<lost>{_SENSES}){_NO_MORE}",
    rf"忙[得到]我?(?:都|快|实在)?(?P<lost>[喘透]不过来?气){_AS_USUAL}",
    rf"^{_NO_CREAM}(?:哭|笑|熬夜?|急|(?:物流|直播|手机|屏幕)看)得我?(?P<lost>眼睛[都也]?发?红){_NO_CREAM}$",
)

_CANNOT = r"(?:ca(?:n['’]?t|nnot|n not)|could(?:n['’]?t| not)) breathe"
_FAINT = r"(?:pass(?:ed)? out|faint(?:ed)?)"
_ADVERB = r"(?:(?:literally|just|really|simply|honestly) )?"
_ALMOST = r"(?:almost|nearly|could|practically|just about) "
_MYSELF = rf"(?:^|[,.!?;] ?|\b(?:i|we) {_ADVERB}(?:{_ALMOST})?)"
_THE_PRICE = (
    r"(?:the|these|those|this|that|your) (?:crazy |insane |new )?(?:prices?(?: tags?)?|pricing|costs?|bill|total)"
)
_THE_END = r"(?=(?:lol|lmao|omg|ha|h|\W)*$)"
_BUSINESS_EN = "coupon|discount|cheaper|sale|deal|order|shipping|ship|price|track|delivery|code"
_AS_USUAL_EN = rf"(?:{_THE_END}|(?= ?[^\w\s-].{{0,80}}?\b(?:{_BUSINESS_EN})))"
_STRIKING = "funny|beautiful|pretty|cute|gorgeous|stunning"
_AT = "(?:with|at|over|seeing|when (?:i|we) (?:see|saw|heard))"
_LOST_EN = rf"(?P<lost>{_CANNOT}|{_ALMOST}{_FAINT})"
_SAID_EN = (
    rf"{_MYSELF}(?P<lost>{_CANNOT}|{_FAINT}) {_AT} {_THE_PRICE}{_AS_USUAL_EN}",
    rf"\b{_THE_PRICE} (?:almost |nearly )?(?:makes?|made) me (?:almost |nearly )?(?P<lost>{_FAINT}){_AS_USUAL_EN}",
    rf"\bso (?:expensive|pricey|{_STRIKING}),?(?: that)? (?:i|we) {_ADVERB}{_LOST_EN}{_THE_END}",
    rf"{_MYSELF}(?P<lost>{_CANNOT}|{_FAINT}) (?:with|from|of|for) (?:joy|happiness|boredom){_THE_END}",
    rf"\blaugh(?:ing|ed) so (?:hard|much),?(?: that)? (?:i|we) {_ADVERB}{_LOST_EN}{_THE_END}",
    rf"{_MYSELF}(?P<lost>{_CANNOT})[,.!]* (?:it['’]?s|it is|this is|that['’]?s) so (?:{_STRIKING}){_THE_END}",
)
_SAID = tuple(re.compile(form) for form in _SAID_ZH + _SAID_EN)
_MAYBE = re.compile(rf"{_BREATH}|{_SENSES}|眼睛|breathe|pass(?:ed)? out|faint")

_SOMEBODY = (
    "孩|宝[宝贝]|娃|儿[子媳]|女儿|闺女|小朋友|孙|侄|外甥|(?<!他)妈(?![呀耶蛋])|爸|爹|娘|奶奶|爷爷|外[公婆]|姥|老[公婆人头太伴]"
    "|丈夫|妻|媳妇|哥|弟|(?<!小)(?<!小姐)姐(?!妹)|(?<!姐)妹|[姑姨叔伯舅婶嫂]|婆婆|公公|[室舍]友|同[事学]|朋友|[男女]友|闺蜜|对象|客人|顾客|邻居"
    "|学生|家人(?!们)|[猫狗]|(?<!其)他(?!妈的)|她|它|有人|别人|孕|岁|年纪"
)
_TOUCHED = (
    r"(?<!好)闻|气味|喷|戴|贴(?![心切])|敷|涂|抹|擦|[上试][脸妆身]|弄|[打拧]开|呛|熏|刺|吸|咽|吞|吃(?![土惊瓜亏])|喝|溅|染|烫|灼|蜇"
    r"|用[完后了过着上]|[一刚在使试才]用|用的时候|[洗做卸][完了着过]|[之以过]后|卸妆|面膜.{0,4}[着上后]"
)
_SUFFERED = (
    r"突然|忽然|难受|不舒服|过敏|肿|疹|喉|嗓子|胸|心脏|心慌|心悸|疼|痛|呼吸|哮喘|气短|气促|没气|抽[搐筋了]|吐|恶心|冷汗|模糊"
    r"|看不[清见]|睁不|(?<![心手])痒|中毒|人中|意识|发[紫青白黑麻抖冷烧热]|[都也变]了?[紫青白](?![色调])|病|血(?![拼亏赚])|反应"
    r"|[叫喊摇拍推]不|不醒|醒不|没醒|倒[地在]|不动|瘫|摔|缺氧|头[痛疼晕重]|头好重|冰[凉冷]|不行了|缓[了过不]|真[喘晕]"
)
_ASKED = (
    r"怎么办|咋办|怎么回事|咋回事|正常吗|问题吗|是不是|要不要紧|严重|医|急诊|急救|[救抢]|快来|快点来|赶紧|赶快"
    r"|不是开玩笑|没开玩笑|不夸张|(?<!\d)120(?!\d|元|块|ml|毫升|克|g)"
)
_SOMEBODY_EN = (
    r"he|she|him|his|hers?|(?:grand)?(?:sons?|daughters?|kids?|child(?:ren)?|mothers?|fathers?|m[ou]m(?:my)?s?|dads?|ma|pa)"
    r"|(?:grand)?parents?|baby|babies|toddlers?|infants?|boys?|(?:my|the|a|little|old) (?:girl|one|man|lady|woman)|wife"
    r"|husband|sisters?|brothers?|nieces?|nephews?|aunt|uncle|cousin|friends?|(?:girl|boy)friend|roommate|partner"
    r"|colleague|coworker|clients?|customers?|someone|somebody|cat|dog|pregnant"
)
_TOUCHED_EN = (
    r"fumes?|smell[a-z]*|sniff[a-z]*|inhal[a-z]*|perfumes?|fragrances?|scent[a-z]*|spray[a-z]*|wear[a-z]*|wore|worn"
    r"|put(?:ting)? (?:it |this )?on|open(?:ed|ing)|after|use|used|using|appl(?:y|ied|ying)|since"
)
_SUFFERED_EN = (
    r"suddenly|w[ao]ke[a-z]*|awake|unresponsive|respon[a-z]*|floor|ground|collaps[a-z]*|blue|purple|pale|allerg[a-z]*"
    r"|swell[a-z]*|swollen|rash|hives|throat|chest|lips?|tongue|mouth|heart|lungs?|face|skin|eyes?|asthma[a-z]*|pain|hurts?"
    r"|burn[a-z]*|dizzy|vomit[a-z]*|puk[a-z]*|seizure|cough[a-z]*|wheez[a-z]*|gasp[a-z]*|weak|shak[a-z]*|sick|tight|attack|bleed[a-z]*|blood|head|glue"
)
_ASKED_EN = (
    r"911|999|112|120|hospital|ambulance|doctor|medic[a-z]*|help|emergency|urgent|seriously|for real|no joke|actually"
    r"|not (?:joking|kidding|exaggerating)"
)
_IN_EARNEST = re.compile(
    rf"{_SOMEBODY}|{_TOUCHED}|{_SUFFERED}|{_ASKED}"
    rf"|\b(?:{_SOMEBODY_EN}|{_TOUCHED_EN}|{_SUFFERED_EN}|{_ASKED_EN})\b"
)


def without_hyperbole(words: str) -> str:
    """Words in small letters, as long as before, with what was lost in a manner of speaking blanked out."""
    if _MAYBE.search(words) is None or _IN_EARNEST.search(words):
        return words
    for form in _SAID:
        words = form.sub(_blanked, words)
    return words


def _blanked(match: re.Match[str]) -> str:
    start, end = (place - match.start() for place in match.span("lost"))
    return f"{match[0][:start]}{'□' * (end - start)}{match[0][end:]}"
