;; What stands before and after a run of a network: pixels as its floats, and the likeliest of thousands of characters.
;; The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; A row of RGB as floats in three planes, `plane` bytes apart, blue first: each level times its scale, and its shift added.
  (func $asFloats (export "asFloats") (param $from i32) (param $count i32) (param $to i32) (param $plane i32)
    (param $blueScale f32) (param $blueShift f32) (param $greenScale f32) (param $greenShift f32) (param $redScale f32) (param $redShift f32)
    (local $bytes v128) (local $green i32) (local $red i32) (local $reds v128) (local $greens v128) (local $blues v128)
    (local.set $reds (v128.const i8x16 0 -1 -1 -1 3 -1 -1 -1 6 -1 -1 -1 9 -1 -1 -1))
    (local.set $greens (v128.const i8x16 1 -1 -1 -1 4 -1 -1 -1 7 -1 -1 -1 10 -1 -1 -1))
    (local.set $blues (v128.const i8x16 2 -1 -1 -1 5 -1 -1 -1 8 -1 -1 -1 11 -1 -1 -1))
    (local.set $green (i32.add (local.get $to) (local.get $plane)))
    (local.set $red (i32.add (local.get $green) (local.get $plane)))
    (block $rest
      (loop $four
        (br_if $rest (i32.lt_s (local.get $count) (i32.const 4)))
        (local.set $bytes (v128.load (local.get $from)))
        (v128.store (local.get $to)
          (f32x4.add (f32x4.splat (local.get $blueShift))
            (f32x4.mul (f32x4.splat (local.get $blueScale))
              (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $blues))))))
        (v128.store (local.get $green)
          (f32x4.add (f32x4.splat (local.get $greenShift))
            (f32x4.mul (f32x4.splat (local.get $greenScale))
              (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $greens))))))
        (v128.store (local.get $red)
          (f32x4.add (f32x4.splat (local.get $redShift))
            (f32x4.mul (f32x4.splat (local.get $redScale))
              (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $reds))))))
        (local.set $from (i32.add (local.get $from) (i32.const 12)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $green (i32.add (local.get $green) (i32.const 16)))
        (local.set $red (i32.add (local.get $red) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 4)))
        (br $four)))
    (block $end
      (loop $one
        (br_if $end (i32.eqz (local.get $count)))
        (f32.store (local.get $to)
          (f32.add (f32.mul (local.get $blueScale) (f32.convert_i32_u (i32.load8_u offset=2 (local.get $from)))) (local.get $blueShift)))
        (f32.store (local.get $green)
          (f32.add (f32.mul (local.get $greenScale) (f32.convert_i32_u (i32.load8_u offset=1 (local.get $from)))) (local.get $greenShift)))
        (f32.store (local.get $red)
          (f32.add (f32.mul (local.get $redScale) (f32.convert_i32_u (i32.load8_u (local.get $from)))) (local.get $redShift)))
        (local.set $from (i32.add (local.get $from) (i32.const 3)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $green (i32.add (local.get $green) (i32.const 4)))
        (local.set $red (i32.add (local.get $red) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $one))))

  ;; A sum of 16 bytes and more, sixteen at a time and the last sixteen once more, that tells different ones apart: each step is
  ;; one-to-one in what came before, and moves high bits down.
  (func (export "digest") (param $from i32) (param $count i32) (result i64)
    (local $last i32) (local $sum v128)
    (local.set $last (i32.add (local.get $from) (i32.sub (local.get $count) (i32.const 16))))
    (local.set $sum (v128.const i64x2 0x243F6A8885A308D3 0x13198A2E03707344))
    (loop $sixteen
      (local.set $sum
        (i64x2.mul (v128.xor (local.get $sum) (v128.load (local.get $from))) (i64x2.splat (i64.const 0x9E3779B97F4A7C15))))
      (local.set $sum (v128.xor (local.get $sum) (i64x2.shr_u (local.get $sum) (i32.const 29))))
      (br_if $sixteen (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 16))) (local.get $last))))
    (local.set $sum
      (i64x2.mul (v128.xor (local.get $sum) (v128.load (local.get $last))) (i64x2.splat (i64.const 0x9E3779B97F4A7C15))))
    (i64.xor
      (i64.mul
        (i64.xor (i64x2.extract_lane 0 (local.get $sum)) (i64.shr_u (i64x2.extract_lane 0 (local.get $sum)) (i64.const 29)))
        (i64.const 0x9E3779B97F4A7C15))
      (i64.rotl (i64x2.extract_lane 1 (local.get $sum)) (i64.const 31))))

  ;; The lightest and the darkest byte of each column of bytes: `stride` bytes a row.
  (func (export "rangeOfColumns") (param $from i32) (param $stride i32) (param $rows i32) (param $least i32) (param $most i32)
    (local $at i32) (local $left i32) (local $column i32) (local $low v128) (local $high v128) (local $here v128)
    (loop $sixteen
      (local.set $at (i32.add (local.get $from) (local.get $column)))
      (local.set $low (v128.load (local.get $at)))
      (local.set $high (local.get $low))
      (local.set $left (i32.sub (local.get $rows) (i32.const 1)))
      (block $end
        (loop $down
          (br_if $end (i32.le_s (local.get $left) (i32.const 0)))
          (local.set $at (i32.add (local.get $at) (local.get $stride)))
          (local.set $here (v128.load (local.get $at)))
          (local.set $low (i8x16.min_u (local.get $low) (local.get $here)))
          (local.set $high (i8x16.max_u (local.get $high) (local.get $here)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $down)))
      (v128.store (i32.add (local.get $least) (local.get $column)) (local.get $low))
      (v128.store (i32.add (local.get $most) (local.get $column)) (local.get $high))
      (br_if $sixteen (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 16))) (local.get $stride)))))

  ;; Of each of `steps` rows of `classes` probabilities the place of the largest, the first of several alike; 0 where the first
  ;; is above one half.
  (func (export "peaks") (param $rows i32) (param $steps i32) (param $classes i32) (param $to i32)
    (local $at i32) (local $end i32) (local $fours i32) (local $best v128) (local $top f32) (local $value f32)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $steps)))
        (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $classes) (i32.const 2))))
        (local.set $at (local.get $rows))
        (if (f32.le (f32.load (local.get $rows)) (f32.const 0.5))
          (then
            (local.set $fours (i32.sub (local.get $end) (i32.const 16)))
            (local.set $best (f32x4.splat (f32.const 0)))
            (block $summed
              (loop $four
                (br_if $summed (i32.gt_u (local.get $at) (local.get $fours)))
                (local.set $best (f32x4.pmax (local.get $best) (v128.load (local.get $at))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (br $four)))
            (local.set $top
              (f32.max
                (f32.max (f32x4.extract_lane 0 (local.get $best)) (f32x4.extract_lane 1 (local.get $best)))
                (f32.max (f32x4.extract_lane 2 (local.get $best)) (f32x4.extract_lane 3 (local.get $best)))))
            (block $rest
              (loop $one
                (br_if $rest (i32.ge_u (local.get $at) (local.get $end)))
                (local.set $value (f32.load (local.get $at)))
                (if (f32.gt (local.get $value) (local.get $top)) (then (local.set $top (local.get $value))))
                (local.set $at (i32.add (local.get $at) (i32.const 4)))
                (br $one)))
            (local.set $best (f32x4.splat (local.get $top)))
            (local.set $at (local.get $rows))
            (block $near
              (loop $four
                (br_if $near (i32.gt_u (local.get $at) (local.get $fours)))
                (br_if $near (v128.any_true (f32x4.eq (local.get $best) (v128.load (local.get $at)))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (br $four)))
            (block $found
              (loop $one
                (br_if $found (i32.ge_u (i32.add (local.get $at) (i32.const 4)) (local.get $end)))
                (br_if $found (f32.eq (f32.load (local.get $at)) (local.get $top)))
                (local.set $at (i32.add (local.get $at) (i32.const 4)))
                (br $one)))))
        (i32.store (local.get $to) (i32.shr_u (i32.sub (local.get $at) (local.get $rows)) (i32.const 2)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $rows (local.get $end))
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (br $each))))

  ;; The places of the floats that are at least `least`, in their order; how many.
  (func (export "listAbove") (param $from i32) (param $count i32) (param $least f32) (param $to i32) (result i32)
    (local $at i32) (local $end i32) (local $last i32) (local $listed i32) (local $limit v128)
    (local.set $at (local.get $from))
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $limit (f32x4.splat (local.get $least)))
    (local.set $listed (local.get $to))
    (block $done
      (loop $some
        ;; Hardly any reach it: sixteen at a time are passed.
        (block $near
          (loop $sixteen
            (br_if $near (i32.gt_u (i32.add (local.get $at) (i32.const 64)) (local.get $end)))
            (br_if $near
              (v128.any_true
                (v128.or
                  (v128.or
                    (f32x4.ge (v128.load (local.get $at)) (local.get $limit))
                    (f32x4.ge (v128.load offset=16 (local.get $at)) (local.get $limit)))
                  (v128.or
                    (f32x4.ge (v128.load offset=32 (local.get $at)) (local.get $limit))
                    (f32x4.ge (v128.load offset=48 (local.get $at)) (local.get $limit))))))
            (local.set $at (i32.add (local.get $at) (i32.const 64)))
            (br $sixteen)))
        (local.set $last (i32.add (local.get $at) (i32.const 64)))
        (if (i32.gt_u (local.get $last) (local.get $end)) (then (local.set $last (local.get $end))))
        (loop $one
          (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
          (if (f32.ge (f32.load (local.get $at)) (local.get $least))
            (then
              (i32.store (local.get $listed) (i32.shr_u (i32.sub (local.get $at) (local.get $from)) (i32.const 2)))
              (local.set $listed (i32.add (local.get $listed) (i32.const 4)))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $one (i32.lt_u (local.get $at) (local.get $last))))
        (br $some)))
    (i32.shr_u (i32.sub (local.get $listed) (local.get $to)) (i32.const 2)))

  ;; A raster as floats in three planes of `wide` times `tall`, blue first, what lies right of it and below as if it were white.
  (func (export "asPlanes") (param $from i32) (param $width i32) (param $height i32) (param $to i32) (param $wide i32) (param $tall i32)
    (param $blueScale f32) (param $blueShift f32) (param $greenScale f32) (param $greenShift f32) (param $redScale f32) (param $redShift f32)
    (local $plane i32) (local $row i32) (local $margin i32)
    (local.set $plane (i32.shl (i32.mul (local.get $wide) (local.get $tall)) (i32.const 2)))
    (local.set $margin (i32.sub (local.get $wide) (local.get $width)))
    (loop $down
      (if (i32.lt_s (local.get $row) (local.get $height))
        (then
          (call $asFloats (local.get $from) (local.get $width) (local.get $to) (local.get $plane) (local.get $blueScale) (local.get $blueShift)
            (local.get $greenScale) (local.get $greenShift) (local.get $redScale) (local.get $redShift))
          (local.set $from (i32.add (local.get $from) (i32.mul (local.get $width) (i32.const 3))))
          (local.set $to (i32.add (local.get $to) (i32.shl (local.get $width) (i32.const 2)))))
        (else (local.set $margin (local.get $wide))))
      (call $fill (local.get $to) (local.get $margin) (local.get $blueScale) (local.get $blueShift))
      (call $fill (i32.add (local.get $to) (local.get $plane)) (local.get $margin) (local.get $greenScale) (local.get $greenShift))
      (call $fill (i32.add (local.get $to) (i32.shl (local.get $plane) (i32.const 1))) (local.get $margin) (local.get $redScale)
        (local.get $redShift))
      (local.set $to (i32.add (local.get $to) (i32.shl (local.get $margin) (i32.const 2))))
      (br_if $down (i32.lt_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $tall)))))

  ;; White, scaled and shifted like other levels.
  (func $fill (param $to i32) (param $count i32) (param $scale f32) (param $shift f32)
    (local $white f32)
    (local.set $white (f32.add (f32.mul (f32.const 255) (local.get $scale)) (local.get $shift)))
    (block $end
      (loop $each
        (br_if $end (i32.le_s (local.get $count) (i32.const 0)))
        (f32.store (local.get $to) (local.get $white))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each)))))
