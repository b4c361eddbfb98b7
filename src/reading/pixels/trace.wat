;; What hangs together on maps of one byte a pixel, 1 where there is something. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; Marks the floats above a limit.
  (func (export "markAbove") (param $from i32) (param $count i32) (param $limit f32) (param $to i32)
    (local $limits v128)
    (local.set $limits (f32x4.splat (local.get $limit)))
    (loop $sixteen
      (v128.store (local.get $to)
        (v128.and
          (i8x16.splat (i32.const 1))
          (i8x16.narrow_i16x8_s
            (i16x8.narrow_i32x4_s
              (f32x4.gt (v128.load (local.get $from)) (local.get $limits))
              (f32x4.gt (v128.load offset=16 (local.get $from)) (local.get $limits)))
            (i16x8.narrow_i32x4_s
              (f32x4.gt (v128.load offset=32 (local.get $from)) (local.get $limits))
              (f32x4.gt (v128.load offset=48 (local.get $from)) (local.get $limits))))))
      (local.set $from (i32.add (local.get $from) (i32.const 64)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $sixteen (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; The first byte from `at` on that is 1; `end` when there is none.
  (func $nextMarked (export "nextMarked") (param $map i32) (param $at i32) (param $end i32) (result i32)
    (local $bits i32)
    (block $found
      (loop $sixteen
        (br_if $found (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $bits
          (i8x16.bitmask (i8x16.eq (v128.load (i32.add (local.get $map) (local.get $at))) (i8x16.splat (i32.const 1)))))
        (if (local.get $bits)
          (then
            (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $bits))))
            (br $found)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $sixteen)))
    (select (local.get $end) (local.get $at) (i32.gt_s (local.get $at) (local.get $end))))

  ;; The piece of a map that hangs together with `start`, by its corners too when asked: its bytes become 2. `stack` has four bytes
  ;; for each pixel. Where `rows` is not 0 the first and last column of each row go there, unless the row has a further one already.
  ;; To `facts` go its left, top, right and bottom pixel and how many there are; from 24 on, a double, the sum of the floats
  ;; at `values` over it, where that is not 0.
  (func (export "tracePiece") (param $map i32) (param $width i32) (param $height i32) (param $start i32) (param $corners i32)
    (param $values i32) (param $stack i32) (param $rows i32) (param $facts i32)
    (local $at i32) (local $x i32) (local $y i32) (local $row i32) (local $column i32) (local $lastRow i32) (local $lastColumn i32)
    (local $next i32) (local $top i32) (local $count i32) (local $left i32) (local $upper i32) (local $right i32) (local $lower i32)
    (local $sum f64) (local $innerWidth i32) (local $innerHeight i32) (local $wanted i32) (local $ones v128)
    (local.set $ones (i8x16.splat (i32.const 1)))
    (local.set $wanted (select (i32.const 0x777) (i32.const 0x272) (local.get $corners)))
    (local.set $innerWidth (i32.sub (local.get $width) (i32.const 2)))
    (local.set $innerHeight (i32.sub (local.get $height) (i32.const 2)))
    (if (i32.lt_s (local.get $innerWidth) (i32.const 0)) (then (local.set $innerWidth (i32.const 0))))
    (if (i32.lt_s (local.get $innerHeight) (i32.const 0)) (then (local.set $innerHeight (i32.const 0))))
    (local.set $left (local.get $width))
    (local.set $upper (local.get $height))
    (local.set $right (i32.const -1))
    (local.set $lower (i32.const -1))
    (i32.store8 (i32.add (local.get $map) (local.get $start)) (i32.const 2))
    (i32.store (local.get $stack) (local.get $start))
    (local.set $top (i32.add (local.get $stack) (i32.const 4)))
    (loop $each
      (local.set $top (i32.sub (local.get $top) (i32.const 4)))
      (local.set $at (i32.load (local.get $top)))
      (local.set $y (i32.div_u (local.get $at) (local.get $width)))
      (local.set $x (i32.sub (local.get $at) (i32.mul (local.get $y) (local.get $width))))
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (if (local.get $values)
        (then
          (local.set $sum
            (f64.add (local.get $sum)
              (f64.promote_f32 (f32.load (i32.add (local.get $values) (i32.shl (local.get $at) (i32.const 2)))))))))
      (if (i32.lt_s (local.get $x) (local.get $left)) (then (local.set $left (local.get $x))))
      (if (i32.gt_s (local.get $x) (local.get $right)) (then (local.set $right (local.get $x))))
      (if (i32.lt_s (local.get $y) (local.get $upper)) (then (local.set $upper (local.get $y))))
      (if (i32.gt_s (local.get $y) (local.get $lower)) (then (local.set $lower (local.get $y))))
      (if (local.get $rows)
        (then
          (local.set $row (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 3))))
          (if (i32.lt_s (local.get $x) (i32.load (local.get $row))) (then (i32.store (local.get $row) (local.get $x))))
          (if (i32.gt_s (local.get $x) (i32.load offset=4 (local.get $row))) (then (i32.store offset=4 (local.get $row) (local.get $x))))))
      ;; What lies around it in one look, unless it stands at the edge: four bits for each of three rows, of which three are asked.
      (if (i32.and
          (i32.lt_u (i32.sub (local.get $x) (i32.const 1)) (local.get $innerWidth))
          (i32.lt_u (i32.sub (local.get $y) (i32.const 1)) (local.get $innerHeight)))
        (then
          (local.set $next (i32.sub (local.get $at) (i32.add (local.get $width) (i32.const 1))))
          (local.set $row (i32.add (local.get $map) (local.get $next)))
          (local.set $column
            (i32.and (local.get $wanted)
              (i8x16.bitmask
                (i8x16.eq (local.get $ones)
                  (v128.load32_lane 2 (i32.add (local.get $row) (i32.shl (local.get $width) (i32.const 1)))
                    (v128.load32_lane 1 (i32.add (local.get $row) (local.get $width)) (v128.load32_zero (local.get $row))))))))
          (block $none
            (loop $neighbours
              (br_if $none (i32.eqz (local.get $column)))
              (local.set $row (i32.ctz (local.get $column)))
              (local.set $column (i32.and (local.get $column) (i32.sub (local.get $column) (i32.const 1))))
              (local.set $row
                (i32.add (local.get $next)
                  (i32.add (i32.mul (i32.shr_u (local.get $row) (i32.const 2)) (local.get $width))
                    (i32.and (local.get $row) (i32.const 3)))))
              (i32.store8 (i32.add (local.get $map) (local.get $row)) (i32.const 2))
              (i32.store (local.get $top) (local.get $row))
              (local.set $top (i32.add (local.get $top) (i32.const 4)))
              (br $neighbours))))
        (else
            (local.set $row (i32.sub (local.get $y) (i32.gt_s (local.get $y) (i32.const 0))))
            (local.set $lastRow (i32.add (local.get $y) (i32.lt_s (local.get $y) (i32.sub (local.get $height) (i32.const 1)))))
            (local.set $lastColumn (i32.add (local.get $x) (i32.lt_s (local.get $x) (i32.sub (local.get $width) (i32.const 1)))))
            (loop $rows
              (local.set $column (i32.sub (local.get $x) (i32.gt_s (local.get $x) (i32.const 0))))
              (loop $columns
                (local.set $next (i32.add (i32.mul (local.get $row) (local.get $width)) (local.get $column)))
                (if (i32.eq (i32.load8_u (i32.add (local.get $map) (local.get $next))) (i32.const 1))
                  (then
                    (if (i32.or (local.get $corners)
                        (i32.or (i32.eq (local.get $row) (local.get $y)) (i32.eq (local.get $column) (local.get $x))))
                      (then
                        (i32.store8 (i32.add (local.get $map) (local.get $next)) (i32.const 2))
                        (i32.store (local.get $top) (local.get $next))
                        (local.set $top (i32.add (local.get $top) (i32.const 4)))))))
                (br_if $columns (i32.le_s (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $lastColumn))))
              (br_if $rows (i32.le_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $lastRow))))))
      (br_if $each (i32.gt_u (local.get $top) (local.get $stack))))
    (i32.store (local.get $facts) (local.get $left))
    (i32.store offset=4 (local.get $facts) (local.get $upper))
    (i32.store offset=8 (local.get $facts) (local.get $right))
    (i32.store offset=12 (local.get $facts) (local.get $lower))
    (i32.store offset=16 (local.get $facts) (local.get $count))
    (f64.store offset=24 (local.get $facts) (local.get $sum)))

  ;; Marks the specks of a raster with 255: the pieces of pixels whose green is below `limit` that hang together, by their corners too,
  ;; are less than `most` pixels wide and high and do not touch the edge of the raster. How many pixels they have. `specks` is blank,
  ;; `left` has a byte for each pixel and `queue` four.
  (func (export "markSpecks") (param $from i32) (param $width i32) (param $height i32) (param $limit i32) (param $most i32)
    (param $left i32) (param $queue i32) (param $specks i32) (result i32)
    (local $count i32) (local $at i32) (local $end i32) (local $next i32) (local $last i32) (local $bits i32) (local $row i32)
    (local $first i32) (local $farthest i32) (local $lowest i32) (local $marked i32) (local $greens v128) (local $limits v128) (local $ones v128)
    (local.set $count (i32.mul (local.get $width) (local.get $height)))
    (local.set $greens (v128.const i8x16 1 4 7 10 13 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (local.set $limits (i8x16.splat (local.get $limit)))
    (local.set $ones (i8x16.splat (i32.const 1)))
    ;; 1 where there is ink that was not followed yet. Five pixels at a time, and what is written beyond them later is right.
    (local.set $at (local.get $left))
    (local.set $end (i32.add (local.get $left) (local.get $count)))
    (loop $five
      (v128.store64_lane 0 (local.get $at)
        (v128.and (local.get $ones)
          (i8x16.lt_u (i8x16.relaxed_swizzle (v128.load (local.get $from)) (local.get $greens)) (local.get $limits))))
      (local.set $from (i32.add (local.get $from) (i32.const 15)))
      (br_if $five (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 5))) (local.get $end))))
    ;; No piece is followed over the edge.
    (memory.fill (local.get $left) (i32.const 0) (local.get $width))
    (memory.fill (i32.sub (local.get $end) (local.get $width)) (i32.const 0) (local.get $width))
    (local.set $at (local.get $left))
    (loop $rows
      (i32.store8 (local.get $at) (i32.const 0))
      (local.set $at (i32.add (local.get $at) (local.get $width)))
      (i32.store8 (i32.sub (local.get $at) (i32.const 1)) (i32.const 0))
      (br_if $rows (i32.lt_u (local.get $at) (local.get $end))))
    (local.set $at (i32.const 0))
    (block $done
      (loop $pieces
        (local.set $at (call $nextMarked (local.get $left) (local.get $at) (local.get $count)))
        (br_if $done (i32.ge_s (local.get $at) (local.get $count)))
        (i32.store8 (i32.add (local.get $left) (local.get $at)) (i32.const 0))
        (i32.store (local.get $queue) (local.get $at))
        (local.set $next (local.get $queue))
        (local.set $last (i32.add (local.get $queue) (i32.const 4)))
        (loop $each
          ;; What lies around it in one look: four bits for each of three rows, of which three are asked.
          (local.set $row (i32.sub (i32.load (local.get $next)) (i32.add (local.get $width) (i32.const 1))))
          (local.set $bits
            (i32.and (i32.const 0x777)
              (i8x16.bitmask
                (i8x16.eq (local.get $ones)
                  (v128.load32_lane 2 (i32.add (i32.add (local.get $left) (local.get $row)) (i32.shl (local.get $width) (i32.const 1)))
                    (v128.load32_lane 1 (i32.add (i32.add (local.get $left) (local.get $row)) (local.get $width))
                      (v128.load32_zero (i32.add (local.get $left) (local.get $row)))))))))
          (block $none
            (loop $neighbours
              (br_if $none (i32.eqz (local.get $bits)))
              (local.set $first (i32.ctz (local.get $bits)))
              (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
              (local.set $first
                (i32.add (local.get $row)
                  (i32.add (i32.mul (i32.shr_u (local.get $first) (i32.const 2)) (local.get $width))
                    (i32.and (local.get $first) (i32.const 3)))))
              (i32.store8 (i32.add (local.get $left) (local.get $first)) (i32.const 0))
              (i32.store (local.get $last) (local.get $first))
              (local.set $last (i32.add (local.get $last) (i32.const 4)))
              (br $neighbours)))
          (br_if $each (i32.lt_u (local.tee $next (i32.add (local.get $next) (i32.const 4))) (local.get $last))))
        (br_if $pieces
          (i32.gt_u (i32.shr_u (i32.sub (local.get $last) (local.get $queue)) (i32.const 2)) (i32.mul (local.get $most) (local.get $most))))
        ;; Its first pixel is in its highest row.
        (local.set $first (local.get $width))
        (local.set $farthest (i32.const 0))
        (local.set $lowest (local.get $at))
        (local.set $next (local.get $queue))
        (loop $each
          (local.set $row (i32.load (local.get $next)))
          (if (i32.gt_s (local.get $row) (local.get $lowest)) (then (local.set $lowest (local.get $row))))
          (local.set $row (i32.rem_u (local.get $row) (local.get $width)))
          (if (i32.lt_s (local.get $row) (local.get $first)) (then (local.set $first (local.get $row))))
          (if (i32.gt_s (local.get $row) (local.get $farthest)) (then (local.set $farthest (local.get $row))))
          (br_if $each (i32.lt_u (local.tee $next (i32.add (local.get $next) (i32.const 4))) (local.get $last))))
        (br_if $pieces (i32.ge_s (i32.sub (local.get $farthest) (local.get $first)) (local.get $most)))
        (br_if $pieces (i32.ge_s (i32.sub (local.get $lowest) (local.get $at)) (i32.mul (local.get $most) (local.get $width))))
        (local.set $next (local.get $queue))
        (loop $each
          (i32.store8 (i32.add (local.get $specks) (i32.load (local.get $next))) (i32.const 255))
          (local.set $marked (i32.add (local.get $marked) (i32.const 1)))
          (br_if $each (i32.lt_u (local.tee $next (i32.add (local.get $next) (i32.const 4))) (local.get $last))))
        (br $pieces)))
    (local.get $marked))

  ;; The places of all bytes that are not 0, in their order.
  (func (export "listMarked") (param $map i32) (param $count i32) (param $to i32)
    (local $at i32) (local $bits i32) (local $blank v128)
    (loop $sixteen
      (local.set $bits (i8x16.bitmask (i8x16.ne (v128.load (i32.add (local.get $map) (local.get $at))) (local.get $blank))))
      (block $none
        (loop $each
          (br_if $none (i32.eqz (local.get $bits)))
          (br_if $none (i32.ge_s (i32.add (local.get $at) (i32.ctz (local.get $bits))) (local.get $count)))
          (i32.store (local.get $to) (i32.add (local.get $at) (i32.ctz (local.get $bits))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
          (br $each)))
      (br_if $sixteen (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $count)))))

  ;; How many bytes of a square, whose side is 60 at most, reach a level. Its first row is from `at` to before `end`; of a row's last
  ;; sixteen bytes or fewer `tail` has every bit set.
  (func $countFrom (param $at i32) (param $end i32) (param $rows i32) (param $stride i32) (param $level i32) (param $tail v128) (result i32)
    (local $next i32) (local $levels v128) (local $counts v128)
    (local.set $levels (i8x16.splat (local.get $level)))
    (loop $down
      (local.set $next (local.get $at))
      (block $last
        (loop $sixteen
          (br_if $last (i32.ge_u (i32.add (local.get $next) (i32.const 16)) (local.get $end)))
          (local.set $counts (i8x16.sub (local.get $counts) (i8x16.ge_u (v128.load (local.get $next)) (local.get $levels))))
          (local.set $next (i32.add (local.get $next) (i32.const 16)))
          (br $sixteen)))
      (local.set $counts
        (i8x16.sub (local.get $counts)
          (v128.and (i8x16.ge_u (v128.load (local.get $next)) (local.get $levels)) (local.get $tail))))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (local.set $end (i32.add (local.get $end) (local.get $stride)))
      (br_if $down (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))
    (local.set $counts (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $counts))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $counts)) (i32x4.extract_lane 1 (local.get $counts)))
      (i32.add (i32x4.extract_lane 2 (local.get $counts)) (i32x4.extract_lane 3 (local.get $counts)))))

  ;; The lowest of its bytes.
  (func $lowestOf (param $at i32) (param $end i32) (param $rows i32) (param $stride i32) (param $tail v128) (result i32)
    (local $next i32) (local $lowest v128)
    (local.set $lowest (i8x16.splat (i32.const 255)))
    (loop $down
      (local.set $next (local.get $at))
      (block $last
        (loop $sixteen
          (br_if $last (i32.ge_u (i32.add (local.get $next) (i32.const 16)) (local.get $end)))
          (local.set $lowest (i8x16.min_u (local.get $lowest) (v128.load (local.get $next))))
          (local.set $next (i32.add (local.get $next) (i32.const 16)))
          (br $sixteen)))
      (local.set $lowest (i8x16.min_u (local.get $lowest) (v128.or (v128.load (local.get $next)) (v128.not (local.get $tail)))))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (local.set $end (i32.add (local.get $end) (local.get $stride)))
      (br_if $down (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))
    (local.set $lowest
      (i8x16.min_u (local.get $lowest) (i64x2.splat (i64x2.extract_lane 1 (local.get $lowest)))))
    (local.set $lowest (i8x16.min_u (local.get $lowest) (i64x2.shr_u (local.get $lowest) (i32.const 32))))
    (local.set $lowest (i8x16.min_u (local.get $lowest) (i64x2.shr_u (local.get $lowest) (i32.const 16))))
    (local.set $lowest (i8x16.min_u (local.get $lowest) (i64x2.shr_u (local.get $lowest) (i32.const 8))))
    (i8x16.extract_lane_u 0 (local.get $lowest)))

  ;; A map of a part of a raster, `width` × `height` pixels from `from` on: 1 where a pixel's darkest channel is darker than the paper
  ;; of its square of `side` pixels, 60 at most, by `least`, or by `depth` of that square's contrast. The paper is what a quarter of the square's
  ;; pixels reach.
  (func (export "markDark") (param $from i32) (param $stride i32) (param $width i32) (param $height i32) (param $side i32)
    (param $least f64) (param $depth f64) (param $to i32)
    (local $x i32) (local $y i32) (local $left i32) (local $upper i32) (local $right i32) (local $lower i32) (local $at i32) (local $size i32)
    (local $paper i32) (local $darkest i32) (local $bit i32) (local $into i32) (local $end i32) (local $limit v128) (local $firsts v128)
    (local $lanes v128) (local $tail v128)
    (local.set $lanes (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))
    ;; Each pixel's darkest channel, which is then replaced by its mark: five at a time, and what is written beyond them later is right.
    (local.set $firsts (v128.const i8x16 0 3 6 9 12 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1))
    (loop $rows
      (local.set $at (i32.add (local.get $from) (i32.mul (local.get $y) (local.get $stride))))
      (local.set $into (i32.add (local.get $to) (i32.mul (local.get $y) (local.get $width))))
      (local.set $x (i32.const 0))
      (loop $columns
        (v128.store64_lane 0 (i32.add (local.get $into) (local.get $x))
          (i8x16.relaxed_swizzle
            (i8x16.min_u (v128.load (local.get $at))
              (i8x16.min_u (v128.load offset=1 (local.get $at)) (v128.load offset=2 (local.get $at))))
            (local.get $firsts)))
        (local.set $at (i32.add (local.get $at) (i32.const 15)))
        (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 5))) (local.get $width))))
      (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (loop $down
      (local.set $lower (i32.add (local.get $upper) (local.get $side)))
      (if (i32.gt_s (local.get $lower) (local.get $height)) (then (local.set $lower (local.get $height))))
      (local.set $left (i32.const 0))
      (loop $across
        (local.set $right (i32.add (local.get $left) (local.get $side)))
        (if (i32.gt_s (local.get $right) (local.get $width)) (then (local.set $right (local.get $width))))
        ;; Of the last bytes of a row, of which there are sixteen at most, those that are of the square.
        (local.set $tail
          (i8x16.gt_s
            (i8x16.splat
              (i32.add (i32.and (i32.sub (i32.sub (local.get $right) (local.get $left)) (i32.const 1)) (i32.const 15)) (i32.const 1)))
            (local.get $lanes)))
        (local.set $into (i32.add (local.get $to) (i32.add (i32.mul (local.get $upper) (local.get $width)) (local.get $left))))
        (local.set $end (i32.add (local.get $into) (i32.sub (local.get $right) (local.get $left))))
        (local.set $size (i32.sub (local.get $lower) (local.get $upper)))
        ;; The highest level that enough pixels reach, bit by bit.
        (local.set $paper (i32.const 0))
        (local.set $bit (i32.const 128))
        (loop $bits
          (if (i32.ge_s
              (i32.shl
                (call $countFrom (local.get $into) (local.get $end) (local.get $size) (local.get $width)
                  (i32.or (local.get $paper) (local.get $bit)) (local.get $tail))
                (i32.const 2))
              (i32.mul (i32.sub (local.get $right) (local.get $left)) (local.get $size)))
            (then (local.set $paper (i32.or (local.get $paper) (local.get $bit)))))
          (br_if $bits (local.tee $bit (i32.shr_u (local.get $bit) (i32.const 1)))))
        (local.set $darkest
          (call $lowestOf (local.get $into) (local.get $end) (local.get $size) (local.get $width) (local.get $tail)))
        ;; A whole number is less than a limit where it is less than the next whole number from it on.
        (local.set $limit
          (i8x16.splat
            (i32.trunc_sat_f64_u
              (f64.ceil
                (f64.sub (f64.convert_i32_s (local.get $paper))
                  (f64.max (local.get $least)
                    (f64.mul (local.get $depth) (f64.convert_i32_s (i32.sub (local.get $paper) (local.get $darkest))))))))))
        (local.set $y (local.get $upper))
        (loop $rows
          (local.set $at (i32.add (local.get $to) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $left))))
          (local.set $end (i32.add (local.get $at) (i32.sub (local.get $right) (local.get $left))))
          (block $few
            (loop $sixteen
              (br_if $few (i32.gt_u (i32.add (local.get $at) (i32.const 16)) (local.get $end)))
              (v128.store (local.get $at)
                (v128.and (i8x16.splat (i32.const 1)) (i8x16.lt_u (v128.load (local.get $at)) (local.get $limit))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br $sixteen)))
          (block $rowEnd
            (loop $one
              (br_if $rowEnd (i32.ge_u (local.get $at) (local.get $end)))
              (i32.store8 (local.get $at) (i32.lt_u (i32.load8_u (local.get $at)) (i8x16.extract_lane_u 0 (local.get $limit))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br $one)))
          (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $lower))))
        (br_if $across (i32.lt_s (local.tee $left (i32.add (local.get $left) (local.get $side))) (local.get $width))))
      (br_if $down (i32.lt_s (local.tee $upper (i32.add (local.get $upper) (local.get $side))) (local.get $height)))))

  ;; Closes the gaps between bytes that are `wanted` along every row: what has one of them within `reach` on either side becomes one.
  ;; `next` is how far the next byte of a line lies, `line` how far the next line.
  (func (export "spread") (param $from i32) (param $to i32) (param $lines i32) (param $count i32) (param $line i32) (param $next i32)
    (param $wanted i32) (param $reach i32)
    (local $at i32) (local $ahead i32) (local $behind i32) (local $before i32) (local $after i32) (local $offset i32)
    (loop $each
      (local.set $ahead (local.get $offset))
      (local.set $behind (i32.add (local.get $offset) (i32.mul (i32.sub (local.get $count) (i32.const 1)) (local.get $next))))
      (local.set $before (local.get $reach))
      (local.set $after (local.get $reach))
      (local.set $at (i32.const 0))
      (loop $along
        (local.set $before
          (select (i32.const 0) (i32.add (local.get $before) (i32.const 1))
            (i32.eq (i32.load8_u (i32.add (local.get $from) (local.get $ahead))) (local.get $wanted))))
        (local.set $after
          (select (i32.const 0) (i32.add (local.get $after) (i32.const 1))
            (i32.eq (i32.load8_u (i32.add (local.get $from) (local.get $behind))) (local.get $wanted))))
        (if (i32.le_s (local.get $before) (local.get $reach))
          (then (i32.store8 (i32.add (local.get $to) (local.get $ahead)) (local.get $wanted))))
        (if (i32.le_s (local.get $after) (local.get $reach))
          (then (i32.store8 (i32.add (local.get $to) (local.get $behind)) (local.get $wanted))))
        (local.set $ahead (i32.add (local.get $ahead) (local.get $next)))
        (local.set $behind (i32.sub (local.get $behind) (local.get $next)))
        (br_if $along (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $count))))
      (local.set $offset (i32.add (local.get $offset) (local.get $line)))
      (br_if $each (i32.gt_s (local.tee $lines (i32.sub (local.get $lines) (i32.const 1))) (i32.const 0)))))

  ;; A plane turned over its diagonal, at least 8 pixels wide and high: 8 × 8 pixels at a time, the last of them over those before.
  (func (export "transpose") (param $from i32) (param $width i32) (param $height i32) (param $to i32)
    (local $x i32) (local $y i32) (local $at i32) (local $into i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (loop $down
      (if (i32.gt_s (local.get $y) (i32.sub (local.get $height) (i32.const 8)))
        (then (local.set $y (i32.sub (local.get $height) (i32.const 8)))))
      (local.set $x (i32.const 0))
      (loop $across
        (if (i32.gt_s (local.get $x) (i32.sub (local.get $width) (i32.const 8)))
          (then (local.set $x (i32.sub (local.get $width) (i32.const 8)))))
        (local.set $at (i32.add (local.get $from) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))))
        (local.set $a (v128.load64_zero (local.get $at)))
        (local.set $b (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $c (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $d (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $e (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $f (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $g (v128.load64_zero (local.tee $at (i32.add (local.get $at) (local.get $width)))))
        (local.set $h (v128.load64_zero (i32.add (local.get $at) (local.get $width))))
        ;; Bytes of two rows side by side, then of four, then of eight.
        (local.set $a (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $a) (local.get $b)))
        (local.set $c (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $c) (local.get $d)))
        (local.set $e (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $e) (local.get $f)))
        (local.set $g (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $g) (local.get $h)))
        (local.set $b (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $c)))
        (local.set $d (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $c)))
        (local.set $f (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $e) (local.get $g)))
        (local.set $h (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $e) (local.get $g)))
        (local.set $a (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $b) (local.get $f)))
        (local.set $c (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $b) (local.get $f)))
        (local.set $e (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $d) (local.get $h)))
        (local.set $g (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $d) (local.get $h)))
        (local.set $into (i32.add (local.get $to) (i32.add (i32.mul (local.get $x) (local.get $height)) (local.get $y))))
        (v128.store64_lane 0 (local.get $into) (local.get $a))
        (v128.store64_lane 1 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $a))
        (v128.store64_lane 0 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $c))
        (v128.store64_lane 1 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $c))
        (v128.store64_lane 0 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $e))
        (v128.store64_lane 1 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $e))
        (v128.store64_lane 0 (local.tee $into (i32.add (local.get $into) (local.get $height))) (local.get $g))
        (v128.store64_lane 1 (i32.add (local.get $into) (local.get $height)) (local.get $g))
        (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 8))) (local.get $width))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 8))) (local.get $height)))))

  ;; Follows a level stroke of ones from one pixel to one side, a row up or down from column to column, over breaks of up to three
  ;; pixels. Its rows go to `path`; how many, without those overlooked at its end.
  (func $follow (param $strokes i32) (param $width i32) (param $x i32) (param $y i32) (param $direction i32) (param $path i32)
    (result i32)
    (local $length i32) (local $missed i32) (local $drift i32) (local $at i32) (local $aside i32)
    (local.set $drift (i32.const 1))
    (block $end
      (loop $each
        (br_if $end (i32.ge_u (local.get $x) (local.get $width)))
        (br_if $end (i32.gt_s (local.get $missed) (i32.const 3)))
        (local.set $at
          (i32.add (local.get $strokes) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))))
        (block $found
          (block $missing
            (br_if $found (i32.eq (i32.load8_u (local.get $at)) (i32.const 1)))
            (local.set $aside (i32.mul (local.get $drift) (local.get $width)))
            (if (i32.ne (i32.load8_u (i32.add (local.get $at) (local.get $aside))) (i32.const 1))
              (then
                (br_if $missing (i32.ne (i32.load8_u (i32.sub (local.get $at) (local.get $aside))) (i32.const 1)))
                (local.set $drift (i32.sub (i32.const 0) (local.get $drift)))))
            (local.set $y (i32.add (local.get $y) (local.get $drift)))
            (br $found))
          (local.set $missed (i32.add (local.get $missed) (i32.const 1)))
          (i32.store (i32.add (local.get $path) (i32.shl (local.get $length) (i32.const 2))) (local.get $y))
          (local.set $length (i32.add (local.get $length) (i32.const 1)))
          (local.set $x (i32.add (local.get $x) (local.get $direction)))
          (br $each))
        (local.set $missed (i32.const 0))
        (i32.store (i32.add (local.get $path) (i32.shl (local.get $length) (i32.const 2))) (local.get $y))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (local.set $x (i32.add (local.get $x) (local.get $direction)))
        (br $each)))
    (i32.sub (local.get $length) (local.get $missed)))

  ;; Makes the ones along a path twos: `at` is where row 0 of its first column would be.
  (func $take (param $at i32) (param $width i32) (param $path i32) (param $count i32) (param $direction i32)
    (local $place i32)
    (block $end
      (loop $each
        (br_if $end (i32.le_s (local.get $count) (i32.const 0)))
        (local.set $place (i32.add (local.get $at) (i32.mul (i32.load (local.get $path)) (local.get $width))))
        (if (i32.eq (i32.load8_u (local.get $place)) (i32.const 1)) (then (i32.store8 (local.get $place) (i32.const 2))))
        (local.set $at (i32.add (local.get $at) (local.get $direction)))
        (local.set $path (i32.add (local.get $path) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  ;; The place of the first stroke of ones from `at` on that is at least `shortest` long; `end` when there is none. What has been
  ;; walked becomes twos, of a long one what lies right beside it too. The rows that it takes to the left of its place go to `back`,
  ;; beginning with that of the place, the others to `ahead`; how many there are further left, and how many ahead, to `lengths`.
  (func (export "nextStroke") (param $width i32) (param $at i32) (param $end i32) (param $shortest i32)
    (param $strokes i32) (param $back i32) (param $ahead i32) (param $lengths i32) (result i32)
    (local $x i32) (local $y i32) (local $before i32) (local $behind i32) (local $aside i32) (local $last i32)
    (block $done
      (loop $each
        (local.set $at (call $nextMarked (local.get $strokes) (local.get $at) (local.get $end)))
        (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $y (i32.div_u (local.get $at) (local.get $width)))
        (local.set $x (i32.rem_u (local.get $at) (local.get $width)))
        (local.set $before
          (i32.sub
            (call $follow (local.get $strokes) (local.get $width) (local.get $x) (local.get $y) (i32.const -1) (local.get $back))
            (i32.const 1)))
        (local.set $behind
          (call $follow (local.get $strokes) (local.get $width) (local.get $x) (local.get $y) (i32.const 1) (local.get $ahead)))
        (local.set $last (i32.ge_s (i32.add (local.get $before) (local.get $behind)) (local.get $shortest)))
        (local.set $aside (i32.sub (i32.const 0) (local.get $last)))
        (loop $beside
          (local.set $y
            (i32.add (i32.add (local.get $strokes) (local.get $x)) (i32.mul (local.get $aside) (local.get $width))))
          (call $take (i32.sub (local.get $y) (i32.const 1)) (local.get $width) (i32.add (local.get $back) (i32.const 4))
            (local.get $before) (i32.const -1))
          (call $take (local.get $y) (local.get $width) (local.get $ahead) (local.get $behind) (i32.const 1))
          (br_if $beside (i32.le_s (local.tee $aside (i32.add (local.get $aside) (i32.const 1))) (local.get $last))))
        (if (local.get $last)
          (then
            (i32.store (local.get $lengths) (local.get $before))
            (i32.store offset=4 (local.get $lengths) (local.get $behind))
            (br $done)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (local.get $at))

  ;; The first run that a run is known to hang together with.
  (func $first (param $groups i32) (param $run i32) (result i32)
    (local $place i32) (local $other i32)
    (loop $up
      (local.set $place (i32.add (local.get $groups) (i32.shl (local.get $run) (i32.const 2))))
      (local.set $other (i32.load (local.get $place)))
      (if (i32.ne (local.get $other) (local.get $run))
        (then
          (local.set $run (i32.load (i32.add (local.get $groups) (i32.shl (local.get $other) (i32.const 2)))))
          (i32.store (local.get $place) (local.get $run))
          (br $up))))
    (local.get $run))

  ;; The runs of zeros of a map, row by row: their first columns, the ones behind their last, and the first run of all that each hangs
  ;; together with by touching runs above and below. To `rows` goes how many there are before each row, and at its end. How many are
  ;; the first of theirs.
  (func (export "groupRuns") (param $map i32) (param $width i32) (param $height i32)
    (param $starts i32) (param $ends i32) (param $groups i32) (param $rows i32) (result i32)
    (local $y i32) (local $x i32) (local $count i32) (local $above i32) (local $lastAbove i32) (local $start i32) (local $other i32)
    (local $one i32) (local $two i32) (local $place i32) (local $line i32) (local $firsts i32)
    (block $end
      (loop $down
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $above (i32.const 0))
        (if (local.get $y)
          (then
            (local.set $above
              (i32.load (i32.add (local.get $rows) (i32.shl (i32.sub (local.get $y) (i32.const 1)) (i32.const 2)))))))
        (local.set $lastAbove (local.get $count))
        (i32.store (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 2))) (local.get $count))
        (local.set $line (i32.add (local.get $map) (i32.mul (local.get $y) (local.get $width))))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $across
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (if (i32.load8_u (i32.add (local.get $line) (local.get $x)))
              (then (local.set $x (i32.add (local.get $x) (i32.const 1))) (br $across)))
            (local.set $start (local.get $x))
            (block $runEnd
              (loop $free
                (br_if $runEnd (i32.ge_s (local.get $x) (local.get $width)))
                (if (i32.le_s (i32.add (local.get $x) (i32.const 16)) (local.get $width))
                  (then
                    (if (i32.eqz (v128.any_true (v128.load (i32.add (local.get $line) (local.get $x)))))
                      (then (local.set $x (i32.add (local.get $x) (i32.const 16))) (br $free)))))
                (br_if $runEnd (i32.load8_u (i32.add (local.get $line) (local.get $x))))
                (local.set $x (i32.add (local.get $x) (i32.const 1)))
                (br $free)))
            (local.set $place (i32.shl (local.get $count) (i32.const 2)))
            (i32.store (i32.add (local.get $starts) (local.get $place)) (local.get $start))
            (i32.store (i32.add (local.get $ends) (local.get $place)) (local.get $x))
            (i32.store (i32.add (local.get $groups) (local.get $place)) (local.get $count))
            (block $reached
              (loop $pass
                (br_if $reached (i32.ge_s (local.get $above) (local.get $lastAbove)))
                (br_if $reached
                  (i32.gt_s (i32.load (i32.add (local.get $ends) (i32.shl (local.get $above) (i32.const 2)))) (local.get $start)))
                (local.set $above (i32.add (local.get $above) (i32.const 1)))
                (br $pass)))
            (local.set $other (local.get $above))
            (block $joined
              (loop $join
                (br_if $joined (i32.ge_s (local.get $other) (local.get $lastAbove)))
                (br_if $joined
                  (i32.ge_s (i32.load (i32.add (local.get $starts) (i32.shl (local.get $other) (i32.const 2)))) (local.get $x)))
                (local.set $one (call $first (local.get $groups) (local.get $count)))
                (local.set $two (call $first (local.get $groups) (local.get $other)))
                (if (i32.lt_s (local.get $one) (local.get $two))
                  (then (i32.store (i32.add (local.get $groups) (i32.shl (local.get $two) (i32.const 2))) (local.get $one)))
                  (else (i32.store (i32.add (local.get $groups) (i32.shl (local.get $one) (i32.const 2))) (local.get $two))))
                (local.set $other (i32.add (local.get $other) (i32.const 1)))
                (br $join)))
            (local.set $count (i32.add (local.get $count) (i32.const 1)))
            (br $across)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $down)))
    (i32.store (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 2))) (local.get $count))
    (local.set $other (i32.const 0))
    (block $all
      (loop $each
        (br_if $all (i32.ge_s (local.get $other) (local.get $count)))
        (local.set $one (call $first (local.get $groups) (local.get $other)))
        (i32.store (i32.add (local.get $groups) (i32.shl (local.get $other) (i32.const 2))) (local.get $one))
        (local.set $firsts (i32.add (local.get $firsts) (i32.eq (local.get $one) (local.get $other))))
        (local.set $other (i32.add (local.get $other) (i32.const 1)))
        (br $each)))
    (local.get $firsts))

  ;; Of the runs that hang together, in the order of the first of each: the first and last column, the first and last row, how many
  ;; pixels they have and the sum of their rows, six doubles. `groups` is used up.
  (func (export "boundGroups") (param $starts i32) (param $ends i32) (param $rows i32) (param $height i32) (param $groups i32) (param $to i32)
    (local $y i32) (local $run i32) (local $last i32) (local $place i32) (local $group i32) (local $count i32)
    (local $left f64) (local $right f64) (local $area f64) (local $row f64)
    (block $end
      (loop $down
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $row (f64.convert_i32_s (local.get $y)))
        (local.set $last (i32.load offset=4 (i32.add (local.get $rows) (i32.shl (local.get $y) (i32.const 2)))))
        (block $rowEnd
          (loop $each
            (br_if $rowEnd (i32.ge_s (local.get $run) (local.get $last)))
            (local.set $place (i32.shl (local.get $run) (i32.const 2)))
            (local.set $left (f64.convert_i32_s (i32.load (i32.add (local.get $starts) (local.get $place)))))
            (local.set $right
              (f64.sub (f64.convert_i32_s (i32.load (i32.add (local.get $ends) (local.get $place)))) (f64.const 1)))
            (local.set $area (f64.add (f64.sub (local.get $right) (local.get $left)) (f64.const 1)))
            (local.set $place (i32.add (local.get $groups) (local.get $place)))
            (local.set $group (i32.load (local.get $place)))
            (if (i32.eq (local.get $group) (local.get $run))
              (then
                ;; From here on the first run tells where its group's numbers are.
                (i32.store (local.get $place) (local.tee $group (i32.add (local.get $to) (i32.mul (local.get $count) (i32.const 48)))))
                (local.set $count (i32.add (local.get $count) (i32.const 1)))
                (f64.store (local.get $group) (local.get $left))
                (f64.store offset=8 (local.get $group) (local.get $right))
                (f64.store offset=16 (local.get $group) (local.get $row))
                (f64.store offset=32 (local.get $group) (f64.const 0))
                (f64.store offset=40 (local.get $group) (f64.const 0)))
              (else
                (local.set $group (i32.load (i32.add (local.get $groups) (i32.shl (local.get $group) (i32.const 2)))))
                (f64.store (local.get $group) (f64.min (f64.load (local.get $group)) (local.get $left)))
                (f64.store offset=8 (local.get $group) (f64.max (f64.load offset=8 (local.get $group)) (local.get $right)))))
            (f64.store offset=24 (local.get $group) (local.get $row))
            (f64.store offset=32 (local.get $group) (f64.add (f64.load offset=32 (local.get $group)) (local.get $area)))
            (f64.store offset=40 (local.get $group)
              (f64.add (f64.load offset=40 (local.get $group)) (f64.mul (local.get $row) (local.get $area))))
            (local.set $run (i32.add (local.get $run) (i32.const 1)))
            (br $each)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $down))))

  ;; Marks what is from `first` to `last` of a line of `count` bytes, and `end` more on both sides of what is long.
  (func $markAlong (param $to i32) (param $step i32) (param $count i32) (param $first i32) (param $last i32) (param $least i32)
    (param $end i32)
    (if (i32.ge_s (i32.sub (local.get $last) (local.get $first)) (local.get $least))
      (then
        (local.set $first (i32.sub (local.get $first) (local.get $end)))
        (local.set $last (i32.add (local.get $last) (local.get $end)))
        (if (i32.lt_s (local.get $first) (i32.const 0)) (then (local.set $first (i32.const 0))))
        (if (i32.ge_s (local.get $last) (local.get $count)) (then (local.set $last (i32.sub (local.get $count) (i32.const 1)))))))
    (local.set $to (i32.add (local.get $to) (i32.mul (local.get $first) (local.get $step))))
    (local.set $count (i32.sub (local.get $last) (local.get $first)))
    (loop $each
      (i32.store8 (local.get $to) (i32.const 1))
      (local.set $to (i32.add (local.get $to) (local.get $step)))
      (br_if $each (i32.ge_s (local.tee $count (i32.sub (local.get $count) (i32.const 1))) (i32.const 0)))))

  ;; Fills the gaps of up to `gap` bytes between what is marked along the rows and the columns of a map, and draws lines of `least`
  ;; and more on by `end`. `to` holds a copy of the map; `ends` has room for eight bytes a column.
  (func (export "joinDots") (param $map i32) (param $width i32) (param $height i32) (param $gap i32) (param $least i32) (param $end i32)
    (param $ends i32) (param $to i32)
    (local $y i32) (local $row i32) (local $at i32) (local $rowEnd i32) (local $first i32) (local $last i32) (local $column i32)
    ;; Of each column where its line under way begins, and its last mark; -1 where there is none yet.
    (memory.fill (local.get $ends) (i32.const 255) (i32.shl (local.get $width) (i32.const 3)))
    (loop $rows
      (local.set $row (i32.mul (local.get $y) (local.get $width)))
      (local.set $rowEnd (i32.add (local.get $row) (local.get $width)))
      (local.set $at (local.get $row))
      (local.set $first (i32.const -1))
      (block $rowDone
        (loop $along
          (local.set $at (call $nextMarked (local.get $map) (local.get $at) (local.get $rowEnd)))
          (br_if $rowDone (i32.ge_s (local.get $at) (local.get $rowEnd)))
          (if (i32.lt_s (local.get $first) (i32.const 0))
            (then (local.set $first (local.get $at)))
            (else
              (if (i32.gt_s (i32.sub (local.get $at) (local.get $last)) (local.get $gap))
                (then
                  (call $markAlong (i32.add (local.get $to) (local.get $row)) (i32.const 1) (local.get $width)
                    (i32.sub (local.get $first) (local.get $row)) (i32.sub (local.get $last) (local.get $row))
                    (local.get $least) (local.get $end))
                  (local.set $first (local.get $at))))))
          (local.set $last (local.get $at))
          (local.set $column (i32.add (local.get $ends) (i32.shl (i32.sub (local.get $at) (local.get $row)) (i32.const 3))))
          (if (i32.lt_s (i32.load (local.get $column)) (i32.const 0))
            (then (i32.store (local.get $column) (local.get $y)))
            (else
              (if (i32.gt_s (i32.sub (local.get $y) (i32.load offset=4 (local.get $column))) (local.get $gap))
                (then
                  (call $markAlong (i32.add (local.get $to) (i32.sub (local.get $at) (local.get $row))) (local.get $width) (local.get $height)
                    (i32.load (local.get $column)) (i32.load offset=4 (local.get $column)) (local.get $least) (local.get $end))
                  (i32.store (local.get $column) (local.get $y))))))
          (i32.store offset=4 (local.get $column) (local.get $y))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $along)))
      (if (i32.ge_s (local.get $first) (i32.const 0))
        (then
          (call $markAlong (i32.add (local.get $to) (local.get $row)) (i32.const 1) (local.get $width)
            (i32.sub (local.get $first) (local.get $row)) (i32.sub (local.get $last) (local.get $row)) (local.get $least) (local.get $end))))
      (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (local.set $at (i32.const 0))
    (loop $columns
      (local.set $column (i32.add (local.get $ends) (i32.shl (local.get $at) (i32.const 3))))
      (if (i32.ge_s (i32.load (local.get $column)) (i32.const 0))
        (then
          (call $markAlong (i32.add (local.get $to) (local.get $at)) (local.get $width) (local.get $height) (i32.load (local.get $column))
            (i32.load offset=4 (local.get $column)) (local.get $least) (local.get $end))))
      (br_if $columns (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $width))))))
