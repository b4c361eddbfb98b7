/** What becomes of papers that arrive mixed: two enterprises in one envelope, one set in two arrivals. For `judging.ts`. */
import { assemble } from '../src/application/assemble/assemble.ts'
import { chooseApplications, type OpenApplication } from '../src/application/continue/choose-application.ts'
import { judge } from '../src/application/judge/judge.ts'
import type { ReadDocument } from '../src/flow.ts'

export interface ReadSet {
  readonly name: string
  readonly documents: readonly ReadDocument[]
}

const context = { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }

/** Names of pairs of sets whose papers, laid into one envelope, were not kept apart: each paper in applications of its own set. */
export function mixedUp(sets: readonly ReadSet[]): { pairs: number; wrong: string[] } {
  const wrong: string[] = []
  let pairs = 0
  for (const [index, first] of sets.entries()) {
    const second = sets[index + 1]
    if (!second || index % 2 === 1 || first.documents.length === 0 || second.documents.length === 0) continue
    pairs += 1
    const own = new Set(first.documents)
    const together = assemble([...first.documents, ...second.documents])
    const apart = together.every(({ documents }) => documents.every((document) => own.has(document) === own.has(documents[0]!)))
    if (!apart || together.length < 2) wrong.push(`${first.name} + ${second.name}`)
  }
  return { pairs, wrong }
}

interface Halves {
  readonly name: string
  readonly open: OpenApplication
  readonly rest: ReturnType<typeof assemble>[number]
}

/** Sets cut in two arrivals, among all others cut so: names of those that did not become one, and of those joined to another's. */
export function cutInTwo(sets: readonly ReadSet[]): { cut: number; apart: string[]; astray: string[] } {
  const halves = sets.flatMap((set): Halves[] => {
    const at = Math.ceil(set.documents.length / 2)
    const [first] = assemble(set.documents.slice(0, at))
    const [rest] = assemble(set.documents.slice(at))
    if (set.documents.length < 3 || assemble(set.documents).length !== 1 || !first || !rest) return []
    const open: OpenApplication = {
      ...first,
      number: set.name,
      status: 'entered',
      door: 'folder',
      findings: judge(first, context).findings,
      replyAddress: null,
      replyMessageId: null,
    }
    return [{ name: set.name, open, rest }]
  })
  const candidates = halves.map(({ open }) => open)
  const chosen = halves.map(({ name, rest }) => ({
    name,
    to: chooseApplications(rest, { door: 'folder', name: 'second', mail: null }, candidates).map(({ number }) => number),
  }))
  return {
    cut: halves.length,
    apart: chosen.filter(({ to }) => to.length === 0).map(({ name }) => name),
    astray: chosen.filter(({ name, to }) => to.some((number) => number !== name)).map(({ name }) => name),
  }
}
