/**
 * The printed undertakings of a registration form (the guide's 附件1) hold no value: they are a third of its print and as much
 * of the cost of reading it. Paragraphs are put off until the rest of the page has told what it is.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import type { PageContent, Rectangle } from '../page.ts'
import { openFinder } from '../understand/find-labels.ts'
import { formOf } from '../understand/forms/all-forms.ts'
import { deliveryOptions, serviceOptions } from '../understand/forms/tick-options.ts'
import { tellKind } from '../understand/tell-kind.ts'
import { leaveOutSeals } from '../understand/text/leave-out-seals.ts'
import { arrangeLines } from '../understand/text/letters.ts'

/** A line of a paragraph is so many times as wide as high; filled-in values are shorter, or fewer in a row. */
const wide = 16
const fewestLines = 3
/** Of the services on the guide's form six have words of their own; one may be misread. */
const fewestServices = 5

export interface DeferredRegions {
  readonly now: readonly Region[]
  /** Lines of paragraphs: three or more wide lines below each other that begin at one edge, and the shorter ones between them. */
  readonly later: readonly Region[]
}

export function deferParagraphs(regions: readonly Region[]): DeferredRegions {
  const placed = regions.map((region) => ({ region, box: boundsOf(region) })).sort((a, b) => a.box.y - b.box.y)
  const later = new Set<Region>()
  let block: { region: Region; box: Rectangle }[] = []
  const close = () => {
    while (block.length > 0 && !isWide(block.at(-1)!.region)) block.pop()
    if (block.filter(({ region }) => isWide(region)).length >= fewestLines) for (const { region } of block) later.add(region)
    block = []
  }
  for (const line of placed) {
    const last = block.at(-1)
    if (last && !follows(last.box, line.box)) close()
    if (block.length > 0 || isWide(line.region)) block.push(line)
  }
  close()
  return { now: regions.filter((region) => !later.has(region)), later: [...later] }
}

/** Whether the page is sure, by its title and its labels, to be a form whose paragraphs hold no value. */
export function needsNoParagraphs(content: Pick<PageContent, 'lines' | 'seals' | 'height'>): boolean {
  const lines = leaveOutSeals(arrangeLines(content), content.seals)
  const find = openFinder(lines)
  const { kind, confidence, scores } = tellKind(lines, find, content.height)
  if (kind !== 'registration-form' || !scores[0]!.titled || confidence <= 0.999) return false
  // An address follows the undertakings and may be as wide as they are; so may be options that run on from line to line.
  const labels = formOf(kind)!.labels.filter(({ fields }) => fields.includes('recipientAddress'))
  const isSeen = ({ texts }: { readonly texts: readonly string[] }) => texts.some((text) => find(text).length > 0)
  return (
    labels.some(({ texts }) => texts.some((text) => find(text).some(({ standing }) => standing >= 0.7))) &&
    deliveryOptions.every(isSeen) &&
    serviceOptions.filter(isSeen).length >= fewestServices
  )
}

const isWide = ({ width, height }: Region) => width > wide * height

/** The next line of a paragraph stands right below and begins at the same edge, or is indented by two characters. */
function follows(above: Rectangle, below: Rectangle): boolean {
  const height = Math.min(above.height, below.height)
  const distance = below.y + below.height / 2 - (above.y + above.height / 2)
  return distance > 0.5 * height && distance < 2.4 * height && Math.abs(below.x - above.x) < 2.2 * height
}
