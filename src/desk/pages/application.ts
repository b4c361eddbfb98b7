/** One application (业务申请): the paper, what is wrong with it, what it says, and the decision. */
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { isPreCheck } from '../../application/pre-check.ts'
import type { Application, ApplicationEvent, LoggedEvent } from '../../application/record.ts'
import { severities, type Finding } from '../../flow.ts'
import { enclosuresOf } from '../../guide/describe-guide.ts'
import { documentFields, documentKinds, documentTitles, serviceTitles, type DocumentKind } from '../../guide/papers.ts'
import { officeDay } from '../../platform/clock.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { icon } from '../look/icons.ts'
import { deadline, decisionTag, severityTitles, shortTime, statusTag, tag } from '../look/words.ts'
import type { CardJob, Handover, Letter, Parcel } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { documentSection } from './field-rows.ts'
import { jobStateTitles } from './cards.ts'
import { printLinks } from './dispatch.ts'
import { parcelDrawer } from './parcel-drawer.ts'
import { eventWords, letterTitles } from './event-words.ts'
import { historyDrawer } from './history-drawer.ts'
import { asRecordFilter, filterQuery, readFilter } from './inbox.ts'
import { letterTag, needsCare } from './letters.ts'
import { agreementsSection } from './agreements.ts'
import { listOf, pathOf, unknownApplication } from './place-of-application.ts'
import { crop, fieldId, isDoubtful, markId, pageKey, paperView, shownPages } from './paper-view.ts'
import { parseFieldInput } from './parse-field-input.ts'

/** As long as nobody decided, papers may be corrected. */
const undecided: readonly string[] = ['draft', 'entered', 'reviewing', 'returned', 'awaiting-cards']
export const decidable: readonly string[] = ['draft', 'entered', 'reviewing', 'awaiting-cards']

export function addApplicationPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/applications/:number', async (c) => {
    const { number } = c.req.param()
    const application = await desk.applications.find(desk.database, number)
    if (!application) return unknownApplication(desk, c, number)
    const list = listOf(c)
    const [events, letters, cardJobs, handover, beside, agreements, parcels, houseCards] = await Promise.all([
      desk.applications.events(desk.database, number),
      desk.dispatch.letters(number),
      desk.cards.listJobs({ applicationNumber: number }),
      desk.dispatch.find(number),
      neighbours(desk, number, list),
      desk.confirmations.agreementsOf(number),
      desk.parcels.ofApplication(number),
      desk.parcels.cardsOfApplication(number),
    ])
    return desk.show(c, {
      title: `${number} ${application.enterprise.name ?? ''}`,
      section: 'inbox',
      wide: true,
      body: html`<article class="application" data-application="${number}">
        ${headBar(desk, application, beside, list, {
          unconfirmed: agreements.systems.filter(({ confirmed }) => confirmed === null).length,
          uncounted: uncountedCards(application, parcels),
        })}
        ${paperView(application)}
        <aside class="facts" data-region="facts" aria-label="核对">
          ${findingsSection(application)} ${agreementsSection(desk, application, agreements, list, undecided.includes(application.status))}
          ${application.documents.map((_, index) => documentSection(application, index, undecided.includes(application.status), hiddenInputs(application, list)))}
          ${parcelDrawer(application, parcels, houseCards)} ${drawers(desk, events, letters, cardJobs, handover)}
        </aside>
      </article>`,
    })
  })

  app.post('/applications/:number/fields', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const document = Number(form.get('document'))
    const name = textOf(form, 'field')
    const application = await desk.applications.find(desk.database, number)
    const definition =
      application && documentFields[application.documents[document]?.kind ?? 'unknown'].find((field) => field.name === name)
    if (!definition) return unknownApplication(desk, c, number)
    const value = parseFieldInput(definition, form.getAll('value').map(String))
    const read = application.documents[document]?.fields[name]?.value ?? null
    const result = value.ok ? await desk.review.correctField(number, { document, field: name, value: value.value }, byOf(c, form)) : value
    const confirmed = value.ok && JSON.stringify(value.value) === JSON.stringify(read)
    return desk.afterwards(
      c,
      placeOf(number, form, fieldId(document, name)),
      result,
      `${confirmed ? '已确认' : '已更正'}“${definition.label}”`,
    )
  })

  app.post('/applications/:number/kind', async (c) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const document = Number(form.get('document'))
    const kind = form.get('kind') as DocumentKind
    if (!documentKinds.includes(kind) || !Number.isInteger(document)) return unknownApplication(desk, c, number)
    const result = await desk.review.correctKind(number, { document, kind }, byOf(c, form))
    return desk.afterwards(c, placeOf(number, form, `d-${document}`), result, `已改为“${documentTitles[kind]}”`)
  })
}

export function byOf(c: DeskContext, form: FormData) {
  return { actor: c.get('session').user.name, version: Number(form.get('version')) }
}

export const hiddenInputs = (application: Application, list: string) =>
  html`<input type="hidden" name="version" value="${application.version}" /><input type="hidden" name="list" value="${list}" />`

const placeOf = (number: string, form: FormData, anchor: string) =>
  pathOf(number, filterQuery(readFilter(new URLSearchParams(textOf(form, 'list')))), anchor)

/** The applications before and after this one in the list that the clerk works through. */
export async function neighbours(desk: Desk, number: string, list: string): Promise<{ before: string | null; after: string | null }> {
  const rows = await desk.applications.list(desk.database, {
    ...asRecordFilter(readFilter(new URLSearchParams(list)), officeDay(desk.clock.now())),
    limit: 500,
  })
  const at = rows.findIndex((row) => row.number === number)
  if (at === -1) return { before: null, after: rows[0]?.number ?? null }
  return { before: rows[at - 1]?.number ?? null, after: rows[at + 1]?.number ?? null }
}

/** What acceptance waits for, beside what is to be mended. */
interface Waiting {
  /** Systems whose agreements are not confirmed. */
  readonly unconfirmed: number
  readonly uncounted: string
}

/** The enclosed cards in words as long as no parcel of the application was counted; empty where there is nothing to count. */
export function uncountedCards(application: Application, parcels: readonly Parcel[]): string {
  if (isPreCheck(application) || parcels.some(({ state }) => state === 'counted')) return ''
  return enclosuresOf(application.service).cards.join('、')
}

function headBar(
  desk: Desk,
  application: Application,
  beside: { before: string | null; after: string | null },
  list: string,
  waiting: Waiting,
) {
  const { number } = application
  const open = application.findings.filter(({ severity }) => severity === 'correct').length
  const step = (to: string | null, key: string, title: string) =>
    to
      ? html`<a class="button quiet" href="${pathOf(to, list)}" data-key="${key}">${title} <kbd>${key}</kbd></a>`
      : html`<span class="button quiet off">${title} <kbd>${key}</kbd></span>`
  return html`<header class="head-bar" data-region="head">
    <div class="what">
      <a class="button quiet" href="/${list ? `?${list}` : ''}" data-key="U" title="回到待办 (U)"
        >${icon('back')}<span class="away">回到待办</span></a
      >
      <div>
        <h1>${application.enterprise.name ?? '（企业名称未读出）'}</h1>
        <p>
          <span class="number">${number}</span> · <b>${serviceTitles[application.service]}</b> ·
          <span class="number">${application.enterprise.uscc ?? '信用代码未读出'}</span> · 期限
          ${deadline(application, officeDay(desk.clock.now()))}
        </p>
      </div>
      <p class="tags">${statusTag(application.status)} ${decisionTag(application.decision)}</p>
    </div>
    <div class="actions">
      ${decidable.includes(application.status) ? decisionButtons(application, open, list, waiting) : ''}
      <span class="steps">${step(beside.before, 'K', '上一件')}${step(beside.after, 'J', '下一件')}</span>
    </div>
  </header>`
}

function decisionButtons(application: Application, open: number, list: string, { unconfirmed, uncounted }: Waiting) {
  const { number } = application
  const to = (decision: string) => `/applications/${number}/${decision}${list ? `?list=${encodeURIComponent(list)}` : ''}`
  const asked = isPreCheck(application) && application.status === 'awaiting-cards'
  return html`${
      asked || unconfirmed > 0 || application.status === 'draft'
        ? html`<span class="muted"
            >${asked ? '预审已通过，等待原件' : application.status === 'draft' ? '暂存，等待登记表或授权委托书' : html`<a href="#agreements">三方协议待确认 ${unconfirmed}</a>`}</span
          >`
        : open === 0 && uncounted === ''
          ? html`<form method="post" action="/applications/${number}/accept">
              ${hiddenInputs(application, list)}<button class="primary" data-key="A">
                ${isPreCheck(application) ? '预审通过，请寄原件' : '受理'} <kbd>A</kbd>
              </button>
            </form>`
          : html`<a class="button" href="${to('accept')}" data-key="A" data-dialog>受理… <kbd>A</kbd></a>`
    }<a class="button${open > 0 ? ' primary' : ''}" href="${to('return')}" data-key="R" data-dialog>退回补正 <kbd>R</kbd></a>
    <details class="menu">
      <summary class="button quiet">更多</summary>
      <div>
        ${
          application.status === 'entered' || application.status === 'draft'
            ? html`<form method="post" action="/applications/${number}/start">
                ${hiddenInputs(application, list)}<button data-key="S">开始审核 <kbd>S</kbd></button>
              </form>`
            : ''
        }
        <a class="button" href="${to('refuse')}" data-dialog>不予受理…</a
        ><a class="button" href="${to('withdraw')}" data-dialog>申请人撤回…</a>
      </div>
    </details>`
}

function findingsSection(application: Application) {
  const { findings } = application
  const doubts = application.documents.reduce((sum, { fields }) => sum + Object.values(fields).filter(isDoubtful).length, 0)
  const ordered = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  return html`<section class="findings">
    <button type="button" class="quiet small" data-edit data-key="E">${doubts > 0 ? `核对 ${doubts} 处存疑` : '更正'} <kbd>E</kbd></button>
    <h2>问题 <span class="muted">${findings.length}</span></h2>
    ${
      ordered.length === 0
        ? html`<p class="none">
            材料齐全，各项一致。${doubts > 0 ? html`<span class="muted">有 ${doubts} 处存疑，请对照原件。</span>` : ''}
          </p>`
        : html`<ol>
            ${ordered.map(
              (finding) =>
                html`<li class="${finding.severity}">
                  <a href="${placeOfFinding(application, finding)}"><b>${severityTitles[finding.severity]}</b> ${finding.message}</a
                  >${finding.document ? html` <span class="muted">${documentTitles[finding.document]}</span>` : ''}${inkOf(application, finding)}
                </li>`,
            )}
          </ol>`
    }
  </section>`
}

/** The pieces of paper that were compared, side by side; of one alone the outline on the paper is enough. */
function inkOf(application: Application, { document, page, field, against }: Finding) {
  if (!against || !document || !page || field === null) return ''
  const pieces = [{ document, page, field }, against].flatMap((place) => {
    const paper = application.documents.find(
      ({ kind, pages }) => kind === place.document && pages.some((one) => pageKey(one) === pageKey(place.page)),
    )
    const value = paper?.fields[place.field]
    const ink = crop(value && paper?.pages[value.page], value?.box ?? null)
    return ink === ''
      ? []
      : [
          html`<figure>
            ${ink}
            <figcaption>${documentTitles[place.document]}</figcaption>
          </figure>`,
        ]
  })
  return pieces.length < 2 ? '' : html`<div class="pieces">${pieces}</div>`
}

/** The field's outline when there is one, else the page, else the paper's values. */
function placeOfFinding(application: Application, finding: Finding): string {
  const candidates = [...application.documents.entries()].filter(([, document]) => document.kind === finding.document)
  const onPage = finding.page && candidates.find(([, document]) => document.pages.some((page) => pageKey(page) === pageKey(finding.page!)))
  const [index, document] = onPage ?? candidates[0] ?? []
  if (index !== undefined && finding.field && document?.fields[finding.field]) {
    return document.fields[finding.field]!.box ? `#${markId(index, finding.field)}` : `#${fieldId(index, finding.field)}`
  }
  const at = finding.page ? shownPages(application).findIndex(({ page }) => pageKey(page) === pageKey(finding.page!)) : -1
  if (at >= 0) return `#page-${at}`
  return index === undefined ? '#main' : `#d-${index}`
}

/** A mail that must be read is one click away. */
const told = (event: ApplicationEvent) =>
  event.type === 'withdrawal-asked' ? html`<a href="/submissions/${event.submissionId}">${eventWords(event)}</a>` : eventWords(event)

function drawers(
  desk: Desk,
  events: readonly LoggedEvent[],
  letters: readonly Letter[],
  jobs: readonly CardJob[],
  handover: Handover | undefined,
) {
  const now = desk.clock.now()
  return html`${historyDrawer(events, told, now)}
  ${
    letters.length > 0
      ? html`<details class="drawer" ${letters.some(needsCare) ? raw('open') : ''}>
          <summary>函件 <span class="muted">${letters.length}</span> ${letters.filter(needsCare).map(letterTag)}</summary>
          ${letters.map(
            (letter) =>
              html`<section class="letter">
                <h3>
                  ${letterTitles[letter.kind]} <span class="number muted">${shortTime(letter.writtenAt, now)}</span> ${letterTag(letter)}
                </h3>
                ${needsCare(letter) ? html`<p><a href="/letters">到“函件”处理</a></p>` : ''}
                <pre>${letter.body}</pre>
              </section>`,
          )}
        </details>`
      : ''
  }
  ${
    jobs.length > 0
      ? html`<details class="drawer">
          <summary>制卡任务 <span class="muted">${jobs.length}</span></summary>
          <ul>
            ${jobs.map((job) => html`<li>${job.task} ${job.holderName ?? ''} <span class="number">${job.cardNumber ?? ''}</span> ${jobStateTitles[job.state]}${job.reason ? `：${job.reason}` : ''}</li>`)}
          </ul>
        </details>`
      : ''
  }
  ${
    handover
      ? html`<details class="drawer">
          <summary>交接 ${handover.blocked ? tag('red', '等待处理') : ''}</summary>
          <ul>
            <li>
              ${handover.method === 'post' ? '邮寄' : handover.method === 'window' ? '窗口领取' : '领卡方式未定'}
              <span class="number">${handover.waybillNumber ?? handover.noticeNumber}</span
              >${handover.handedAt ? html` ${shortTime(handover.handedAt, now)} 已交接` : ''}
            </li>
            ${handover.blocked ? html`<li>${handover.blocked.message}，见<a href="/dispatch">寄件</a></li>` : ''}
          </ul>
          ${printLinks(handover)}
        </details>`
      : ''
  }`
}
