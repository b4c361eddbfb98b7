;; The loops over all pixels of a page, many bytes at a time: what JavaScript does byte by byte. Places are addresses in the
;; memory, rasters RGB with 8 bits each, planes one byte a pixel. A row may be read and written up to 16 bytes beyond its end:
;; kernels.ts leaves room for that behind every array.
;;
;; What is called relaxed is one instruction where its strict sibling is five to ten. It leaves open what numbers beyond 32 bits become, which
;; here are places off every picture whatever they become, and what an index of 16 to 127 picks: it is given none.
(module
  (memory (export "memory") 2560)

  ;; Half a raster: each new pixel the mean of four.
  (func (export "halve") (param $from i32) (param $stride i32) (param $to i32) (param $width i32) (param $height i32)
    (local $upper i32) (local $lower i32) (local $left i32)
    (local $above v128) (local $below v128) (local $sums v128) (local $even v128) (local $odd v128)
    ;; The first and third pixel of a row as words, the second and fourth.
    (local.set $even (v128.const i8x16 0 -1 1 -1 2 -1 6 -1 7 -1 8 -1 -1 -1 -1 -1))
    (local.set $odd (v128.const i8x16 3 -1 4 -1 5 -1 9 -1 10 -1 11 -1 -1 -1 -1 -1))
    (block $end
      (loop $rows
        (br_if $end (i32.eqz (local.get $height)))
        (local.set $upper (local.get $from))
        (local.set $lower (i32.add (local.get $from) (local.get $stride)))
        (local.set $left (local.get $width))
        (block $rowEnd
          (loop $two
            (br_if $rowEnd (i32.lt_s (local.get $left) (i32.const 2)))
            (local.set $above (v128.load (local.get $upper)))
            (local.set $below (v128.load (local.get $lower)))
            (local.set $sums
              (i16x8.shr_u
                (i16x8.add
                  (i16x8.add
                    (i8x16.relaxed_swizzle (local.get $above) (local.get $even))
                    (i8x16.relaxed_swizzle (local.get $above) (local.get $odd)))
                  (i16x8.add
                    (i8x16.relaxed_swizzle (local.get $below) (local.get $even))
                    (i8x16.relaxed_swizzle (local.get $below) (local.get $odd))))
                (i32.const 2)))
            ;; Two bytes more than two pixels: the next ones are written over them.
            (v128.store64_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $sums) (local.get $sums)))
            (local.set $upper (i32.add (local.get $upper) (i32.const 12)))
            (local.set $lower (i32.add (local.get $lower) (i32.const 12)))
            (local.set $to (i32.add (local.get $to) (i32.const 6)))
            (local.set $left (i32.sub (local.get $left) (i32.const 2)))
            (br $two)))
        (block $rowEnd
          (loop $one
            (br_if $rowEnd (i32.eqz (local.get $left)))
            (i32.store8 (local.get $to) (call $meanOfFour (local.get $upper) (local.get $lower)))
            (i32.store8 offset=1 (local.get $to)
              (call $meanOfFour (i32.add (local.get $upper) (i32.const 1)) (i32.add (local.get $lower) (i32.const 1))))
            (i32.store8 offset=2 (local.get $to)
              (call $meanOfFour (i32.add (local.get $upper) (i32.const 2)) (i32.add (local.get $lower) (i32.const 2))))
            (local.set $upper (i32.add (local.get $upper) (i32.const 6)))
            (local.set $lower (i32.add (local.get $lower) (i32.const 6)))
            (local.set $to (i32.add (local.get $to) (i32.const 3)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $one)))
        (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 1))))
        (local.set $height (i32.sub (local.get $height) (i32.const 1)))
        (br $rows))))

  (func $meanOfFour (param $upper i32) (param $lower i32) (result i32)
    (i32.shr_u
      (i32.add
        (i32.add (i32.load8_u (local.get $upper)) (i32.load8_u offset=3 (local.get $upper)))
        (i32.add (i32.load8_u (local.get $lower)) (i32.load8_u offset=3 (local.get $lower))))
      (i32.const 2)))

  ;; A smaller raster: each new pixel the mean of those it covers. New column x covers those from columns[x] to before
  ;; columns[x + 1], rows alike; no more than 256 rows each. `sums` has room for two bytes for each byte of a row.
  (func (export "shrink") (param $from i32) (param $stride i32) (param $columns i32) (param $rows i32) (param $sums i32)
    (param $to i32) (param $width i32) (param $height i32)
    (local $y i32) (local $x i32) (local $at i32) (local $row i32) (local $last i32) (local $covered i32)
    (local $left i32) (local $right i32) (local $red i32) (local $green i32) (local $blue i32)
    (block $end
      (loop $each
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $row (i32.load (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 2)))))
        (local.set $last (i32.load offset=4 (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 2)))))
        (local.set $covered (i32.sub (local.get $last) (local.get $row)))
        (call $copyWide (i32.add (local.get $from) (i32.mul (local.get $row) (local.get $stride))) (local.get $stride) (local.get $sums))
        (block $summed
          (loop $sum
            (local.set $row (i32.add (local.get $row) (i32.const 1)))
            (br_if $summed (i32.ge_s (local.get $row) (local.get $last)))
            (call $addWide (i32.add (local.get $from) (i32.mul (local.get $row) (local.get $stride))) (local.get $stride) (local.get $sums))
            (br $sum)))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $across
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $at (i32.add (local.get $columns) (i32.shl (local.get $x) (i32.const 2))))
            (local.set $left (i32.load (local.get $at)))
            (local.set $right (i32.add (local.get $sums) (i32.mul (i32.load offset=4 (local.get $at)) (i32.const 6))))
            (local.set $row (i32.mul (local.get $covered) (i32.sub (i32.load offset=4 (local.get $at)) (local.get $left))))
            (local.set $at (i32.add (local.get $sums) (i32.mul (local.get $left) (i32.const 6))))
            (local.set $red (i32.load16_u (local.get $at)))
            (local.set $green (i32.load16_u offset=2 (local.get $at)))
            (local.set $blue (i32.load16_u offset=4 (local.get $at)))
            (block $added
              (loop $add
                (local.set $at (i32.add (local.get $at) (i32.const 6)))
                (br_if $added (i32.ge_u (local.get $at) (local.get $right)))
                (local.set $red (i32.add (local.get $red) (i32.load16_u (local.get $at))))
                (local.set $green (i32.add (local.get $green) (i32.load16_u offset=2 (local.get $at))))
                (local.set $blue (i32.add (local.get $blue) (i32.load16_u offset=4 (local.get $at))))
                (br $add)))
            ;; One, two or four pixels mostly, for pictures are halved before: a division takes as long as all the rest.
            (if (i32.eq (i32.popcnt (local.get $row)) (i32.const 1))
              (then
                (local.set $row (i32.ctz (local.get $row)))
                (i32.store8 (local.get $to) (i32.shr_u (local.get $red) (local.get $row)))
                (i32.store8 offset=1 (local.get $to) (i32.shr_u (local.get $green) (local.get $row)))
                (i32.store8 offset=2 (local.get $to) (i32.shr_u (local.get $blue) (local.get $row))))
              (else
                (i32.store8 (local.get $to) (i32.div_u (local.get $red) (local.get $row)))
                (i32.store8 offset=1 (local.get $to) (i32.div_u (local.get $green) (local.get $row)))
                (i32.store8 offset=2 (local.get $to) (i32.div_u (local.get $blue) (local.get $row)))))
            (local.set $to (i32.add (local.get $to) (i32.const 3)))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $across)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $each))))

  ;; Each byte as two.
  (func $copyWide (param $from i32) (param $count i32) (param $to i32)
    (local $bytes v128)
    (loop $more
      (local.set $bytes (v128.load (local.get $from)))
      (v128.store (local.get $to) (i16x8.extend_low_i8x16_u (local.get $bytes)))
      (v128.store offset=16 (local.get $to) (i16x8.extend_high_i8x16_u (local.get $bytes)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (br_if $more (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  (func $addWide (param $from i32) (param $count i32) (param $to i32)
    (local $bytes v128)
    (loop $more
      (local.set $bytes (v128.load (local.get $from)))
      (v128.store (local.get $to) (i16x8.add (v128.load (local.get $to)) (i16x8.extend_low_i8x16_u (local.get $bytes))))
      (v128.store offset=16 (local.get $to)
        (i16x8.add (v128.load offset=16 (local.get $to)) (i16x8.extend_high_i8x16_u (local.get $bytes))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (br_if $more (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; A raster drawn anew through a projective map, m0…m8 row by row: bilinear, in whole numbers of 1/256 pixel. A pixel at the
  ;; edge repeats its neighbour; what lies farther off the old picture becomes white. It is drawn `strip` columns at a time: where
  ;; each row has come to is kept in `places`, 24 bytes a row.
  (func (export "warp") (param $from i32) (param $fromWidth i32) (param $fromHeight i32)
    (param $to i32) (param $width i32) (param $height i32)
    (param $m0 f64) (param $m1 f64) (param $m2 f64) (param $m3 f64) (param $m4 f64) (param $m5 f64)
    (param $m6 f64) (param $m7 f64) (param $m8 f64) (param $strip i32) (param $places i32)
    (local $x i32) (local $y i32) (local $first i32) (local $last i32) (local $row i32) (local $into i32) (local $behind i32) (local $kept i32)
    (local $middle f64) (local $depth f64) (local $scale f64) (local $place v128) (local $step v128) (local $fine v128)
    (local $fineX i32) (local $fineY i32) (local $left i32) (local $top i32) (local $isAffine i32)
    (local $wb i32) (local $wc i32) (local $wd i32) (local $stride i32) (local $at i32)
    (local $sum v128) (local $half v128) (local $apart v128)
    (local.set $half (f64x2.splat (f64.const 128)))
    (local.set $apart (v128.const i8x16 0 -1 3 -1 1 -1 4 -1 2 -1 5 -1 -1 -1 -1 -1))
    (local.set $stride (i32.mul (local.get $fromWidth) (i32.const 3)))
    (local.set $step (f64x2.replace_lane 1 (f64x2.splat (local.get $m0)) (local.get $m3)))
    (local.set $isAffine (i32.and (f64.eq (local.get $m6) (f64.const 0)) (f64.eq (local.get $m7) (f64.const 0))))
    ;; Where each row begins: its place and, behind it, its depth.
    (local.set $row (local.get $places))
    (block $end
      (loop $rows
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        ;; The middle of a pixel is half a pixel from its corner, in both pictures.
        (local.set $middle (f64.add (f64.convert_i32_s (local.get $y)) (f64.const 0.5)))
        (v128.store (local.get $row)
          (f64x2.replace_lane 1
            (f64x2.splat
              (f64.add (f64.add (f64.mul (local.get $m0) (f64.const 0.5)) (f64.mul (local.get $m1) (local.get $middle))) (local.get $m2)))
            (f64.add (f64.add (f64.mul (local.get $m3) (f64.const 0.5)) (f64.mul (local.get $m4) (local.get $middle))) (local.get $m5))))
        (f64.store offset=16 (local.get $row)
          (f64.add (f64.add (f64.mul (local.get $m6) (f64.const 0.5)) (f64.mul (local.get $m7) (local.get $middle))) (local.get $m8)))
        (local.set $row (i32.add (local.get $row) (i32.const 24)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $rows)))
    (block $end
      (loop $strips
        (br_if $end (i32.ge_s (local.get $first) (local.get $width)))
        (local.set $last (i32.add (local.get $first) (local.get $strip)))
        (if (i32.gt_s (local.get $last) (local.get $width)) (then (local.set $last (local.get $width))))
        (local.set $row (local.get $places))
        (local.set $y (i32.const 0))
        (block $stripEnd
          (loop $rows
            (br_if $stripEnd (i32.ge_s (local.get $y) (local.get $height)))
            (local.set $place (v128.load (local.get $row)))
            (local.set $depth (f64.load offset=16 (local.get $row)))
            (local.set $scale (f64.div (f64.const 256) (local.get $depth)))
            (local.set $x (local.get $first))
            (local.set $into
              (i32.add (local.get $to) (i32.mul (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)) (i32.const 3))))
            ;; Pixels are written with a byte more, which behind the last may be that of a pixel which is there already.
            (local.set $behind (i32.add (local.get $into) (i32.mul (i32.sub (local.get $last) (local.get $x)) (i32.const 3))))
            (local.set $kept (i32.load8_u (local.get $behind)))
            (block $rowEnd
              (loop $across1
                (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $last)))
                ;; Without a vanishing point the depth is the same all over.
                (if (i32.eqz (local.get $isAffine)) (then (local.set $scale (f64.div (f64.const 256) (local.get $depth)))))
                (local.set $fine
                  (i32x4.relaxed_trunc_f64x2_s_zero
                    (f64x2.sub (f64x2.mul (local.get $place) (f64x2.splat (local.get $scale))) (local.get $half))))
                (local.set $fineX (i32x4.extract_lane 0 (local.get $fine)))
                (local.set $fineY (i32x4.extract_lane 1 (local.get $fine)))
                (local.set $place (f64x2.add (local.get $place) (local.get $step)))
                (local.set $depth (f64.add (local.get $depth) (local.get $m6)))
                (local.set $left (i32.shr_s (local.get $fineX) (i32.const 8)))
                (local.set $top (i32.shr_s (local.get $fineY) (i32.const 8)))
                (if (i32.and
                    (i32.lt_u (local.get $left) (i32.sub (local.get $fromWidth) (i32.const 1)))
                    (i32.lt_u (local.get $top) (i32.sub (local.get $fromHeight) (i32.const 1))))
                  (then
                    (local.set $wb (i32.and (local.get $fineX) (i32.const 255)))
                    (local.set $wc (i32.and (local.get $fineY) (i32.const 255)))
                    (local.set $wd (i32.shr_u (i32.mul (local.get $wb) (local.get $wc)) (i32.const 8)))
                    (local.set $at
                      (i32.add (local.get $from)
                        (i32.add (i32.mul (local.get $top) (local.get $stride)) (i32.mul (local.get $left) (i32.const 3)))))
                    (local.set $wb (i32.sub (local.get $wb) (local.get $wd)))
                    (local.set $wc (i32.sub (local.get $wc) (local.get $wd)))
                    (local.set $sum
                      (i32x4.shr_u
                        (call $weigh (local.get $apart) (local.get $at) (i32.add (local.get $at) (local.get $stride))
                          (i32.sub (i32.const 256) (i32.add (i32.add (local.get $wb) (local.get $wc)) (local.get $wd)))
                          (local.get $wb) (local.get $wc) (local.get $wd))
                        (i32.const 8)))
                    (v128.store32_lane 0 (local.get $into) (call $asBytes (local.get $sum))))
                  (else
                    (if (i32.and
                        (i32.and (i32.ge_s (local.get $left) (i32.const -1)) (i32.lt_s (local.get $left) (local.get $fromWidth)))
                        (i32.and (i32.ge_s (local.get $top) (i32.const -1)) (i32.lt_s (local.get $top) (local.get $fromHeight))))
                      (then
                        (if (i32.lt_s (local.get $left) (i32.const 0)) (then (local.set $left (i32.const 0))))
                        (if (i32.lt_s (local.get $top) (i32.const 0)) (then (local.set $top (i32.const 0))))
                        (i32.store (local.get $into)
                          (i32.load
                            (i32.add (local.get $from)
                              (i32.add (i32.mul (local.get $top) (local.get $stride)) (i32.mul (local.get $left) (i32.const 3)))))))
                      (else (i32.store (local.get $into) (i32.const -1))))))
                (local.set $into (i32.add (local.get $into) (i32.const 3)))
                (local.set $x (i32.add (local.get $x) (i32.const 1)))
                (br $across1)))
            (i32.store8 (local.get $behind) (local.get $kept))
            (v128.store (local.get $row) (local.get $place))
            (f64.store offset=16 (local.get $row) (local.get $depth))
            (local.set $row (i32.add (local.get $row) (i32.const 24)))
            (local.set $y (i32.add (local.get $y) (i32.const 1)))
            (br $rows)))
        (local.set $first (local.get $last))
        (br $strips))))

  ;; Frees a raster of its light: darkness of any ink, darkness that red ink does not add to, and redness. The gains are what
  ;; red, green and blue must be multiplied with along a row: `width` floats for each of them, anew after every `band` rows.
  (func (export "level") (param $from i32) (param $width i32) (param $height i32) (param $band i32) (param $gains i32)
    (param $dark i32) (param $black i32) (param $redness i32)
    (local $x i32) (local $y i32) (local $gain i32) (local $plane i32)
    (local $bytes v128) (local $red v128) (local $green v128) (local $blue v128) (local $grey v128) (local $white v128)
    (local $reds v128) (local $greens v128) (local $blues v128)
    (local.set $reds (v128.const i8x16 0 -1 -1 -1 3 -1 -1 -1 6 -1 -1 -1 9 -1 -1 -1))
    (local.set $greens (v128.const i8x16 1 -1 -1 -1 4 -1 -1 -1 7 -1 -1 -1 10 -1 -1 -1))
    (local.set $blues (v128.const i8x16 2 -1 -1 -1 5 -1 -1 -1 8 -1 -1 -1 11 -1 -1 -1))
    (local.set $white (f32x4.splat (f32.const 255)))
    (local.set $plane (i32.shl (local.get $width) (i32.const 2)))
    (block $end
      (loop $each
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $x (i32.const 0))
        (local.set $gain
          (i32.add (local.get $gains)
            (i32.mul (i32.div_u (local.get $y) (local.get $band)) (i32.mul (local.get $plane) (i32.const 3)))))
        (block $rowEnd
          (loop $four
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $bytes (v128.load (i32.add (local.get $from) (i32.mul (local.get $x) (i32.const 3)))))
            (local.set $red
              (f32x4.mul (v128.load (local.get $gain))
                (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $reds)))))
            (local.set $green
              (f32x4.mul (v128.load (i32.add (local.get $gain) (local.get $plane)))
                (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $greens)))))
            (local.set $blue
              (f32x4.mul (v128.load (i32.add (local.get $gain) (i32.shl (local.get $plane) (i32.const 1))))
                (f32x4.convert_i32x4_s (i8x16.relaxed_swizzle (local.get $bytes) (local.get $blues)))))
            (local.set $grey
              (f32x4.add
                (f32x4.add (f32x4.mul (local.get $red) (f32x4.splat (f32.const 0.3)))
                  (f32x4.mul (local.get $green) (f32x4.splat (f32.const 0.59))))
                (f32x4.mul (local.get $blue) (f32x4.splat (f32.const 0.11)))))
            ;; What would be below 0 becomes 0.
            (v128.store32_lane 0 (i32.add (local.get $dark) (local.get $x))
              (call $asBytes (i32x4.relaxed_trunc_f32x4_s (f32x4.sub (local.get $white) (local.get $grey)))))
            (v128.store32_lane 0 (i32.add (local.get $black) (local.get $x))
              (call $asBytes (i32x4.relaxed_trunc_f32x4_s (f32x4.sub (local.get $white) (f32x4.max (local.get $red) (local.get $grey))))))
            (v128.store32_lane 0 (i32.add (local.get $redness) (local.get $x))
              (call $asBytes
                (i32x4.relaxed_trunc_f32x4_s
                  (f32x4.sub (f32x4.min (local.get $red) (local.get $white)) (f32x4.max (local.get $green) (local.get $blue))))))
            (local.set $gain (i32.add (local.get $gain) (i32.const 16)))
            (local.set $x (i32.add (local.get $x) (i32.const 4)))
            (br $four)))
        (local.set $from (i32.add (local.get $from) (i32.mul (local.get $width) (i32.const 3))))
        (local.set $dark (i32.add (local.get $dark) (local.get $width)))
        (local.set $black (i32.add (local.get $black) (local.get $width)))
        (local.set $redness (i32.add (local.get $redness) (local.get $width)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $each))))

  ;; Four whole numbers as the first four bytes, cut off below 0 and above 255.
  (func $asBytes (param $words v128) (result v128)
    (local.set $words (i16x8.narrow_i32x4_s (local.get $words) (local.get $words)))
    (i8x16.narrow_i16x8_u (local.get $words) (local.get $words)))

  ;; The channels of a pixel and its right neighbour, in the upper row and in the lower one, weighed and added.
  (func $weigh (param $apart v128) (param $upper i32) (param $lower i32) (param $wa i32) (param $wb i32) (param $wc i32) (param $wd i32) (result v128)
    (i32x4.add
      (i32x4.dot_i16x8_s
        (i8x16.relaxed_swizzle (v128.load64_zero (local.get $upper)) (local.get $apart))
        (i32x4.splat (i32.or (local.get $wa) (i32.shl (local.get $wb) (i32.const 16)))))
      (i32x4.dot_i16x8_s
        (i8x16.relaxed_swizzle (v128.load64_zero (local.get $lower)) (local.get $apart))
        (i32x4.splat (i32.or (local.get $wc) (i32.shl (local.get $wd) (i32.const 16)))))))

  ;; Marks the pixels that are darker than `limit` once they are freed of their light: by their grey in `any`, by their red as
  ;; well in `ink`; both begin with zeros. What is lighter than `paper` in all three channels needs no more than to be compared.
  ;; `paper` (bytes) and `gains` (floats) stand as the channels of a row do, anew after every `band` rows.
  (func (export "markInk") (param $from i32) (param $width i32) (param $height i32) (param $band i32) (param $limit f64)
    (param $paper i32) (param $gains i32) (param $ink i32) (param $any i32)
    (local $x i32) (local $y i32) (local $next i32) (local $at i32) (local $light i32) (local $gain i32) (local $row i32)
    (local $red f64)
    (block $end
      (loop $each
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $row (i32.mul (i32.div_u (local.get $y) (local.get $band)) (i32.mul (local.get $width) (i32.const 3))))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $sixteen
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $at (i32.add (local.get $from) (i32.mul (local.get $x) (i32.const 3))))
            (local.set $gain (i32.add (local.get $row) (i32.mul (local.get $x) (i32.const 3))))
            (local.set $light (i32.add (local.get $paper) (local.get $gain)))
            (local.set $next (i32.add (local.get $x) (i32.const 16)))
            (if (i32.and
                (i32.le_s (local.get $next) (local.get $width))
                (i8x16.all_true
                  (v128.and
                    (v128.and
                      (i8x16.gt_u (v128.load (local.get $at)) (v128.load (local.get $light)))
                      (i8x16.gt_u (v128.load offset=16 (local.get $at)) (v128.load offset=16 (local.get $light))))
                    (i8x16.gt_u (v128.load offset=32 (local.get $at)) (v128.load offset=32 (local.get $light))))))
              (then (local.set $x (local.get $next)) (br $sixteen)))
            (if (i32.gt_s (local.get $next) (local.get $width)) (then (local.set $next (local.get $width))))
            (local.set $gain (i32.add (local.get $gains) (i32.shl (local.get $gain) (i32.const 2))))
            (loop $one
              (block $isPaper
                (br_if $isPaper
                  (i32.and
                    (i32.and
                      (i32.gt_u (i32.load8_u (local.get $at)) (i32.load8_u (local.get $light)))
                      (i32.gt_u (i32.load8_u offset=1 (local.get $at)) (i32.load8_u offset=1 (local.get $light))))
                    (i32.gt_u (i32.load8_u offset=2 (local.get $at)) (i32.load8_u offset=2 (local.get $light)))))
                (local.set $red
                  (f64.mul (f64.convert_i32_u (i32.load8_u (local.get $at))) (f64.promote_f32 (f32.load (local.get $gain)))))
                (br_if $isPaper
                  (f64.ge
                    (f64.add
                      (f64.add
                        (f64.mul (f64.const 0.3) (local.get $red))
                        (f64.mul (f64.const 0.59)
                          (f64.mul (f64.convert_i32_u (i32.load8_u offset=1 (local.get $at)))
                            (f64.promote_f32 (f32.load offset=4 (local.get $gain))))))
                      (f64.mul (f64.const 0.11)
                        (f64.mul (f64.convert_i32_u (i32.load8_u offset=2 (local.get $at)))
                          (f64.promote_f32 (f32.load offset=8 (local.get $gain))))))
                    (local.get $limit)))
                (i32.store8 (i32.add (local.get $any) (local.get $x)) (i32.const 1))
                (if (f64.lt (local.get $red) (local.get $limit))
                  (then (i32.store8 (i32.add (local.get $ink) (local.get $x)) (i32.const 1)))))
              (local.set $at (i32.add (local.get $at) (i32.const 3)))
              (local.set $light (i32.add (local.get $light) (i32.const 3)))
              (local.set $gain (i32.add (local.get $gain) (i32.const 12)))
              (br_if $one (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $next))))
            (br $sixteen)))
        (local.set $from (i32.add (local.get $from) (i32.mul (local.get $width) (i32.const 3))))
        (local.set $ink (i32.add (local.get $ink) (local.get $width)))
        (local.set $any (i32.add (local.get $any) (local.get $width)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $each))))

  ;; Runs of ink along the rows of a map, single gaps bridged, from `least` to `most` pixels long: the first and the last column
  ;; of each go to `runs`, and how many there are before each row, and after the last, to `counts`.
  (func (export "findRuns") (param $ink i32) (param $width i32) (param $height i32) (param $least i32) (param $most i32)
    (param $runs i32) (param $counts i32)
    (local $x i32) (local $y i32) (local $first i32) (local $last i32) (local $length i32) (local $count i32) (local $at i32)
    (loop $rows
      (i32.store (i32.add (local.get $counts) (i32.shl (local.get $y) (i32.const 2))) (local.get $count))
      (if (i32.lt_s (local.get $y) (local.get $height))
        (then
          (local.set $x (i32.const 0))
          (block $rowEnd
            (loop $along
              (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
              (local.set $at (i32.add (local.get $ink) (local.get $x)))
              (if (i32.eqz (i32.load8_u (local.get $at)))
                (then
                  ;; Bare paper is passed eight pixels at a time.
                  (local.set $x (i32.add (local.get $x) (select (i32.const 8) (i32.const 1) (i64.eqz (i64.load (local.get $at))))))
                  (br $along)))
              (local.set $first (local.get $x))
              (local.set $last (local.get $x))
              (block $runEnd
                (loop $run
                  (local.set $x (i32.add (local.get $x) (i32.const 1)))
                  (br_if $runEnd (i32.ge_s (local.get $x) (local.get $width)))
                  (if (i32.load8_u (i32.add (local.get $ink) (local.get $x)))
                    (then (local.set $last (local.get $x)) (br $run)))
                  (br_if $runEnd (i32.ge_s (i32.add (local.get $x) (i32.const 1)) (local.get $width)))
                  (br_if $run (i32.load8_u offset=1 (i32.add (local.get $ink) (local.get $x))))))
              (local.set $length (i32.add (i32.sub (local.get $last) (local.get $first)) (i32.const 1)))
              (if (i32.and (i32.ge_s (local.get $length) (local.get $least)) (i32.le_s (local.get $length) (local.get $most)))
                (then
                  (i32.store (i32.add (local.get $runs) (i32.shl (local.get $count) (i32.const 3))) (local.get $first))
                  (i32.store offset=4 (i32.add (local.get $runs) (i32.shl (local.get $count) (i32.const 3))) (local.get $last))
                  (local.set $count (i32.add (local.get $count) (i32.const 1)))))
              (br $along)))
          (local.set $ink (i32.add (local.get $ink) (local.get $width)))
          (local.set $y (i32.add (local.get $y) (i32.const 1)))
          (br $rows)))))

  ;; Marks the pixels of a plane that are at least `least` dark, and by `step` darker than what lies `reach` bytes before and after.
  (func (export "markStrokes") (param $plane i32) (param $count i32) (param $reach i32) (param $least i32) (param $step i32) (param $to i32)
    (local $here v128)
    (loop $sixteen
      (local.set $here (v128.load (local.get $plane)))
      (v128.store (local.get $to)
        (v128.and
          (i8x16.splat (i32.const 1))
          (v128.and
            (i8x16.ge_u (local.get $here) (i8x16.splat (local.get $least)))
            (i8x16.ge_u
              (i8x16.sub_sat_u (local.get $here)
                (i8x16.max_u
                  (v128.load (i32.sub (local.get $plane) (local.get $reach)))
                  (v128.load (i32.add (local.get $plane) (local.get $reach)))))
              (i8x16.splat (local.get $step))))))
      (local.set $plane (i32.add (local.get $plane) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $sixteen (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; Half a plane: each new pixel the mean of four.
  (func (export "halvePlane") (param $from i32) (param $stride i32) (param $to i32) (param $width i32) (param $height i32)
    (local $x i32) (local $at i32) (local $sum v128)
    (block $end
      (loop $rows
        (br_if $end (i32.eqz (local.get $height)))
        (local.set $x (i32.const 0))
        (local.set $at (local.get $from))
        (block $rowEnd
          (loop $eight
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $sum
              (i16x8.shr_u
                (i16x8.add
                  (i16x8.extadd_pairwise_i8x16_u (v128.load (local.get $at)))
                  (i16x8.extadd_pairwise_i8x16_u (v128.load (i32.add (local.get $at) (local.get $stride)))))
                (i32.const 2)))
            (v128.store64_lane 0 (i32.add (local.get $to) (local.get $x)) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $x (i32.add (local.get $x) (i32.const 8)))
            (br $eight)))
        (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 1))))
        (local.set $to (i32.add (local.get $to) (local.get $width)))
        (local.set $height (i32.sub (local.get $height) (i32.const 1)))
        (br $rows))))

  ;; The green of each pixel, sixteen at a time: up to fifteen more are written than asked for.
  (func (export "asGrey") (param $from i32) (param $count i32) (param $to i32)
    (loop $sixteen
      (v128.store (local.get $to)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 18 21 24 27 30
          (i8x16.shuffle 1 4 7 10 13 16 19 22 25 28 31 0 0 0 0 0 (v128.load (local.get $from)) (v128.load offset=16 (local.get $from)))
          (v128.load offset=32 (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 48)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $sixteen (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; A tilted rectangle of a raster set straight, one bilinear sample a pixel, all of them on the raster. The first row begins at
  ;; (x, y); each next one lies (downX, downY) on, each pixel (stepX, stepY). Places are whole numbers of 1/4096 pixel.
  (func (export "sample") (param $from i32) (param $stride i32) (param $to i32) (param $width i32) (param $height i32)
    (param $startX f64) (param $startY f64) (param $downX f64) (param $downY f64) (param $stepX f64) (param $stepY f64)
    (local $x i32) (local $y i32) (local $at i32) (local $dx i32) (local $dy i32) (local $wd i32)
    (local $place v128) (local $step v128) (local $fine v128) (local $scale v128) (local $apart v128) (local $round v128)
    (local.set $apart (v128.const i8x16 0 -1 3 -1 1 -1 4 -1 2 -1 5 -1 -1 -1 -1 -1))
    (local.set $round (i32x4.splat (i32.const 8192)))
    (local.set $scale (f64x2.splat (f64.const 4096)))
    (local.set $step (f64x2.mul (local.get $scale) (f64x2.replace_lane 1 (f64x2.splat (local.get $stepX)) (local.get $stepY))))
    (block $end
      (loop $rows
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $place
          (f64x2.mul (local.get $scale)
            (f64x2.add
              (f64x2.replace_lane 1 (f64x2.splat (local.get $startX)) (local.get $startY))
              (f64x2.mul
                (f64x2.splat (f64.convert_i32_s (local.get $y)))
                (f64x2.replace_lane 1 (f64x2.splat (local.get $downX)) (local.get $downY))))))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $one
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $fine (i32x4.relaxed_trunc_f64x2_s_zero (local.get $place)))
            (local.set $place (f64x2.add (local.get $place) (local.get $step)))
            (local.set $dx (i32.and (i32x4.extract_lane 0 (local.get $fine)) (i32.const 4095)))
            (local.set $dy (i32.and (i32x4.extract_lane 1 (local.get $fine)) (i32.const 4095)))
            (local.set $fine (i32x4.shr_s (local.get $fine) (i32.const 12)))
            (local.set $at
              (i32.add (local.get $from)
                (i32.add
                  (i32.mul (i32x4.extract_lane 1 (local.get $fine)) (local.get $stride))
                  (i32.mul (i32x4.extract_lane 0 (local.get $fine)) (i32.const 3)))))
            ;; Weights of together 16,384.
            (local.set $wd (i32.shr_u (i32.mul (local.get $dx) (local.get $dy)) (i32.const 10)))
            (local.set $dx (i32.sub (i32.shl (local.get $dx) (i32.const 2)) (local.get $wd)))
            (local.set $dy (i32.sub (i32.shl (local.get $dy) (i32.const 2)) (local.get $wd)))
            (v128.store32_lane 0 (local.get $to)
              (call $asBytes
                (i32x4.shr_u
                  (i32x4.add
                    (call $weigh (local.get $apart) (local.get $at) (i32.add (local.get $at) (local.get $stride))
                      (i32.sub (i32.const 16384) (i32.add (i32.add (local.get $dx) (local.get $dy)) (local.get $wd)))
                      (local.get $dx) (local.get $dy) (local.get $wd))
                    (local.get $round))
                  (i32.const 14))))
            (local.set $to (i32.add (local.get $to) (i32.const 3)))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $one)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $rows))))

  ;; Lets every edge vote for the two places `radius` away from it, across it. Of each edge four floats: where it stands, and
  ;; its direction for a radius of 1, in cells. A vote is counted in four bytes.
  (func (export "vote") (param $edges i32) (param $count i32) (param $radius f32) (param $columns i32) (param $rows i32) (param $votes i32)
    (local $reach v128) (local $limits v128) (local $edge v128) (local $cells v128) (local $inside i32) (local $at i32)
    (local.set $reach
      (f32x4.mul (f32x4.splat (local.get $radius)) (v128.const f32x4 1 1 -1 -1)))
    (local.set $limits
      (i32x4.replace_lane 3 (i32x4.replace_lane 1 (i32x4.splat (local.get $columns)) (local.get $rows)) (local.get $rows)))
    (block $end
      (loop $each
        (br_if $end (i32.eqz (local.get $count)))
        (local.set $edge (v128.load (local.get $edges)))
        (local.set $cells
          (i32x4.relaxed_trunc_f32x4_s
            (f32x4.floor
              (f32x4.add
                (i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 (local.get $edge) (local.get $edge))
                (f32x4.mul (local.get $reach)
                  (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $edge) (local.get $edge)))))))
        (local.set $inside (i32x4.bitmask (i32x4.lt_u (local.get $cells) (local.get $limits))))
        (if (i32.eq (i32.and (local.get $inside) (i32.const 3)) (i32.const 3))
          (then
            (local.set $at
              (i32.add (local.get $votes)
                (i32.shl
                  (i32.add
                    (i32.mul (i32x4.extract_lane 1 (local.get $cells)) (local.get $columns))
                    (i32x4.extract_lane 0 (local.get $cells)))
                  (i32.const 2))))
            (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))))
        (if (i32.ge_u (local.get $inside) (i32.const 12))
          (then
            (local.set $at
              (i32.add (local.get $votes)
                (i32.shl
                  (i32.add
                    (i32.mul (i32x4.extract_lane 3 (local.get $cells)) (local.get $columns))
                    (i32x4.extract_lane 2 (local.get $cells)))
                  (i32.const 2))))
            (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))))
        (local.set $edges (i32.add (local.get $edges) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  ;; Samples a plane along straight lines from one point: on each of `count` lines (two doubles: how far it goes for a reach of
  ;; 1) `steps` floats from the reach `from` on, `step` apart; -1 outside of the plane.
  (func (export "unroll") (param $plane i32) (param $width i32) (param $height i32) (param $lines i32) (param $count i32) (param $steps i32)
    (param $x f64) (param $y f64) (param $from f64) (param $step f64) (param $to i32)
    (local $i i32) (local $at i32) (local $column i32) (local $row i32) (local $lastColumn i32) (local $lastRow i32)
    (local $middle v128) (local $line v128) (local $place v128) (local $corner v128) (local $cell v128) (local $pixels v128) (local $apart v128)
    (local.set $apart (v128.const i8x16 0 -1 -1 -1 2 -1 -1 -1 1 -1 -1 -1 3 -1 -1 -1))
    (local.set $middle (f64x2.replace_lane 1 (f64x2.splat (local.get $x)) (local.get $y)))
    (local.set $lastColumn (i32.sub (local.get $width) (i32.const 1)))
    (local.set $lastRow (i32.sub (local.get $height) (i32.const 1)))
    (block $end
      (loop $each
        (br_if $end (i32.eqz (local.get $count)))
        (local.set $i (i32.const 0))
        (local.set $line (v128.load (local.get $lines)))
        (loop $along
          (local.set $place
            (f64x2.add (local.get $middle)
              (f64x2.mul (local.get $line)
                (f64x2.splat (f64.add (local.get $from) (f64.mul (local.get $step) (f64.convert_i32_s (local.get $i))))))))
          (local.set $corner (f64x2.floor (local.get $place)))
          (local.set $cell (i32x4.relaxed_trunc_f64x2_s_zero (local.get $corner)))
          (local.set $column (i32x4.extract_lane 0 (local.get $cell)))
          (local.set $row (i32x4.extract_lane 1 (local.get $cell)))
          (if (i32.and (i32.lt_u (local.get $column) (local.get $lastColumn)) (i32.lt_u (local.get $row) (local.get $lastRow)))
            (then
              (local.set $place (f64x2.sub (local.get $place) (local.get $corner)))
              (local.set $at (i32.add (local.get $plane) (i32.add (i32.mul (local.get $row) (local.get $width)) (local.get $column))))
              ;; The upper left pixel, the lower left one, the upper right one, the lower right one.
              (local.set $pixels
                (i8x16.relaxed_swizzle
                  (v128.load16_lane 1 (i32.add (local.get $at) (local.get $width)) (v128.load16_splat (local.get $at)))
                  (local.get $apart)))
              (local.set $corner (f64x2.convert_low_i32x4_s (local.get $pixels)))
              ;; The left ones, moved towards the right ones: above, then below.
              (local.set $corner
                (f64x2.add (local.get $corner)
                  (f64x2.mul
                    (f64x2.sub
                      (f64x2.convert_low_i32x4_s (i8x16.shuffle 8 9 10 11 12 13 14 15 0 0 0 0 0 0 0 0 (local.get $pixels) (local.get $pixels)))
                      (local.get $corner))
                    (f64x2.splat (f64x2.extract_lane 0 (local.get $place))))))
              (f32.store (local.get $to)
                (f32.demote_f64
                  (f64.add (f64x2.extract_lane 0 (local.get $corner))
                    (f64.mul
                      (f64.sub (f64x2.extract_lane 1 (local.get $corner)) (f64x2.extract_lane 0 (local.get $corner)))
                      (f64x2.extract_lane 1 (local.get $place)))))))
            (else (f32.store (local.get $to) (f32.const -1))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (br_if $along (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $steps))))
        (local.set $lines (i32.add (local.get $lines) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each)))))
