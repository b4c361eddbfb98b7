/** Where a card is, in words for people. */
import type { ParcelTables, Place, Way } from './parcel-tables.ts'

export const placeTitles: Readonly<Record<Place, string>> = {
  parcel: '来件邮包中',
  clerk: '窗口人员处',
  station: '制卡台',
  pickup: '待窗口领取',
  packed: '已装入邮包',
}

const wayTitles: Readonly<Record<Way, string>> = {
  courier: '已交快递',
  'picked-up': '已领取',
  returned: '已在窗口退还',
  'posted-back': '已寄还',
  destroyed: '已销毁',
}

type Placed = Pick<ParcelTables['house_card'], 'place' | 'detail' | 'left_at' | 'left_way' | 'left_detail'>

export function placeWords({ place, detail, left_at, left_way, left_detail }: Placed): string {
  const title = left_at !== null && left_way !== null ? wayTitles[left_way] : placeTitles[place]
  const more = left_at === null ? detail : left_detail
  return more ? `${title} ${more}` : title
}
