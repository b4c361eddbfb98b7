/** The type faces of the drawn papers: printed ones and hands. All are open fonts from the npm registry (OFL). */
import { GlobalFonts } from '@napi-rs/canvas'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type FaceName =
  | 'sans'
  | 'sans-bold'
  | 'serif'
  | 'serif-bold'
  | 'kai'
  | 'kai-bold'
  | 'xiaowei'
  | 'hand-kai'
  | 'hand-brush'
  | 'hand-running'
  | 'hand-long'
  | 'song'
  | 'kaiti'
  | 'zenhei'
  | 'rounded'
  | 'hand-grass'
  | 'figures-plain'
  | 'figures-round'
  | 'figures-quick'
  | 'figures-narrow'
  | 'light'
  | 'serif-light'

const require = createRequire(import.meta.url)

/** `else` stands in where a file of the system is missing. */
type Source = { readonly path: string; readonly else?: FaceName } | { readonly css: string }

const sources: Record<FaceName, Source> = {
  sans: { path: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf') },
  'sans-bold': { path: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf') },
  serif: { path: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf') },
  'serif-bold': { path: require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf') },
  kai: { css: require.resolve('lxgw-wenkai-lite-webfont/lxgwwenkailite-regular.css') },
  'kai-bold': { css: require.resolve('lxgw-wenkai-lite-webfont/lxgwwenkailite-bold.css') },
  xiaowei: { path: require.resolve('@expo-google-fonts/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf') },
  'hand-kai': { css: require.resolve('lxgw-wenkai-lite-webfont/lxgwwenkailite-light.css') },
  'hand-brush': { path: require.resolve('@expo-google-fonts/ma-shan-zheng/400Regular/MaShanZheng_400Regular.ttf') },
  'hand-running': { path: require.resolve('@expo-google-fonts/zhi-mang-xing/400Regular/ZhiMangXing_400Regular.ttf') },
  'hand-long': { css: require.resolve('@fontsource/long-cang/index.css') },
  // Debian's fonts-arphic-gbsn00lp, fonts-arphic-gkai00mp, fonts-wqy-zenhei: near to what word processors of the country use.
  song: { path: '/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf', else: 'serif' },
  kaiti: { path: '/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf', else: 'kai' },
  zenhei: { path: '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc', else: 'sans' },
  rounded: { css: require.resolve('@fontsource/zcool-kuaile/index.css') },
  'hand-grass': { css: require.resolve('@fontsource/liu-jian-mao-cao/index.css') },
  // Latin hands, for the figures and letters of a hand.
  'figures-plain': { css: require.resolve('@fontsource/kalam/index.css') },
  'figures-round': { css: require.resolve('@fontsource/gochi-hand/index.css') },
  'figures-quick': { css: require.resolve('@fontsource/caveat/index.css') },
  'figures-narrow': { css: require.resolve('@fontsource/patrick-hand/index.css') },
  light: { path: require.resolve('@expo-google-fonts/noto-sans-sc/300Light/NotoSansSC_300Light.ttf') },
  'serif-light': { path: require.resolve('@expo-google-fonts/noto-serif-sc/300Light/NotoSerifSC_300Light.ttf') },
}

interface Face {
  /** The families that this text needs, most wanted first. */
  families(text: string): string
}

const faces = new Map<FaceName, Face>()

/** Families that stand in for glyphs which a hand or a subset lacks. */
const fallback = 'corpus-sans'

function openFace(name: FaceName): Face {
  const source = sources[name]
  if ('path' in source) {
    if (source.else !== undefined && !existsSync(source.path)) return openFace(source.else)
    GlobalFonts.registerFromPath(source.path, `corpus-${name}`)
    return { families: () => `corpus-${name}, ${fallback}` }
  }
  // A web font comes as a hundred subsets with one range of characters each: every subset becomes a family of its own.
  const sheet = source.css
  const subsets = readFileSync(sheet, 'utf8')
    .split('@font-face')
    .flatMap((block) => {
      const file = /url\(['"]?\.\/(files\/[^'")]+\.woff2)/.exec(block)?.[1]
      const ranges = /unicode-range:\s*([^;}]+)/.exec(block)?.[1]
      return file === undefined || ranges === undefined
        ? []
        : [{ file: join(dirname(sheet), file), ranges: ranges.split(',').map(parseRange) }]
    })
  const registered = new Set<number>()
  return {
    families: (text) => {
      const needed = new Set<number>()
      for (const char of text) {
        const code = char.codePointAt(0)!
        const at = subsets.findIndex(({ ranges }) => ranges.some(([first, last]) => code >= first && code <= last))
        if (at >= 0) needed.add(at)
      }
      for (const at of needed) {
        if (registered.has(at)) continue
        GlobalFonts.registerFromPath(subsets[at]!.file, `corpus-${name}-${at}`)
        registered.add(at)
      }
      return [...[...needed].map((at) => `corpus-${name}-${at}`), fallback].join(', ')
    },
  }
}

function parseRange(text: string): [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-') as [string, string | undefined]
  return [Number.parseInt(first, 16), Number.parseInt(last ?? first, 16)]
}

/** The canvas `font` for this text in a face, `size` in units of the sheet. */
export function fontFor(name: FaceName, size: number, text: string): string {
  if (!faces.has('sans')) faces.set('sans', openFace('sans'))
  let face = faces.get(name)
  if (face === undefined) {
    face = openFace(name)
    faces.set(name, face)
  }
  return `${size}px ${face.families(text)}`
}
