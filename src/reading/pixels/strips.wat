;; The strips into which seals are laid flat, and the ink on them. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; A strip of a raster, column by column: each of `columns` four doubles, where it begins and how far it goes for a depth of 1;
  ;; each of `depths` a double. Bilinear; what lies off the raster stays as it is.
  (func (export "unwrap") (param $from i32) (param $fromWidth i32) (param $fromHeight i32) (param $columns i32) (param $depths i32)
    (param $width i32) (param $height i32) (param $to i32)
    (local $x i32) (local $y i32) (local $at i32) (local $below i32) (local $stride i32) (local $into i32)
    (local $depth f64) (local $placeX f64) (local $placeY f64) (local $left f64) (local $top f64)
    (local $near v128) (local $far v128) (local $cell v128) (local $pixels v128) (local $upper v128) (local $lower v128) (local $blue v128)
    (local $own v128) (local $next v128) (local $ownBelow v128) (local $nextBelow v128) (local $ownBlue v128) (local $nextBlue v128)
    (local.set $own (v128.const i8x16 0 -1 -1 -1 1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $next (v128.const i8x16 3 -1 -1 -1 4 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $ownBelow (v128.const i8x16 8 -1 -1 -1 9 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $nextBelow (v128.const i8x16 11 -1 -1 -1 12 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $ownBlue (v128.const i8x16 2 -1 -1 -1 10 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $nextBlue (v128.const i8x16 5 -1 -1 -1 13 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $stride (i32.mul (local.get $fromWidth) (i32.const 3)))
    (loop $down
      (local.set $depth (f64.load (local.get $depths)))
      (local.set $depths (i32.add (local.get $depths) (i32.const 8)))
      (local.set $at (local.get $columns))
      (local.set $x (i32.const 0))
      (loop $across
        (local.set $placeX
          (f64.sub (f64.sub (f64.load (local.get $at)) (f64.mul (f64.load offset=16 (local.get $at)) (local.get $depth))) (f64.const 0.5)))
        (local.set $placeY
          (f64.sub (f64.sub (f64.load offset=8 (local.get $at)) (f64.mul (f64.load offset=24 (local.get $at)) (local.get $depth))) (f64.const 0.5)))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (local.set $left (f64.floor (local.get $placeX)))
        (local.set $top (f64.floor (local.get $placeY)))
        (if (i32.and
            (i32.and (f64.ge (local.get $left) (f64.const 0)) (f64.ge (local.get $top) (f64.const 0)))
            (i32.and
              (f64.lt (local.get $left) (f64.convert_i32_s (i32.sub (local.get $fromWidth) (i32.const 1))))
              (f64.lt (local.get $top) (f64.convert_i32_s (i32.sub (local.get $fromHeight) (i32.const 1))))))
          (then
            (local.set $placeX (f64.sub (local.get $placeX) (local.get $left)))
            (local.set $placeY (f64.sub (local.get $placeY) (local.get $top)))
            (local.set $near (f64x2.splat (f64.sub (f64.const 1) (local.get $placeX))))
            (local.set $far (f64x2.splat (local.get $placeX)))
            (local.set $cell (i32x4.relaxed_trunc_f64x2_s_zero (f64x2.replace_lane 1 (f64x2.splat (local.get $left)) (local.get $top))))
            (local.set $below
              (i32.add (local.get $from)
                (i32.add
                  (i32.mul (i32x4.extract_lane 1 (local.get $cell)) (local.get $stride))
                  (i32.mul (i32x4.extract_lane 0 (local.get $cell)) (i32.const 3)))))
            (local.set $into (i32.add (local.get $to) (i32.mul (local.get $x) (i32.const 3))))
            ;; The pixel and its right neighbour, behind them those of the row below.
            (local.set $pixels
              (v128.load64_lane 1 (i32.add (local.get $below) (local.get $stride)) (v128.load64_zero (local.get $below))))
            ;; Red and green above and below, then blue above and below in one.
            (local.set $upper
              (call $towards (local.get $near) (local.get $far)
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $own))
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $next))))
            (local.set $lower
              (call $towards (local.get $near) (local.get $far)
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $ownBelow))
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $nextBelow))))
            (local.set $blue
              (call $towards (local.get $near) (local.get $far)
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $ownBlue))
                (i8x16.relaxed_swizzle (local.get $pixels) (local.get $nextBlue))))
            (local.set $far (f64x2.splat (local.get $placeY)))
            (local.set $upper
              (f64x2.add (local.get $upper) (f64x2.mul (f64x2.sub (local.get $lower) (local.get $upper)) (local.get $far))))
            (local.set $blue
              (f64x2.add (local.get $blue)
                (f64x2.mul
                  (f64x2.sub (i8x16.shuffle 8 9 10 11 12 13 14 15 0 0 0 0 0 0 0 0 (local.get $blue) (local.get $blue)) (local.get $blue))
                  (local.get $far))))
            (local.set $pixels (i32x4.relaxed_trunc_f64x2_s_zero (local.get $upper)))
            (v128.store8_lane 0 (local.get $into) (local.get $pixels))
            (v128.store8_lane offset=1 4 (local.get $into) (local.get $pixels))
            (v128.store8_lane offset=2 0 (local.get $into) (i32x4.relaxed_trunc_f64x2_s_zero (local.get $blue)))))
        (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (local.set $to (i32.add (local.get $to) (i32.mul (local.get $width) (i32.const 3))))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))

  ;; Two channels of a pixel and of its neighbour as whole numbers, weighed and added.
  (func $towards (param $near v128) (param $far v128) (param $own v128) (param $next v128) (result v128)
    (f64x2.add
      (f64x2.mul (f64x2.convert_low_i32x4_s (local.get $own)) (local.get $near))
      (f64x2.mul (f64x2.convert_low_i32x4_s (local.get $next)) (local.get $far))))

  ;; Adds or takes away the values of a column of a plane.
  (func $countColumn (param $at i32) (param $width i32) (param $height i32) (param $by i32) (param $counts i32)
    (local $count i32)
    (loop $down
      (local.set $count (i32.add (local.get $counts) (i32.shl (i32.load8_u (local.get $at)) (i32.const 2))))
      (i32.store (local.get $count) (i32.add (i32.load (local.get $count)) (local.get $by)))
      (local.set $at (i32.add (local.get $at) (local.get $width)))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))

  ;; The value below which a share of what was counted lies.
  (func $percentile (param $counts i32) (param $left f64) (result f64)
    (local $value i32)
    (block $found
      (loop $each
        (br_if $found (i32.ge_s (local.get $value) (i32.const 255)))
        (local.set $left
          (f64.sub (local.get $left)
            (f64.convert_i32_u (i32.load (i32.add (local.get $counts) (i32.shl (local.get $value) (i32.const 2)))))))
        (br_if $found (f64.lt (local.get $left) (f64.const 0)))
        (local.set $value (i32.add (local.get $value) (i32.const 1)))
        (br $each)))
    (f64.convert_i32_s (local.get $value)))

  ;; A plane of ink as black on white in RGB, its contrast stretched anew at each column by what is within `nearby` columns of it:
  ;; white is the value below which the share `lowShare` lies, or `low` where that is not below 0; black the greatest of what the share
  ;; `highShare` lies below, white and `least`, and white and `part` of the way to `most`. `counts` has 256 times four bytes.
  (func (export "stretchInk") (param $plane i32) (param $width i32) (param $height i32) (param $nearby i32) (param $low f64) (param $lowShare f64)
    (param $highShare f64) (param $least f64) (param $part f64) (param $most f64) (param $counts i32) (param $to i32)
    (local $x i32) (local $y i32) (local $at i32) (local $into i32) (local $counted f64) (local $white f64) (local $range f64) (local $value i32)
    (memory.fill (local.get $counts) (i32.const 0) (i32.const 1024))
    (block $filled
      (loop $across
        (br_if $filled (i32.ge_s (local.get $x) (local.get $width)))
        (br_if $filled (i32.ge_s (local.get $x) (local.get $nearby)))
        (call $countColumn (i32.add (local.get $plane) (local.get $x)) (local.get $width) (local.get $height) (i32.const 1) (local.get $counts))
        (local.set $counted (f64.add (local.get $counted) (f64.convert_i32_s (local.get $height))))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br $across)))
    (local.set $x (i32.const 0))
    (loop $across
      (if (i32.lt_s (i32.add (local.get $x) (local.get $nearby)) (local.get $width))
        (then
          (call $countColumn (i32.add (local.get $plane) (i32.add (local.get $x) (local.get $nearby))) (local.get $width)
            (local.get $height) (i32.const 1) (local.get $counts))
          (local.set $counted (f64.add (local.get $counted) (f64.convert_i32_s (local.get $height))))))
      (if (i32.gt_s (local.get $x) (local.get $nearby))
        (then
          (call $countColumn (i32.add (local.get $plane) (i32.sub (i32.sub (local.get $x) (local.get $nearby)) (i32.const 1)))
            (local.get $width) (local.get $height) (i32.const -1) (local.get $counts))
          (local.set $counted (f64.sub (local.get $counted) (f64.convert_i32_s (local.get $height))))))
      (local.set $white (local.get $low))
      (if (f64.lt (local.get $low) (f64.const 0))
        (then (local.set $white (call $percentile (local.get $counts) (f64.mul (local.get $counted) (local.get $lowShare))))))
      (local.set $range
        (f64.sub
          (f64.max
            (f64.max
              (f64.add (local.get $white) (local.get $least))
              (f64.add (local.get $white) (f64.mul (f64.sub (local.get $most) (local.get $white)) (local.get $part))))
            (call $percentile (local.get $counts) (f64.mul (local.get $counted) (local.get $highShare))))
          (local.get $white)))
      (local.set $at (i32.add (local.get $plane) (local.get $x)))
      (local.set $into (i32.add (local.get $to) (i32.mul (local.get $x) (i32.const 3))))
      (local.set $y (local.get $height))
      (loop $down
        (local.set $value
          (i32.trunc_sat_f64_u
            (f64.sub (f64.const 255)
              (f64.max (f64.const 0)
                (f64.min (f64.const 255)
                  (f64.mul
                    (f64.div (f64.sub (f64.convert_i32_u (i32.load8_u (local.get $at))) (local.get $white)) (local.get $range))
                    (f64.const 255)))))))
        (i32.store8 (local.get $into) (local.get $value))
        (i32.store8 offset=1 (local.get $into) (local.get $value))
        (i32.store8 offset=2 (local.get $into) (local.get $value))
        (local.set $at (i32.add (local.get $at) (local.get $width)))
        (local.set $into (i32.add (local.get $into) (i32.mul (local.get $width) (i32.const 3))))
        (br_if $down (local.tee $y (i32.sub (local.get $y) (i32.const 1)))))
      (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width)))))

  ;; Counts the levels of red, green and blue of a strip (256 times four bytes each).
  (func (export "countChannels") (param $from i32) (param $count i32) (param $counts i32)
    (local $at i32)
    (memory.fill (local.get $counts) (i32.const 0) (i32.const 3072))
    (loop $each
      (local.set $at (i32.add (local.get $counts) (i32.shl (i32.load8_u (local.get $from)) (i32.const 2))))
      (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
      (local.set $at (i32.add (local.get $counts) (i32.shl (i32.load8_u offset=1 (local.get $from)) (i32.const 2))))
      (i32.store offset=1024 (local.get $at) (i32.add (i32.load offset=1024 (local.get $at)) (i32.const 1)))
      (local.set $at (i32.add (local.get $counts) (i32.shl (i32.load8_u offset=2 (local.get $from)) (i32.const 2))))
      (i32.store offset=2048 (local.get $at) (i32.add (i32.load offset=2048 (local.get $at)) (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const 3)))
      (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; What a table of 256 doubles says of a byte.
  (func $said (param $table i32) (param $at i32) (result f64)
    (f64.load (i32.add (local.get $table) (i32.shl (i32.load8_u (local.get $at)) (i32.const 3)))))

  ;; The ink of each pixel, 0 to 255: `base` and `scale` times what the tables say of red, green and blue (256 doubles each, one
  ;; after the other), weighed; what is above `most` counts less the farther it is above.
  (func (export "measureInk") (param $from i32) (param $tables i32) (param $count i32) (param $ofRed f64) (param $ofGreen f64) (param $ofBlue f64)
    (param $base f64) (param $scale f64) (param $most f64) (param $to i32)
    (local $amount f64) (local $greens i32) (local $blues i32)
    (local.set $greens (i32.add (local.get $tables) (i32.const 2048)))
    (local.set $blues (i32.add (local.get $tables) (i32.const 4096)))
    (loop $each
      (local.set $amount
        (f64.add (local.get $base)
          (f64.mul (local.get $scale)
            (f64.add
              (f64.add
                (f64.mul (call $said (local.get $tables) (local.get $from)) (local.get $ofRed))
                (f64.mul (call $said (local.get $greens) (i32.add (local.get $from) (i32.const 1))) (local.get $ofGreen)))
              (f64.mul (call $said (local.get $blues) (i32.add (local.get $from) (i32.const 2))) (local.get $ofBlue))))))
      (if (f64.gt (local.get $amount) (local.get $most))
        (then
          (local.set $amount
            (f64.sub (local.get $most) (f64.mul (f64.sub (local.get $amount) (local.get $most)) (f64.const 3))))))
      ;; A number below 0 becomes 0.
      (i32.store8 (local.get $to) (i32.trunc_sat_f64_u (f64.min (f64.const 255) (local.get $amount))))
      (local.set $from (i32.add (local.get $from) (i32.const 3)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; How red each pixel is, 0 to 255, by what the tables say of its light; and how often each is met (256 times four bytes).
  (func (export "measureHue") (param $from i32) (param $tables i32) (param $count i32) (param $to i32) (param $counts i32)
    (local $at i32) (local $hue i32) (local $red f64)
    (memory.fill (local.get $counts) (i32.const 0) (i32.const 1024))
    (loop $each
      (local.set $red (call $said (local.get $tables) (local.get $from)))
      (local.set $hue
        (i32.trunc_sat_f64_u
          (f64.mul (f64.const 255)
            (f64.max (f64.const 0)
              (f64.sub (f64.const 1)
                (f64.div
                  (f64.max
                    (f64.max
                      (call $said (i32.add (local.get $tables) (i32.const 2048)) (i32.add (local.get $from) (i32.const 1)))
                      (call $said (i32.add (local.get $tables) (i32.const 4096)) (i32.add (local.get $from) (i32.const 2))))
                    (f64.const 0.04))
                  (local.get $red)))))))
      ;; Of what is as dark as black print no colour is told: in a file it has no light at all.
      (if (f64.lt (local.get $red) (f64.const 0.12)) (then (local.set $hue (i32.const 0))))
      (i32.store8 (local.get $to) (local.get $hue))
      (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $hue) (i32.const 2))))
      (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const 3)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Each byte times what a table of 256 doubles says of another one.
  (func (export "weighBy") (param $bytes i32) (param $others i32) (param $table i32) (param $count i32)
    (loop $each
      (i32.store8 (local.get $bytes)
        (i32.trunc_sat_f64_u
          (f64.mul (f64.convert_i32_u (i32.load8_u (local.get $bytes))) (call $said (local.get $table) (local.get $others)))))
      (local.set $bytes (i32.add (local.get $bytes) (i32.const 1)))
      (local.set $others (i32.add (local.get $others) (i32.const 1)))
      (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; A plane of ink whose pixels under black print (1 in `black`), and those beside them, are guessed from the others within `reach`: the
  ;; nearer the more. `hidden` has a byte for each pixel.
  (func (export "mendInk") (param $own i32) (param $black i32) (param $width i32) (param $height i32) (param $reach i32) (param $hidden i32) (param $to i32)
    (local $x i32) (local $y i32) (local $i i32) (local $dx i32) (local $dy i32) (local $nx i32) (local $ny i32) (local $at i32)
    (local $sum f64) (local $weight f64) (local $part f64)
    (memory.copy (local.get $hidden) (local.get $black) (i32.mul (local.get $width) (local.get $height)))
    (memory.copy (local.get $to) (local.get $own) (i32.mul (local.get $width) (local.get $height)))
    (local.set $y (i32.const 1))
    (block $end
      (loop $down
        (br_if $end (i32.ge_s (local.get $y) (i32.sub (local.get $height) (i32.const 1))))
        (local.set $x (i32.const 1))
        (block $rowEnd
          (loop $across
            (br_if $rowEnd (i32.ge_s (local.get $x) (i32.sub (local.get $width) (i32.const 1))))
            (local.set $i (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)))
            (local.set $at (i32.add (local.get $black) (local.get $i)))
            (if (i32.or
                (i32.or (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.load8_u offset=1 (local.get $at)))
                (i32.or
                  (i32.load8_u (i32.sub (local.get $at) (local.get $width)))
                  (i32.load8_u (i32.add (local.get $at) (local.get $width)))))
              (then (i32.store8 (i32.add (local.get $hidden) (local.get $i)) (i32.const 1))))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $across)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $down)))
    (local.set $y (i32.const 0))
    (loop $down
      (local.set $x (i32.const 0))
      (loop $across
        (local.set $i (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)))
        (if (i32.load8_u (i32.add (local.get $hidden) (local.get $i)))
          (then
            (local.set $sum (f64.const 0))
            (local.set $weight (f64.const 0))
            (local.set $dy (i32.sub (i32.const 0) (local.get $reach)))
            (loop $rows
              (local.set $ny (i32.add (local.get $y) (local.get $dy)))
              (local.set $dx (i32.sub (i32.const 0) (local.get $reach)))
              (loop $columns
                (local.set $nx (i32.add (local.get $x) (local.get $dx)))
                (block $next
                  (br_if $next (i32.ge_u (local.get $nx) (local.get $width)))
                  (br_if $next (i32.ge_u (local.get $ny) (local.get $height)))
                  (local.set $at (i32.add (i32.mul (local.get $ny) (local.get $width)) (local.get $nx)))
                  (br_if $next (i32.load8_u (i32.add (local.get $hidden) (local.get $at))))
                  (local.set $part
                    (f64.div (f64.const 1)
                      (f64.convert_i32_s
                        (i32.add (i32.mul (local.get $dx) (local.get $dx)) (i32.mul (local.get $dy) (local.get $dy))))))
                  (local.set $sum
                    (f64.add (local.get $sum)
                      (f64.mul (f64.convert_i32_u (i32.load8_u (i32.add (local.get $own) (local.get $at)))) (local.get $part))))
                  (local.set $weight (f64.add (local.get $weight) (local.get $part))))
                (br_if $columns (i32.le_s (local.tee $dx (i32.add (local.get $dx) (i32.const 1))) (local.get $reach))))
              (br_if $rows (i32.le_s (local.tee $dy (i32.add (local.get $dy) (i32.const 1))) (local.get $reach))))
            (i32.store8 (i32.add (local.get $to) (local.get $i))
              (i32.trunc_sat_f64_u (f64.div (local.get $sum) (f64.max (local.get $weight) (f64.const 1e-9)))))))
        (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height)))))

  ;; The ink of a seal's face, cell by cell: `angles` times `points` ways (two doubles each), `radii` times `points` reaches (a double
  ;; each). In a cell the mean of what the tables say of red, less 0.6 of green and 0.4 of blue, over its points that lie on the raster and
  ;; whose red is at least `leastRed`; -1 where they are less than half of its points. A double a cell.
  (func (export "takeCells") (param $from i32) (param $width i32) (param $height i32) (param $tables i32) (param $ways i32) (param $reaches i32)
    (param $angles i32) (param $radii i32) (param $points i32) (param $leastRed i32) (param $middleX f64) (param $middleY f64)
    (param $xx f64) (param $xy f64) (param $yy f64) (param $to i32)
    (local $angle i32) (local $radius i32) (local $i i32) (local $j i32) (local $at i32) (local $way i32) (local $x i32) (local $y i32)
    (local $cosine f64) (local $sine f64) (local $reach f64) (local $sum f64) (local $count i32)
    (loop $eachAngle
      (local.set $radius (i32.const 0))
      (loop $eachRadius
        (local.set $sum (f64.const 0))
        (local.set $count (i32.const 0))
        (local.set $i (i32.const 0))
        (loop $eachWay
          (local.set $way
            (i32.add (local.get $ways)
              (i32.shl (i32.add (i32.mul (local.get $angle) (local.get $points)) (local.get $i)) (i32.const 4))))
          (local.set $j (i32.const 0))
          (loop $eachReach
            (local.set $reach
              (f64.load
                (i32.add (local.get $reaches)
                  (i32.shl (i32.add (i32.mul (local.get $radius) (local.get $points)) (local.get $j)) (i32.const 3)))))
            (local.set $cosine (f64.mul (f64.load (local.get $way)) (local.get $reach)))
            (local.set $sine (f64.mul (f64.load offset=8 (local.get $way)) (local.get $reach)))
            ;; To the nearest pixel, halves up.
            (local.set $x
              (i32.trunc_sat_f64_s
                (f64.floor
                  (f64.add
                    (f64.add
                      (f64.add (local.get $middleX) (f64.mul (local.get $xx) (local.get $cosine)))
                      (f64.mul (local.get $xy) (local.get $sine)))
                    (f64.const 0.5)))))
            (local.set $y
              (i32.trunc_sat_f64_s
                (f64.floor
                  (f64.add
                    (f64.add
                      (f64.add (local.get $middleY) (f64.mul (local.get $xy) (local.get $cosine)))
                      (f64.mul (local.get $yy) (local.get $sine)))
                    (f64.const 0.5)))))
            (block $next
              (br_if $next (i32.ge_u (local.get $x) (local.get $width)))
              (br_if $next (i32.ge_u (local.get $y) (local.get $height)))
              (local.set $at
                (i32.add (local.get $from)
                  (i32.mul (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)) (i32.const 3))))
              (br_if $next (i32.lt_u (i32.load8_u (local.get $at)) (local.get $leastRed)))
              (local.set $sum
                (f64.add (local.get $sum)
                  (f64.max (f64.const 0)
                    (f64.sub
                      (f64.sub
                        (call $said (local.get $tables) (local.get $at))
                        (f64.mul (f64.const 0.6)
                          (call $said (i32.add (local.get $tables) (i32.const 2048)) (i32.add (local.get $at) (i32.const 1)))))
                      (f64.mul (f64.const 0.4)
                        (call $said (i32.add (local.get $tables) (i32.const 4096)) (i32.add (local.get $at) (i32.const 2))))))))
              (local.set $count (i32.add (local.get $count) (i32.const 1))))
            (br_if $eachReach (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $points))))
          (br_if $eachWay (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $points))))
        (f64.store (local.get $to)
          (select
            (f64.const -1)
            (f64.div (local.get $sum) (f64.convert_i32_s (local.get $count)))
            (i32.lt_s (i32.shl (local.get $count) (i32.const 1)) (i32.mul (local.get $points) (local.get $points)))))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (br_if $eachRadius (i32.lt_s (local.tee $radius (i32.add (local.get $radius) (i32.const 1))) (local.get $radii))))
      (br_if $eachAngle (i32.lt_s (local.tee $angle (i32.add (local.get $angle) (i32.const 1))) (local.get $angles)))))

  ;; The pixels of a tilted piece of a raster, set straight and scaled: each the mean of `grid` times `grid` bilinear samples; what lies
  ;; off the raster repeats its edge. `x` and `y` are its middle, `wide` and `tall` its size, `cos` and `sin` those of its tilt.
  (func (export "gather") (param $from i32) (param $fromWidth i32) (param $fromHeight i32) (param $to i32) (param $width i32) (param $height i32)
    (param $grid i32) (param $x f64) (param $y f64) (param $wide f64) (param $tall f64) (param $cos f64) (param $sin f64)
    (local $row i32) (local $column i32) (local $across i32) (local $down i32) (local $upper i32) (local $lower i32) (local $next i32)
    (local $left i32) (local $top i32) (local $stepX f64) (local $stepY f64) (local $fine f64) (local $halfWide f64) (local $halfTall f64)
    (local $share f64) (local $dx f64) (local $dy f64) (local $blue f64)
    (local $middle v128) (local $along v128) (local $athwart v128) (local $most v128) (local $rowPlace v128) (local $place v128) (local $cell v128)
    (local $upperWeights v128) (local $lowerWeights v128) (local $products v128) (local $sums v128) (local $redGreen v128) (local $blues v128)
    (local $own v128) (local $other v128)
    (if (i32.or (i32.lt_s (local.get $width) (i32.const 1)) (i32.lt_s (local.get $height) (i32.const 1))) (then (return)))
    (local.set $redGreen (v128.const i8x16 0 -1 -1 -1 1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $blues (v128.const i8x16 2 -1 -1 -1 6 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $fine (f64.convert_i32_s (local.get $grid)))
    (local.set $stepX (f64.div (local.get $wide) (f64.convert_i32_s (local.get $width))))
    (local.set $stepY (f64.div (local.get $tall) (f64.convert_i32_s (local.get $height))))
    (local.set $halfWide (f64.div (local.get $wide) (f64.const 2)))
    (local.set $halfTall (f64.div (local.get $tall) (f64.const 2)))
    (local.set $middle (f64x2.replace_lane 1 (f64x2.splat (local.get $x)) (local.get $y)))
    (local.set $along (f64x2.replace_lane 1 (f64x2.splat (local.get $cos)) (local.get $sin)))
    (local.set $athwart (f64x2.replace_lane 1 (f64x2.splat (local.get $sin)) (f64.neg (local.get $cos))))
    (local.set $most
      (f64x2.replace_lane 1
        (f64x2.splat (f64.convert_i32_s (i32.sub (local.get $fromWidth) (i32.const 1))))
        (f64.convert_i32_s (i32.sub (local.get $fromHeight) (i32.const 1)))))
    (local.set $share (f64.div (f64.const 1) (f64.convert_i32_s (i32.mul (local.get $grid) (local.get $grid)))))
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (local.set $sums (f64x2.splat (f64.const 0)))
        (local.set $blue (f64.const 0))
        (local.set $down (i32.const 0))
        (loop $downwards
          (local.set $rowPlace
            (f64x2.mul (local.get $athwart)
              (f64x2.splat
                (call $placeAt (local.get $row) (local.get $down) (local.get $fine) (local.get $stepY) (local.get $halfTall)))))
          (local.set $across (i32.const 0))
          (loop $each
            ;; Left and top, on the raster.
            (local.set $place
              (f64x2.pmin (local.get $most)
                (f64x2.pmax (f64x2.splat (f64.const 0))
                  (f64x2.sub
                    (f64x2.sub
                      (f64x2.add (local.get $middle)
                        (f64x2.mul (local.get $along)
                          (f64x2.splat
                            (call $placeAt (local.get $column) (local.get $across) (local.get $fine) (local.get $stepX) (local.get $halfWide)))))
                      (local.get $rowPlace))
                    (f64x2.splat (f64.const 0.5))))))
            (local.set $cell (i32x4.relaxed_trunc_f64x2_s_zero (local.get $place)))
            (local.set $place (f64x2.sub (local.get $place) (f64x2.convert_low_i32x4_s (local.get $cell))))
            (local.set $left (i32x4.extract_lane 0 (local.get $cell)))
            (local.set $top (i32x4.extract_lane 1 (local.get $cell)))
            (local.set $dx (f64x2.extract_lane 0 (local.get $place)))
            (local.set $dy (f64x2.extract_lane 1 (local.get $place)))
            (local.set $upper
              (i32.add (local.get $from)
                (i32.mul (i32.add (i32.mul (local.get $top) (local.get $fromWidth)) (local.get $left)) (i32.const 3))))
            (local.set $next
              (select (i32.const 3) (i32.const 0) (i32.lt_s (local.get $left) (i32.sub (local.get $fromWidth) (i32.const 1)))))
            (local.set $lower
              (i32.add (local.get $upper)
                (select (i32.mul (local.get $fromWidth) (i32.const 3)) (i32.const 0)
                  (i32.lt_s (local.get $top) (i32.sub (local.get $fromHeight) (i32.const 1))))))
            (local.set $place (f64x2.replace_lane 1 (f64x2.splat (f64.sub (f64.const 1) (local.get $dx))) (local.get $dx)))
            (local.set $upperWeights (f64x2.mul (local.get $place) (f64x2.splat (f64.sub (f64.const 1) (local.get $dy)))))
            (local.set $lowerWeights (f64x2.mul (local.get $place) (f64x2.splat (local.get $dy))))
            ;; A pixel and its right neighbour in the upper row, then in the lower one: red and green together, blue by itself.
            (local.set $own (v128.load32_lane 1 (i32.add (local.get $upper) (local.get $next)) (v128.load32_zero (local.get $upper))))
            (local.set $other (v128.load32_lane 1 (i32.add (local.get $lower) (local.get $next)) (v128.load32_zero (local.get $lower))))
            (local.set $sums
              (f64x2.add (local.get $sums)
                (f64x2.add
                  (f64x2.add
                    (call $weighTwo (local.get $own) (local.get $redGreen) (local.get $upperWeights))
                    (f64x2.mul
                      (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (local.get $other) (local.get $redGreen)))
                      (f64x2.splat (f64x2.extract_lane 0 (local.get $lowerWeights)))))
                  (f64x2.mul
                    (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (i64x2.shr_u (local.get $other) (i32.const 32)) (local.get $redGreen)))
                    (f64x2.splat (f64x2.extract_lane 1 (local.get $lowerWeights)))))))
            (local.set $products
              (f64x2.mul (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (local.get $own) (local.get $blues))) (local.get $upperWeights)))
            (local.set $own
              (f64x2.mul (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (local.get $other) (local.get $blues))) (local.get $lowerWeights)))
            (local.set $blue
              (f64.add (local.get $blue)
                (f64.add
                  (f64.add
                    (f64.add (f64x2.extract_lane 0 (local.get $products)) (f64x2.extract_lane 1 (local.get $products)))
                    (f64x2.extract_lane 0 (local.get $own)))
                  (f64x2.extract_lane 1 (local.get $own)))))
            (br_if $each (i32.lt_s (local.tee $across (i32.add (local.get $across) (i32.const 1))) (local.get $grid))))
          (br_if $downwards (i32.lt_s (local.tee $down (i32.add (local.get $down) (i32.const 1))) (local.get $grid))))
        (local.set $cell
          (i32x4.relaxed_trunc_f64x2_s_zero
            (f64x2.add (f64x2.mul (local.get $sums) (f64x2.splat (local.get $share))) (f64x2.splat (f64.const 0.5)))))
        (v128.store8_lane 0 (local.get $to) (local.get $cell))
        (v128.store8_lane offset=1 4 (local.get $to) (local.get $cell))
        (i32.store8 offset=2 (local.get $to)
          (i32.trunc_sat_f64_s (f64.add (f64.mul (local.get $blue) (local.get $share)) (f64.const 0.5))))
        (local.set $to (i32.add (local.get $to) (i32.const 3)))
        (br_if $columns (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $width))))
      (br_if $rows (i32.lt_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $height)))))

  ;; How far from the middle of a side, `half` long, a sample stands of a pixel that is `step` wide.
  (func $placeAt (param $pixel i32) (param $sample i32) (param $fine f64) (param $step f64) (param $half f64) (result f64)
    (f64.sub
      (f64.mul
        (f64.add (f64.convert_i32_s (local.get $pixel))
          (f64.div (f64.add (f64.convert_i32_s (local.get $sample)) (f64.const 0.5)) (local.get $fine)))
        (local.get $step))
      (local.get $half)))

  ;; Red and green of a pixel and of its right neighbour, weighed and added.
  (func $weighTwo (param $pixels v128) (param $redGreen v128) (param $weights v128) (result v128)
    (f64x2.add
      (f64x2.mul
        (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (local.get $pixels) (local.get $redGreen)))
        (f64x2.splat (f64x2.extract_lane 0 (local.get $weights))))
      (f64x2.mul
        (f64x2.convert_low_i32x4_s (i8x16.relaxed_swizzle (i64x2.shr_u (local.get $pixels) (i32.const 32)) (local.get $redGreen)))
        (f64x2.splat (f64x2.extract_lane 1 (local.get $weights)))))))
