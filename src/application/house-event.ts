/** What the log tells of parcels that came in and of the physical cards in the house. Shapes and words only. */
import type { Carrier } from '../guide/identifiers/waybill-number.ts'

/** Where a card is: as it came in its parcel, with a clerk, at a work station, ready at the counter, in an outgoing parcel. */
export const placeTitles = {
  parcel: '来件邮包中',
  clerk: '窗口人员处',
  station: '制卡台',
  pickup: '待窗口领取',
  packed: '已装入邮包',
} as const
export type Place = keyof typeof placeTitles

/** How a card left: by the courier, fetched at the counter, given or sent back to who sent it, or destroyed once it was void. */
export const wayTitles = {
  courier: '已交快递',
  'picked-up': '已领取',
  returned: '已在窗口退还',
  'posted-back': '已寄还',
  destroyed: '已销毁',
} as const
export type Way = keyof typeof wayTitles

/** What happened to a parcel (邮包) that came in, or to one physical card in the house; in the log under `parcel/…` and `house/…`. */
export type HouseEvent =
  | { readonly type: 'parcel-received'; readonly carrier: Carrier }
  | { readonly type: 'parcel-not-taken'; readonly carrier: Carrier; readonly reason: string; readonly applicationNumber: string | null }
  | { readonly type: 'parcel-counted'; readonly cards: number }
  | { readonly type: 'parcel-linked'; readonly applicationNumber: string; readonly by: 'scan' | 'card' | 'clerk' }
  /** An outgoing one that was closed already. */
  | { readonly type: 'parcel-reopened' }
  | { readonly type: 'scans-joined'; readonly submissionId: string }
  | {
      readonly type: 'card-entered'
      readonly number: string | null
      readonly reason: string | null
      readonly parcelNumber: string | null
      readonly applicationNumber: string | null
    }
  /** Counted by mistake: there is no such card. */
  | { readonly type: 'card-struck' }
  | { readonly type: 'card-assigned'; readonly applicationNumber: string | null }
  | { readonly type: 'card-moved'; readonly place: Place; readonly detail: string | null }
  /** Scanned when the house was counted through (盘点). */
  | { readonly type: 'card-seen' }
  | { readonly type: 'card-left'; readonly way: Way; readonly detail: string | null }
