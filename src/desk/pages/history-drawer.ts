/** What was done, newest first, behind one line that says how often. */
import { html } from 'hono/html'
import type { Html } from '../look/page-frame.ts'
import { shortTime } from '../look/words.ts'

const actorTitles: Readonly<Record<string, string>> = { zhika: '系统', applicant: '申请人' }

interface Entry<Event> {
  readonly at: string
  readonly actor: string
  readonly event: Event
}

export const historyDrawer = <Event>(events: readonly Entry<Event>[], words: (event: Event) => Html | string, now: Date): Html =>
  html`<details class="drawer">
    <summary>办理记录 <span class="muted">${events.length}</span></summary>
    <ol class="events">
      ${[...events]
        .reverse()
        .map(
          ({ at, actor, event }) =>
            html`<li><span class="number muted">${shortTime(at, now)}</span> <b>${actorTitles[actor] ?? actor}</b> ${words(event)}</li>`,
        )}
    </ol>
  </details>`
