/**
 * Addresses of one set of papers. Cards may rightly be sent elsewhere than to the registered seat, and a holder may live
 * anywhere: that is noted, never asked. Two places to send the same cards to are looked at (guide, 邮寄领卡).
 */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { found, labelOf, ofKind, titleOf, type Case } from './case.ts'
import { compareAddresses, isReachable, lacksDoor } from './compare-addresses.ts'
import { comparable, differ, isPlain, isSure, textOf } from './evidence.ts'

interface Place {
  readonly document: ReadDocument
  readonly field: string
  readonly value: FieldValue
  readonly text: string
}

function placesOf(documents: readonly ReadDocument[], field: string): Place[] {
  return documents.flatMap((document) => {
    const value = document.fields[field]
    const text = textOf(value)
    return value && text !== null ? [{ document, field, value, text }] : []
  })
}

/** Two places, read beyond what misreading explains: another street, or another number where nobody need look at either. */
function differs(left: Place, right: Place): boolean {
  const { verdict } = compareAddresses(left.text, right.text)
  if (verdict === 'other') return isPlain(left.value) && isPlain(right.value)
  return verdict === 'number' && isSure(left.value) && isSure(right.value)
}

const nameOf = ({ document, field }: Place) => `${titleOf(document)}的${labelOf(document.kind, field)}`

/** Where cards go to: the registration form's against the authorisation letter's, and either against the registered seat. */
export function differingAddresses(opened: Case): Finding[] {
  const seats = placesOf(ofKind(opened, 'business-licence'), 'address')
  const recipients = [
    ...placesOf(ofKind(opened, 'registration-form'), 'recipientAddress'),
    ...placesOf(ofKind(opened, 'authorization-letter'), 'recipientAddress'),
  ]
  return [...recipients.flatMap((place) => awayFrom(place, seats)), ...userAddresses(opened, seats, recipients)]
}

function awayFrom(place: Place, seats: readonly Place[]): Finding[] {
  const [seat] = seats
  if (!seat || !seats.every((other) => differs(place, other))) return []
  const message = `${nameOf(place)}不是${nameOf(seat)}，寄送时请留意。`
  return [found('address-differs', 'note', message, { document: place.document, field: place.field, against: seat })]
}

/** 用户地址 of the card form: the enterprise's seat, the holder's home, or where the cards go. */
function userAddresses(opened: Case, seats: readonly Place[], recipients: readonly Place[]): Finding[] {
  return (['legal', 'operator'] as const).flatMap((half) =>
    placesOf(ofKind(opened, 'card-form'), `${half}.address`).flatMap((place) => {
      const name = comparable(textOf(place.document.fields[`${half}.holderName`]) ?? '')
      const homes = placesOf(
        ofKind(opened, 'identity-document').filter((copy) => name !== '' && comparable(textOf(copy.fields['name']) ?? '') === name),
        'address',
      )
      const known = [...seats, ...homes, ...recipients]
      // Without the holder's copy or the licence it may be what stands on them.
      if (homes.length === 0 || seats.length === 0 || !known.every((other) => differs(place, other))) return []
      const message = `${nameOf(place)}与营业执照、身份证件和收件地址都不同，请留意。`
      return [found('address-differs', 'note', message, { document: place.document, field: place.field })]
    }),
  )
}

/** 快递无法送达: an address that ends with its district or street, on the paper that says where the cards go. */
export function vagueAddresses(opened: Case): Finding[] {
  const forms = ofKind(opened, 'registration-form').filter(({ fields }) => textOf(fields['deliveryMethod']) !== 'window')
  return placesOf([...forms, ...ofKind(opened, 'authorization-letter')], 'recipientAddress')
    .filter(({ text }) => !isReachable(text) || lacksDoor(text))
    .map((place) => {
      const { document, field } = place
      // Guide 九2(3) speaks of posting, and of what was voided nothing is left to post.
      if (!opened.rule.handsOver)
        return found('address-incomplete', 'note', `${nameOf(place)}没有写到街道门牌，本业务办结后没有卡片寄回，请留意。`, {
          document,
          field,
        })
      // Who lives in a small place is found without a number there: whoever sends it asks.
      if (isReachable(place.text)) {
        const message = `${nameOf(place)}没有写到门牌，快递可能无法送达，请与企业核对。`
        return found('address-incomplete', 'look', message, { document, field })
      }
      const clear = isSure(place.value)
      const message = `${nameOf(place)}不完整，快递无法送达，${clear ? '请补填街道门牌' : '请对照原件核对'}。`
      return found('address-incomplete', clear ? 'correct' : 'look', message, { document, field })
    })
}

const recipientFields = ['recipientAddress', 'recipientName', 'recipientPhone'] as const

/** One set that names two recipients: only one of them gets the parcel. */
export function differingRecipients(opened: Case): Finding[] {
  const letters = ofKind(opened, 'authorization-letter')
  return ofKind(opened, 'registration-form').flatMap((form) =>
    letters.flatMap((letter) =>
      recipientFields.flatMap((field) => {
        const [own] = placesOf([form], field)
        const [other] = placesOf([letter], field)
        if (!own || !other) return []
        const apart = field === 'recipientAddress' ? differs(own, other) : differ(own.value, other.value) === 'clear'
        if (!apart) return []
        const message = `${nameOf(other)}与${nameOf(own)}不同，寄送前请与企业核对。`
        return [found('recipient-differs', 'look', message, { document: letter, field, against: { document: form, field } })]
      }),
    ),
  )
}

/** 窗口领卡 is ticked, and whom to send the cards to is written all the same: which of the two is meant is asked when the cards are ready. */
export function collectedOrSent(opened: Case): Finding[] {
  if (!opened.rule.handsOver) return []
  return ofKind(opened, 'registration-form').flatMap((document) => {
    const { deliveryMethod, recipientAddress } = document.fields
    if (textOf(deliveryMethod) !== 'window' || !isReachable(textOf(recipientAddress) ?? '')) return []
    const message = `${titleOf(document)}勾选了窗口领卡，又填写了收件地址，通知领卡时请问明是否邮寄。`
    return [found('delivery-doubtful', 'note', message, { document, field: 'deliveryMethod' })]
  })
}
