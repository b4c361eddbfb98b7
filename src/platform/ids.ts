/** The only place that makes ids and secrets. */
import { randomBytes, randomUUID } from 'node:crypto'

export interface Ids {
  /** Sorts by the time it was made: UUID version 7 (RFC 9562, 5.7). */
  next(): string
  /** A secret that a person can type: `length` characters without look-alikes, 5 bits each. */
  secret(length: number): string
}

const typable = 'abcdefghjkmnpqrstuvwxyz23456789'

export const randomIds: Ids = {
  next: () => {
    const time = Date.now().toString(16).padStart(12, '0')
    const random = randomUUID().replaceAll('-', '')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(13, 16)}-${random.slice(16, 20)}-${random.slice(20)}`
  },
  // 31 symbols: bytes of 248 and above are thrown away so that each symbol is equally likely.
  secret: (length) => {
    let secret = ''
    while (secret.length < length)
      for (const byte of randomBytes(length)) if (byte < 248 && secret.length < length) secret += typable[byte % 31]
    return secret
  },
}

/** Ids in a fixed order, for tests. */
export function countingIds(prefix = 'id'): Ids {
  let count = 0
  return {
    next: () => `${prefix}-${String(++count).padStart(6, '0')}`,
    secret: (length) => 'secret'.repeat(Math.ceil(length / 6)).slice(0, length),
  }
}
