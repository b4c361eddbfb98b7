/** Accounts (账号), for the administrator. A one-time secret is shown on the page that made it and nowhere else. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { roleTitles, type Role } from '../accounts/open-accounts.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { tag } from '../look/words.ts'
import { textOf } from '../read-form.ts'
import { requireAdministrator } from './sign-in.ts'

export function addUserPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.use('/users', requireAdministrator(desk))
  app.use('/users/*', requireAdministrator(desk))
  app.get('/users', (c) => usersPage(desk, c, null))
  app.post('/users', async (c) => {
    const form = await c.req.formData()
    const name = textOf(form, 'name')
    const role: Role = form.get('role') === 'administrator' ? 'administrator' : 'clerk'
    const added = await desk.accounts.addUser(name, role)
    return added.ok
      ? usersPage(desk, c, { name, secret: added.value.secret })
      : desk.goTo(c, '/users', { tone: 'refused', text: added.message })
  })
  app.post('/users/:name/reset', async (c) => {
    const name = c.req.param('name')
    const reset = await desk.accounts.resetSecret(name)
    return reset.ok
      ? usersPage(desk, c, { name, secret: reset.value.secret })
      : desk.goTo(c, '/users', { tone: 'refused', text: reset.message })
  })
  for (const [path, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    app.post(`/users/:name/${path}`, async (c) => {
      const name = c.req.param('name') ?? ''
      return desk.afterwards(c, '/users', await desk.accounts.setDisabled(name, disabled), disabled ? `已停用“${name}”` : `已启用“${name}”`)
    })
}

async function usersPage(desk: Desk, c: DeskContext, made: { name: string; secret: string } | null) {
  const users = await desk.accounts.list()
  const me = c.get('session').user
  const form = (name: string, path: string, title: string) =>
    html`<form method="post" action="/users/${encodeURIComponent(name)}/${path}"><button class="small">${title}</button></form>`
  return desk.show(c, {
    title: '账号',
    section: 'users',
    body: html`<div class="page-head"><h1>账号</h1></div>
      ${made ? html`<p class="notice done secret">“${made.name}”的一次性密码：<code>${made.secret}</code><br />只显示这一次，请当面交给本人；首次登录后须改成自己的密码。</p>` : ''}
      <table class="list">
        <thead>
          <tr>
            <th>用户名</th>
            <th>角色</th>
            <th>状态</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${users.map(
            (user) =>
              html`<tr>
                <td><b>${user.name}</b></td>
                <td>${roleTitles[user.role]}</td>
                <td>
                  ${user.disabled ? tag('red', '已停用') : user.mustChangePassword ? tag('amber', '待首次登录') : tag('green', '使用中')}
                </td>
                <td class="row-actions">
                  ${user.id === me.id ? '' : html`${form(user.name, 'reset', '重置密码')}${user.disabled ? form(user.name, 'enable', '启用') : form(user.name, 'disable', '停用')}`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      <form class="filters" method="post" action="/users">
        <label><span>用户名</span><input name="name" required minlength="2" maxlength="30" autocomplete="off" /></label>
        <label
          ><span>角色</span
          ><select name="role">
            <option value="clerk">${roleTitles.clerk}</option>
            <option value="administrator">${roleTitles.administrator}</option>
          </select></label
        ><button class="primary">新增账号</button>
      </form>`,
  })
}
