/**
 * The places of the data centre's branches (中国电子口岸数据中心…分中心): one in each of the customs districts (直属海关) of the General
 * Administration of Customs.
 */
export const branchPlaces: readonly string[] = (
  '北京 天津 石家庄 太原 满洲里 呼和浩特 沈阳 大连 长春 哈尔滨 上海 南京 杭州 宁波 合肥 福州 厦门 南昌 青岛 济南 郑州 武汉 长沙 广州 ' +
  '深圳 拱北 汕头 黄埔 江门 湛江 南宁 海口 重庆 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐'
).split(' ')
