/** Whether the service can work: JSON for machines, a page for people. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { tag } from '../look/words.ts'

/** `GET /healthz` needs no session and tells no more than names and states. */
export function addHealthCheck(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/healthz', async (c) => {
    const checks = await desk.checks()
    const ok = checks.every((check) => check.ok)
    return c.json({ ok, checks: Object.fromEntries(checks.map((check) => [check.name, check.ok])) }, ok ? 200 : 503)
  })
}

export function addHealthPage(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/health', async (c) => {
    const checks = await desk.checks()
    const jobs = await desk.queue.count()
    return desk.show(c, {
      title: '系统状态',
      section: 'health',
      body: html`<div class="page-head"><h1>系统状态</h1></div>
        <table class="list checks">
          <thead>
            <tr>
              <th>检查</th>
              <th>结果</th>
              <th>说明</th>
            </tr>
          </thead>
          <tbody>
            ${checks.map(
              ({ name, ok, message }) =>
                html`<tr>
                  <td>${name}</td>
                  <td>${ok ? tag('green', '正常') : tag('red', '异常')}</td>
                  <td>${message}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <h2>后台任务</h2>
        <dl class="figures">
          <div>
            <dt>等待</dt>
            <dd>${jobs.queued}</dd>
          </div>
          <div>
            <dt>进行中</dt>
            <dd>${jobs.active}</dd>
          </div>
          <div>
            <dt>已完成</dt>
            <dd>${jobs.done}</dd>
          </div>
          <div class="${jobs.dead > 0 ? 'bad' : ''}">
            <dt>失败</dt>
            <dd>${jobs.dead}</dd>
          </div>
        </dl>`,
    })
  })
}
