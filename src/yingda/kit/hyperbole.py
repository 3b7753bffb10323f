"""Breath and senses that are lost only in a manner of speaking: 贵得我喘不过气, laughing so hard I can't breathe.

Whoever listens for somebody in danger listens to what is left. Beside a symptom, or a question what to do, nothing is
taken for a manner of speaking: who cannot be understood is believed to speak of the worst.
"""

import re

_LOST = r"(?:[昏晕](?:过去|倒|了)|背过气|[喘透]不[过上]来?气|上不来气|休克|昏迷|窒息)"
_LOST_EN = (
    r"(?:can(?:['’]?t| ?not) breathe|pass(?:ed)? out|faint(?:ed|ing)?|unconscious|trouble breathing|chok(?:ed|ing))"
)
_CLAUSE = "[^,.!?;~，。！？；\n]"
_SO_MUCH = "美|帅|好看|漂亮|可爱|便宜|笑|贵|忙|感动|激动|开心|高兴"
_OF_JOY = "joy|happiness|excitement|boredom|delight|laugh(?:ter|ing)"
_OF_MONEY = "prices?|priced|totals?|costs?|bills?|fees?|amount|checkout"
_PRAISED = "expensive|pricey|funny|beautiful|pretty|cute|gorgeous|cheap|excited|happy|stunning"
_SAID = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_SO_MUCH})(?:到|得|的){_CLAUSE}{{0,6}}?(?P<lost>{_LOST})",
        rf"价格?{_CLAUSE}{{0,8}}?(?:[吓惊贵高]|[看听]得){_CLAUSE}{{0,6}}?(?P<lost>{_LOST})",
        rf"(?:香|好闻)(?:到|得|的){_CLAUSE}{{0,6}}?(?P<lost>[昏晕](?:过去|倒|了))",
        (
            rf"(?P<lost>{_LOST_EN}) (?:with|at|over|from|of|out of|because of|when (?:i|we) (?:see|saw|heard)|seeing)"
            rf" (?:[a-z]+ ){{0,4}}(?:{_OF_MONEY}|{_OF_JOY})\b"
        ),
        rf"\b(?:so|too) (?:{_PRAISED})(?: that| and)?,? (?:i|we) (?:[a-z]+ ){{0,2}}(?P<lost>{_LOST_EN})",
        rf"(?P<lost>{_LOST_EN})[,.! ]+(?:it['’]?s|this is|that['’]?s|because it['’]?s) (?:so |too )(?:{_PRAISED})",
        rf"\blaugh[a-z]* (?:so (?:hard|much) )?(?:that )?(?:i |we )?(?:[a-z]+ ){{0,2}}(?P<lost>{_LOST_EN})",
        rf"\b(?:{_OF_MONEY}) (?:[a-z]+ ){{0,3}}(?:makes?|made|leaves?|left) me (?:[a-z]+ ){{0,2}}(?P<lost>{_LOST_EN})",
        rf"[看盯等哭熬笑急]{_CLAUSE}{{0,8}}(?:得|到){_CLAUSE}{{0,3}}(?P<lost>眼睛[都也]?(?:发红|[红花酸肿]))",
    )
)
_MAYBE = re.compile(rf"{_LOST}|眼睛|breath|pass(?:ed)? out|faint|unconscious|chok")
_IN_EARNEST = re.compile(
    r"难受|不舒服|怎么办|咋办|医院|急诊|急救|120|救命|救护|过敏|肿|疹|喉咙|嗓子|胸|心脏|心慌|发紫|疼|痛|用[完后]|[用涂敷抹擦喷][了过]"
    r"|\b(?:used|using|applied|since|allerg[a-z]*|swell[a-z]*|swollen|rash|hives|throat|chest|lips|hospital|ambulance"
    r"|doctor|help|emergency|asthma|pain|hurts?|seriously)\b"
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
