/** The one set of icons: 16 × 16, 1.5 px strokes in the colour of the text around them. */
import { html, raw } from 'hono/html'

const paths = {
  inbox: 'M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5l1 1.8h3l1-1.8H14',
  arrivals: 'M8 2v7M5 6.2 8 9.3l3-3.1M2.5 11v2.5h11V11',
  cards: 'M1.8 3.8h12.4v8.6H1.8zM1.8 6.8h12.4M4.2 10h3',
  parcel: 'M2 5 8 2l6 3v6.5L8 14.5 2 11.5zM2 5l6 3 6-3M8 8v6.5',
  desk: 'M1.8 8.5h12.4M3 8.500v5M13 8.500v5M4.500 8.500v-4h7v4M6.500 4.500v-2h3v2',
  house: 'M2.200 4.500h9.600v6.500H2.200zM4.500 4.500v-2h9.300V9h-2M4.500 8.200h3',
  ledger: 'M3 1.800h10v12.400H3zM5.500 5h5M5.500 8h5M5.500 11h3',
  letter: 'M1.8 3.5h12.4v9H1.8zM2 4l6 5 6-5',
  jobs: 'M8 2.2v2M8 11.8v2M2.2 8h2M11.8 8h2M3.9 3.9l1.4 1.4M10.7 10.7l1.4 1.4M3.9 12.1l1.4-1.4M10.7 5.3l1.4-1.4M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8',
  users:
    'M6 7.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2M1.5 13.8c.3-2.8 2-4.2 4.5-4.2s4.2 1.4 4.5 4.2M11 7.4a2.1 2.1 0 0 0 0-4.2M12 9.8c1.500.5 2.300 1.800 2.500 4',
  health: 'M1.500 8.500h3l1.800-4.500 3 8 1.800-3.500h3.400',
  guide:
    'M8 4.2C6.4 3 4.4 2.6 2 2.6v9.800c2.400 0 4.400.400 6 1.600 1.600-1.200 3.600-1.600 6-1.600V2.600c-2.400 0-4.400.400-6 1.600M8 4.200V14',
  back: 'M9.500 3 4.500 8l5 5',
  file: 'M3.500 1.800h6L12.500 5v9.200h-9zM9.300 2v3.200h3.200',
} as const
export type Icon = keyof typeof paths

export const icon = (name: Icon) =>
  html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d="${raw(paths[name])}" />
  </svg>`
