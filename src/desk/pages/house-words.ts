/** What happened to a parcel or to a card in the house, in one line for people; and how cards are shown. */
import { html } from 'hono/html'
import { placeTitles, wayTitles, type HouseEvent } from '../../application/house-event.ts'
import { carriers } from '../../guide/identifiers/waybill-number.ts'
import { tag } from '../look/words.ts'
import type { HouseCard, ParcelState } from '../ports.ts'

const linkedBy = { scan: '按扫描件', card: '按卡片', clerk: '人工' } as const

export function houseWords(event: HouseEvent): string {
  switch (event.type) {
    case 'parcel-received':
      return `收件（${carriers[event.carrier]}）`
    case 'parcel-not-taken':
      return event.reason === 'freight-collect' ? '拒收：到付件' : `拒收：由${carriers[event.carrier]}承运`
    case 'parcel-counted':
      return `清点完毕：${event.cards} 张卡`
    case 'parcel-linked':
      return `${linkedBy[event.by]}对应到申请 ${event.applicationNumber}`
    case 'parcel-reopened':
      return '重新打开已封装的邮包'
    case 'scans-joined':
      return '扫描件并入'
    case 'card-entered':
      return event.parcelNumber === null
        ? '卡片登记在库'
        : `从邮包 ${event.parcelNumber} 清点${event.reason ? `（卡号无法辨认：${event.reason}）` : ''}`
    case 'card-struck':
      return '撤销清点'
    case 'card-assigned':
      return event.applicationNumber === null ? '不再对应申请' : `对应到申请 ${event.applicationNumber}`
    case 'card-moved':
      return [placeTitles[event.place], event.detail].filter(Boolean).join(' ')
    case 'card-seen':
      return '盘点时在库'
    case 'card-left':
      return [wayTitles[event.way], event.detail].filter(Boolean).join(' ')
  }
}

const parcelTags = {
  received: tag('accent', '已收件'),
  counted: tag('green', '已清点'),
  refused: tag('red', '已拒收'),
}
export const parcelTag = (state: ParcelState) => parcelTags[state]

/** The number, or why there is none. */
export const cardName = ({ number, unreadableFor }: HouseCard) =>
  number === null
    ? html`<span class="unreadable">卡号无法辨认</span> <span class="muted">${unreadableFor}</span>`
    : html`<span class="number">${number}</span>`

/** `厦门示例公司 林晓 操作员卡`, as far as it is known. */
export function ownerWords({ enterpriseName, holderName, kind }: HouseCard): string {
  const title = kind === 'legal' ? '法人卡' : kind === 'operator' ? '操作员卡' : ''
  return [enterpriseName, holderName, title].filter(Boolean).join(' ')
}
