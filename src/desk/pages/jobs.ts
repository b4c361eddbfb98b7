/** Background jobs that died (后台任务): why, and once more. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Desk, DeskEnvironment } from '../desk.ts'
import { shortTime } from '../look/words.ts'
import type { JobRecord } from '../../platform/queue/contract.ts'
import { requireAdministrator } from './sign-in.ts'

export function addJobPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.use('/jobs', requireAdministrator(desk))
  app.use('/jobs/*', requireAdministrator(desk))
  app.get('/jobs', async (c) => {
    const [dead, active, queued] = await Promise.all([desk.queue.list('dead'), desk.queue.list('active'), desk.queue.list('queued')])
    const now = desk.clock.now()
    return desk.show(c, {
      title: '后台任务',
      section: 'jobs',
      body: html`<div class="page-head"><h1>后台任务</h1></div>
        <div data-region="rows" data-poll="10">
          <h2>失败 <span class="muted">${dead.length}</span></h2>
          ${jobTable(dead, now, '没有失败的任务。', true)}
          <h2>进行中 <span class="muted">${active.length}</span></h2>
          ${jobTable(active, now, '现在没有任务在进行。', false)}
          <h2>等待 <span class="muted">${queued.length}</span></h2>
          ${jobTable(queued, now, '没有等待的任务。', false)}
        </div>`,
    })
  })
  app.post('/jobs/:id/rerun', async (c) => {
    const again = await desk.queue.rerun(c.req.param('id'))
    return desk.goTo(c, '/jobs', again ? { tone: 'done', text: '已重新排队' } : { tone: 'refused', text: '该任务已不在失败状态，请刷新' })
  })
}

const jobTitles: Record<string, string> = {
  'intake.unpack': '拆开来件',
  'reading.read': '读取材料',
  'application.assemble': '立案核对',
  'application.await-answer': '等待申请人答复',
  'cards.queue': '安排制卡',
  'dispatch.prepare': '准备寄件',
  'dispatch.write-letter': '写函件',
  'dispatch.send-letter': '发函件',
}

function jobTable(rows: readonly JobRecord[], now: Date, empty: string, dead: boolean) {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table class="list">
    <thead>
      <tr>
        <th>建立</th>
        <th>任务</th>
        <th>对象</th>
        <th>次数</th>
        <th>${dead ? '原因' : '进度'}</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (job) =>
          html`<tr>
            <td class="number">${shortTime(job.createdAt, now)}</td>
            <td>${jobTitles[job.name] ?? job.name}</td>
            <td class="number muted">${Object.values(job.payload as object).join(' ')}</td>
            <td class="number">${job.attempts}</td>
            <td>
              ${dead ? html`${job.error?.message ?? ''} <span class="muted">${job.error?.code ?? ''}</span>` : job.progress ? html`<progress max="${job.progress.total}" value="${job.progress.done}"></progress>` : job.error ? html`<span class="muted">上次：${job.error.code}</span>` : ''}
            </td>
            <td>${dead ? html`<form method="post" action="/jobs/${job.id}/rerun"><button class="small">重新执行</button></form>` : ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
