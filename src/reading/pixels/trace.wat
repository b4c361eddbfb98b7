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
  (func (export "nextMarked") (param $map i32) (param $at i32) (param $end i32) (result i32)
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
    (local $sum f64)
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
        (br_if $rows (i32.le_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $lastRow))))
      (br_if $each (i32.gt_u (local.get $top) (local.get $stack))))
    (i32.store (local.get $facts) (local.get $left))
    (i32.store offset=4 (local.get $facts) (local.get $upper))
    (i32.store offset=8 (local.get $facts) (local.get $right))
    (i32.store offset=12 (local.get $facts) (local.get $lower))
    (i32.store offset=16 (local.get $facts) (local.get $count))
    (f64.store offset=24 (local.get $facts) (local.get $sum)))

  ;; A map of a part of a raster, `width` × `height` pixels from `from` on: 1 where a pixel's darkest channel is darker than the paper
  ;; of its square of `side` pixels by `least`, or by `depth` of that square's contrast. The paper is what a quarter of the square's
  ;; pixels reach. `counts` has room for 256 times four bytes.
  (func (export "markDark") (param $from i32) (param $stride i32) (param $width i32) (param $height i32) (param $side i32)
    (param $least f64) (param $depth f64) (param $counts i32) (param $to i32)
    (local $x i32) (local $y i32) (local $left i32) (local $upper i32) (local $right i32) (local $lower i32) (local $at i32) (local $value i32)
    (local $paper i32) (local $darkest i32) (local $above i32) (local $limit f64)
    ;; Each pixel's darkest channel, which is then replaced by its mark.
    (loop $rows
      (local.set $at (i32.add (local.get $from) (i32.mul (local.get $y) (local.get $stride))))
      (local.set $x (i32.const 0))
      (loop $columns
        (local.set $value (i32.load8_u (local.get $at)))
        (if (i32.lt_u (i32.load8_u offset=1 (local.get $at)) (local.get $value)) (then (local.set $value (i32.load8_u offset=1 (local.get $at)))))
        (if (i32.lt_u (i32.load8_u offset=2 (local.get $at)) (local.get $value)) (then (local.set $value (i32.load8_u offset=2 (local.get $at)))))
        (i32.store8 (i32.add (local.get $to) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))) (local.get $value))
        (local.set $at (i32.add (local.get $at) (i32.const 3)))
        (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (loop $down
      (local.set $lower (i32.add (local.get $upper) (local.get $side)))
      (if (i32.gt_s (local.get $lower) (local.get $height)) (then (local.set $lower (local.get $height))))
      (local.set $left (i32.const 0))
      (loop $across
        (local.set $right (i32.add (local.get $left) (local.get $side)))
        (if (i32.gt_s (local.get $right) (local.get $width)) (then (local.set $right (local.get $width))))
        (memory.fill (local.get $counts) (i32.const 0) (i32.const 1024))
        (local.set $y (local.get $upper))
        (loop $rows
          (local.set $x (local.get $left))
          (loop $columns
            (local.set $at
              (i32.add (local.get $counts)
                (i32.shl
                  (i32.load8_u (i32.add (local.get $to) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))))
                  (i32.const 2))))
            (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
            (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $right))))
          (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $lower))))
        (local.set $darkest (i32.const 0))
        (block $found
          (loop $look
            (br_if $found (i32.ge_s (local.get $darkest) (i32.const 255)))
            (br_if $found (i32.load (i32.add (local.get $counts) (i32.shl (local.get $darkest) (i32.const 2)))))
            (local.set $darkest (i32.add (local.get $darkest) (i32.const 1)))
            (br $look)))
        (local.set $paper (i32.const 255))
        (local.set $above (i32.const 0))
        (block $found
          (loop $look
            (br_if $found (i32.le_s (local.get $paper) (i32.const 0)))
            (local.set $above
              (i32.add (local.get $above) (i32.load (i32.add (local.get $counts) (i32.shl (local.get $paper) (i32.const 2))))))
            (br_if $found
              (i32.ge_s (i32.shl (local.get $above) (i32.const 2))
                (i32.mul (i32.sub (local.get $right) (local.get $left)) (i32.sub (local.get $lower) (local.get $upper)))))
            (local.set $paper (i32.sub (local.get $paper) (i32.const 1)))
            (br $look)))
        (local.set $limit
          (f64.sub (f64.convert_i32_s (local.get $paper))
            (f64.max (local.get $least)
              (f64.mul (local.get $depth) (f64.convert_i32_s (i32.sub (local.get $paper) (local.get $darkest)))))))
        (local.set $y (local.get $upper))
        (loop $rows
          (local.set $x (local.get $left))
          (loop $columns
            (local.set $at (i32.add (local.get $to) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))))
            (i32.store8 (local.get $at) (f64.lt (f64.convert_i32_u (i32.load8_u (local.get $at))) (local.get $limit)))
            (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $right))))
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
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 8))) (local.get $height))))))
