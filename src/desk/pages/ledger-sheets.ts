/** The ledger from and to a workbook: uploaded, looked at row by row, taken in at a second step; downloaded. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { officeDay } from '../../platform/clock.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import type { LedgerImport } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { attachment } from './submissions.ts'

/** On a page; the command line lists more. */
const badCellsShown = 200

export function addLedgerSheets(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/ledger/import', (c) => desk.show(c, { title: '台账导入、导出', section: 'ledger', body: importPage(c, null) }))

  app.post('/ledger/import', async (c) => {
    const form = await c.req.formData()
    const actor = c.get('session').user.name
    const file = form.get('sheet')
    if (file === null || typeof file === 'string' || file.size === 0)
      return desk.goTo(c, '/ledger/import', { tone: 'refused', text: '没有选择文件，或文件是空的' })
    const looked = await desk.ledger.look(new Uint8Array(await file.arrayBuffer()), actor)
    if (!looked.ok) return desk.goTo(c, '/ledger/import', { tone: 'refused', text: looked.message })
    return desk.show(c, { title: '台账导入', section: 'ledger', body: importPage(c, { name: file.name, ...looked.value }) })
  })

  app.post('/ledger/import/confirm', async (c) => {
    const taken = await desk.ledger.takeIn(textOf(await c.req.formData(), 'key', 64), c.get('session').user.name)
    if (!taken.ok) return desk.goTo(c, '/ledger/import', { tone: 'refused', text: taken.message })
    const { written, badCount, added, completed } = taken.value
    // The ledger has changed since the workbook was looked at.
    if (!written)
      return desk.goTo(c, '/ledger/import', { tone: 'refused', text: `台账刚有变动，现有 ${badCount} 处与工作簿不符，请重新上传核对` })
    return desk.goTo(c, '/ledger', { tone: 'done', text: `已导入：新增 ${added} 张，补全 ${completed} 张` })
  })

  app.get('/ledger/template.xlsx', async (c) => saved(c, '卡片台账模板.xlsx', await desk.ledger.template()))
  app.get('/ledger/export.xlsx', async (c) => {
    const wholeIds = c.req.query('ids') === 'whole'
    if (wholeIds && c.get('session').user.role !== 'administrator') return c.notFound()
    return saved(c, `卡片台账-${officeDay(desk.clock.now())}.xlsx`, await desk.ledger.workbook({ wholeIds }))
  })
}

const saved = (c: DeskContext, name: string, bytes: Uint8Array) =>
  c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': attachment(name),
    'cache-control': 'no-store',
  })

interface Looked {
  readonly name: string
  readonly key: string
  readonly report: LedgerImport
}

const importPage = (c: DeskContext, looked: Looked | null) =>
  html`<div class="page-head">
      <h1>台账导入、导出</h1>
      <p class="page-actions"><a class="button small quiet" href="/ledger" data-key="Backspace">回到台账</a></p>
    </div>
    ${looked ? lookedAt(looked) : ''}
    <form class="upload" method="post" action="/ledger/import" enctype="multipart/form-data" data-drop>
      <label><span>工作簿（.xlsx）</span><input type="file" name="sheet" accept=".xlsx" required /></label>
      <button class="${looked?.key ? '' : 'primary'}">检查</button>
      <p class="muted">
        先检查，不会改动台账。表头和写法请对照<a href="/ledger/template.xlsx">模板</a>；卡号、信用代码、证件号码各列须为“文本”格式。
        台账里已有的内容不会被改写，同一文件导入两次没有变化。
      </p>
    </form>
    <h2>导出</h2>
    <p class="card-operations">
      <a class="button" href="/ledger/export.xlsx" data-key="X">导出台账（证件号码遮盖） <kbd>X</kbd></a>
      ${c.get('session').user.role === 'administrator' ? html`<a class="button" href="/ledger/export.xlsx?ids=whole">导出台账（完整证件号码）</a>` : ''}
      <a class="button quiet" href="/ledger/template.xlsx">空白模板</a>
    </p>`

const rowsOf = (bad: LedgerImport['bad']): string => [...new Set(bad.map(({ row }) => row))].join('、')

function lookedAt({ name, key, report }: Looked) {
  const { rows, added, completed, unchanged, bad, badCount } = report
  if (badCount > 0)
    return html`<p class="notice refused">“${name}”共 ${rows} 行，${badCount} 处有问题，没有导入。请在 Excel 中更正后重新检查。</p>
      <table class="list">
        <thead>
          <tr>
            <th>行</th>
            <th>列</th>
            <th>问题</th>
          </tr>
        </thead>
        <tbody>
          ${bad.slice(0, badCellsShown).map(
            (cell) =>
              html`<tr>
                <td class="number" data-label="行">${cell.row}</td>
                <td>${cell.column ?? ''}</td>
                <td class="problems">${cell.message}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${badCount > badCellsShown ? html`<p class="muted">只说明前 ${badCellsShown} 处；有问题的还有第 ${rowsOf(bad.slice(badCellsShown))} 行。</p>` : ''}`
  return html`<section class="card-operations">
    <p>“${name}”共 ${rows} 行，没有问题：<b>新增 ${added} 张，补全 ${completed} 张</b>，没有变化 ${unchanged} 张。</p>
    <form method="post" action="/ledger/import/confirm">
      <input type="hidden" name="key" value="${key}" />
      <button class="primary" data-key="Enter" autofocus>导入台账 <kbd>Enter</kbd></button>
    </form>
  </section>`
}
