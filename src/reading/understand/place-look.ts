/** Where a line is looked at a second time, so that its letters come out at another size than the first time. */
import type { PageTools, Rectangle } from '../page.ts'
import { bottom } from './text/geometry.ts'

/** A look at a line is wider by this share of its height on each side, so that every letter comes out smaller. */
const margin = 0.16
/** Ink that takes less of its line's height than this is small already: of small print and of poor photographs boxes are drawn wide. */
const loose = 0.5
/** The letters of a line that is fitted to its ink fill three quarters of it, as those that the recogniser was trained on. */
const around = 0.17
/** What takes less of a line's height is a point, what takes more a rule or a frame, and what is so many times as wide is no letter. */
const [lowest, highest, widest] = [0.2, 0.98, 2]

/** `isCut`: what stands left of it is not looked at; `most`: the share of its line's height that ink takes at most to be looked at fitted. */
export function placeLook(
  tools: PageTools,
  box: Rectangle,
  { isCut = false, most = loose }: { readonly isCut?: boolean | undefined; readonly most?: number | undefined } = {},
): Rectangle {
  const by = margin * box.height
  const before = isCut ? 0 : by
  const wide = { x: box.x - before, y: box.y - by, width: box.width + before + 2 * by, height: box.height + 2 * by }
  const letters = tools
    .strokesIn(box, { withoutSeals: true })
    .filter(({ width, height }) => height > lowest * box.height && height < highest * box.height && width < widest * box.height)
  if (letters.length === 0) return wide
  const top = Math.min(...letters.map(({ y }) => y))
  const ink = Math.max(...letters.map(bottom)) - top
  return ink < most * box.height ? { ...wide, y: top - around * ink, height: (1 + 2 * around) * ink } : wide
}
