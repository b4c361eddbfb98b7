/** The ledger (卡片台账): cards found by enterprise, code, number or holder; an enterprise with its holders; a card with its history. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import {
  cardKindTitles,
  cardMediumTitles,
  cardOperations,
  cardStatusTitles,
  recordableOperations,
  type CardKind,
  type CardOperation,
  type CardStatus,
} from '../../guide/card-life.ts'
import { normalizeCardNumber } from '../../guide/identifiers/card-number.ts'
import { officeDay } from '../../platform/clock.ts'
import type { Desk, DeskContext, DeskEnvironment } from '../desk.ts'
import { maskNumber, shortTime, tag } from '../look/words.ts'
import type { CardStep, LedgerCard } from '../ports.ts'
import { textOf } from '../read-form.ts'
import { pager, readPart } from './read-page.ts'

const rowsOnPage = 50

const tones: Record<CardStatus, Parameters<typeof tag>[0]> = {
  valid: 'green',
  lost: 'red',
  frozen: 'amber',
  locked: 'amber',
  expired: 'amber',
  void: 'plain',
}
const statusTag = (status: CardStatus) => tag(tones[status], cardStatusTitles[status])
const kindOf = ({ kind }: LedgerCard) => (kind === null ? '（种类未知）' : cardKindTitles[kind])
const cardPath = (number: string) => `/ledger/cards/${encodeURIComponent(number)}`

export function addLedgerPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/ledger', async (c) => {
    const filter = readFilter(c, desk.clock.now())
    const part = readPart(c, rowsOnPage)
    const found = await desk.ledger.search({ ...filter, ...part })
    // A scanned number goes straight to its card.
    const [only] = found.cards
    if (found.total === 1 && only && only.number === normalizeCardNumber(filter.text)) return c.redirect(cardPath(only.number), 303)
    const { endsBy, ...said } = filter
    const query = new URLSearchParams(
      Object.entries({ ...said, ...(endsBy ? { status: 'ending' } : {}) }).filter(([, value]) => value),
    ).toString()
    return desk.show(c, {
      title: '卡片台账',
      section: 'ledger',
      body: html`<div class="page-head">
          <h1>卡片台账</h1>
          <p class="summary" data-region="summary">${found.total} 张卡</p>
          <p class="page-actions">
            <a class="button small" href="/ledger/import" data-key="I">导入、导出 <kbd>I</kbd></a>
          </p>
        </div>
        ${filterBar(filter)}
        <div data-region="rows" data-poll="60">
          ${found.cards.length === 0 ? html`<p class="empty">${query === '' ? html`台账还是空的。制卡完成后自动登记，也可<a href="/ledger/import">导入已有的台账</a>。` : html`没有符合条件的卡。<a href="/ledger">清除筛选</a>`}</p>` : cardTable(found.cards)}
          ${pager('/ledger', query, part, part.offset + found.cards.length < found.total)}
        </div>
        <p class="keys"><kbd>J</kbd><kbd>K</kbd> 上下移动 <kbd>Enter</kbd> 打开 <kbd>/</kbd> 搜索或扫描卡号</p>`,
    })
  })

  app.get('/ledger/enterprises/:uscc', async (c) => {
    const cards = await desk.ledger.cardsOf(c.req.param('uscc'))
    const [first] = cards
    if (!first) return c.notFound()
    const holders = Map.groupBy(cards, ({ holderIdNumber, holderName }) => holderIdNumber ?? holderName ?? '')
    const live = cards.filter(({ status }) => status !== 'void').length
    return desk.show(c, {
      title: first.enterpriseName ?? '企业',
      section: 'ledger',
      body: html`<div class="page-head">
          <h1>${first.enterpriseName ?? '（企业名称未知）'}</h1>
          <p class="summary">
            <span class="number">${first.uscc}</span> · ${holders.size} 位持卡人 · 在用 ${live} 张，共 ${cards.length} 张
          </p>
          <p class="page-actions">
            <a class="button small quiet" href="/?status=all&text=${encodeURIComponent(first.uscc ?? '')}" data-key="A"
              >业务申请 <kbd>A</kbd></a
            >
            <a class="button small quiet" href="/ledger" data-key="Backspace">回到台账</a>
          </p>
        </div>
        <div data-region="rows" data-poll="60">${[...holders.values()].toSorted(legalFirst).map(holderPart)}</div>
        <p class="keys"><kbd>J</kbd><kbd>K</kbd> 上下移动 <kbd>Enter</kbd> 打开</p>`,
    })
  })

  app.get('/ledger/cards/:number', async (c) => {
    const card = await desk.ledger.find(c.req.param('number'))
    if (!card) return c.notFound()
    const now = desk.clock.now()
    const [steps, lies] = await Promise.all([desk.ledger.stepsOf(card.number), desk.parcels.traceCard(card.number)])
    return desk.show(c, {
      title: `卡 ${card.number}`,
      section: 'ledger',
      body: html`<div class="page-head">
          <h1 class="number">${card.number}</h1>
          <p class="summary">
            ${statusTag(card.status)}
            ${kindOf(card)}${card.medium ? ` · ${cardMediumTitles[card.medium]}` : ''}${lies ? html` · <a href="/house/${lies.id}">${lies.whereabouts}</a>` : ''}
          </p>
          <p class="page-actions">
            ${card.uscc ? html`<a class="button small quiet" href="/ledger/enterprises/${card.uscc}" data-key="E">企业的全部卡 <kbd>E</kbd></a>` : ''}
            <a class="button small quiet" href="/ledger" data-key="Backspace">回到台账</a>
          </p>
        </div>
        ${cardFacts(card)} ${operationsOf(card)}
        <h2>经过</h2>
        ${steps.length === 0 ? html`<p class="empty">这张卡在使用本系统之前登记，没有经过可查。</p>` : history(steps, now)}`,
    })
  })

  app.post('/ledger/cards/:number/record', async (c) => {
    const number = c.req.param('number')
    const form = await c.req.formData()
    const operation = textOf(form, 'operation', 30)
    if (!isOperation(operation)) return desk.goTo(c, cardPath(number), { tone: 'refused', text: '请选择要登记的操作' })
    const seen = textOf(form, 'seen', 20)
    const recorded = await desk.ledger.record(
      number,
      {
        operation,
        reason: textOf(form, 'reason', 600),
        validUntil: textOf(form, 'validUntil', 10) || null,
        ...(isStatus(seen) ? { seen } : {}),
      },
      c.get('session').user.name,
    )
    return desk.afterwards(c, cardPath(number), recorded, `已登记${cardOperations[operation].title}`)
  })
}

const isOperation = (text: string): text is CardOperation => Object.hasOwn(cardOperations, text)
const isStatus = (text: string): text is CardStatus => Object.hasOwn(cardStatusTitles, text)
const isKind = (text: string): text is CardKind => Object.hasOwn(cardKindTitles, text)

interface Filter {
  readonly text: string
  readonly status?: CardStatus
  readonly kind?: CardKind
  /** Certificates that still hold and end on this day or before. */
  readonly endsBy?: string
}

/** How long before its end a certificate is renewed. */
const daysAhead = 90

function readFilter(c: DeskContext, now: Date): Filter {
  const one = (name: string) => (c.req.query(name) ?? '').trim().slice(0, 100)
  const [status, kind] = [one('status'), one('kind')]
  return {
    text: one('text'),
    ...(isStatus(status) ? { status } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(status === 'ending' ? { endsBy: officeDay(new Date(now.getTime() + daysAhead * 86_400_000)) } : {}),
  }
}

function filterBar(filter: Filter) {
  const option = (value: string, title: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === (chosen ?? '') ? html` selected` : ''}>${title}</option>`
  return html`<form class="filters" method="get" action="/ledger" data-auto-submit>
    <label
      ><span>状态</span
      ><select name="status">
        ${option('', '全部', filter.status)}${option('ending', `${daysAhead} 天内到期`, filter.endsBy ? 'ending' : undefined)}${Object.entries(cardStatusTitles).map(([value, title]) => option(value, title, filter.status))}
      </select></label
    >
    <label
      ><span>种类</span
      ><select name="kind">
        ${option('', '全部', filter.kind)}${Object.entries(cardKindTitles).map(([value, title]) => option(value, title, filter.kind))}
      </select></label
    >
    <label class="search"
      ><span>搜索</span
      ><input
        type="search"
        name="text"
        value="${filter.text}"
        placeholder="企业名称、信用代码、卡号或持卡人"
        autocomplete="off"
        data-key="/"
    /></label>
    <button>查找</button>${filter.text || filter.status || filter.kind || filter.endsBy ? html`<a href="/ledger">清除</a>` : ''}
  </form>`
}

const cardTable = (cards: readonly LedgerCard[]) =>
  html`<table class="list ledger">
    <thead>
      <tr>
        <th>卡号</th>
        <th>状态</th>
        <th>种类</th>
        <th>企业</th>
        <th>持卡人</th>
        <th>证件号码</th>
        <th>有效期至</th>
      </tr>
    </thead>
    <tbody>
      ${cards.map(
        (card) =>
          html`<tr data-row>
            <td class="number"><a id="row-${card.number}" href="${cardPath(card.number)}">${card.number}</a></td>
            <td>${statusTag(card.status)}</td>
            <td>${kindOf(card)}</td>
            <td class="enterprise">
              ${card.uscc ? html`<a href="/ledger/enterprises/${card.uscc}"><b>${card.enterpriseName ?? '（名称未知）'}</b></a> <span class="number muted">${card.uscc}</span>` : (card.enterpriseName ?? '—')}
            </td>
            <td>${card.holderName ?? '—'}</td>
            <td class="number muted">${card.holderIdNumber ? maskNumber(card.holderIdNumber) : ''}</td>
            <td class="number" data-label="有效期至">${card.validUntil ?? '—'}</td>
          </tr>`,
      )}
    </tbody>
  </table>`

const legalFirst = (one: readonly LedgerCard[], other: readonly LedgerCard[]) =>
  Number(other.some(({ kind }) => kind === 'legal')) - Number(one.some(({ kind }) => kind === 'legal'))

function holderPart(cards: readonly LedgerCard[]) {
  const [first] = cards
  return html`<h2>
      ${first?.holderName ?? '（持卡人未知）'}
      <span class="number muted">${first?.holderIdType ?? ''} ${first?.holderIdNumber ? maskNumber(first.holderIdNumber) : ''}</span>
    </h2>
    <table class="list ledger">
      <tbody>
        ${cards.map(
          (card) =>
            html`<tr data-row>
              <td class="number"><a id="row-${card.number}" href="${cardPath(card.number)}">${card.number}</a></td>
              <td>${statusTag(card.status)}</td>
              <td>${kindOf(card)}</td>
              <td>${card.medium ? cardMediumTitles[card.medium] : ''}</td>
              <td class="number">${card.validFrom ?? '—'} 至 ${card.validUntil ?? '—'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

const cardFacts = (card: LedgerCard) =>
  html`<dl class="card-facts">
    <div>
      <dt>企业</dt>
      <dd>${card.enterpriseName ?? '—'} <span class="number muted">${card.uscc ?? ''}</span></dd>
    </div>
    <div>
      <dt>持卡人</dt>
      <dd>
        ${card.holderName ?? '—'}
        <span class="number muted">${card.holderIdType ?? ''} ${card.holderIdNumber ? maskNumber(card.holderIdNumber) : ''}</span>
      </dd>
    </div>
    <div>
      <dt>证书有效期</dt>
      <dd class="number">${card.validFrom ?? '—'} 至 ${card.validUntil ?? '—'}</dd>
    </div>
    <div>
      <dt>发卡日期</dt>
      <dd class="number">${card.issuedOn ?? '—'}</dd>
    </div>
  </dl>`

/** Each operation that the state allows opens with its number; the reason is typed, Enter records it. */
function operationsOf(card: LedgerCard) {
  const operations = recordableOperations(card.status)
  if (operations.length === 0) return html`<p class="muted">已作废的卡不再办理任何业务。</p>`
  return html`<section class="card-operations" aria-label="登记">
    ${operations.map(
      (operation, at) =>
        html`<details class="menu">
          <summary class="button" data-key="${at + 1}">${cardOperations[operation].title} <kbd>${at + 1}</kbd></summary>
          <form method="post" action="${cardPath(card.number)}/record">
            <input type="hidden" name="operation" value="${operation}" /><input type="hidden" name="seen" value="${card.status}" />
            ${operation === 'renew' ? html`<label>新的证书有效期至<input type="date" name="validUntil" required /></label>` : ''}
            <label>原因<input name="reason" required maxlength="500" autocomplete="off" placeholder="如：企业来电，卡片遗失" /></label>
            <button class="${operation === 'void' ? 'danger' : 'primary'}">登记${cardOperations[operation].title} <kbd>Enter</kbd></button>
          </form>
        </details>`,
    )}
    <p class="muted">这里登记的是在别处办理的结果，例如企业自行挂失、窗口解挂；须在本中心制作的，请从业务申请办理。</p>
  </section>`
}

const history = (steps: readonly CardStep[], now: Date) =>
  html`<table class="list ledger">
    <tbody>
      ${steps.toReversed().map(
        (step) =>
          html`<tr>
            <td class="number muted">${shortTime(step.at, now)}</td>
            <td><b>${step.type === 'import' ? '导入' : cardOperations[step.type].title}</b></td>
            <td>${statusTag(step.to)}</td>
            <td class="problems">
              ${step.reason ?? ''}${step.applicationNumber ? html` <a class="number" href="/applications/${step.applicationNumber}">${step.applicationNumber}</a>` : ''}${step.validUntil ? html` <span class="number">有效期至 ${step.validUntil}</span>` : ''}${step.replacedBy ? html` 新卡 <a class="number" href="${cardPath(step.replacedBy)}">${step.replacedBy}</a>` : ''}
            </td>
            <td class="muted">${step.actor}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
