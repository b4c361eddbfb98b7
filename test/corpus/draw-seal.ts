/**
 * Impressions of seals, as vector drawings worn afterwards: patchy ink, pale ink, smears, a hand that leans to one side. Sizes
 * follow practice: a limited company's seal is 40 mm with a 1.2 mm ring and a 14 mm star, an invoice seal is an oval of
 * 40 × 30 mm; engravers stretch the letters tall and differ in everything else.
 */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { fontFor, type FaceName } from './faces.ts'
import type { Random } from './random.ts'
import type { Rect, SealMark, Sheet } from './sheet.ts'

const millimetre = 72 / 25.4

export interface SealDesign {
  /** Around the upper arc. */
  readonly name: string
  /** Below the star, as `财务专用章`; null on the company's own seal. */
  readonly purpose: string | null
  /** On the lower arc, read from left to right; null when the seal has none. */
  readonly number: string | null
  readonly shape: 'round' | 'oval'
  readonly star: boolean
  /** Diameter, or width of an oval, in millimetres. */
  readonly size: number
  readonly face: FaceName
  /** Height of a letter in millimetres on a seal of 40 mm, and its width as share of its height. */
  readonly letter: { readonly height: number; readonly squeeze: number }
  /** Radians from the middle of the first letter to that of the last. */
  readonly spread: number
  /** Breadth of the ring's line and radius of the star in millimetres on a seal of 40 mm. */
  readonly line: number
  readonly starRadius: number
  /** Thin circle inside of the ring. */
  readonly innerRing: boolean
  /** Security lines across the face. */
  readonly auxiliaryLines: boolean
  readonly role: SealMark['role']
}

export interface SealWear {
  /** 0 is crisp, 1 is hardly legible. */
  readonly patchiness: number
  /** Opacity of the ink. */
  readonly strength: number
  /** Smear in points. */
  readonly smear: number
  /** Radians. */
  readonly turn: number
  /** How much paler the ink is on the side that the hand did not press, 0…1, and where that side lies, radians. */
  readonly lean: number
  readonly leanTo: number
  /** Points by which wet ink runs beyond the letters. */
  readonly bleed: number
}

/** Faces of engravers; the second list is kept out of tuning. */
const faces: readonly FaceName[] = ['serif', 'song', 'song', 'serif-bold', 'sans', 'kai']
const heldBackFaces: readonly FaceName[] = ['xiaowei', 'kai-bold', 'sans-bold']

/** How an engraver sets a name round a seal of 40 mm: letters as high as they will go, or as wide as they are high. */
function setLetters(random: Random, count: number, most: number): Pick<SealDesign, 'letter' | 'spread'> {
  const pitch = random.between(0.29, 0.4)
  const spread = Math.min(most, count * pitch + random.between(0, 0.5))
  const step = (spread / Math.max(1, count - 1)) * 15.5
  const isTall = random.chance(0.6)
  const even = count > 18 ? 3.3 : count > 14 ? 3.9 : count > 10 ? 4.6 : 5.2
  const height = isTall ? random.between(1, 1.32) * (count > 20 ? 3.9 : count > 14 ? 4.4 : 4.9) : even
  const width = Math.min(height * random.between(0.72, 0.95), step * random.between(0.86, 0.98))
  return { letter: { height, squeeze: Math.max(0.42, width / height) }, spread }
}

/** The company's own seal in one of the usual makes. The design hangs on `random` alone: one enterprise has one seal. */
export function designSeal(random: Random, name: string, number: string, heldBack = false): SealDesign {
  const numbered = random.chance(0.75)
  return {
    name,
    purpose: null,
    number: numbered ? number : null,
    shape: 'round',
    star: true,
    size: name.includes('股份') ? 42 : random.pick([38, 40, 40, 40, 42]),
    face: random.pick(heldBack ? heldBackFaces : faces),
    ...setLetters(random.fork('letters'), Array.from(name).length, (numbered ? 1.52 : 1.66) * Math.PI),
    line: random.between(0.9, 1.4),
    starRadius: random.pick([5, 6, 7, 7, 7]),
    innerRing: random.chance(0.3),
    auxiliaryLines: random.chance(0.25),
    role: 'company',
  }
}

export function designSpecialSeal(random: Random, name: string, uscc: string): SealDesign {
  const purpose = random.pick(['财务专用章', '合同专用章', '发票专用章', '报关专用章'])
  const oval = purpose === '发票专用章' || (purpose === '报关专用章' && random.chance(0.6))
  return {
    name,
    purpose,
    number: purpose === '发票专用章' ? uscc : null,
    shape: oval ? 'oval' : 'round',
    star: !oval && random.chance(0.5),
    size: 40,
    face: random.pick(['serif', 'serif-bold']),
    ...setLetters(random.fork('letters'), Array.from(name).length, (oval ? 1.2 : 1.4) * Math.PI),
    line: 1.2,
    starRadius: 5,
    innerRing: oval,
    auxiliaryLines: false,
    role: 'special',
  }
}

export function wearSeal(random: Random, harshness = 1): SealWear {
  const poor = random.chance(0.18 * harshness)
  const hand = random.fork('hand')
  return {
    patchiness: random.between(0.02, 0.18) * harshness + (poor ? random.between(0.15, 0.35) : 0),
    strength: poor ? random.between(0.45, 0.62) : random.between(0.65, 0.92),
    smear: random.chance(0.2 * harshness) ? random.between(0.15, 0.5) : 0,
    turn: random.bell() * (random.chance(0.15) ? 0.5 : 0.12),
    lean: hand.chance(0.3 * harshness) ? hand.between(0.15, 0.6) : 0,
    leanTo: hand.between(0, 2 * Math.PI),
    bleed: hand.chance(0.2 * harshness) ? hand.between(0.05, 0.25) : 0,
  }
}

/**
 * Presses a seal on the sheet with its centre at x, y (points) and marks it. The ink is rendered at 300 dpi. Given the same
 * `random` anew, it is the same impression to the last speck.
 */
export function pressSeal(sheet: Sheet, design: SealDesign, wear: SealWear, x: number, y: number, random = sheet.random): Rect {
  const color = inkOf(random)
  const width = design.size * millimetre
  const height = design.shape === 'oval' ? width * 0.75 : width
  const side = Math.ceil(width * 1.12)
  const scale = 300 / 72
  const ink = createCanvas(Math.ceil(side * scale), Math.ceil(side * scale))
  const context = ink.getContext('2d')
  context.scale(scale, scale)
  context.translate(side / 2, side / 2)
  context.rotate(wear.turn)
  if (wear.bleed > 0) {
    context.shadowColor = color
    context.shadowBlur = wear.bleed * scale * 2
  }
  drawFace(context, design, width, height, color)
  context.shadowColor = 'transparent'
  context.setTransform(1, 0, 0, 1, 0, 0)
  wearInk(context, ink.width, wear, random)

  const target = sheet.context
  target.save()
  target.globalCompositeOperation = 'multiply'
  target.globalAlpha = wear.strength
  target.drawImage(ink, x - side / 2, y - side / 2, side, side)
  if (wear.smear > 0) {
    target.globalAlpha = wear.strength * 0.4
    target.drawImage(ink, x - side / 2 + wear.smear, y - side / 2 + wear.smear * 0.7, side, side)
  }
  target.restore()

  const cos = Math.abs(Math.cos(wear.turn))
  const sin = Math.abs(Math.sin(wear.turn))
  const spanX = design.shape === 'oval' ? Math.hypot(width * cos, height * sin) : width
  const spanY = design.shape === 'oval' ? Math.hypot(width * sin, height * cos) : height
  const left = Math.max(0, x - spanX / 2)
  const top = Math.max(0, y - spanY / 2)
  const rect: Rect = [left, top, Math.min(sheet.width, x + spanX / 2) - left, Math.min(sheet.height, y + spanY / 2) - top]
  sheet.seals.push({ rect, color: 'red', shape: design.shape, text: design.name, role: design.role })
  return rect
}

function inkOf(random: Random): string {
  return random.pick(['#d8202a', '#cf1f2e', '#e0322f', '#c8283c', '#dd2c20'])
}

function drawFace(context: SKRSContext2D, design: SealDesign, width: number, height: number, color: string): void {
  const ring = design.line * millimetre * (design.size / 40)
  context.strokeStyle = color
  context.fillStyle = color
  context.lineWidth = ring
  oval(context, width / 2 - ring / 2, height / 2 - ring / 2)
  if (design.innerRing) {
    context.lineWidth = 0.5
    oval(context, width / 2 - ring - 2, height / 2 - ring - 2)
  }
  if (design.auxiliaryLines) {
    context.lineWidth = 0.25
    context.beginPath()
    for (let i = 1; i < 4; i++) {
      const at = (width / 2 - ring) * (i / 4)
      context.moveTo(-Math.sqrt((width / 2) ** 2 - at ** 2) + ring, at)
      context.lineTo(Math.sqrt((width / 2) ** 2 - at ** 2) - ring, at - 1)
    }
    context.stroke()
  }
  const letters = Array.from(design.name)
  const size = design.letter.height * millimetre * (design.size / 40)
  const gap = (design.innerRing ? 4 : 2) + ring
  arcText(context, letters, {
    radiusX: width / 2 - gap - size * 0.5,
    radiusY: height / 2 - gap - size * 0.5,
    spread: design.spread,
    size,
    face: design.face,
    upper: true,
    squeeze: design.letter.squeeze,
  })
  if (design.star) star(context, design.starRadius * millimetre * (design.size / 40), design.purpose === null ? 0 : -3)
  if (design.purpose !== null) {
    const purposeSize = (design.shape === 'oval' ? 4.2 : 4.4) * millimetre
    context.font = fontFor(design.face, purposeSize, design.purpose)
    context.textAlign = 'center'
    context.fillText(design.purpose, 0, design.shape === 'oval' ? height * 0.3 : height * 0.27)
  }
  if (design.number !== null && design.shape === 'oval') {
    const numberSize = 2.9 * millimetre
    context.font = fontFor('sans', numberSize, design.number)
    context.textAlign = 'center'
    context.fillText(design.number, 0, numberSize * 0.35)
  } else if (design.number !== null) {
    const numberSize = 1.9 * millimetre
    arcText(context, Array.from(design.number), {
      radiusX: width / 2 - gap - numberSize * 0.4,
      radiusY: height / 2 - gap - numberSize * 0.4,
      spread: 0.078 * design.number.length,
      size: numberSize,
      face: 'sans',
      upper: false,
      squeeze: 1,
    })
  }
}

function oval(context: SKRSContext2D, radiusX: number, radiusY: number): void {
  context.beginPath()
  context.ellipse(0, 0, radiusX, radiusY, 0, 0, Math.PI * 2)
  context.stroke()
}

interface Arc {
  readonly radiusX: number
  readonly radiusY: number
  /** Angle from first to last letter's middle, radians. */
  readonly spread: number
  readonly size: number
  readonly face: FaceName
  readonly upper: boolean
  /** Width of a letter as share of its height. */
  readonly squeeze: number
}

function arcText(context: SKRSContext2D, letters: readonly string[], arc: Arc): void {
  context.textAlign = 'center'
  letters.forEach((letter, i) => {
    const share = letters.length === 1 ? 0.5 : i / (letters.length - 1)
    const angle = (arc.upper ? -Math.PI / 2 : Math.PI / 2) + (share - 0.5) * arc.spread * (arc.upper ? 1 : -1)
    context.save()
    context.translate(Math.cos(angle) * arc.radiusX, Math.sin(angle) * arc.radiusY)
    // The normal of the ellipse, so that letters stand on the rim.
    const normal = Math.atan2(Math.sin(angle) / arc.radiusY, Math.cos(angle) / arc.radiusX)
    context.rotate(normal + (arc.upper ? Math.PI / 2 : -Math.PI / 2))
    context.scale(arc.squeeze, 1)
    context.font = fontFor(arc.face, arc.size, letter)
    context.fillText(letter, 0, arc.size * 0.36)
    context.restore()
  })
}

/** A filled five-pointed star standing upright. */
export function star(context: SKRSContext2D, radius: number, y: number, x = 0): void {
  context.beginPath()
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5
    const r = i % 2 === 0 ? radius : radius * 0.382
    if (i === 0) context.moveTo(x + Math.cos(angle) * r, y + Math.sin(angle) * r)
    else context.lineTo(x + Math.cos(angle) * r, y + Math.sin(angle) * r)
  }
  context.closePath()
  context.fill()
}

/** Takes ink away in specks and soft patches. */
function wearInk(context: SKRSContext2D, side: number, wear: SealWear, random: Random): void {
  context.globalCompositeOperation = 'destination-out'
  const specks = Math.round(side * side * 0.004 * wear.patchiness * 6)
  for (let i = 0; i < specks; i++) {
    context.globalAlpha = random.between(0.3, 1)
    const size = random.between(0.6, 2.6)
    context.fillRect(random.between(0, side), random.between(0, side), size, size)
  }
  const patches = Math.round(3 + wear.patchiness * 30)
  for (let i = 0; i < patches; i++) {
    const radius = side * random.between(0.05, 0.2)
    const x = random.between(0, side)
    const y = random.between(0, side)
    const shade = context.createRadialGradient(x, y, 0, x, y, radius)
    shade.addColorStop(0, `rgba(0,0,0,${Math.min(0.85, wear.patchiness * 2.2)})`)
    shade.addColorStop(1, 'rgba(0,0,0,0)')
    context.globalAlpha = 1
    context.fillStyle = shade
    context.fillRect(x - radius, y - radius, radius * 2, radius * 2)
  }
  if (wear.lean > 0) {
    const reach = (side / 2) * 0.95
    const [x, y] = [Math.cos(wear.leanTo) * reach, Math.sin(wear.leanTo) * reach]
    const shade = context.createLinearGradient(side / 2 - x, side / 2 - y, side / 2 + x, side / 2 + y)
    shade.addColorStop(0.35, 'rgba(0,0,0,0)')
    shade.addColorStop(1, `rgba(0,0,0,${wear.lean})`)
    context.globalAlpha = 1
    context.fillStyle = shade
    context.fillRect(0, 0, side, side)
  }
  context.globalAlpha = 1
  context.globalCompositeOperation = 'source-over'
}
