"""Who is hurt is heard, and who only sounds so alarms nobody: judged by sense; where it cannot be told, it alarms."""

import pytest

from tests.routing.triage.facts import facts
from yingda.conversations import HandOffReason
from yingda.knowledge import cannot_wait
from yingda.language import Engine
from yingda.routing.triage.rules import Triage
from yingda.routing.triage.shipped import shipped_table

TRIAGE = Triage(shipped_table(), 1)
_GRAVE = 3

HURT = """
孩子喝水了，洗漱台上的爽肤水
孩子喝水了 就是卫生间那瓶化妆水
孩子咬了口红
宝宝把面霜吃了
宝宝喝水了，是卸妆水
刚才宝宝吃奶了，结果发现是我的身体乳
儿子把洗面奶当牙膏吃了
女儿拿唇膏当糖吃了
两岁娃啃了半支口红
宝宝舔了我脸上的防晒怎么办
小孩把粉饼掰下来放嘴里嚼
孩子趁我不在把精华喝了大半瓶
宝宝抓着面霜往嘴里塞
娃把指甲油喝了一口
外甥女误吞了一颗面膜里的珠子
孩子嘴巴里全是眼影粉
小宝啃了一口香皂
宝宝吸了一口爽身粉一直咳
狗把我的防晒霜舔光了
我半夜把化妆水当矿泉水喝了
老人把洗发水喝了一口
奶奶拿卸妆水漱口咽下去了
孕妇不小心喝了爽肤水
用了面膜喘不上气
涂完防晒嗓子发紧
擦了精华之后呼吸有点费劲
喷了香水以后喘不过气来
敷着面膜突然晕倒了
用完洗面奶，气都上不来
抹了乳液嘴唇肿了，喉咙也堵
贵是贵了点，但用完我真的喘不过气
笑着笑着脸肿了，呼吸困难
卸妆油溅到眼睛里了，睁不开
精华进眼睛了，看不清
睫毛膏弄眼睛里面好痛
宝宝揉眼睛把防晒揉进去了，眼睛通红
洗发水流进眼睛火辣辣的疼
染发剂滴进眼睛了
眼睛被喷雾喷到了，一直流泪
这味道呛得我喘不过气
my toddler ate some lipstick
my kid just drank half the toner
my baby licked the sunscreen off my face is that ok
the baby got hold of the cream and put it in her mouth
my 2 year old swallowed nail polish
our little one chewed on the lip balm
my son thought the body lotion was yogurt and ate it
daughter drank micellar water thinking it was water
my niece bit off a piece of lipstick
I accidentally drank the toner
my dog ate the whole jar of cream
grandma swallowed some mouthwash and face wash
I can't breathe after using the mask
my throat is closing up since I put on the serum
my lips are swollen and it's hard to breathe
I used the cream and fainted
the spray got in my eyes and I can't see
the cleanser is burning my eyes
got shampoo in my baby's eye, it's all red
your price is crazy but seriously I can't breathe since I applied it
she passed out after the perm
eyes are stinging from your sunscreen
宝宝把散粉倒进嘴里了
小孩吃了一片面膜
我儿子把沐浴露当果汁喝了
孩子喝奶了，喝的是你们的身体奶
娃喝水了！是我的神仙水
宝宝把护手霜挤嘴里了
闺女舔口红，吃了不少
孩子嘬了一口精华
小朋友把香水喷嘴里了
我家猫舔了面霜会中毒吗
刚给孩子洗头，洗发水进嘴里了
两岁多把卸妆膏吃了一大块
我外孙喝了你们的漱口水
孩子误把安瓶喝了
儿子咬碎了粉饼吞下去了
用完睫毛膏眼睛看不清东西了
眼睛里进了染发膏
眼线笔戳到眼睛了，一直流眼泪
粉底液喷进眼睛里刺痛
用了精油胸闷气短
烫染之后呼吸急促
涂了防晒全身起疹子呼吸不畅
我妈用了你家面霜晕过去了
喷雾吸进去一直咳喘不上来
脸肿成猪头了
脸上起大水泡，火辣辣的
眼皮肿得睁不开
气死我了，用了你们的东西喉咙都肿了
笑不出来，用了面膜喘不过气
便宜没好货，用完我差点窒息
my son ate my lipstick, he is 3
toddler got into the toner and drank it
my baby sucked on the perfume bottle
my daughter is choking on a cap from your lip gloss
kid put nail glue in his eye
my eyes swelled shut after the lash serum
perfume sprayed right into my eyes
I felt dizzy and passed out after the hair dye
trouble breathing since last night's mask
hives all over and wheezing after your cream
I inhaled the powder and can't stop coughing, hard to breathe
my grandmother drank the cleanser by accident
the 4 year old nibbled on a bath bomb
my cat licked the retinol cream off my hand
my face is swollen like a balloon
宝宝把防晒棒啃掉一截
孩子拿口红在嘴里嚼
小侄女把唇彩舔干净了
外孙把爽肤水倒杯子里喝了
娃子偷喝了卸妆水
宝贝把香水当饮料喝了
孙女把指甲油抹嘴里
喝奶了，不对，是把乳液喝了，我家宝宝
孩子吃了点东西，好像是你们的面霜
染发膏进眼了怎么冲
睫毛胶水粘住眼睛了
眼睛碰到卸妆水火辣辣
喷防晒的时候宝宝吸进去了，咳得厉害
敷面膜过敏，嗓子肿得说不出话
面膜敷了十分钟开始头晕呼吸急
老公喝了你家爽肤水以为是白酒
用了霜以后眼睛肿成一条缝
宝宝误吞了发卡上的珠子
my boy ate half a bar of soap
my toddler squeezed the toothpaste and cream into his mouth
the child drank perfume
he is 2 and he bit the lipstick
my baby is choking
my eye is on fire after the mascara
mascara wand poked my eye
the peel burned my eyes
I got glue in my eye
after using this I'm struggling to breathe
my mom fainted after applying the oil
can't catch my breath since the mask
lips and tongue swelling after lip plumper
my infant has a rash and is not breathing well
baby swallowed a bead from the bath ball
早上醒来看到眼睛发红，是昨晚那个眼霜的问题吗
敷完眼膜照镜子看到眼睛红了
卸妆水弄的，看到眼睛红红的，看东西模糊
孩子哭到眼睛发红，洗发水弄的
可爱的儿子晕过去了，快
我忙的时候孩子突然昏过去了
笑的时候突然昏迷了，才打的粉
老婆激动得昏过去了，掐人中没反应
老人家激动到休克了
我高兴得打开一闻就晕倒了
便宜的面膜贴上就窒息感
忙到晕倒了，叫不醒
敷着面膜笑得喘不上气脸都紫了
my mom fainted from the amount of fumes
she was laughing and then passed out and won't wake up
too expensive and i can't breathe when i wear it
i can't breathe because of the amount of perfume
i cannot breathe. this is so expensive and it is killing me
i couldn't breathe after using the spray
笑得喘不过气，现在脸发紫了
我笑得喘不过气，哮喘犯了
孩子笑得喘不过气
宝宝笑到窒息了
她笑得背过气去了
我妈气得晕过去了
老公气得喘不过气，嘴唇都白了
奶奶高兴得晕过去了
我高兴得晕过去了
开心到昏过去了，刚醒不过来那种
激动得喘不过气
我激动到窒息，手发麻
女儿美得很，可她晕倒了
这么贵的香水喷了就喘不过气
贵的那瓶喷完窒息了
好贵的精油，闻到就晕过去了
贵得我喘不过气，不是开玩笑，我哮喘
价格贵得我窒息，用上也真的窒息
这价格看得我喘不过气，真喘，胸口闷
价格好看，闻到就晕过去了
看到价格的时候我妈晕倒了
便宜得很，可戴上就喘不过气
便宜到离谱的睫毛胶熏得我喘不过气
漂亮的指甲油味道大到让人晕倒了
漂亮得不行，可是闻着就窒息
帅哥在店里晕倒了
美甲店里味道重到我晕倒了
美得冒泡的香薰点着以后喘不过气
香得我喘不过气
太香了，香到室友晕倒了
香水好闻得我老公晕过去了
好闻的蜡烛点完一家人晕过去了
忙得晕倒了
忙得喘不过气，心慌
忙到一半喘不过气了，染发膏的味
感动得昏过去了
可爱得不行的小狗舔了面霜晕倒了
可爱的宝宝喘不过气
急得我喘不过气，孩子叫不醒
笑死我了结果喘不上气了真的
笑着笑着晕过去了
笑到一半突然窒息
笑得喘不过气来，快打120
哭得眼睛红，眼药水也没用，是睫毛膏弄的
熬夜熬得眼睛红，还是眼霜过敏
盯着镜子看，眼睛红了
等快递的时候洗面奶进眼睛了，眼睛红
急得我眼睛红了，洗发水进去了
看直播的时候卸妆，眼睛发红
贵得要命还让我休克了
美得我昏迷了三个小时
贵得我喘不过气，我又喘不过气又想吐
laughing so hard I can't breathe and my face is turning blue
laughing so hard my son can't breathe
I was laughing and then I fainted
she laughed so hard she passed out
my kid is laughing so hard she cannot breathe
so funny, my husband passed out and is unresponsive
so pretty but I can't breathe when I wear it
so beautiful, I sprayed it and now I can't breathe
so cute, but the baby fainted
I can't breathe, it's so funny, no really, call an ambulance
I can't breathe, this is so strong
too pretty to return but I fainted after opening it
I can't breathe at these prices and my chest hurts
the price is killing me and I couldn't breathe all night
so expensive and I passed out
so expensive and it left me gasping for breath
he fainted when I saw the price
my wife fainted at the checkout
grandma passed out with joy and won't wake up
she fainted from excitement, what do I do
fainted from the smell, beautiful bottle though
I passed out from the fumes at the total beauty store
unconscious from laughing
my mum is so happy she can't breathe
I am so excited I can't breathe
this smells so good I fainted
I could not breathe with the mask on, price was good
the cost of it: I can barely breathe
to die for scent but I could hardly breathe
unable to breathe, so pretty bottle
贵得我喘不过气，用你家精油之后真喘
美得我窒息，眼睛看不清了
气得我喘不过气，我八十岁了
家里老人便宜面霜抹了就昏倒了
闺蜜笑着笑着没呼吸了
贵妇膏涂完不省人事
贵得我喘不过气，是真喘
香得我昏过去了，缓了半天
便宜到窒息的气味
忙得喘不过气来，人快不行了
贵得我快晕过去了，手脚冰凉
i fainted at the total, still weak
couldnt breathe all night
孩子呼吸停了
贵得我喘不过气，走路都打晃
贵得我晕倒了，刚被抬走
漂亮得晕倒了，现在在地上
价格高得我晕过去了，磕到头了
I can't breathe at this price, the candle is on
I can't breathe with these prices. nail glue everywhere
the price made me faint and i hit my head
passed out at the prices, bleeding
I can't breathe when i see the price. panic attack
""".strip().splitlines()

UNHURT = """
贵得我喘不过气
这价格看得我喘不过气
价格贵到窒息
贵得我快晕过去了
美得我喘不过气
这颜色好看到窒息
笑死我了
笑得我喘不过气来
笑到我快昏过去了哈哈哈
被这个价格吓晕了
忙得喘不过气，麻烦帮我查下快递
快递慢死了
等得我花儿都谢了
想死你们家的口红了
这个色号绝了，美哭我
香死了这个味道
便宜得我怀疑人生
馋死我了什么时候补货
穷得吃土了，有没有优惠券
钱包在流血
这个月又要吃土了
剁手了
喝了水，擦精华
早上喝了水，洗脸，擦精华，对吗
宝宝喝完奶睡了，我来下单
宝宝吃饱了，我终于有空敷面膜
孩子吃饭呢，等下回你
宝宝能用这个霜吗
孩子喜欢这个口红的颜色
宝宝吃奶期间妈妈能用精华吗
我家孩子咬指甲，有没有护手霜
宝宝霜好用吗
孩子同学都用你们的面霜
口红吃色吗
这个粉底吃粉吗
皮肤把面霜全吃进去了
这个粉底液很吃妆前
皮肤喝饱水的感觉
脸喝饱了水
嘴唇吃妆严重
眼睛都看花了，色号太多
盯着物流看得眼睛都红了
一眼就看上了
眼霜可以涂眼皮吗
眼影显色吗
种草种得我心痒
买买买停不下来，手痒
打折打得我心动
吓死我了还以为没货
I can't breathe with these prices
I can't breathe at these prices lol
this price is killing me
so expensive I can't breathe
the prices left me breathless
laughing so hard I can't breathe
I nearly fainted when I saw the price
I almost passed out at the total
this shade is to die for
dying to try the serum
my wallet is bleeding
I'd kill for that lipstick
it took my breath away
my skin drinks this up
my skin ate up the moisturizer
eating lunch now, will reply later
my kid ate breakfast, then we opened the parcel
my daughter loves the lipstick colour
my eyes are tired from reading the ingredients
this palette is a feast for the eyes
the packaging is eye catching
my son drank his milk and fell asleep, where's my order
is it a lip balm kids can wear
eye cream for dark circles
that discount is sick
I'm dead, the tracking says delivered
贵得离谱
这价格真的要我命
你们是要我的命吗这么贵
价格贵得我想哭
看到价格我人没了
好看到我原地去世
帅晕了这个包装
美晕了
这套礼盒美得我窒息
限量抢得我手都酸了
抢不到气死
等快递等得我头发都白了
急得我眼睛都红了
高兴得快晕过去了
这个味道好闻到晕倒
看直播看得眼睛都花了
宝宝喝奶了，等会儿聊
宝宝吃饭了，我先下线
孩子喝水了再睡，你们面霜几点发
我喝了口水压压惊，这价格
喝水了，敷面膜了，还是干
孩子吃完水果了，帮我查订单
女儿吵着要买口红
孩子的脸适合什么霜
儿童口红安全吗
给宝宝洗澡用的沐浴露有吗
我家狗很喜欢你们的箱子
孩子把快递盒咬坏了
孩子啃玉米呢
宝宝长牙了咬人，有没有护唇的
嘴巴里干怎么补水
口红涂嘴巴里侧吗
眼睛大适合什么眼影
眼睛小画眼线好看吗
眼霜会不会长脂肪粒
这款防晒辣眼睛吗
包装丑得辣眼睛
主播的妆辣眼睛
看得我眼睛都直了
皮肤会呼吸的粉底
让肌肤自由呼吸
透气不闷的面膜
脸大适合什么腮红
肿眼泡怎么画眼影
去水肿的眼霜有吗
消肿精华多少钱
你们客服要气死我
气得我要晕了
心痛我的钱
扎心了老铁
these prices give me a heart attack
that total made me faint lol
I fainted at the price tag
I can't breathe, it's so funny
it's so pretty I can't breathe
you are killing me with these delays
waiting is killing me
drop dead gorgeous shade
my kid is obsessed with the packaging
my toddler chewed the box
my baby ate her dinner, can you check my order
my daughter drank her milk
do kids like the strawberry scent
can my 12 year old use this lip gloss
eye shadow with shimmer
red eye remover
easy on the eyes packaging
that's an eye opener
I have my eye on the palette
the burn in my wallet
breathable foundation
breath of fresh air, thanks for your help
I swallowed my pride and paid
hungry for a discount
价格美丽，笑晕
被美到了
这香味让我上头
看价格看得我头晕
算满减算得我头晕
规则复杂得我头都大了
看物流看得我心梗
等得我心脏病都要犯了
发货慢得要死
客服回复慢死了
快递员把我气炸了
包装漂亮得我舍不得拆
好用到哭
好用到爆
绝绝子，杀我
这颜色杀疯了
谁懂啊这个色号直击心脏
孩子喝了药睡着了，我来问问快递
宝宝刚喝完水，我来问下退货
我边吃饭边等你回
喝杯水等你
吃辣会长痘吗
喝水少皮肤干用什么
多喝水能补水吗
孕妇可以用口红吗
奶茶色口红有吗
牛奶沐浴露多少ml
蜂蜜唇膜好用吗
草莓味润唇膏有吗
吃土少女求优惠
吃播同款
口红不沾杯吗吃饭掉色吗
眼里只有你家
情人眼里出西施
眼红别人抢到了
眼看就要过期了
睁只眼闭只眼算了
呼吸灯化妆镜有吗
空气感粉底
气垫透气吗
气人
咽不下这口气
脸都丢光了
打脸了
脸皮厚
我的心在滴血
this is breathtaking
I was speechless at the price
blown away by the quality
sticker shock
hard to swallow that shipping fee
I'm drowning in emails from you
my heart stopped when I saw the total
kids size available?
is it baby safe
son's birthday gift set
the applicator poked through the box
eyeing the new palette
burning question: when's the sale
it burns a hole in my pocket
eye-popping price
drink coupon
bite-size samples
my kid bit his nails
贵得我喘不过气能便宜点吗
家人们谁懂啊 贵得我喘不过气
小姐姐这个色号美得我窒息
忙得喘不过气，帮我改下地址
叫不醒装睡的客服
贵到窒息，太贵了吧
美到窒息的颜色
I can't breathe with these prices, any coupon?
I almost passed out when I saw the price tag 😂
""".strip().splitlines()


def alarms(engine: Engine, text: str) -> bool:
    """Whether first aid is said, or a person called for somebody's health, by any of those who listen for it."""
    read = engine.understand(text)
    decision = TRIAGE.decide(facts(text, urgency=read.urgency))
    return cannot_wait(text) or decision.reason is HandOffReason.SAFETY or read.urgency >= _GRAVE


@pytest.mark.parametrize("text", HURT)
def test_who_is_hurt_is_heard(engine: Engine, text: str) -> None:
    assert alarms(engine, text)


@pytest.mark.parametrize("text", UNHURT)
def test_who_only_sounds_hurt_alarms_nobody(engine: Engine, text: str) -> None:
    assert not alarms(engine, text)
