/** The stylesheet, the icon and the browser modules, under a path that changes when any of them does. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Hono } from 'hono'
import type { DeskEnvironment } from './desk.ts'

export interface Assets {
  /** `/assets/1f2e3d4c` */
  readonly path: string
  serve(app: Hono<DeskEnvironment>): void
}

const types = { css: 'text/css; charset=utf-8', svg: 'image/svg+xml', ts: 'text/javascript; charset=utf-8' }

/** Reads them once; TypeScript is stripped, not bundled: a browser of 2020 (Chrome 80) runs the modules as they are. */
export function readAssets(): Assets {
  const bodies = new Map<string, { body: string; type: string }>()
  const look = new URL('./look/', import.meta.url)
  const browser = new URL('./browser/', import.meta.url)
  const styles = new URL('styles/', look)
  const sheets = readdirSync(styles)
    .sort()
    .map((name) => readFileSync(new URL(name, styles), 'utf8'))
  bodies.set('desk.css', { body: sheets.join('\n'), type: types.css })
  bodies.set('icon.svg', { body: readFileSync(new URL('icon.svg', look), 'utf8'), type: types.svg })
  for (const name of readdirSync(browser).filter((file) => file.endsWith('.ts')))
    bodies.set(`browser/${name}`, { body: stripTypeScriptTypes(readFileSync(new URL(name, browser), 'utf8')), type: types.ts })

  const hash = createHash('sha256')
  for (const { body } of bodies.values()) hash.update(body)
  const path = `/assets/${hash.digest('hex').slice(0, 12)}`
  return {
    path,
    serve(app) {
      for (const [name, { body, type }] of bodies)
        app.get(`${path}/${name}`, (c) =>
          c.body(body, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }),
        )
    },
  }
}
