"""What a question asks for: the relation, who it is for, and what it must cost or leave out. Pure."""

import re
from enum import StrEnum

import msgspec

from yingda.knowledge.beauty.names import Mention, Recogniser, plain
from yingda.knowledge.beauty.schemas import Node, NodeKind


class Ask(StrEnum):
    CONFLICT = "conflict"
    COMPARISON = "comparison"
    ROUTINE = "routine"
    SUBSTITUTE = "substitute"
    LIMIT = "limit"
    CONCENTRATION = "concentration"
    STATUS = "status"
    PHOTO = "photo"
    COMEDOGENIC = "comedogenic"
    IRRITATION = "irritation"
    USAGE = "usage"
    CHOICE = "choice"
    INGREDIENTS = "ingredients"
    EFFECT = "effect"
    SUITABILITY = "suitability"
    WHAT = "what"


class Danger(StrEnum):
    """What no shop may advise on."""

    EYE = "eye"
    SWALLOWED = "swallowed"
    ADVERSE = "adverse"
    WOUND = "wound"
    MEDICINE = "medicine"
    DISEASE = "disease"


class For(StrEnum):
    PREGNANT = "pregnancy"
    NURSING = "breastfeeding"
    CHILD = "children"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`excluded`: what must not be in it. `budget`: in cents. `amount`: a percentage that was named."""

    text: str
    mentions: tuple[Mention, ...]
    asks: frozenset[Ask]
    dangers: frozenset[Danger]
    people: frozenset[For]
    excluded: tuple[Node, ...] = ()
    budget: int | None = None
    amount: float | None = None

    def named(self, *kinds: NodeKind) -> list[Node]:
        """Each once, in the order of the question, without what is to be left out."""
        out = {node.id for node in self.excluded}
        return list({m.node.id: m.node for m in self.mentions if m.node.kind in kinds and m.node.id not in out}.values())

    @property
    def things(self) -> list[Node]:
        """Ingredients, groups of them, and products."""
        return self.named(NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT)


_ASKS: tuple[tuple[Ask, str], ...] = (
    (
        Ask.CONFLICT,
        "一起|一块|同时|叠加|混用|混着|混搭|搭配|搭着|同用|合用|并用|冲突|相克|相冲|打架|叠涂|配合|接着用|配着|"
        "跟.{1,12}(用|涂|抹)|能?和.{1,16}(同|配|搭|共)|together|combine|mix ",
    ),
    (Ask.COMPARISON, r"区别|哪个|哪一个|哪种|哪款更|对比|比较|不同|差别|差异|有啥不一样|不一样|\bvs\b|比.{1,10}(更|好|强|温和)|还是.{1,10}(好|强|温和)|difference|better"),
    (Ask.ROUTINE, "先用|后用|先涂|先擦|先抹|顺序|先后|第几步|哪一步|步骤|流程|之前还是之后|前面还是后面|前还是后|护肤程序|order"),
    (Ask.SUBSTITUTE, "替代|代替|平替|替换|换成什么|换什么|用什么代|instead"),
    (Ask.LIMIT, "限量|上限|最高|最大|法规|规定|限用|限值|超标|法定|允许.{0,6}(多少|浓度)|limit"),
    (Ask.CONCENTRATION, r"浓度|百分之|多少合适|含量.{0,4}(多少|高)|添加量|几个点|\d\s*%|concentration"),
    (Ask.STATUS, "禁用|违禁|合法|违法|允许(添加|使用|用)|可以添加|能添加|能加进|可以加进|是药|药品还是"),
    (Ask.PHOTO, "白天|日间|光敏|见光|避光|太阳|晒黑吗|防晒吗|早上能|早上可以|早晨能|要防晒|紫外线|怕光"),
    (Ask.COMEDOGENIC, "致痘|闷痘|长痘吗|会长痘|堵毛孔|堵塞毛孔|爆痘吗|致粉刺|长闭口|闷闭口|会不会.{0,4}痘"),
    (
        Ask.IRRITATION,
        "刺激|致敏|会过敏|过敏吗|容易过敏吗|温和|会刺痛|安全|伤皮肤|伤肤|有害|副作用|危害|致癌|有毒|风险|会烂脸|会不会(过敏|刺痛|泛红|脱皮)|irritat|safe",
    ),
    (Ask.USAGE, "怎么用|怎样用|如何用|如何使用|怎么使用|使用方法|用法|用量|什么时候用|什么时间|多久用|几次|频率|每天(都)?(可以|能)?用|天天用|早上用|晚上用|早晚|建立耐受|怎么涂|how to use|how often"),
    (Ask.CHOICE, "推荐|哪款|哪些产品|什么产品|哪个产品|求|买什么|买哪|选哪|选什么|用什么|用哪|有什么(产品|好)|想要|想买|有没有(适合|不含|孕|能)|给我找|帮我(找|选|挑)|挑|适合.{0,12}的|能用的|可用的|可以用的|recommend|which product"),
    (Ask.INGREDIENTS, "成分表|全成分|配方|成分(有|是|都)|(什么|哪些)成分|含有|含不含|含.{1,12}(吗|么|不)|有没有(添加|含)|里面有|里有|添加了|加了|contain"),
    (Ask.EFFECT, "作用|功效|有什么用|有啥用|效果|干什么|干嘛|管什么|好处|做什么|有用吗|有没有用|能.{0,2}(改善|去|祛|美白|淡)|what does|benefit"),
    (Ask.SUITABILITY, "能用|可以用|可用|适合|适用|能不能用|可不可以|能涂|能擦|能敷|合适|敢用|suit|can i use"),
    (Ask.WHAT, "是什么|是啥|什么成分|什么东西|介绍|什么意思|属于什么|哪一类|what is"),
)
_DANGERS: tuple[tuple[Danger, str], ...] = (
    (Danger.EYE, "(进|入|溅|弄|掉|流|喷|揉|跑|沾)(到|进|入|了)*.{0,3}(眼睛|眼里|眼内|眼中|眼球)|入眼|进眼|眼睛.{0,6}(红|痛|疼|刺|辣|睁不开|肿|模糊|流泪|看不清)|隐形眼镜|角膜|结膜|麦粒肿|针眼|滴眼|眼药"),
    (Danger.SWALLOWED, "误食|误吞|误服|误喝|吞|喝了|喝下|喝一口|喝到|能喝|可以喝|吃了|吃下|吃进|吃到|偷吃|咽|口服|内服|能吃|可以吃|能不能吃|吃一口|舔|进嘴|弄嘴里|入口"),
    (Danger.WOUND, "伤口|破皮|破损|破了|烫伤|烧伤|灼伤|流血|出血|溃烂|溃疡|化脓|流脓|结痂|术后|手术|刚做(完|过|了)|激光|点痣|剖腹|缝针|拆线|医美|擦伤|割伤|划伤|刮破|挤破|抠破|抓破|挠破|水泡|水疱|纹身|纹眉|开放性"),
    (Danger.DISEASE, "湿疹|皮炎|银屑病|牛皮癣|荨麻疹|玫瑰痤疮|酒渣鼻|疱疹|脚气|灰指甲|白癜风|皮肤癌|黑色素瘤|扁平疣|糖尿病|癌症|化疗|放疗|心脏病|哮喘|癫痫|红斑狼疮|狼疮|真菌|毛囊炎|鱼鳞病|肾病|肝病|斑秃"),
    (Danger.MEDICINE, "处方药|药膏|软膏|吃药|吃着药|在吃|服药|医生开|开的药|吃的药|中药|抗生素|打针|疫苗|治疗|治好|根治|治病|药物|消炎药"),
)
_THINGS = frozenset({NodeKind.PRODUCT, NodeKind.UNLISTED, NodeKind.INGREDIENT, NodeKind.GROUP})
_REACTION = "过敏|红肿|泛红|发红|变红|刺痛|疼|起疹|疹子|红疹|发痒|好痒|很痒|痒|肿|脱皮|掉皮|蜕皮|烂脸|灼热|烧得|火辣|不舒服|难受|爆痘|起痘|冒痘|长痘|起包|红点|肿了|胸闷|呼吸困难|喘不|头晕|恶心"
_HAPPENED = re.compile(
    f"(用了|用完|用后|用过|涂了|涂完|抹了|抹完|敷了|敷完|擦了|擦完|洗完|染完|染了|喷了|之后|以后|后)[^?？]{{0,14}}({_REACTION})"
    f"|({_REACTION})(了|得|死了|怎么办|咋办|怎么处理|怎么回事|咋回事|起来|要去医院|是不是过敏)"
    f"|(脸|皮肤|身上|脖子|嘴唇|眼皮|头皮|全身|嘴|手)(上|都|全|很|好|特别|一直|有点|开始|突然|又)*({_REACTION})"
)
_SUPPOSED = re.compile(f"(会不会|容易|怕|担心|防止|避免|预防|会)(导致|引起|变|不)*({_REACTION})(吗|么|呢|嘛)?")
_KIND_OF_SKIN = re.compile("过敏性皮肤|过敏体质|容易过敏的皮肤|脱皮膏|敏感泛红|泛红肌|红血丝皮肤|泛红的皮肤|抗过敏|干痒")
_PEOPLE: tuple[tuple[For, re.Pattern[str]], ...] = (
    (For.PREGNANT, re.compile("孕|怀宝宝|怀着|有身孕|准妈妈|pregnan")),
    (For.NURSING, re.compile("哺乳|喂奶|母乳|喂母|月子|产后|坐月|breastfeed|nursing")),
    (
        For.CHILD,
        re.compile(
            "宝宝|婴儿|婴幼|新生儿|儿童|小孩|孩子|小朋友|幼儿|小学生|女儿|儿子|娃|(?<![1-9一二三四五六七八九])(1[0-2]|[1-9]|[一二三四五六七八九十两]|十[一二])岁|个月大|\\d个月的|baby|child|kid"
        ),
    ),
)
_LEFT_OUT = re.compile("不含|不要|不带|不想要|(?<!有)没有|无添加|除了|除开|避开|避免|排除|零添加|零(?=[酒香防])|无(?!法|论|所|效)|0添加|别有|without|free of|no ")
_BUDGET = re.compile(
    r"(\d+|[一二两三四五六七八九]?[百千][一二三四五六七八九]?[十]?|[一二两三四五六七八九]十)\s*(块钱|块|元|rmb)?\s*(以内|以下|之内|内|左右|上下|封顶)"
    r"|(不超过|预算|低于|少于|小于|控制在|最多|under|below)\s*(\d+|[一二两三四五六七八九]?[百千][一二三四五六七八九]?[十]?)"
)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*%|百分之([一二两三四五六七八九十]+)")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def read(text: str, recogniser: Recogniser) -> Question:
    """Understand one question. Raises nothing: what is not understood leaves the fields empty."""
    words = _spelt_out(plain(text))
    mentions = recogniser.find(words)
    asks, budget = _asks(words, mentions), _budget(words)
    if (Ask.CHOICE in asks or budget) and any(m.node.kind is NodeKind.PRODUCT for m in mentions):
        mentions = recogniser.find(words, nicknames=False)  # who wants 祛痘精华 recommended means any of them
        asks = _asks(words, mentions)
    mentions = _without_contents(mentions, recogniser)
    unnamed = _without(words, mentions)
    return Question(
        text=words,
        mentions=tuple(mentions),
        asks=asks,
        dangers=_dangers(unnamed, mentions),
        people=frozenset(who for who, pattern in _PEOPLE if pattern.search(words)),
        excluded=_excluded(words, mentions),
        budget=budget,
        amount=_amount(words),
    )


_COMPILED_ASKS = tuple((ask, re.compile(pattern)) for ask, pattern in _ASKS)
_COMPILED_ORDER = re.compile(dict(_ASKS)[Ask.ROUTINE])
_COMPILED_DANGERS = tuple((danger, re.compile(pattern)) for danger, pattern in _DANGERS)


def _asks(words: str, mentions: list[Mention]) -> frozenset[Ask]:
    unnamed = _without(words, mentions)
    return frozenset(ask for ask, pattern in _COMPILED_ASKS if pattern.search(unnamed))


def _spelt_out(words: str) -> str:
    """先用水还是精华: of steps, people say one character."""
    if not _COMPILED_ORDER.search(words):
        return words
    words = words.replace("水乳", "化妆水、乳液")
    words = re.sub("(?<=[用擦涂抹先再后和跟、,，])水(?=还是|先|后|再|和|跟|、|,|，|精华|乳|$)", "化妆水", words)
    return re.sub("(?<=[用擦涂抹先再后和跟、,，])乳(?=还是|先|后|再|和|跟|、|,|，|霜|$)", "乳液", words)


def _without_contents(mentions: list[Mention], recogniser: Recogniser) -> list[Mention]:
    """An ingredient written right before a product that has it only tells which product is meant."""
    kept = []
    for i, one in enumerate(mentions):
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        if (
            following
            and following.start == one.end
            and following.node.kind is NodeKind.PRODUCT
            and one.node.kind is NodeKind.INGREDIENT
            and recogniser.has(following.node, one.node)
        ):
            continue
        kept.append(one)
    return kept


def _dangers(words: str, mentions: list[Mention]) -> frozenset[Danger]:
    found = {danger for danger, pattern in _COMPILED_DANGERS if pattern.search(words)}
    if any(m.node.status in {"medicine", "banned"} for m in mentions):
        found.add(Danger.MEDICINE)
    suffered = _SUPPOSED.sub("", _KIND_OF_SKIN.sub("", words))
    if _HAPPENED.search(suffered):
        found.add(Danger.ADVERSE)
    return frozenset(found)


def _without(words: str, mentions: list[Mention]) -> str:
    """The question with the names of things blanked: 温和 in the name of a group asks for nothing."""
    for one in mentions:
        if one.node.kind not in _THINGS:
            continue
        words = words[: one.start] + "□" * (one.end - one.start) + words[one.end :]
    return words


def _excluded(words: str, mentions: list[Mention]) -> tuple[Node, ...]:
    """Ingredients named after a "without", as far as the next comma; a list of them by 和 or 、 counts whole."""
    left_out: list[Node] = []
    for said in _LEFT_OUT.finditer(words):
        end = said.end()
        for one in mentions:
            if one.start >= end and not re.sub("[和、及或与跟的任何添加含有]", "", words[end : one.start]):
                if one.node.kind in {NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.FUNCTION, NodeKind.CONCERN}:
                    left_out.append(one.node)
                end = one.end
    return tuple(left_out)


def _budget(words: str) -> int | None:
    found = _BUDGET.search(words)
    if not found:
        return None
    return 100 * _number(found[1] or found[5])


def _amount(words: str) -> float | None:
    found = _AMOUNT.search(words)
    if not found:
        return None
    return float(found[1]) if found[1] else float(_number(found[2]))


def _number(text: str) -> int:
    """两百 → 200, 一百五 → 150, 二十 → 20."""
    if text.isdigit():
        return int(text)
    total, digit, unit = 0, 0, 1
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            unit = _UNITS[letter]
            total += max(digit, 1) * unit
            digit = 0
    return total + digit * (unit // 10 if unit > 10 else 1)
