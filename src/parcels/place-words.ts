/** Where a card is, in words for people. */
import { placeTitles, wayTitles } from '../application/house-event.ts'
import type { ParcelTables } from './parcel-tables.ts'

type Placed = Pick<ParcelTables['house_card'], 'place' | 'detail' | 'left_at' | 'left_way' | 'left_detail'>

export function placeWords({ place, detail, left_at, left_way, left_detail }: Placed): string {
  const title = left_at !== null && left_way !== null ? wayTitles[left_way] : placeTitles[place]
  const more = left_at === null ? detail : left_detail
  return more ? `${title} ${more}` : title
}
