/** What a clerk sees and records of three-party agreements (三方协议, guide 九2(1)), system by system. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { AgreementState } from '../../application/agreements/agreement-tables.ts'
import type { Agreements } from '../../application/agreements/open-confirmations.ts'
import type { Application } from '../../application/record.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import type { Frame } from '../look/page-frame.ts'
import { shortTime, tag } from '../look/words.ts'
import { textOf } from '../read-form.ts'
import { listOf, pathOf, unknownApplication } from './place-of-application.ts'
import { meansTitles, unclearTitles } from './event-words.ts'

type Told = Awaited<ReturnType<Agreements['agreementsOf']>>

export function agreementsSection(desk: Desk, application: Application, { systems, unclear }: Told, list: string, undecided: boolean) {
  if (systems.length === 0) return ''
  const now = desk.clock.now()
  const open = systems.filter(({ confirmed }) => confirmed === null).length
  const path = (system: string, act: 'phone' | 'reopen') => stepOf(application.number, system, act, list)
  return html`<section class="agreements" id="agreements">
    <h2>三方协议 <span class="muted">${open === 0 ? '已全部确认' : `待确认 ${open}`}</span></h2>
    <ol>
      ${systems.map(
        ({ system, title, confirmed }) =>
          html`<li>
            <span
              ><b>${title}</b>
              ${confirmed ? html`${tag('green', '已确认')} <span class="muted">${meansTitles[confirmed.means]}，${confirmed.by}，<span class="number">${shortTime(confirmed.at, now)}</span></span>` : tag('amber', '待确认')}</span
            >
            ${
              !undecided
                ? ''
                : confirmed
                  ? html`<a class="button quiet small" href="${path(system, 'reopen')}" data-dialog>撤销…</a>`
                  : html`<a class="button small" href="${path(system, 'phone')}" data-dialog>电话确认…</a>`
            }
          </li>`,
      )}
    </ol>
    ${unclear.map(
      ({ submissionId, at, why }) =>
        html`<p class="unclear">
          ${tag('amber', '请阅读')} <span class="number muted">${shortTime(at, now)}</span>
          <a href="/submissions/${submissionId}">回信</a>：${unclearTitles[why]}
        </p>`,
    )}
  </section>`
}

export function addAgreementPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const find = async (number: string, system: string) => {
    const application = await desk.applications.find(desk.database, number)
    const { systems } = await desk.confirmations.agreementsOf(number)
    const agreement = systems.find((one) => one.system === system)
    return application && agreement ? { application, agreement } : undefined
  }
  const place = (c: DeskContext, number: string) => pathOf(number, listOf(c), 'agreements')

  for (const act of ['phone', 'reopen'] as const) {
    app.get(`/applications/:number/agreements/:system/${act}`, async (c) => {
      const { number, system } = c.req.param()
      const found = await find(number, system)
      if (!found) return unknownApplication(desk, c, number)
      return desk.show(c, act === 'phone' ? phonePage(found, listOf(c)) : reopenPage(found, listOf(c)))
    })
    app.post(`/applications/:number/agreements/:system/${act}`, async (c) => {
      const { number, system } = c.req.param()
      const form = await c.req.formData()
      const actor = c.get('session').user.name
      const reason = textOf(form, 'reason', 500)
      const result =
        act === 'phone'
          ? await desk.confirmations.confirmByPhone(number, system, { name: textOf(form, 'name', 100), reason }, actor)
          : await desk.confirmations.reopen(number, system, reason, actor)
      return desk.afterwards(c, place(c, number), result, act === 'phone' ? '已登记电话确认' : '已撤销确认')
    })
  }
}

const stepOf = (number: string, system: string, act: 'phone' | 'reopen', list: string) =>
  `/applications/${number}/agreements/${system}/${act}${list ? `?list=${encodeURIComponent(list)}` : ''}`

interface Found {
  readonly application: Application
  readonly agreement: AgreementState
}

const phonePage = ({ application, agreement }: Found, list: string): Frame => ({
  title: `电话确认 ${application.number}`,
  section: 'inbox',
  body: html`<form class="decision" method="post" action="${stepOf(application.number, agreement.system, 'phone', list)}" data-dialog-body>
    <h1>电话确认 <span class="muted">${application.enterprise.name ?? application.number}</span></h1>
    <p>企业确认“${agreement.title}”中没有生效的三方协议：</p>
    <label>对方姓名<input name="name" maxlength="40" autocomplete="off" required autofocus /></label>
    <label
      >如何核实（记入办理记录）<textarea
        name="reason"
        rows="3"
        maxlength="200"
        required
        placeholder="例如：拨打登记表上的电话，经办人说从未签过"
      ></textarea>
    </label>
    <p class="buttons">
      <button class="primary">登记确认 <kbd>Ctrl+Enter</kbd></button>
      <a class="button quiet" href="${pathOf(application.number, list, 'agreements')}" data-close>取消 <kbd>Esc</kbd></a>
    </p>
  </form>`,
})

const reopenPage = ({ application, agreement }: Found, list: string): Frame => ({
  title: `撤销确认 ${application.number}`,
  section: 'inbox',
  body: html`<form class="decision" method="post" action="${stepOf(application.number, agreement.system, 'reopen', list)}" data-dialog-body>
    <h1>撤销确认 <span class="muted">${application.enterprise.name ?? application.number}</span></h1>
    <p>“${agreement.title}”将重新等待企业确认。</p>
    <label>原因（记入办理记录）<textarea name="reason" rows="3" maxlength="200" required autofocus></textarea></label>
    <p class="buttons">
      <button class="primary">撤销确认 <kbd>Ctrl+Enter</kbd></button>
      <a class="button quiet" href="${pathOf(application.number, list, 'agreements')}" data-close>取消 <kbd>Esc</kbd></a>
    </p>
  </form>`,
})
