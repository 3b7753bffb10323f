"""Where a Chinese text tells somebody's name.

Nothing about two or three ideographs by themselves says that they are a name: 林清轩 and 毛戈平 are brands, 小棕瓶 is a
bottle. So a name needs company: words that introduce it (我叫, 收件人), a telephone number or an address beside it, or
words around it that only people have (先生, 收). The less these prove, the more must it look like one: a surname, then
letters that parents choose, then an end. A surname with a title (王女士) says too little of anybody to be hidden.

`text` is narrow: ASCII in place of full-width letters and marks. `TAKEN` stands for what was found to be personal
before.
"""

import re
from collections.abc import Iterator

TAKEN = "〓"

#: Surnames of two characters.
DOUBLE_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空端木南宫独孤百里呼延轩辕")
)
#: The usual surnames; those that are small words first of all (时, 和, 应, 都) are left out.
_SURNAME = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂"
    "章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤阳穆司卓古吉缪简项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟臧闵苟邬卞姬仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩佘池"
    "查邝匡鞠惠荆冀郁胥班储栗燕楚鄢劳谌奚冼蔺楼闻伊阚屠朴练廉禹祖漆巴丰宣晋云容晁芮阙浦鹿薄雍裘亓邰赫傅赖常萧阎"
)
#: What given names are made of.
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红辉鹏飞华梅鑫波斌宇浩凯健俊帆婷雪琳慧晶倩颖莹欣怡佳嘉梦思雨子梓涵轩"
    "宸博文晨睿泽航诗语彤萱妍悦心昕瑶琪琦珊珍玲珠莉莲荣蓉菲薇芬芸芝花茜若馨香月春秋冬夏海江河山林森松柏柳杨桐楠东南西北中国建"
    "志家庆新民生卫立武胜利成才德福贵富财金银铭锋钢铁钧锐小晓大三四五七九亚天光亮星晴阳旭昊昌晖智曼朝朋鸿鹤凤龙虎雁燕莺鹃云雷"
    "雯霖露青冰清洁润泓淑淼渊源潇澜瀚永恒安宁康乐喜欢善良仁义礼信忠孝顺祥瑞吉达通远进升腾翔振兴旺盛昱煜烨炜焕煊熙然炎灿烽宏广"
    "阔宽学书诚诺言谦词章雅琴棋画韵音歌舞彬彩美娇媛嫣婉婧妮姗娥娅婕嫚雄豪勤励奋勋毅坚坤乾均培基城墨壮奇奕君启哲喆唯唐圆园丹仪"
    "佩伊依儿元先冠凌凡凝函初千卓卿原友双叶向含吟守定宜宝宗寒寿尔川州帅希年幼延廷弘影彦怀恩悠惠意慈懿承捷敬斐旋昂易映晗晟景曦"
    "朗枫柔树根桃棠楚榕槐正汐汝沁沐沛泉泰洲浦涓淇温滢滨濛爱玄玮玥珂珏珑珺琛琰瑗瑜瑛瑾璇璐璟甜田甫益盈真石祖禾科秉稷童笑筠筱粤"
    "素纯维绍继绣缘群翠耀聪育胤致舒艺艾芊芷苇苏苒苗茂茹荷莎菁菊萌蓓蔚蕊蕾蝶衡裕贝贤赫越跃辰迎运迪逸道邦郁郡钰铃锦闻陶隆霄韬风"
    "飘骁骏骥魁麒麟默黎龄一满丁丫阿斯礼妙妞淳湘沅彪虹炅爽敬化晏布轼徐之问汉咏黛令亭疏可"
    "兵非纲伦贞岁竹颂菡芙苓菀萧蔓薰蕙钊钦钗铎锡镜闽陆雁霁韦颐颜飒馥驰驹骅鲁鲲鸣鸽麦鼎圣垚炳珩珮瑄璋皓盼睦砚碧禛秋稳窈竣笛筝纬纶"
    "绪绮绯缦羽翎翰翼聆肃臻舟航芹苑莺萃葵蒙蓝薪虞衍觅誉诠谊谨贇赋跃辅辙逊遥邺郎郝郦钧铠铮镕闰雅霆靓靖鞠顾颉飏骋鹭黛龙"
)
_NAME = f"(?:(?:{'|'.join(sorted(DOUBLE_SURNAMES))}|[{_SURNAME}])[{_GIVEN}]{{1,2}})"
#: As long as most names are: shorter ones are too often words.
_FULL_NAME = f"(?:(?:{'|'.join(sorted(DOUBLE_SURNAMES))})[{_GIVEN}]{{1,2}}|[{_SURNAME}][{_GIVEN}]{{2}})"
#: Whatever stands where a name is asked for: nicknames, rare surnames, names of other peoples (阿依古丽·买买提).
_NOT_IN_NAMES = (
    "我你您他她它咱这那哪谁什么们的是在不没无未有到了吗呢吧啊呀和与或及请改换写填错变电话手机号码地址收货快递本客服人车先太就也都还要能"
    "退停取送寄拿买卖拍来去"
)
_ANYTHING = f"(?:(?:(?![{_NOT_IN_NAMES}])[一-龥]){{2,4}}(?:·[一-龥]{{1,8}})*)"
_LIKE_NAME = f"(?:[{_SURNAME}](?:(?![{_NOT_IN_NAMES}])[一-龥]){{1,2}})"
#: Look like names and are none: regions, goods, who else takes a parcel, who brings it.
_WORDS = frozenset(
    re.findall(
        "..",
        "方便安排何时何处成功常用常见高大高一高三高雅高兴高明江西江苏江南江北江东江山云南温州金华石英黄金黄石黄山黄海白金白银白天白云安康安庆安阳安静"
        "安心安宁关心关爱成立成年成语成真成才武汉文明文学文艺文言万州万宁万一万千万元马山马里夏天夏利包子杨梅桂林桂花兰花"
        "兰州荣耀周一周三周四周五周年周天向南向北向西向东易通华中华南华东华北华为龙海龙江龙泉梅州梅花梅子李子康乐丰年丰盈"
        "乐意金银金星金子金山金元方正方言余香米兰米白麦子柳州路易通达顾家池州章鱼简易简洁温柔温润沙子巴黎伊利蓝天蓝光冷风"
        "管家管道何方何年安利物业门卫前台公司单位学校家里邻居保安驿站菜鸟丰巢同事朋友家属父母家长老婆老公妈妈爸爸孩子自己"
        "性别年龄生日备注数量时间日期订单商品规格金额邮箱邮编内容原因信息资料职业肤质肤色"
        "空白匿名顺丰圆通中通申通韵达极兔邮政闪送跑腿代购京东淘宝美团滴滴外卖师傅小哥宿管",
    )
) | {"高中生", "管理员"}

_STRICT_END = "(?![一-龥A-Za-z0-9·])"
_END = f"(?:{_STRICT_END}|(?=[的了吧啊呢哦呀收]|电话|手机|地址|住|先生|女士|小姐))"
_START = "(?<![一-龥A-Za-z0-9·])"
_SELF = "(?:我|本人)(?:的?(?:大名|名字|姓名))?(?:就?叫做?|名叫)|我的?(?:名字|姓名)(?:是|为|[: ])"
_KIN = "妈妈?|爸爸?|母亲|父亲|女儿|儿子|孩子|朋友|同事|同学|室友|姐姐?|妹妹?|哥哥?|弟弟?|闺蜜|老公|老婆|先生|太太"
_OTHERS = f"(?:他|她|客户|顾客|{_KIN})(?:的?名字)?(?:就?叫做?|名叫)"
_LABEL = "(?<!〔)(?:收[件货]?人|寄件人|签收人|取件人|联系人(?!工)|收貨人|聯繫人|聯絡人|开户人|持卡人|姓名|户名|署名)"
_IS = "(?:的?名字|的?姓名|就?是|叫做?|为|写的?|填的?|改成|改为|改到|换成|换为|[: ])"

_SAID = re.compile(
    rf"(?:{_SELF})(?P<self>{_ANYTHING}){_STRICT_END}"
    rf"|{_LABEL}{_IS}{{1,3}}(?P<label>{_ANYTHING}){_END}"
    rf"|(?:{_SELF}|{_OTHERS}|本人|(?:{_LABEL}|名字)(?:{_IS}|,){{0,3}})(?P<name>{_NAME})"
    rf"|{_LABEL}(?P<bare>{_LIKE_NAME}){_END}"
    rf"|(?:我|这边|这里)就?是(?P<me>{_NAME}){_STRICT_END}"
)
_AROUND = re.compile(
    rf"(?:{_START}|[找给是叫为请让系])(?P<titled>{_FULL_NAME})(?=先生|女士|小姐|太太)"
    rf"|[寄发送转交递]给(?P<given>{_NAME}){_END}"
    rf"|给(?P<full>{_FULL_NAME}){_END}"
    rf"|{_START}(?P<taker>{_NAME})(?= ?(?:亲?收|签收|亲启){_STRICT_END})"
)
_MARKED = f"(?:{TAKEN}|〔)"
_PHONE = "(?:的?(?:联系)?(?:电话|手机号?|tel)[: ]{0,2})?"
_BESIDE = re.compile(
    rf"(?:{_START}|[改换][成为]|[给是叫])(?P<before>{_NAME}|{_LIKE_NAME})(?=[ ,:;\n]{{0,3}}{_PHONE}{_MARKED})"
    rf"|(?:{TAKEN}|〕)[ ,;\n]{{0,3}}(?P<after>{_NAME}){_END}"
)
_ENGLISH = re.compile(
    r"\b(?:[Mm]y name(?: is|'s)|(?:[Rr]ecipient|[Rr]eceiver|[Cc]onsignee)(?: is|:| to)?) ?"
    r"(?P<name>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]*){0,3})"
)
_HINT = re.compile(
    "叫|我就?是|这[边里]就?是|本人|[件货貨收签系繫絡户卡]人|[姓户署]名|名字|先生|女士|小姐|太太|给|收|亲启|ame|eceiver|ecipient|onsignee"
)


def hinted(text: str) -> bool:
    """Whether a look is worth while; what stands beside a telephone number is found without a hint."""
    return _HINT.search(text) is not None


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, in no order; they may overlap."""
    for pattern in (_SAID, _AROUND, _BESIDE, _ENGLISH):
        for found in pattern.finditer(text):
            place = found.lastgroup or 0
            if found[place] not in _WORDS:
                yield found.span(place)
