/** The decisions: each has a form of its own, which the application page opens as a dialog where the browser can. */
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { isPreCheck } from '../../application/pre-check.ts'
import type { Application, ApplicationSummary } from '../../application/record.ts'
import { serviceTitles } from '../../guide/papers.ts'
import type { Result } from '../../platform/result.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import type { Frame, Html } from '../look/page-frame.ts'
import type { By } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { byOf, hiddenInputs, neighbours, uncountedCards } from './application.ts'
import { listOf, pathOf, unknownApplication } from './place-of-application.ts'
import { filterQuery, readFilter } from './inbox.ts'

interface Decision {
  readonly path: 'accept' | 'return' | 'refuse' | 'withdraw'
  readonly title: string
  readonly button: string
  /** What the form says and asks. */
  readonly ask: (application: Application, uncounted: string) => Html
  readonly decide: (desk: Desk, number: string, text: string, by: By) => Promise<Result<ApplicationSummary>>
  readonly said: string
}

const correctFindings = (application: Application) => application.findings.filter(({ severity }) => severity === 'correct')
const sentences = (application: Application) =>
  html`<ol class="sentences">
    ${correctFindings(application).map(({ message }) => html`<li>${message}</li>`)}
  </ol>`
const remark = (label: string, required: boolean) =>
  html`<label>${label}<textarea name="text" rows="4" maxlength="1000" ${required ? html` required` : ''} autofocus></textarea></label>`

const decisionForms: readonly Decision[] = [
  {
    path: 'accept',
    title: '受理',
    button: '仍然受理',
    said: '已受理',
    ask: (application, uncounted) =>
      html`${
        correctFindings(application).length > 0
          ? html`<p>仍有 ${correctFindings(application).length} 项需补正的问题：</p>
              ${sentences(application)}`
          : ''
      }${
        uncounted === ''
          ? ''
          : html`<p>${serviceTitles[application.service]}须随附${uncounted}，还没有清点：请先在<a href="/parcels">收件台</a>清点。</p>
              <p class="muted">卡已收到而不经收件台的，写明理由后可以受理。</p>`
      }${remark('受理的理由（记入办理记录）', true)}`,
    decide: (desk, number, text, by) => desk.review.accept(number, by, text === '' ? undefined : { remark: text }),
  },
  {
    path: 'return',
    title: '退回补正',
    button: '退回并写信',
    said: '已退回补正，补正通知已排入发送',
    ask: (application) =>
      correctFindings(application).length > 0
        ? html`<p>补正通知会写明：</p>
            ${sentences(application)}${remark('补充说明（可不填，会写入信中）', false)}`
        : html`<p>没有查出需补正的问题，请写明需要申请人做什么。</p>
            ${remark('补正说明（会写入信中）', true)}`,
    decide: (desk, number, text, by) => desk.review.sendBack(number, { remark: text === '' ? null : text }, by),
  },
  {
    path: 'refuse',
    title: '不予受理',
    button: '不予受理',
    said: '已登记不予受理',
    ask: () =>
      html`<p>不予受理后不能恢复，申请人须重新申请。</p>
        ${remark('理由', true)}`,
    decide: (desk, number, text, by) => desk.review.refuse(number, { reason: text }, by),
  },
  {
    path: 'withdraw',
    title: '申请人撤回',
    button: '登记撤回',
    said: '已登记撤回',
    ask: () =>
      html`<p>撤回后不能恢复，申请人须重新申请。</p>
        ${remark('谁、如何提出撤回', true)}`,
    decide: (desk, number, text, by) => desk.review.withdraw(number, { reason: text }, by),
  },
]

export function addDecisionPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  for (const decision of decisionForms) {
    app.get(`/applications/:number/${decision.path}`, async (c) => {
      const number = c.req.param('number')
      const application = await desk.applications.find(desk.database, number)
      if (!application) return unknownApplication(desk, c, number)
      const uncounted = uncountedCards(application, await desk.parcels.ofApplication(number))
      return desk.show(c, decisionPage(decision, application, uncounted, listOf(c)))
    })
    app.post(`/applications/:number/${decision.path}`, async (c) => {
      const number = c.req.param('number')
      const form = await c.req.formData()
      const list = filterQuery(readFilter(new URLSearchParams(textOf(form, 'list'))))
      // The next one is looked up before: a decided application leaves the list.
      const { after } = await neighbours(desk, number, list)
      const result = await decision.decide(desk, number, textOf(form, 'text', 2000), byOf(c, form))
      if (!result.ok) return desk.goTo(c, pathOf(number, list), { tone: 'refused', text: result.message })
      return desk.goTo(c, after ? pathOf(after, list) : `/${list ? `?${list}` : ''}`, {
        tone: 'done',
        text: `${number} ${isPreCheck(result.value) && result.value.status === 'awaiting-cards' ? '预审通过，寄送原件的通知已排入发送' : decision.said}`,
      })
    })
  }
  app.post('/applications/:number/start', async (c: Context<DeskEnvironment, '/applications/:number/start'>) => {
    const { number } = c.req.param()
    const form = await c.req.formData()
    const list = filterQuery(readFilter(new URLSearchParams(textOf(form, 'list'))))
    return desk.afterwards(
      c as DeskContext,
      pathOf(number, list),
      await desk.review.startReview(number, byOf(c as DeskContext, form)),
      '已开始审核',
    )
  })
}

const decisionPage = (decision: Decision, application: Application, uncounted: string, list: string): Frame => ({
  title: `${decision.title} ${application.number}`,
  section: 'inbox',
  body: html`<form class="decision" method="post" action="/applications/${application.number}/${decision.path}" data-dialog-body>
    <h1>${decision.title} <span class="muted">${application.enterprise.name ?? application.number}</span></h1>
    ${hiddenInputs(application, list)} ${decision.ask(application, uncounted)}
    <p class="buttons">
      <button class="primary">${decision.button} <kbd>Ctrl+Enter</kbd></button>
      <a class="button quiet" href="${pathOf(application.number, list)}" data-close>取消 <kbd>Esc</kbd></a>
    </p>
  </form>`,
})
