/** One thing after another, the next already begun while one ends: threads that read pages would stand idle at the end of each. */

/** Items under way at a time: as many submissions as the service reads at once. */
const underWay = 2

/** What was begun for an item; it may fail before anybody waits for it. */
interface Begun {
  readonly reading: Promise<unknown>
}

/** Each item in its order, with what was begun for it. */
export async function* beginAhead<Item, Of extends Begun>(
  items: AsyncIterable<Item>,
  begin: (item: Item) => Of,
  most = underWay,
): AsyncGenerator<readonly [item: Item, begun: Of]> {
  const waiting: (readonly [Item, Of])[] = []
  for await (const item of items) {
    const begun = begin(item)
    begun.reading.catch(() => undefined)
    waiting.push([item, begun])
    if (waiting.length >= most) yield waiting.shift()!
  }
  yield* waiting
}
