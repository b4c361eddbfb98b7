;; The ink of coloured pens among that of print. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; The paper of each square of `side` pixels: of red, green and blue what four fifths of its pixels do not reach, 30 at least, seen in every
  ;; third pixel across and down. `counts` has room for 256 times four bytes.
  (func (export "samplePaper") (param $from i32) (param $width i32) (param $height i32) (param $side i32) (param $counts i32) (param $to i32)
    (local $left i32) (local $top i32) (local $right i32) (local $bottom i32) (local $channel i32) (local $x i32) (local $y i32) (local $at i32)
    (local $seen i32) (local $level i32)
    (loop $down
      (local.set $bottom (i32.add (local.get $top) (local.get $side)))
      (if (i32.gt_s (local.get $bottom) (local.get $height)) (then (local.set $bottom (local.get $height))))
      (local.set $left (i32.const 0))
      (loop $across
        (local.set $right (i32.add (local.get $left) (local.get $side)))
        (if (i32.gt_s (local.get $right) (local.get $width)) (then (local.set $right (local.get $width))))
        (local.set $channel (i32.const 0))
        (loop $channels
          (memory.fill (local.get $counts) (i32.const 0) (i32.const 1024))
          (local.set $seen (i32.const 0))
          (local.set $y (local.get $top))
          (loop $rows
            (local.set $x (local.get $left))
            (loop $columns
              (local.set $at
                (i32.add (local.get $counts)
                  (i32.shl
                    (i32.load8_u
                      (i32.add
                        (i32.add (local.get $from) (local.get $channel))
                        (i32.mul (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)) (i32.const 3))))
                    (i32.const 2))))
              (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
              (local.set $seen (i32.add (local.get $seen) (i32.const 1)))
              (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 3))) (local.get $right))))
            (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 3))) (local.get $bottom))))
          ;; The level at which so many lie below or at it that the wanted one is among them.
          (local.set $seen (i32.trunc_f64_s (f64.mul (f64.convert_i32_s (local.get $seen)) (f64.const 0.8))))
          (local.set $level (i32.const -1))
          (loop $look
            (local.set $level (i32.add (local.get $level) (i32.const 1)))
            (local.set $seen
              (i32.sub (local.get $seen) (i32.load (i32.add (local.get $counts) (i32.shl (local.get $level) (i32.const 2))))))
            (br_if $look (i32.ge_s (local.get $seen) (i32.const 0))))
          (if (i32.lt_s (local.get $level) (i32.const 30)) (then (local.set $level (i32.const 30))))
          (i32.store8 (local.get $to) (local.get $level))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (br_if $channels (i32.lt_s (local.tee $channel (i32.add (local.get $channel) (i32.const 1))) (i32.const 3))))
        (br_if $across (i32.lt_s (local.tee $left (i32.add (local.get $left) (local.get $side))) (local.get $width))))
      (br_if $down (i32.lt_s (local.tee $top (i32.add (local.get $top) (local.get $side))) (local.get $height)))))

  ;; Of the pixels each `step` bytes from the last, up to `end`, those that are ink, `inked` darker than the paper in one channel, and of
  ;; these the ones whose blue stands above the red by `bluer` of their darkness. `redInk` and so on are the lowest levels that are not ink.
  ;; To `told` go both counts.
  (func (export "countPens") (param $at i32) (param $count i32) (param $step i32) (param $red f64) (param $green f64) (param $blue f64)
    (param $redInk i32) (param $greenInk i32) (param $blueInk i32) (param $bluer f64) (param $told i32)
    (local $end i32) (local $ink i32) (local $pens i32) (local $r f64) (local $g f64) (local $b f64) (local $limits v128) (local $four i32)
    (local.set $end (i32.add (local.get $at) (local.get $count)))
    (local.set $four (i32.mul (local.get $step) (i32.const 4)))
    (local.set $limits
      (i32x4.splat
        (i32.or (local.get $redInk) (i32.or (i32.shl (local.get $greenInk) (i32.const 8)) (i32.shl (local.get $blueInk) (i32.const 16))))))
    (block $done
      (loop $each
        ;; Most pixels are paper: they are passed four at a time.
        (block $some
          (loop $fours
            (br_if $some (i32.gt_u (i32.add (local.get $at) (local.get $four)) (local.get $end)))
            (br_if $some
              (v128.any_true
                (i8x16.lt_u
                  (v128.load32_lane 3 (i32.add (local.get $at) (i32.mul (local.get $step) (i32.const 3)))
                    (v128.load32_lane 2 (i32.add (local.get $at) (i32.shl (local.get $step) (i32.const 1)))
                      (v128.load32_lane 1 (i32.add (local.get $at) (local.get $step)) (v128.load32_zero (local.get $at)))))
                  (local.get $limits))))
            (local.set $at (i32.add (local.get $at) (local.get $four)))
            (br_if $fours (i32.lt_u (local.get $at) (local.get $end)))))
        (if (i32.ge_u (local.get $at) (local.get $end)) (then (br $done)))
        (if (i32.or
            (i32.or
              (i32.lt_u (i32.load8_u (local.get $at)) (local.get $redInk))
              (i32.lt_u (i32.load8_u offset=1 (local.get $at)) (local.get $greenInk)))
            (i32.lt_u (i32.load8_u offset=2 (local.get $at)) (local.get $blueInk)))
          (then
            (local.set $ink (i32.add (local.get $ink) (i32.const 1)))
            (local.set $r (f64.div (f64.convert_i32_u (i32.load8_u (local.get $at))) (local.get $red)))
            (local.set $g (f64.div (f64.convert_i32_u (i32.load8_u offset=1 (local.get $at))) (local.get $green)))
            (local.set $b (f64.div (f64.convert_i32_u (i32.load8_u offset=2 (local.get $at))) (local.get $blue)))
            (local.set $pens
              (i32.add (local.get $pens)
                (f64.gt
                  (f64.sub (local.get $b) (local.get $r))
                  (f64.mul
                    (local.get $bluer)
                    (f64.sub (f64.const 1) (f64.min (f64.min (local.get $r) (local.get $g)) (local.get $b)))))))))
        (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $step))) (local.get $end)))))
    (i32.store (local.get $told) (local.get $ink))
    (i32.store offset=4 (local.get $told) (local.get $pens)))

  ;; How dark a row's pixels are against the paper of their squares, how dark those of ink are, and how far their blue stands above their
  ;; red: floats, the last two with two blank ones on either side. `limits` is for each level of paper the lowest level that is not dark.
  (func $measureRow (param $from i32) (param $width i32) (param $paper i32) (param $limits i32) (param $inked f64) (param $row i32)
    (local $x i32) (local $last i32) (local $patterns v128) (local $first v128) (local $second v128) (local $third v128)
    (local $red i32) (local $green i32) (local $blue i32) (local $size i32) (local $to i32) (local $dark f32)
    (local $r f64) (local $g f64) (local $b f64)
    (local.set $size (i32.shl (i32.add (local.get $width) (i32.const 4)) (i32.const 2)))
    (memory.fill (local.get $row) (i32.const 0) (i32.mul (local.get $size) (i32.const 3)))
    (loop $sixteens
      ;; Each square's paper is 32 pixels wide.
      (if (i32.eqz (i32.and (local.get $x) (i32.const 31)))
        (then
          (local.set $red (i32.load8_u (i32.add (local.get $limits) (i32.load8_u (local.get $paper)))))
          (local.set $green (i32.load8_u (i32.add (local.get $limits) (i32.load8_u offset=1 (local.get $paper)))))
          (local.set $blue (i32.load8_u (i32.add (local.get $limits) (i32.load8_u offset=2 (local.get $paper)))))
          (local.set $patterns
            (i8x16.replace_lane 2
              (i8x16.replace_lane 1 (i8x16.splat (local.get $red)) (local.get $green))
              (local.get $blue)))
          (local.set $first (i8x16.shuffle 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 (local.get $patterns) (local.get $patterns)))
          (local.set $second (i8x16.shuffle 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 (local.get $patterns) (local.get $patterns)))
          (local.set $third (i8x16.shuffle 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 (local.get $patterns) (local.get $patterns)))))
      (local.set $last (i32.add (local.get $x) (i32.const 16)))
      (if (i32.eqz
          (i8x16.all_true
            (v128.and
              (v128.and
                (i8x16.ge_u (v128.load (local.get $from)) (local.get $first))
                (i8x16.ge_u (v128.load offset=16 (local.get $from)) (local.get $second)))
              (i8x16.ge_u (v128.load offset=32 (local.get $from)) (local.get $third)))))
        (then
          (block $end
            (loop $pixels
              (br_if $end (i32.ge_s (local.get $x) (local.get $width)))
              (if (i32.or
                  (i32.or
                    (i32.lt_u (i32.load8_u (local.get $from)) (local.get $red))
                    (i32.lt_u (i32.load8_u offset=1 (local.get $from)) (local.get $green)))
                  (i32.lt_u (i32.load8_u offset=2 (local.get $from)) (local.get $blue)))
                (then
                  (local.set $r
                    (f64.div (f64.convert_i32_u (i32.load8_u (local.get $from))) (f64.convert_i32_u (i32.load8_u (local.get $paper)))))
                  (local.set $g
                    (f64.div
                      (f64.convert_i32_u (i32.load8_u offset=1 (local.get $from)))
                      (f64.convert_i32_u (i32.load8_u offset=1 (local.get $paper)))))
                  (local.set $b
                    (f64.div
                      (f64.convert_i32_u (i32.load8_u offset=2 (local.get $from)))
                      (f64.convert_i32_u (i32.load8_u offset=2 (local.get $paper)))))
                  (local.set $dark
                    (f32.demote_f64 (f64.sub (f64.const 1) (f64.min (f64.min (local.get $r) (local.get $g)) (local.get $b)))))
                  (local.set $to (i32.add (local.get $row) (i32.shl (local.get $x) (i32.const 2))))
                  (f32.store (local.get $to) (local.get $dark))
                  (if (f64.gt (f64.promote_f32 (local.get $dark)) (local.get $inked))
                    (then
                      (local.set $to (i32.add (local.get $to) (local.get $size)))
                      (f32.store offset=8 (local.get $to) (local.get $dark))
                      (f32.store offset=8 (i32.add (local.get $to) (local.get $size))
                        (f32.demote_f64 (f64.sub (local.get $b) (local.get $r))))))))
              (local.set $from (i32.add (local.get $from) (i32.const 3)))
              (br_if $pixels (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $last))))))
        (else
          (local.set $from (i32.add (local.get $from) (i32.const 48)))
          (local.set $x (local.get $last))))
      (if (i32.eqz (i32.and (local.get $x) (i32.const 31))) (then (local.set $paper (i32.add (local.get $paper) (i32.const 3)))))
      (br_if $sixteens (i32.lt_s (local.get $x) (local.get $width)))))

  ;; The sum of five floats beside each other.
  (func $sumFive (param $at i32) (result f64)
    (f64.promote_f32
      (f32.demote_f64
        (f64.add
          (f64.add
            (f64.add (f64.promote_f32 (f32.load (local.get $at))) (f64.promote_f32 (f32.load offset=4 (local.get $at))))
            (f64.add (f64.promote_f32 (f32.load offset=8 (local.get $at))) (f64.promote_f32 (f32.load offset=12 (local.get $at)))))
          (f64.promote_f32 (f32.load offset=16 (local.get $at)))))))

  ;; The sum of a square of five by five floats of five rows, `next` bytes apart, as a float.
  (func $sumSquare (param $at i32) (param $next i32) (result f32)
    (local $sum f64) (local $left i32)
    (local.set $left (i32.const 5))
    (loop $rows
      (local.set $sum (f64.add (local.get $sum) (call $sumFive (local.get $at))))
      (local.set $at (i32.add (local.get $at) (local.get $next)))
      (br_if $rows (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (f32.demote_f64 (local.get $sum)))

  ;; How blue the ink within two pixels of each is: its blue above its red over its darkness, in hundredths from -100 on to 99, plus 101; 0
  ;; where the pixel itself is lighter than `blurred` or no ink is near. Counts those of ink itself, four bytes for each of 200. `paper` is
  ;; that of squares of 32 pixels, `rows` has room for five times three rows of floats, each four longer than a row of pixels. How much ink.
  (func (export "measurePens") (param $from i32) (param $width i32) (param $height i32) (param $paper i32) (param $limits i32)
    (param $inked f64) (param $blurred f64) (param $rows i32) (param $counts i32) (param $to i32) (result i32)
    (local $y i32) (local $x i32) (local $slot i32) (local $row i32) (local $size i32) (local $at i32) (local $place i32) (local $ink i32)
    (local $squares i32) (local $dark f64) (local $around f32) (local $share f64) (local $above f64)
    (local.set $squares (i32.mul (i32.shr_u (i32.add (local.get $width) (i32.const 31)) (i32.const 5)) (i32.const 3)))
    (local.set $size (i32.shl (i32.add (local.get $width) (i32.const 4)) (i32.const 2)))
    (local.set $slot (i32.mul (local.get $size) (i32.const 3)))
    (memory.fill (local.get $rows) (i32.const 0) (i32.mul (local.get $slot) (i32.const 5)))
    (loop $down
      (local.set $row (i32.add (local.get $rows) (i32.mul (i32.rem_u (local.get $y) (i32.const 5)) (local.get $slot))))
      (if (i32.lt_s (local.get $y) (local.get $height))
        (then
          (call $measureRow
            (i32.add (local.get $from) (i32.mul (i32.mul (local.get $y) (local.get $width)) (i32.const 3)))
            (local.get $width)
            (i32.add (local.get $paper) (i32.mul (i32.shr_u (local.get $y) (i32.const 5)) (local.get $squares)))
            (local.get $limits) (local.get $inked) (local.get $row)))
        (else (memory.fill (local.get $row) (i32.const 0) (local.get $slot))))
      (if (i32.ge_s (local.get $y) (i32.const 2))
        (then
          ;; The row two above has its neighbours now; the order in which five rows are summed does not matter, for sums are exact.
          (local.set $row
            (i32.add (local.get $rows) (i32.mul (i32.rem_u (i32.sub (local.get $y) (i32.const 2)) (i32.const 5)) (local.get $slot))))
          (local.set $x (i32.const 0))
          (loop $along
            (if (i32.eqz
                (i32.and
                  (i32.eqz (i32.and (local.get $x) (i32.const 3)))
                  (i32.eqz (v128.any_true (v128.load (i32.add (local.get $row) (i32.shl (local.get $x) (i32.const 2))))))))
              (then
                (local.set $place (i32.const 0))
                (local.set $dark (f64.promote_f32 (f32.load (i32.add (local.get $row) (i32.shl (local.get $x) (i32.const 2))))))
                (if (f64.ge (local.get $dark) (local.get $blurred))
                  (then
                    (local.set $at (i32.add (i32.add (local.get $rows) (local.get $size)) (i32.shl (local.get $x) (i32.const 2))))
                    (local.set $around (call $sumSquare (local.get $at) (local.get $slot)))
                    (if (f32.ne (local.get $around) (f32.const 0))
                      (then
                        (local.set $share
                          (f64.add (f64.const 100)
                            (f64.mul (f64.const 100)
                              (f64.div
                                (f64.promote_f32 (call $sumSquare (i32.add (local.get $at) (local.get $size)) (local.get $slot)))
                                (f64.promote_f32 (local.get $around))))))
                        (local.set $above (f64.ceil (local.get $share)))
                        (if (f64.gt (f64.sub (local.get $above) (f64.const 0.5)) (local.get $share))
                          (then (local.set $above (f64.sub (local.get $above) (f64.const 1)))))
                        (local.set $place
                          (i32.trunc_f64_s (f64.max (f64.const 0) (f64.min (f64.const 199) (local.get $above)))))
                        (if (f64.gt (local.get $dark) (local.get $inked))
                          (then
                            (local.set $ink (i32.add (local.get $ink) (i32.const 1)))
                            (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $place) (i32.const 2))))
                            (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))))
                        (local.set $place (i32.add (local.get $place) (i32.const 1)))))))
                (i32.store8 (i32.add (local.get $to) (local.get $x)) (local.get $place))
                (local.set $x (i32.add (local.get $x) (i32.const 1))))
              (else
                (i32.store (i32.add (local.get $to) (local.get $x)) (i32.const 0))
                (local.set $x (i32.add (local.get $x) (i32.const 4)))))
            (br_if $along (i32.lt_s (local.get $x) (local.get $width))))
          (local.set $to (i32.add (local.get $to) (local.get $width)))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (i32.add (local.get $height) (i32.const 2)))))
    (local.get $ink))

  ;; Bytes above a bound become 2, others 1; 0 stays 0.
  (func (export "partAt") (param $at i32) (param $count i32) (param $bound i32)
    (local $bytes v128)
    (loop $sixteen
      (local.set $bytes (v128.load (local.get $at)))
      (v128.store (local.get $at)
        (i8x16.sub
          (i8x16.neg (i8x16.gt_u (local.get $bytes) (i8x16.splat (local.get $bound))))
          (i8x16.ne (local.get $bytes) (i8x16.splat (i32.const 0)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $sixteen (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0))))))
