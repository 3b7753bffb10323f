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
    "洪车欧单代边阴苑仝荀芶撒"
)
#: What given names are made of.
GIVEN_LETTERS = (
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
    "峰岩岚岳崇时政梁伯克全会固士发厚震行以恬暖歆溪煦丰犇业众仓仕任仲伍佐佑侃侠侨俪俭倢傲儒允兆兢典养冉农冶冷净凇凉凰创劲劭劼勃勉勰"
    "匡午卉协卯召史同吕吾呈周咪哓嘏坪垒垠埼堂堃堡塬壹声夕奥好如妗妤姝姜姬姿威娆娉娌娓娣娴婀婵媚媞媱嫄嫒嫦嫱嬅嬿孜孟季宣宪宾察寅寓寰"
    "寸尚尧尹尼屹展岑岗岱岷峥峨峻峤崎崔嵘嵩巍巧帛幸庄庚庭庶庸廉开弛张弥彧徕徽忆念忻怜怿恂恭悟惟惜惢惦愉愔慎慕慰憬憧懋戈戎战戬扬扶抒"
    "拓拔揆搏攀攸效敖敦斓方旦旬昀昆昙昭昶晁晅晋晔晞晢晤普暄暇暮暻曙曜曲朱朴杭杼枢柒柯柱柴栀栋栗桑桔桦梗梨梭梵棣椿楷楼榆榜榛槊槟樊樟"
    "樱橙橘檀檬毓毕水汀汤沂沈沙沃沣沧泊泱泳洛洪洵洺浙浚浠浪涌涧涯淏淘淙淞深渝渤渭渺湄湉湖湛溢溥溯滋滔滕漠漫漾漪澄澈澍澎澔澳激濠瀛灏"
    "灵炀炆炘炫炬炯炼烁烈烛焘焓焱煌煖照熔熠熹燊燚爵牧犀狄献王玖玙玢玫玳玺珀珈珖珘珞珣珧珪理琅琉琎琏琚琢琤琥琨琬琼瑀瑁瑕瑙瑟瑭瑰璀璁"
    "璎璘璞璧璨瓃瓒男畅畴登白皎皑皖眉睁睫瞳知矫研砺硕硝磐磬祎祐祚祜祯祺禄禧秦稼穆穗竺笃笙笠箐箫篁篮籁粟紫絮纳纵纹绎绒绚绢绥绫绿缇缙"
    "缜缨罡罗羚羲羿翊翌翕翟翡翻翾耕耘耿聚肖肇臣芃芦芯苁苹茉茗茵茸荃荔荞荟莆莀莅莘莞莱菏菘菱萦萨葆葛葳蒋蓁蓬蔡蔷蔻蔼蕃蕴薏薛藤藻蘅虔"
    "虬蚕蛟融衷裳裴襄诏谋谐谟谣谧谭谱谷豫象贡贯贺赓赟车轲轶载辛辞迈逵遇遐遵邈邑邓邢邹郅郑鄂钒钟钲铂铄铖铸锟键锴镇镛镝闪闯闵阅阐阶陈"
    "陵隽隼集雍雕霈霏霓霜霭革韧韩韶颍飚饶骄骊骐骞骢高鸥鸾鹄鹊鹰鹿麓黔齐冕柠岐恺姮忞旻旸洢浔淅溱滟潆潼烔琇瑢璠睎稚竑笈筎绾芮茀蒽蓥薷"
    "衿觉诣赢迦郗醇钶铉锃韫颢飖驭骆鲤鸢黠佺佼俐俣偲僖冽凊勍卜喧囡坷坦垦埔夷奎妘妡姞姣娈婼嫃媖孺宥尘岭峪嵋帝幽庐彰律循徵忧恕恪惇慷拙"
    "挺捃撷斋昇晌晚曈朦杉杏枋柚桉梧榄榴樾泠泯洇浣涟渲湾漩潘炤烯熏犁玘珅畦畹皊祈祉秸筑粲纾绛缈翀聿芪苡荀荻莳菖葶蒨蓼藉蘋蝉谌豹贻赜轸"
    "迢遒邃郴钜铧锜镒阗韡顼馡驿"
)
_DOUBLE = f"(?:{'|'.join(sorted(DOUBLE_SURNAMES))})"
_FAMILY = f"(?:{_DOUBLE}|[{_SURNAME}])"
#: A surname with one of these says too little to be hidden.
_TITLE = "(?:先生|女士|小姐|太太|老师|阿姨|叔叔|师傅|大哥|大姐|老板|经理|医生|同学)"
_UNTITLED = f"(?:(?!{_FAMILY}{_TITLE}){_FAMILY})"
_CHOSEN = f"(?:(?!{_TITLE})[{GIVEN_LETTERS}])"
_NAME = f"(?:{_UNTITLED}{_CHOSEN}{{1,2}})"
#: As long as most names are: shorter ones are too often words.
_FULL_NAME = f"(?:{_DOUBLE}{_CHOSEN}{{1,2}}|{_UNTITLED}{_CHOSEN}{{2}})"
#: Whatever stands where a name is asked for: nicknames, rare surnames, names of other peoples (阿依古丽·买买提).
_NOT_IN_NAMES = (
    "我你您他她它咱这那哪谁什么们的是在不没无未有到了吗呢吧啊呀和与或及请改换写填错变电话手机号码地址收货快递本客服人车先太就也都还要能"
    "退停取送寄拿买卖拍来去色裹式款装价额费瓶盒询签员店省市县区"
)
#: How what is said after a name begins.
_GOES_ON = "想问查申需订购说找反投催咨今昨明现下上前后已从被把给让帮叫麻谢好对用为但所因可会应该只才刚再又"
_ANY = f"(?:(?!{_TITLE}|[{_NOT_IN_NAMES}])[一-龥])"
_ANYTHING = f"(?:(?!{_FAMILY}{_TITLE}){_ANY}{{2,4}}(?:·[一-龥]{{1,8}})*)"
_LIKE_NAME = f"(?:{_UNTITLED}{_ANY}{{1,2}})"
_LIKE_FULL_NAME = f"(?:{_UNTITLED}{_ANY}{{2}})"
#: After who is surely named, whatever the letters.
_NAMED = f"(?:{_UNTITLED}(?:{_CHOSEN}|{_ANY})(?:{_CHOSEN}|(?![{_GOES_ON}]){_ANY})?)"
#: Look like names and are none: regions, goods, who else takes a parcel, who brings it, how things are.
_WORDS = frozenset(
    re.findall(
        "..",
        "方便安排何时何处成功常用常见高大高一高三高雅高兴高明江西江苏江南江北江东江山云南温州金华石英黄金黄石黄山黄海白金白银白天白云安康安庆安阳安静"
        "安心安宁关心关爱成立成年成语成真成才武汉文明文学文艺文言万州万宁万一万千万元马山马里夏天夏利包子杨梅桂林桂花兰花"
        "兰州荣耀周一周三周四周五周年周天向南向北向西向东易通华中华南华东华北华为龙海龙江龙泉梅州梅花梅子李子康乐丰年丰盈"
        "乐意金银金星金子金山金元方正方言余香米兰米白麦子柳州路易通达顾家池州章鱼简易简洁温柔温润沙子巴黎伊利蓝天蓝光冷风"
        "管家管道何方何年安利物业门卫前台公司单位学校家里邻居保安驿站菜鸟丰巢同事朋友家属父母家长老婆老公妈妈爸爸孩子自己"
        "性别年龄生日备注数量时间日期订单商品规格金额邮箱邮编内容原因信息资料职业肤质肤色"
        "宁波宁夏宁德常州常德常熟常温徐州徐汇温岭江阴江门江都江宁江津黄冈黄浦许昌邓州邹城滕州龙岩龙口安顺安徽郑州荆州荆门章丘晋江晋中晋城冀州鲁山"
        "万和吉林吉安陆丰项城禹州汤阴阳江阳泉岳阳余姚余杭单县高州高邮高密高雄林芝舒城成都云浮云龙连州连江金昌金坛桂平文昌文山姜堰孟州孟津霍山霍州"
        "夏邑鹿城鹿邑曲靖曲阜包头娄底古田伊春伊犁伊宁白山白城施恩关中易县康定"
        "白色黄色金色包裹包装方式方面余额余下金额谢谢严重查询查收万能金发白发黄发常会平时平常常时何以何人安全常发单发代发全部单独单子单位单价单品"
        "单件单身代码代表代理代言代收边上边框车上车子车间车站车库车主车厘阴天阴影阴凉欧美欧洲欧元洪水马上任何白领白天高端高级段时金牌简单包邮付费"
        "售后售前售中外婆外公爷爷奶奶姥姥姥爷婆婆公公舅舅姑姑阿姨叔叔哥哥弟弟姐姐妹妹女儿闺蜜男友女友室友同学父亲母亲岳父岳母亲戚爱人媳妇对象房东"
        "石榴孙子孙女财务人事行政经理主管领导老板老师学生仓库物流超市"
        "空白匿名顺丰圆通中通申通韵达极兔邮政闪送跑腿代购京东淘宝美团滴滴外卖师傅小哥宿管",
    )
) | {
    "高中生",
    "管理员",
    "方便面",
    "石家庄",
    "景德镇",
    "连云港",
    "马鞍山",
    "包装盒",
    "张照片",
    "张图片",
    "张截图",
    "段视频",
    "段录音",
    "车厘子",
    "金骏眉",
    "金会员",
    "高会员",
}
#: Named after people or as if, and heard of far more often than whoever is called so.
_BRANDS = frozenset(
    re.split(
        "、",
        "林清轩、丁家宜、毛戈平、李宁、李医生、柳丝木、温碧泉、谢馥春、欧莱雅、欧舒丹、欧珀莱、安热沙、安耐晒、孔凤春、"
        "毕生之研、韩束、韩后、韩雅、韩熙贞、高姿、高丝、高露洁、施华蔻、舒肤佳、舒蕾、郁美净、尤妮佳、雷允上、"
        "王老吉、王守义、张小泉、张君雅、周大福、周大生、周黑鸭、周六福、沈大成、杜蕾斯、苏菲、苏秘、苏泊尔、马应龙、"
        "方太、康佳、夏士莲、汤臣、戴森、戴尔、史云逊、费列罗、雷朋、白大师、艾诺碧、万宝龙、范思哲、娇韵诗、"
        "贝玲妃",
    )
)

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
    rf"|(?:{_SELF}|{_OTHERS})(?P<named>{_NAMED})"
    rf"|{_LABEL}(?:{_IS}|,){{0,3}}(?P<bare>{_LIKE_NAME}){_END}"
    rf"|名字(?:{_IS}|,){{0,3}}(?P<changed>{_LIKE_FULL_NAME}){_END}"
    rf"|(?:本人|(?:{_LABEL}|名字)(?:{_IS}|,){{0,3}})(?P<name>{_NAME})"
    rf"|(?:我|这边|这里)就?是(?P<me>{_NAME}){_STRICT_END}"
)
_AROUND = re.compile(
    rf"(?:{_START}|[找给是叫为请让系])(?P<titled>{_NAME})(?=先生|女士|小姐|太太)"
    rf"|[寄发送转交递]给(?P<given>{_NAME}){_END}"
    rf"|给(?P<full>{_FULL_NAME})(?<!发){_END}"
    rf"|给(?P<sent>{_LIKE_FULL_NAME}|{_NAME})(?=[寄发送邮]|签?收|下单)"
    rf"|{_START}(?P<taker>{_NAME})(?= ?(?:亲?收|签收|亲启){_STRICT_END})"
)
_MARKED = f"(?:{TAKEN}|〔)"
_PHONE = "(?:的?(?:联系)?(?:电话|手机号?|tel)[: ]{0,2})?"
_BESIDE = re.compile(
    rf"(?:{_START}|[改换][成为]|[给是叫])(?P<before>{_NAME}|{_LIKE_NAME})(?=[ ,:;\n]{{0,3}}{_PHONE}{_MARKED})"
    rf"|(?:{TAKEN}|〕)[ ,;\n]{{0,3}}(?P<after>{_NAME}){_END}"
)
#: What of "my name is …" is no name, and what ends one that nobody has written large.
_NO_NAME = (
    "(?:wrong|not|missing|misspell?ed|misspelt|incorrect(?:ly)?|spell?ed|spelt|correct(?:ly)?|right|on|in|at|still|also|now|already|different|"
    "the|an?|no|printed|written|too|and|but|from|i|im|my|where|what|when|who|why|how|can|could|please|thanks?|so|for|with|order|phone|"
    "is|was|it|here|there|to|of|this|that|very|same|old|new)"
)
_NO_PERSON = (
    "(?:Very|So|Not|Really|Too|Oily|Dry|Sensitive|Combination|Normal|In|At|On|From|Using|Looking|Still|An?|The|VIP|Vip|Your|My|Gold|Silver|"
    "Platinum|New|Pregnant|Allergic|Happy|Sorry|Sure|Just|Also|Always|Waiting|Interested)"
)
_SMALL = f"(?!{_NO_NAME}\\b)[a-z][a-z'-]+"
_CAPITALS = "[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]*){0,3}"
_ENGLISH = re.compile(
    rf"\b(?:(?i:my (?:full )?name(?: is|['’]s|:)) ?|(?i:recipient|receiver|consignee)(?:['’]s)?"
    rf"(?i: name)?(?: is|:| to)? ?)(?P<name>(?!(?i:name|address|phone|number)\b){_CAPITALS})"
    rf"|\b(?i:my (?:full )?name(?: is|['’]s)) (?P<small>{_SMALL}(?: {_SMALL}){{0,2}})"
    rf"|\bI(?: am|['’]m) (?P<person>(?!{_NO_PERSON}\b)[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){{1,2}})(?![A-Za-z])"
)
_HINT = re.compile(
    "叫|我就?是|这[边里]就?是|本人|[件货貨收签系繫絡户卡]人|[姓户署]名|名字|先生|女士|小姐|太太|给|收|亲启"
    "|ame|NAME|I am|I['’]m|eceiver|ecipient|onsignee|ECEIVER|ECIPIENT|ONSIGNEE"
)


_WHOLE = re.compile(_NAME)


def is_name(text: str) -> bool:
    """Whether the whole text has the look of a Chinese name and is no word; where one is asked for, that will do."""
    return _WHOLE.fullmatch(text) is not None and not is_word(text)


def is_word(found: str) -> bool:
    """Whether it has the look of a name and is none, or is a brand's."""
    return found in _WORDS or found in _BRANDS


def hinted(text: str) -> bool:
    """Whether a look is worth while; what stands beside a telephone number is found without a hint."""
    return _HINT.search(text) is not None


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, in no order; they may overlap."""
    for pattern in (_SAID, _AROUND, _BESIDE, _ENGLISH):
        for found in pattern.finditer(text):
            place = found.lastgroup or 0
            if not is_word(found[place]) or (place == "self" and found[place] in _BRANDS):
                yield found.span(place)
