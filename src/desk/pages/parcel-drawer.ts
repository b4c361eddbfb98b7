/** The parcels of an application and where its cards are, beside its papers. */
import { html, raw } from 'hono/html'
import type { Application } from '../../application/record.ts'
import { undecided } from '../../application/transition.ts'
import { services } from '../../guide/services.ts'
import { tag } from '../look/words.ts'
import type { HouseCard, Parcel } from '../ports.ts'
import { cardName, parcelTag } from './house-words.ts'

/** Open where a service encloses cards and nobody has counted any yet. */
export function parcelDrawer(application: Application, parcels: readonly Parcel[], cards: readonly HouseCard[]) {
  const isAwaited =
    services[application.service].cardsEnclosed.length > 0 &&
    undecided.includes(application.status) &&
    !parcels.some(({ state }) => state === 'counted')
  if (parcels.length === 0 && cards.length === 0 && !isAwaited) return ''
  return html`<details class="drawer" ${isAwaited ? raw('open') : ''}>
    <summary>邮包和卡片 <span class="muted">${cards.length}</span> ${isAwaited ? tag('amber', '随附的卡未清点') : ''}</summary>
    <ul>
      ${parcels.map((parcel) => html`<li>邮包 <a class="number" href="/parcels/${parcel.number}">${parcel.number}</a> ${parcelTag(parcel.state)}</li>`)}
      ${cards.map((card) => html`<li><a href="/house/${card.id}">${cardName(card)}</a> ${card.whereabouts}</li>`)}
      ${isAwaited ? html`<li>本业务须随附卡片：请在<a href="/parcels">收件台</a>扫描邮包并清点。</li>` : ''}
    </ul>
  </details>`
}
