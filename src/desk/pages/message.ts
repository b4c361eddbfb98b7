/** A page that says one thing. */
import { html } from 'hono/html'
import type { Frame, Html } from '../look/page-frame.ts'

export const messagePage = (title: string, text: Html): Frame => ({
  title,
  section: null,
  body: html`<section class="message">
    <h1>${title}</h1>
    ${text}
    <p><a class="button" href="/">回到待办</a></p>
  </section>`,
})
