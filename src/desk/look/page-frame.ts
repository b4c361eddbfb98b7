/** The frame around every page: top bar, navigation with counts, notice, main. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { roleTitles, type User } from '../accounts/open-accounts.ts'
import { icon, type Icon } from './icons.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Notice {
  readonly tone: 'done' | 'refused'
  readonly text: string
}

export interface Counts {
  readonly inbox: number
  readonly overdue: number
  readonly arrivals: number
  readonly cards: number
  readonly dispatch: number
  readonly parcels: number
  readonly jobs: number
}

export interface Frame {
  readonly title: string
  readonly section: Section | null
  readonly body: Html
  /** For an applicant, who has nothing to do at the desk: no way into it, and no script. */
  readonly applicant?: true
  /** The whole width: navigation shrinks to icons so that the paper gets the room. */
  readonly wide?: boolean
}

export interface Around {
  readonly user: User | null
  readonly notice: Notice | null
  readonly counts: Counts | null
  /** Where the stylesheet and the browser modules are. */
  readonly assets: string
  readonly office: string
}

export type Section =
  | 'inbox'
  | 'parcels'
  | 'arrivals'
  | 'cards'
  | 'ledger'
  | 'house'
  | 'dispatch'
  | 'letters'
  | 'jobs'
  | 'users'
  | 'guide'
  | 'forms'
  | 'health'

interface Place {
  readonly section: Section
  readonly href: string
  readonly title: string
  readonly icon: Icon
  readonly count?: (counts: Counts) => number
  readonly administrator?: boolean
}

const places: readonly Place[] = [
  { section: 'inbox', href: '/', title: '待办', icon: 'inbox', count: ({ inbox }) => inbox },
  { section: 'parcels', href: '/parcels', title: '收件台', icon: 'desk', count: ({ parcels }) => parcels },
  { section: 'arrivals', href: '/submissions', title: '来件', icon: 'arrivals', count: ({ arrivals }) => arrivals },
  { section: 'cards', href: '/cards', title: '制卡任务', icon: 'cards', count: ({ cards }) => cards },
  { section: 'ledger', href: '/ledger', title: '卡片台账', icon: 'ledger' },
  { section: 'house', href: '/house', title: '在库卡片', icon: 'house' },
  { section: 'dispatch', href: '/dispatch', title: '寄件', icon: 'parcel', count: ({ dispatch }) => dispatch },
  { section: 'letters', href: '/letters', title: '函件', icon: 'letter' },
  { section: 'jobs', href: '/jobs', title: '后台任务', icon: 'jobs', count: ({ jobs }) => jobs, administrator: true },
  { section: 'users', href: '/users', title: '账号', icon: 'users', administrator: true },
  { section: 'guide', href: '/guide', title: '办理指引', icon: 'guide' },
  { section: 'forms', href: '/forms', title: '表格下载', icon: 'file' },
  { section: 'health', href: '/health', title: '系统状态', icon: 'health' },
]

export function pageFrame(page: Frame, around: Around): Html {
  const { user, assets } = around
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · 制卡</title>
        <link rel="icon" href="${assets}/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets}/desk.css" />
        ${page.applicant ? '' : html`<script type="module" src="${assets}/browser/desk.ts"></script>`}
      </head>
      <body class="${page.wide ? 'wide' : ''}${user ? '' : ' outside'}">
        <a class="skip" href="#main">跳到正文</a>
        <header class="top">
          ${
            page.applicant
              ? html`<span class="brand applicant"><b>${around.office}</b></span>`
              : html`<a class="brand" href="/"><b>制卡</b><span>${around.office}</span></a>`
          }
          ${user ? signedIn(user) : ''}
        </header>
        ${user && around.counts ? navigation(page.section, user, around.counts) : ''}
        <main id="main" tabindex="-1">
          <div data-region="notice" class="notices" role="status">
            ${around.notice ? html`<p class="notice ${around.notice.tone}">${around.notice.text}</p>` : ''}
          </div>
          ${page.body}
        </main>
        <dialog id="dialog" class="dialog"></dialog>
      </body>
    </html>`
}

const signedIn = (user: User) =>
  html`<div class="who">
    <span><b>${user.name}</b> <span class="muted">${roleTitles[user.role]}</span></span>
    <a href="/password">改密码</a>
    <form method="post" action="/sign-out"><button class="quiet">退出</button></form>
  </div>`

function navigation(section: Section | null, user: User, counts: Counts) {
  return html`<nav class="side-nav" aria-label="主导航" data-region="navigation">
    ${places
      .filter((place) => !place.administrator || user.role === 'administrator')
      .map((place) => {
        const count = place.count?.(counts) ?? 0
        return html`<a href="${place.href}" ${place.section === section ? html` aria-current="page"` : ''} title="${place.title}"
          >${icon(place.icon)}<span class="name">${place.title}</span>${
            place.section === 'inbox' && counts.overdue > 0 ? html`<span class="count red" title="已逾期">${counts.overdue}</span>` : ''
          }${count > 0 ? html`<span class="count">${count}</span>` : ''}</a
        >`
      })}
  </nav>`
}
