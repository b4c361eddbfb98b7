/** The clerk's pages (工作台). */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { codeOf } from '../platform/errors.ts'
import { makeDesk, type DeskContext, type DeskEnvironment, type DeskParts } from './desk.ts'
import { boundedBody, ownOrigin, safeHeaders } from './guard-requests.ts'
import { addAgreementPages } from './pages/agreements.ts'
import { addApplicationPages } from './pages/application.ts'
import { addCardPages } from './pages/cards.ts'
import { addConfirmationPages } from './pages/confirm-by-link.ts'
import { addDecisionPages } from './pages/decide.ts'
import { addDispatchPages } from './pages/dispatch.ts'
import { addFiles } from './pages/files.ts'
import { addFormPages } from './pages/forms.ts'
import { addGuidePage } from './pages/guide.ts'
import { addHealthCheck, addHealthPage } from './pages/health.ts'
import { addHousePages } from './pages/house.ts'
import { addInbox } from './pages/inbox.ts'
import { addJobPages } from './pages/jobs.ts'
import { addLedgerPages } from './pages/ledger.ts'
import { addLedgerSheets } from './pages/ledger-sheets.ts'
import { addLetterPages } from './pages/letters.ts'
import { addPackingPages } from './pages/pack.ts'
import { addParcelPages } from './pages/parcel.ts'
import { addParcelDesk } from './pages/parcels.ts'
import { addSignIn, requireSession } from './pages/sign-in.ts'
import { addSubmissionPages } from './pages/submissions.ts'
import { addUserPages } from './pages/users.ts'
import { messagePage } from './pages/message.ts'
import { readAssets } from './serve-assets.ts'

/** Makes the web application; `main.ts` serves `app.fetch`. */
export function openDesk(parts: DeskParts) {
  const assets = readAssets()
  const desk = makeDesk(parts, assets.path)
  const app = new Hono<DeskEnvironment>()

  app.use(safeHeaders)
  app.use(
    ownOrigin([parts.config.address, parts.confirmations.linkAddress], (c) =>
      say(c as DeskContext, 403, '操作未执行', '这次提交不是从本系统的页面发出的。请回到页面，刷新后再试。'),
    ),
  )
  app.use(
    boundedBody(parts.config.uploadMegabytes, (c) =>
      say(c as DeskContext, 413, '文件太大', `一次最多上传 ${parts.config.uploadMegabytes} MB，请分几次上传。`),
    ),
  )
  assets.serve(app)
  addHealthCheck(app, desk)
  addConfirmationPages(app, desk)
  addSignIn(app, desk)
  app.use(requireSession(desk))
  addInbox(app, desk)
  addApplicationPages(app, desk)
  addDecisionPages(app, desk)
  addAgreementPages(app, desk)
  addFiles(app, desk)
  addSubmissionPages(app, desk)
  addParcelDesk(app, desk)
  addParcelPages(app, desk)
  addCardPages(app, desk)
  addLedgerSheets(app, desk)
  addLedgerPages(app, desk)
  addHousePages(app, desk)
  addPackingPages(app, desk)
  addDispatchPages(app, desk)
  addLetterPages(app, desk)
  addJobPages(app, desk)
  addUserPages(app, desk)
  addGuidePage(app, desk)
  addFormPages(app, desk)
  addHealthPage(app, desk)

  app.notFound((c) => say(c, 404, '没有这个页面', '网址可能写错了，或者内容已经移动。'))
  app.onError((error, c) => {
    parts.log.error('desk-fault', error, { path: c.req.routePath, code: codeOf(error) })
    return say(c, 500, '系统出错了', '刚才的操作可能没有完成。请返回刷新后再试；若仍出错，请联系管理员。')
  })

  function say(c: DeskContext, status: 403 | 404 | 413 | 500, title: string, text: string) {
    return desk.show(c, messagePage(title, html`<p>${text}</p>`), status)
  }
  return { app }
}
