;; The light on a page, its colours, and the order of its pixels. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; Counts the levels of red, green and blue (256 times four bytes each) on every second pixel of every second row of a part of a
  ;; raster, the odd rows beginning one further. How many pixels.
  (func $countLevels (param $from i32) (param $width i32) (param $left i32) (param $top i32) (param $right i32) (param $bottom i32)
    (param $counts i32) (result i32)
    (local $x i32) (local $at i32) (local $count i32) (local $asked i32)
    (memory.fill (local.get $counts) (i32.const 0) (i32.const 3072))
    (block $end
      (loop $down
        (br_if $end (i32.ge_s (local.get $top) (local.get $bottom)))
        (local.set $x (i32.add (local.get $left) (i32.and (local.get $top) (i32.const 1))))
        (local.set $at
          (i32.add (local.get $from)
            (i32.mul (i32.add (i32.mul (local.get $top) (local.get $width)) (local.get $x)) (i32.const 3))))
        (block $rowEnd
          (loop $across
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $right)))
            (local.set $count (i32.add (local.get $counts) (i32.shl (i32.load8_u (local.get $at)) (i32.const 2))))
            (i32.store (local.get $count) (i32.add (i32.load (local.get $count)) (i32.const 1)))
            (local.set $count (i32.add (local.get $counts) (i32.shl (i32.load8_u offset=1 (local.get $at)) (i32.const 2))))
            (i32.store offset=1024 (local.get $count) (i32.add (i32.load offset=1024 (local.get $count)) (i32.const 1)))
            (local.set $count (i32.add (local.get $counts) (i32.shl (i32.load8_u offset=2 (local.get $at)) (i32.const 2))))
            (i32.store offset=2048 (local.get $count) (i32.add (i32.load offset=2048 (local.get $count)) (i32.const 1)))
            (local.set $asked (i32.add (local.get $asked) (i32.const 1)))
            (local.set $at (i32.add (local.get $at) (i32.const 6)))
            (local.set $x (i32.add (local.get $x) (i32.const 2)))
            (br $across)))
        (local.set $top (i32.add (local.get $top) (i32.const 2)))
        (br $down)))
    (local.get $asked))

  ;; What makes the paper at one block between two rows of blocks 255.
  (func $gain (param $upper i32) (param $lower i32) (param $share f64) (result f64)
    (f64.div (f64.const 255)
      (f64.add
        (f64.mul (f64.promote_f32 (f32.load (local.get $upper))) (f64.sub (f64.const 1) (local.get $share)))
        (f64.mul (f64.promote_f32 (f32.load (local.get $lower))) (local.get $share)))))

  ;; The gains of one channel along a row that lies between two rows of blocks `block` pixels wide: of each block three floats, red,
  ;; green, blue; `upper` and `lower` are where those of this channel begin, `share` how far the row lies towards the lower ones.
  (func $gainAlong (export "gainAlong") (param $upper i32) (param $lower i32) (param $share f64) (param $columns i32) (param $block f64)
    (param $width i32) (param $to i32)
    (local $x i32) (local $column i32) (local $left f64) (local $right f64) (local $start f64) (local $end f64) (local $slope f64) (local $place f64)
    (local.set $left (call $gain (local.get $upper) (local.get $lower) (local.get $share)))
    (loop $each
      (if (i32.lt_s (local.get $column) (i32.sub (local.get $columns) (i32.const 1)))
        (then
          (local.set $upper (i32.add (local.get $upper) (i32.const 12)))
          (local.set $lower (i32.add (local.get $lower) (i32.const 12)))))
      (local.set $right (call $gain (local.get $upper) (local.get $lower) (local.get $share)))
      (local.set $start (f64.mul (f64.add (f64.convert_i32_s (local.get $column)) (f64.const 0.5)) (local.get $block)))
      (local.set $end (f64.convert_i32_s (local.get $width)))
      (if (i32.lt_s (local.get $column) (i32.sub (local.get $columns) (i32.const 1)))
        (then (local.set $end (f64.min (local.get $end) (f64.add (local.get $start) (local.get $block))))))
      (local.set $slope (f64.div (f64.sub (local.get $right) (local.get $left)) (local.get $block)))
      (block $done
        (loop $along
          (local.set $place (f64.convert_i32_s (local.get $x)))
          (br_if $done (f64.ge (local.get $place) (local.get $end)))
          (f32.store (i32.add (local.get $to) (i32.shl (local.get $x) (i32.const 2)))
            (f32.demote_f64
              (select
                (local.get $left)
                (f64.add (local.get $left) (f64.mul (local.get $slope) (f64.sub (local.get $place) (local.get $start))))
                (f64.lt (local.get $place) (local.get $start)))))
          (local.set $x (i32.add (local.get $x) (i32.const 1)))
          (br $along)))
      (local.set $left (local.get $right))
      (br_if $each (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $columns)))))

  ;; Gains of a row (three times `coarseWidth` floats) as those of a row `width` pixels wide, each pixel's three beside each other, and the
  ;; least level of each that is paper: what makes `limit` with its gain. A pixel is `ratio` coarse ones wide.
  (func (export "spreadGains") (param $coarse i32) (param $coarseWidth i32) (param $ratio f64) (param $width i32) (param $limit f64)
    (param $gains i32) (param $paper i32)
    (local $x i32) (local $near i32) (local $plane i32) (local $three v128) (local $levels v128)
    (local.set $plane (i32.shl (local.get $coarseWidth) (i32.const 2)))
    (loop $across
      (local.set $near (i32.trunc_sat_f64_s (f64.mul (f64.convert_i32_s (local.get $x)) (local.get $ratio))))
      (if (i32.ge_s (local.get $near) (local.get $coarseWidth)) (then (local.set $near (i32.sub (local.get $coarseWidth) (i32.const 1)))))
      (local.set $near (i32.add (local.get $coarse) (i32.shl (local.get $near) (i32.const 2))))
      (local.set $three
        (v128.load32_lane 2 (i32.add (local.get $near) (i32.shl (local.get $plane) (i32.const 1)))
          (v128.load32_lane 1 (i32.add (local.get $near) (local.get $plane)) (v128.load32_zero (local.get $near)))))
      (v128.store64_lane 0 (local.get $gains) (local.get $three))
      (v128.store32_lane offset=8 2 (local.get $gains) (local.get $three))
      (local.set $levels (call $lightest (local.get $limit) (local.get $three)))
      (i32.store8 (local.get $paper) (i32x4.extract_lane 0 (local.get $levels)))
      (i32.store8 offset=1 (local.get $paper) (i32x4.extract_lane 1 (local.get $levels)))
      (i32.store8 offset=2 (local.get $paper)
        (i32x4.extract_lane 0
          (call $lightest (local.get $limit) (f32x4.splat (f32x4.extract_lane 2 (local.get $three))))))
      (local.set $gains (i32.add (local.get $gains) (i32.const 12)))
      (local.set $paper (i32.add (local.get $paper) (i32.const 3)))
      (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width)))))

  ;; What makes `limit` with each of two gains, as whole numbers of 255 at most.
  (func $lightest (param $limit f64) (param $gains v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_s_zero
      (f64x2.pmin (f64x2.splat (f64.const 255))
        (f64x2.div (f64x2.splat (local.get $limit)) (f64x2.promote_low_f32x4 (local.get $gains))))))

  ;; Takes red ink off a part of a raster, `width` × `height` pixels at `at`: where red stands out by `least` over both other channels,
  ;; only as much of the paper's colour stays as there is light under the ink; more than `bare` of it is paper.
  (func (export "liftRed") (param $at i32) (param $stride i32) (param $width i32) (param $height i32)
    (param $paperRed f64) (param $paperGreen f64) (param $paperBlue f64) (param $least f64) (param $bare f64)
    (local $x i32) (local $pixel i32) (local $red i32) (local $other i32) (local $light f64)
    (loop $down
      (local.set $x (local.get $width))
      (local.set $pixel (local.get $at))
      (loop $across
        (local.set $red (i32.load8_u (local.get $pixel)))
        (local.set $other (i32.load8_u offset=1 (local.get $pixel)))
        (if (i32.gt_u (i32.load8_u offset=2 (local.get $pixel)) (local.get $other))
          (then (local.set $other (i32.load8_u offset=2 (local.get $pixel)))))
        (if (f64.ge (f64.convert_i32_s (i32.sub (local.get $red) (local.get $other))) (local.get $least))
          (then
            (local.set $light (f64.min (f64.const 1) (f64.div (f64.convert_i32_u (local.get $red)) (local.get $paperRed))))
            (if (f64.gt (local.get $light) (local.get $bare)) (then (local.set $light (f64.const 1))))
            (i32.store8 (local.get $pixel) (i32.trunc_sat_f64_u (f64.mul (local.get $paperRed) (local.get $light))))
            (i32.store8 offset=1 (local.get $pixel) (i32.trunc_sat_f64_u (f64.mul (local.get $paperGreen) (local.get $light))))
            (i32.store8 offset=2 (local.get $pixel) (i32.trunc_sat_f64_u (f64.mul (local.get $paperBlue) (local.get $light))))))
        (local.set $pixel (i32.add (local.get $pixel) (i32.const 3)))
        (br_if $across (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))

  ;; Blue, green, red and a byte more of each pixel as red, green, blue.
  (func (export "asRgb") (param $from i32) (param $count i32) (param $to i32)
    (loop $four
      (v128.store (local.get $to)
        (i8x16.shuffle 2 1 0 6 5 4 10 9 8 14 13 12 0 0 0 0 (v128.load (local.get $from)) (v128.load (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 12)))
      (br_if $four (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 4))) (i32.const 0)))))

  ;; The lesser of the bytes at `from` and at `to`, there.
  (func (export "keepLesser") (param $from i32) (param $count i32) (param $to i32)
    (loop $sixteen
      (v128.store (local.get $to) (i8x16.min_u (v128.load (local.get $from)) (v128.load (local.get $to))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $sixteen (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; The pixels of a raster in another order: those of a row `step` bytes apart, the next row's first `rowStep` bytes on from the
  ;; first at `to`.
  (func (export "turn") (param $from i32) (param $width i32) (param $height i32) (param $to i32) (param $step i32) (param $rowStep i32)
    (local $x i32) (local $into i32)
    (loop $down
      (local.set $into (local.get $to))
      (local.set $x (local.get $width))
      (loop $across
        (i32.store16 (local.get $into) (i32.load16_u (local.get $from)))
        (i32.store8 offset=2 (local.get $into) (i32.load8_u offset=2 (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 3)))
        (local.set $into (i32.add (local.get $into) (local.get $step)))
        (br_if $across (local.tee $x (i32.sub (local.get $x) (i32.const 1)))))
      (local.set $to (i32.add (local.get $to) (local.get $rowStep)))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))

  ;; The level of one channel that fewer than `above` pixels are lighter than.
  (func $levelOf (param $counts i32) (param $above f64) (result i32)
    (local $value i32)
    (local.set $value (i32.const 255))
    (block $found
      (loop $lighter
        (br_if $found (i32.eqz (local.get $value)))
        (local.set $above
          (f64.sub (local.get $above)
            (f64.convert_i32_u (i32.load (i32.add (local.get $counts) (i32.shl (local.get $value) (i32.const 2)))))))
        (br_if $found (i32.eqz (f64.gt (local.get $above) (f64.const 0))))
        (local.set $value (i32.sub (local.get $value) (i32.const 1)))
        (br $lighter)))
    (local.get $value))

  ;; Of each block of a raster the levels of red, green and blue that a share of its pixels is lighter than, as three floats at `to`.
  ;; `counts` is room for the levels of a block as above; they are added to `whole`, which begins with zeros.
  (func (export "levelBlocks") (param $from i32) (param $width i32) (param $height i32) (param $block i32) (param $share f64)
    (param $counts i32) (param $whole i32) (param $to i32)
    (local $x i32) (local $y i32) (local $right i32) (local $bottom i32) (local $asked f64) (local $channel i32) (local $at i32)
    (loop $down
      (local.set $bottom (i32.add (local.get $y) (local.get $block)))
      (if (i32.gt_s (local.get $bottom) (local.get $height)) (then (local.set $bottom (local.get $height))))
      (local.set $x (i32.const 0))
      (loop $across
        (local.set $right (i32.add (local.get $x) (local.get $block)))
        (if (i32.gt_s (local.get $right) (local.get $width)) (then (local.set $right (local.get $width))))
        (local.set $asked
          (f64.mul (local.get $share)
            (f64.convert_i32_s
              (call $countLevels (local.get $from) (local.get $width) (local.get $x) (local.get $y) (local.get $right) (local.get $bottom)
                (local.get $counts)))))
        (local.set $channel (i32.const 0))
        (loop $each
          (f32.store (local.get $to)
            (f32.convert_i32_s
              (call $levelOf (i32.add (local.get $counts) (i32.shl (local.get $channel) (i32.const 10))) (local.get $asked))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $each (i32.lt_s (local.tee $channel (i32.add (local.get $channel) (i32.const 1))) (i32.const 3))))
        (local.set $at (i32.const 0))
        (loop $four
          (v128.store (i32.add (local.get $whole) (local.get $at))
            (i32x4.add
              (v128.load (i32.add (local.get $whole) (local.get $at)))
              (v128.load (i32.add (local.get $counts) (local.get $at)))))
          (br_if $four (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 3072))))
        (br_if $across (i32.lt_s (local.tee $x (local.get $right)) (local.get $width))))
      (br_if $down (i32.lt_s (local.tee $y (local.get $bottom)) (local.get $height)))))

  ;; Of each block and channel the greatest float of the block and those around it, but no less than the channel's floor.
  (func (export "lightestAround") (param $raw i32) (param $columns i32) (param $rows i32)
    (param $red f64) (param $green f64) (param $blue f64) (param $to i32)
    (local $x i32) (local $y i32) (local $at i32) (local $last i32) (local $row i32) (local $end i32) (local $line i32)
    (local $most v128) (local $floors v128)
    (local.set $floors
      (f32x4.replace_lane 2
        (f32x4.replace_lane 1 (f32x4.splat (f32.demote_f64 (local.get $red))) (f32.demote_f64 (local.get $green)))
        (f32.demote_f64 (local.get $blue))))
    (local.set $line (i32.mul (local.get $columns) (i32.const 12)))
    (loop $down
      (local.set $x (i32.const 0))
      (loop $across
        (local.set $most (local.get $floors))
        (local.set $row (select (i32.sub (local.get $y) (i32.const 1)) (i32.const 0) (local.get $y)))
        (local.set $end (i32.add (local.get $y) (i32.const 1)))
        (if (i32.eq (local.get $end) (local.get $rows)) (then (local.set $end (local.get $y))))
        (loop $around
          (local.set $at
            (i32.add (local.get $raw)
              (i32.add
                (i32.mul (local.get $row) (local.get $line))
                (i32.mul (select (i32.sub (local.get $x) (i32.const 1)) (i32.const 0) (local.get $x)) (i32.const 12)))))
          (local.set $last (i32.add (local.get $x) (i32.const 1)))
          (if (i32.eq (local.get $last) (local.get $columns)) (then (local.set $last (local.get $x))))
          (local.set $last
            (i32.add (local.get $raw)
              (i32.add (i32.mul (local.get $row) (local.get $line)) (i32.mul (local.get $last) (i32.const 12)))))
          (loop $along
            (local.set $most (f32x4.max (local.get $most) (v128.load (local.get $at))))
            (br_if $along (i32.le_s (local.tee $at (i32.add (local.get $at) (i32.const 12))) (local.get $last))))
          (br_if $around (i32.le_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $end))))
        (v128.store64_lane 0 (local.get $to) (local.get $most))
        (v128.store32_lane offset=8 2 (local.get $to) (local.get $most))
        (local.set $to (i32.add (local.get $to) (i32.const 12)))
        (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $columns))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $rows)))))

  ;; The gains of red, green and blue along every so many rows of a raster whose paper was measured in blocks: `width` floats for each
  ;; channel and `band` rows, as they are in the middle of these.
  (func (export "gainRows") (param $light i32) (param $columns i32) (param $rows i32) (param $block i32) (param $width i32) (param $height i32)
    (param $band i32) (param $to i32)
    (local $y i32) (local $upper i32) (local $lower i32) (local $channel i32) (local $along f64) (local $most f64)
    (local.set $most (f64.convert_i32_s (i32.sub (local.get $rows) (i32.const 1))))
    (loop $down
      (local.set $along
        (f64.min (local.get $most)
          (f64.max (f64.const 0)
            (f64.sub
              (f64.div
                (f64.add (f64.convert_i32_s (local.get $y)) (f64.div (f64.convert_i32_s (local.get $band)) (f64.const 2)))
                (f64.convert_i32_s (local.get $block)))
              (f64.const 0.5)))))
      (local.set $upper (i32.trunc_f64_s (local.get $along)))
      (local.set $lower (i32.add (local.get $upper) (i32.lt_s (local.get $upper) (i32.sub (local.get $rows) (i32.const 1)))))
      (local.set $channel (i32.const 0))
      (loop $each
        (call $gainAlong
          (call $placeOf (local.get $light) (local.get $upper) (local.get $columns) (local.get $channel))
          (call $placeOf (local.get $light) (local.get $lower) (local.get $columns) (local.get $channel))
          (f64.sub (local.get $along) (f64.convert_i32_s (local.get $upper)))
          (local.get $columns) (f64.convert_i32_s (local.get $block)) (local.get $width) (local.get $to))
        (local.set $to (i32.add (local.get $to) (i32.shl (local.get $width) (i32.const 2))))
        (br_if $each (i32.lt_s (local.tee $channel (i32.add (local.get $channel) (i32.const 1))) (i32.const 3))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (local.get $band))) (local.get $height)))))

  (func $placeOf (param $light i32) (param $row i32) (param $columns i32) (param $channel i32) (result i32)
    (i32.add (local.get $light)
      (i32.shl
        (i32.add (i32.mul (i32.mul (local.get $row) (local.get $columns)) (i32.const 3)) (local.get $channel))
        (i32.const 2))))

  ;; Counts how red those of `count` pixels are whose red stands out by `least` over both other channels: 256 counts of four bytes. How many.
  (func (export "countReds") (param $from i32) (param $count i32) (param $least i32) (param $counts i32) (result i32)
    (local $red i32) (local $other i32) (local $all i32) (local $at i32)
    (if (i32.eqz (local.get $count)) (then (return (i32.const 0))))
    (loop $each
      (local.set $red (i32.load8_u (local.get $from)))
      (local.set $other (i32.load8_u offset=1 (local.get $from)))
      (if (i32.gt_u (i32.load8_u offset=2 (local.get $from)) (local.get $other))
        (then (local.set $other (i32.load8_u offset=2 (local.get $from)))))
      (if (i32.ge_s (i32.sub (local.get $red) (local.get $other)) (local.get $least))
        (then
          (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $red) (i32.const 2))))
          (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
          (local.set $all (i32.add (local.get $all) (i32.const 1)))))
      (local.set $from (i32.add (local.get $from) (i32.const 3)))
      (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $all))

  ;; How many of every `step`th pixel of every `step`th row have channels that lie more than `tint` apart; are no lighter than `dark` in
  ;; green; lighter, but darker than `light`; no darker than that; and as light as can be: five counts. No row is begun when more than
  ;; `most` are coloured.
  (func (export "countTones") (param $from i32) (param $width i32) (param $height i32) (param $step i32) (param $tint i32) (param $dark i32)
    (param $light i32) (param $most i32) (param $to i32)
    (local $y i32) (local $at i32) (local $end i32) (local $far i32) (local $four i32)
    (local $coloured i32) (local $black i32) (local $pale i32) (local $white i32) (local $asked i32) (local $own i32)
    (local $pixels v128) (local $next v128) (local $last v128)
    (local $turn v128) (local $back v128) (local $tints v128) (local $darks v128) (local $lights v128) (local $whites v128)
    (local.set $turn (v128.const i8x16 1 2 0 -1 5 6 4 -1 9 10 8 -1 13 14 12 -1))
    (local.set $back (v128.const i8x16 2 0 1 -1 6 4 5 -1 10 8 9 -1 14 12 13 -1))
    (local.set $tints (i8x16.splat (local.get $tint)))
    (local.set $darks (i8x16.splat (local.get $dark)))
    (local.set $lights (i8x16.splat (local.get $light)))
    (local.set $whites (i8x16.splat (i32.const 255)))
    (local.set $far (i32.mul (local.get $step) (i32.const 3)))
    (local.set $four (i32.mul (local.get $far) (i32.const 4)))
    (loop $rows
      (local.set $at (i32.add (local.get $from) (i32.mul (i32.mul (local.get $y) (local.get $width)) (i32.const 3))))
      (local.set $end (i32.add (local.get $at) (i32.mul (local.get $width) (i32.const 3))))
      (loop $fours
        (local.set $pixels
          (v128.load32_lane 3 (i32.add (local.get $at) (i32.mul (local.get $far) (i32.const 3)))
            (v128.load32_lane 2 (i32.add (local.get $at) (i32.shl (local.get $far) (i32.const 1)))
              (v128.load32_lane 1 (i32.add (local.get $at) (local.get $far)) (v128.load32_zero (local.get $at))))))
        ;; A bit in four for each pixel of the row, of four at most.
        (local.set $own (i32.const 0x1111))
        (if (i32.gt_u (i32.add (local.get $at) (local.get $four)) (local.get $end))
          (then
            (local.set $own
              (i32.and (i32.const 0x1111)
                (i32.sub
                  (i32.shl
                    (i32.const 1)
                    (i32.shl
                      (i32.div_u
                        (i32.add (i32.sub (local.get $end) (local.get $at)) (i32.sub (local.get $far) (i32.const 1)))
                        (local.get $far))
                      (i32.const 2)))
                  (i32.const 1))))))
        (local.set $next (i8x16.relaxed_swizzle (local.get $pixels) (local.get $turn)))
        (local.set $last (i8x16.relaxed_swizzle (local.get $pixels) (local.get $back)))
        (local.set $coloured
          (i32.add (local.get $coloured)
            (i32.popcnt
              (i32.and (local.get $own)
                (i8x16.bitmask
                  (i8x16.gt_u
                    (i8x16.sub
                      (i8x16.max_u (local.get $pixels) (i8x16.max_u (local.get $next) (local.get $last)))
                      (i8x16.min_u (local.get $pixels) (i8x16.min_u (local.get $next) (local.get $last))))
                    (local.get $tints)))))))
        ;; Green is first in what was turned.
        (local.set $asked (i32.add (local.get $asked) (i32.popcnt (local.get $own))))
        (local.set $black
          (i32.add (local.get $black)
            (i32.popcnt (i32.and (local.get $own) (i8x16.bitmask (i8x16.le_u (local.get $next) (local.get $darks)))))))
        (local.set $pale
          (i32.add (local.get $pale)
            (i32.popcnt (i32.and (local.get $own) (i8x16.bitmask (i8x16.ge_u (local.get $next) (local.get $lights)))))))
        (local.set $white
          (i32.add (local.get $white)
            (i32.popcnt (i32.and (local.get $own) (i8x16.bitmask (i8x16.eq (local.get $next) (local.get $whites)))))))
        (br_if $fours (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $four))) (local.get $end))))
      (local.set $y (i32.add (local.get $y) (local.get $step)))
      (br_if $rows
        (i32.and (i32.lt_s (local.get $y) (local.get $height)) (i32.le_s (local.get $coloured) (local.get $most)))))
    (i32.store (local.get $to) (local.get $coloured))
    (i32.store offset=4 (local.get $to) (local.get $black))
    (i32.store offset=8 (local.get $to) (i32.sub (local.get $asked) (i32.add (local.get $black) (local.get $pale))))
    (i32.store offset=12 (local.get $to) (local.get $pale))
    (i32.store offset=16 (local.get $to) (local.get $white))))
