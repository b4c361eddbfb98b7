/**
 * The page behind a link in a letter: an applicant confirms, without signing in, that no three-party agreement (三方协议) is in
 * force in one system. A programme that opens every link of a mail changes nothing: only the form confirms.
 */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { LinkedAgreement } from '../../application/agreements/open-confirmations.ts'
import { office } from '../../guide/office.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { officeTime, type Clock } from '../../platform/clock.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import type { Frame, Html } from '../look/page-frame.ts'
import { tag } from '../look/words.ts'
import { textOf } from '../read-form.ts'
import { addressOf } from './sign-in.ts'

/** Links that are not ours, from one address, and confirmations by one link: each so many in ten minutes. */
const mostWrong = 30
const mostTries = 10

export function addConfirmationPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  const wrong = countInTenMinutes(desk.clock)
  const tries = countInTenMinutes(desk.clock)
  const path = '/agreements/:number/:system/:expires/:signature'
  const turnedAway = (c: DeskContext) =>
    desk.show(c, outside('请稍后再试', html`<p>尝试的次数太多，请十分钟后再打开，或致电 ${office.phone}。</p>`), 429)
  const refused = (c: DeskContext, message: string) => {
    wrong.add(addressOf(c))
    return desk.show(
      c,
      outside(
        '链接不能使用',
        html`<p>${message}。</p>
          <p class="muted">如有疑问，请致电 ${office.phone}。</p>`,
      ),
      404,
    )
  }

  app.get(path, async (c) => {
    if (wrong.count(addressOf(c)) >= mostWrong) return turnedAway(c)
    const opened = await desk.confirmations.openLink(c.req.param())
    return opened.ok ? desk.show(c, confirmationPage(opened.value, '', null)) : refused(c, opened.message)
  })
  app.post(path, async (c) => {
    const link = c.req.param()
    if (wrong.count(addressOf(c)) >= mostWrong) return turnedAway(c)
    const opened = await desk.confirmations.openLink(link)
    if (!opened.ok) return refused(c, opened.message)
    const key = `${link.number}/${link.system}`
    if (tries.count(key) >= mostTries) return turnedAway(c)
    tries.add(key)
    const form = await c.req.formData()
    const name = textOf(form, 'name', 100)
    const again = (message: string) => desk.show(c, confirmationPage(opened.value, name, message), 400)
    if (opened.value.agreement.confirmed === null && form.get('checked') !== 'yes') return again('请先勾选“已用法人卡登录查看”')
    const confirmed = await desk.confirmations.confirmByLink(link, name)
    return confirmed.ok ? c.redirect(new URL(c.req.url).pathname, 303) : again(confirmed.message)
  })
}

const outside = (title: string, text: Html): Frame => ({
  title,
  section: null,
  applicant: true,
  body: html`<section class="message">
    <h1>${title}</h1>
    ${text}
  </section>`,
})

function confirmationPage(linked: LinkedAgreement, name: string, refusal: string | null): Frame {
  const { agreement, others, closed, number, service, enterprise } = linked
  const open = others.filter(({ confirmed }) => confirmed === null)
  const rest =
    open.length === 0
      ? html`<p class="muted">其他系统均已确认。</p>`
      : html`<p class="muted">还需确认：${open.map(({ title }) => title).join('、')}（请打开函件中各自的链接）。</p>`
  return {
    title: `确认三方协议 ${agreement.title}`,
    section: null,
    applicant: true,
    body: html`<section class="message confirmation">
      <p class="muted">确认没有生效的三方协议</p>
      <h1>${agreement.title}</h1>
      <p>
        <b>${enterprise.name ?? '申请企业'}</b><br />
        ${serviceTitles[service]}，受理编号 <span class="number">${number}</span>
      </p>
      ${
        agreement.confirmed
          ? html`<p>${tag('green', '已确认')} <span class="number">${officeTime(new Date(agreement.confirmed.at))}</span></p>
              ${rest}`
          : closed === null
            ? html`<p>${agreement.steps}。</p>
                ${refusal ? html`<p class="notice refused" role="alert">${refusal}</p>` : ''}
                <form method="post">
                  <label class="check"
                    ><input type="checkbox" name="checked" value="yes" required /><span
                      >已用法人卡登录查看，本企业在该系统中没有生效的三方协议（没有签过，或已全部解约）</span
                    ></label
                  >
                  <label>确认人姓名<input name="name" value="${name}" maxlength="40" autocomplete="name" required /></label>
                  <button class="primary">确认</button>
                </form>
                ${rest}
                <p class="muted">仍有生效的协议时请不要确认，解约后再打开本链接。</p>`
            : html`<p>${closed}，无须再确认。</p>`
      }
      <p class="muted">咨询电话 ${office.phone}</p>
    </section>`,
  }
}

/** How often something happened under a key; forgotten after ten minutes, and bounded. */
function countInTenMinutes(clock: Clock) {
  const span = 600_000
  const mostKeys = 10_000
  const counts = new Map<string, { times: number; until: number }>()
  const current = (key: string) => {
    const found = counts.get(key)
    return found && found.until > clock.now().getTime() ? found : undefined
  }
  return {
    count: (key: string): number => current(key)?.times ?? 0,
    add(key: string): void {
      const found = current(key)
      if (found) return void (found.times += 1)
      // The oldest goes first; a stranger who fills the list only makes room for himself.
      if (counts.size >= mostKeys) for (const oldest of counts.keys()) if (counts.delete(oldest)) break
      counts.delete(key)
      counts.set(key, { times: 1, until: clock.now().getTime() + span })
    },
  }
}
