/** 安全产品支付页面截图: the order list and the order page of the shop on a phone (指引附件7, 三 and 四). */
import { label, stop, type FormDefinition } from './form.ts'

export const paymentProof: FormDefinition = {
  kind: 'payment-proof',
  titles: ['订单明细', '我的订单', '订单详情', '订单信息', '支付成功'],
  cues: [
    ['智能IC卡', 1.5],
    ['智能密码钥匙', 1.5],
    ['读卡器', 1],
    ['待提货', 1],
    ['关区取货', 1.5],
    ['厂家邮寄', 1],
    ['商品合计', 1.5],
    ['申请退款', 1],
    ['购买产品15天后无法退货', 1.5],
    ['退款手续费', 0.7],
    ['待支付', 0.5],
    ['待开票', 0.7],
    ['完成订单', 0.5],
  ],
  labels: [
    label('orderNumber', ['订单号', '订单编号', '订单流水号', '商户订单号', '订单号码'], { weight: 2 }),
    label('orderTime', ['订单时间', '下单时间', '支付时间', '付款时间', '创建时间'], { weight: 1 }),
    label('orderStatus', ['订单状态', '支付状态', '当前状态'], { weight: 1.5 }),
    label('branch', ['关区', '所属关区', '取货关区', '取货地点', '所属分中心'], { weight: 1, notBefore: /^\p{Script=Han}货/u }),
    label('pickupMethod', ['取货方式', '提货方式', '配送方式', '收货方式'], { weight: 1.5 }),
    label('invoiceTitle', ['发票抬头', '发票抬头名称', '抬头名称', '抬头'], { weight: 1.5 }),
    label('taxpayerId', ['纳税人识别号', '纳税人识别码', '税号', '纳税识别号'], { weight: 1.2 }),
    label('receiverName', ['签收人姓名', '签收人', '收货人', '收货人姓名', '收件人'], { weight: 1 }),
    label(
      'receiverPhone',
      ['签收人手机号', '签收人手机', '签收人电话', '签收人手机号码', '收货人手机', '收货人电话', '手机号', '联系电话'],
      { weight: 1 },
    ),
    label('total', ['总金额', '商品合计', '合计金额', '实付金额', '订单金额', '支付金额', '实付款', '实付', '应付金额', '合计', '总计'], {
      weight: 0.7,
    }),
    stop(['发票类型', '发票'], { weight: 0.4 }),
    stop(['邮箱', '电子邮箱'], { weight: 0.2 }),
    stop(['收货地址', '收件地址'], { weight: 0.2 }),
    stop(['寄出快递单号', '快递单号'], { weight: 0.7 }),
    stop(['退款手续费', '退款金额'], { weight: 0.3 }),
    stop(['电话'], { weight: 0 }),
    stop(['商品名称', '商品信息', '商品清单', '购买商品'], { weight: 0.2 }),
    stop(['备注'], { weight: 0 }),
  ],
  prose: ['提示:购买产品15天后,无法退货', '搜索发票抬头/纳税人识别号/订单流水号', '预览复制下载地址到浏览器下载'],
}
