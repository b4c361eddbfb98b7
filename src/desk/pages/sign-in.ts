/** Signing in and out, and the new password that a one-time secret asks for. */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Hono, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { inBackground, type Desk, type DeskContext, type DeskEnvironment } from '../desk.ts'
import type { User } from '../accounts/open-accounts.ts'
import type { Frame } from '../look/page-frame.ts'
import { messagePage } from './message.ts'

export function addSignIn(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/sign-in', (c) => desk.show(c, signInPage('', placeAfter(c.req.query('next')), null)))
  app.post('/sign-in', async (c) => {
    const form = await c.req.parseBody()
    const name = text(form['name'])
    const next = placeAfter(text(form['next']))
    const session = await desk.accounts.signIn(name, text(form['password']), addressOf(c))
    if (!session.ok) return desk.show(c, signInPage(name, next, session.message), session.code === 'too-many-sign-ins' ? 429 : 401)
    giveCookies(c, session.value.cookies)
    return c.redirect(session.value.user.mustChangePassword ? '/password' : next, 303)
  })
  app.post('/sign-out', async (c) => {
    giveCookies(c, await desk.accounts.signOut(c.req.raw.headers))
    return desk.goTo(c, '/sign-in', { tone: 'done', text: '已退出' })
  })
  app.get('/password', requireSession(desk), (c) => desk.show(c, passwordPage(c.get('session').user, null)))
  app.post('/password', requireSession(desk), async (c) => {
    const { user } = c.get('session')
    const form = await c.req.parseBody()
    const wanted = text(form['wanted'])
    const changed =
      wanted === text(form['again'])
        ? await desk.accounts.changePassword(c.req.raw.headers, user, text(form['current']), wanted)
        : { ok: false as const, message: '两次输入的新密码不一致' }
    if (!changed.ok) return desk.show(c, passwordPage(user, changed.message), 400)
    giveCookies(c, changed.value.cookies)
    return desk.goTo(c, '/', { tone: 'done', text: '密码已更改' })
  })
}

/** Lets nobody in without a session, and nobody further than the new password while theirs is a one-time secret. */
export function requireSession(desk: Desk): MiddlewareHandler<DeskEnvironment> {
  return async (c, next) => {
    // A forgotten open page refreshes itself for ever: that is no use of the session.
    const session = await desk.accounts.session(c.req.raw.headers, !inBackground(c))
    if (!session) {
      if (c.req.method === 'GET' && c.req.header('x-desk') === undefined) {
        const { pathname, search } = new URL(c.req.url)
        return c.redirect(pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`, 303)
      }
      return desk.show(c, { ...messagePage('登录已过期', html`<p>刚才的操作没有执行，请重新登录。</p>`), section: null }, 401)
    }
    c.set('session', session)
    giveCookies(c, session.cookies)
    if (session.user.mustChangePassword && c.req.path !== '/password') return c.redirect('/password', 303)
    await next()
  }
}

/** Pages for administrators only. */
export function requireAdministrator(desk: Desk): MiddlewareHandler<DeskEnvironment> {
  return async (c, next) => {
    if (c.get('session').user.role === 'administrator') return next()
    return desk.show(c, messagePage('没有权限', html`<p>这个页面只有管理员可以使用。</p>`), 403)
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Only a path of our own: `//elsewhere` and `/\elsewhere` are other hosts to a browser. */
function placeAfter(next: string | undefined): string {
  return next && /^\/[^/\\]/u.test(next) ? next : '/'
}

/** The network address of the caller; that of a proxy where one stands before the desk. */
export function addressOf(c: DeskContext): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    // Called without a socket.
    return 'unknown'
  }
}

function giveCookies(c: DeskContext, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

const signInPage = (name: string, next: string, refusal: string | null): Frame => ({
  title: '登录',
  section: null,
  body: html`<form class="door" method="post" action="/sign-in">
    <h1>登录</h1>
    ${refusal ? html`<p class="notice refused" role="alert">${refusal}</p>` : ''}
    <input type="hidden" name="next" value="${next}" />
    <label
      >用户名<input
        name="name"
        value="${name}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required${name === '' ? html` autofocus` : ''}
    /></label>
    <label
      >密码<input name="password" type="password" autocomplete="current-password" required${name === '' ? '' : html` autofocus`}
    /></label>
    <button class="primary">登录</button>
    <p class="muted">第一次登录请使用管理员给的一次性密码。忘记密码请联系管理员重置。</p>
  </form>`,
})

const passwordPage = ({ name, mustChangePassword: first }: User, refusal: string | null): Frame => ({
  title: '设置新密码',
  section: null,
  body: html`<form class="door" method="post" action="/password">
    <input class="away" name="username" value="${name}" autocomplete="username" readonly tabindex="-1" aria-hidden="true" />
    <h1>设置新密码</h1>
    ${first ? html`<p>一次性密码只能用来登录这一次，请设置自己的密码。</p>` : ''}
    ${refusal ? html`<p class="notice refused" role="alert">${refusal}</p>` : ''}
    <label
      >${first ? '一次性密码' : '原密码'}<input name="current" type="password" autocomplete="current-password" required autofocus
    /></label>
    <label
      >新密码（至少 10 位）<input name="wanted" type="password" autocomplete="new-password" minlength="10" maxlength="128" required
    /></label>
    <label>再输入一次<input name="again" type="password" autocomplete="new-password" minlength="10" maxlength="128" required /></label>
    <button class="primary">保存新密码</button>
  </form>`,
})
