/** What a photographed sheet lies on. */
import { createCanvas } from '@napi-rs/canvas'
import type { Random } from './random.ts'

export type Ground = 'wood' | 'stone' | 'papers' | 'checked' | 'cloth' | 'keyboard'
