/** Chinese family names, as evidence that a person's name was read from its first character on. */

/** The three hundred and some that all but a few in a thousand people have. */
const single = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
    '常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑' +
    '景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰' +
    '支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由闫阎佴傅' +
    '沐钮谯仉璩濮萧洪赖丘竺莘奚昌凤俞殷荀隗家羿汲邴糜松弓牧山宓蓬郗仰秋宫暴钭韶蓟怀从鄂咸籍苍双贡逄扶堵宰郦却寿通边别充习鱼庾终暨步弘广禄殳沃蔚越夔厍融訾空毋乜养须巢蒯后红益桓诸经贲滑臧',
)
const double = new Set(
  '欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 轩辕 端木 百里 南宫 长孙 宇文 司空 淳于 单于 申屠 独孤 钟离 闾丘 第五 西门 东郭 呼延 万俟 赫连 澹台 公冶 宗政 濮阳'.split(
    ' ',
  ),
)

/** A name as it is usual: a family's and one or two characters, one with a dot inside, or Latin letters. */
export function isUsualName(name: string): boolean {
  const letters = Array.from(name)
  if (/[·A-Za-z]/u.test(name)) return !/\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u.test(name)
  if (double.has(letters.slice(0, 2).join('')) && letters.length >= 3 && letters.length <= 4) return true
  // Four characters after a family's of one are rather words: 周五前办.
  return single.has(letters[0] ?? '') && letters.length >= 2 && letters.length <= 3
}

/**
 * Characters of everyday words that hardly anybody is called: what stands there may be a rare character that the recogniser does not
 * know, and reads as the one of its list that looks most like it (杨建彧 as 杨建或 on every paper, 嫘 as 螺, 翀 as 肿); or a word of the form.
 */
const everyday = new Set(
  '或但并把被让从到给部的了是不我他她它这那们你说要会没着过得去出还些样者吗呢吧啊很更最' +
    '肿肪肠肝肺胃脚腿脑病痛死伤尸血牙舌鼻胫趾肢胎脏疼疗癌肉肚股份纷' +
    '转放站撞踏提摸打抓拉推扔吃喝偷抢骂杀逃骗挖拆割砍借欠赔罚送换租贷办' +
    '螺酪牲堤蚜螂炉网敌软酸误遗唆场馄整祸需污坠碍活怪淀番塑形' +
    '层户号室楼幢姓性别证码址',
)

/** Whether a name has a character, after that of the family, that names hardly have. */
export const hasOddCharacter = (name: string): boolean =>
  Array.from(name)
    .slice(1)
    .some((character) => everyday.has(character))
