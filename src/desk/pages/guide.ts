/** The office's rule book (办理指引) as it is in force: what `zhika guide` prints, for the clerk to look up and proof-read. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { describeGuide, describeOffice, type DescribedService } from '../../guide/describe-guide.ts'
import type { Desk, DeskEnvironment } from '../desk.ts'

export function addGuidePage(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/guide', async (c) => {
    const described = describeGuide()
    return desk.show(c, {
      title: '办理指引',
      section: 'guide',
      body: html`<div class="page-head"><h1>办理指引</h1></div>
        <p class="muted">
          ${described.map(({ code, chapter, title }, index) => html`${index > 0 ? ' · ' : ''}<a href="#${code}">${chapter} ${title}</a>`)}
        </p>
        <table class="list guide">
          <tbody>
            ${describeOffice().map(
              ({ heading, text }) =>
                html`<tr>
                  <th scope="row">${heading}</th>
                  <td>${text}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        ${described.map((service) => serviceTable(service))}`,
    })
  })
}

const serviceTable = ({ code, chapter, title, rows }: DescribedService) =>
  html`<h2 id="${code}">${chapter} ${title}</h2>
    <table class="list guide">
      <thead>
        <tr>
          <th>项目</th>
          <th>要求</th>
          <th>指引</th>
        </tr>
      </thead>
      <tbody>
        ${rows.flatMap(({ heading, lines }) =>
          lines.map(
            ({ text, section }, index) =>
              html`<tr>
                ${index === 0 ? html`<th scope="rowgroup" rowspan="${lines.length}">${heading}</th>` : ''}
                <td>${text}</td>
                <td class="muted">${section}</td>
              </tr>`,
          ),
        )}
      </tbody>
    </table>`
