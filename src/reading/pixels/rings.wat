;; What rings are found and laid flat with. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; The steps of ink on a plane (Sobel) that are at least `least` strong, the way down and the way across together: of each its
  ;; place and the two ways, four bytes each. How many.
  (func (export "findEdges") (param $plane i32) (param $width i32) (param $height i32) (param $least i32) (param $to i32) (result i32)
    (local $x i32) (local $y i32) (local $at i32) (local $up i32) (local $down i32) (local $into i32)
    (local $diagonal i32) (local $other i32) (local $dx i32) (local $dy i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $sixteen i32)
    (local.set $into (local.get $to))
    (local.set $y (i32.const 1))
    (block $end
      (loop $rows
        (br_if $end (i32.ge_s (local.get $y) (i32.sub (local.get $height) (i32.const 1))))
        (local.set $x (i32.const 1))
        (block $rowEnd
          (loop $along
            (br_if $rowEnd (i32.ge_s (local.get $x) (i32.sub (local.get $width) (i32.const 1))))
            (local.set $at (i32.add (local.get $plane) (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x))))
            (local.set $up (i32.sub (local.get $at) (local.get $width)))
            (local.set $down (i32.add (local.get $at) (local.get $width)))
            ;; Fourteen pixels at a time are passed where all that is about them is alike: a step sums up to eight differences.
            (if (i32.le_s (i32.add (local.get $x) (i32.const 15)) (local.get $width))
              (then
                (local.set $a (v128.load (i32.sub (local.get $up) (i32.const 1))))
                (local.set $b (v128.load (i32.sub (local.get $at) (i32.const 1))))
                (local.set $c (v128.load (i32.sub (local.get $down) (i32.const 1))))
                (local.set $d (i8x16.max_u (i8x16.max_u (local.get $a) (local.get $b)) (local.get $c)))
                (if (i32.eqz
                    (v128.any_true
                      (i8x16.gt_u (local.get $d) (i8x16.splat (i32.shr_u (i32.sub (local.get $least) (i32.const 1)) (i32.const 3))))))
                  (then
                    (local.set $x (i32.add (local.get $x) (i32.const 14)))
                    (br $along)))))
            (local.set $sixteen (i32.add (local.get $x) (i32.const 14)))
            (if (i32.gt_s (local.get $sixteen) (i32.sub (local.get $width) (i32.const 1)))
              (then (local.set $sixteen (i32.sub (local.get $width) (i32.const 1)))))
            (loop $one
              (local.set $diagonal
                (i32.sub (i32.load8_u offset=1 (local.get $down)) (i32.load8_u (i32.sub (local.get $up) (i32.const 1)))))
              (local.set $other
                (i32.sub (i32.load8_u offset=1 (local.get $up)) (i32.load8_u (i32.sub (local.get $down) (i32.const 1)))))
              (local.set $dx
                (i32.add
                  (i32.add (local.get $diagonal) (local.get $other))
                  (i32.shl
                    (i32.sub (i32.load8_u offset=1 (local.get $at)) (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
                    (i32.const 1))))
              (local.set $dy
                (i32.add
                  (i32.sub (local.get $diagonal) (local.get $other))
                  (i32.shl (i32.sub (i32.load8_u (local.get $down)) (i32.load8_u (local.get $up))) (i32.const 1))))
              (if (i32.ge_s
                  (i32.add
                    (select (i32.sub (i32.const 0) (local.get $dx)) (local.get $dx) (i32.lt_s (local.get $dx) (i32.const 0)))
                    (select (i32.sub (i32.const 0) (local.get $dy)) (local.get $dy) (i32.lt_s (local.get $dy) (i32.const 0))))
                  (local.get $least))
                (then
                  (i32.store (local.get $into) (i32.sub (local.get $at) (local.get $plane)))
                  (i32.store offset=4 (local.get $into) (local.get $dx))
                  (i32.store offset=8 (local.get $into) (local.get $dy))
                  (local.set $into (i32.add (local.get $into) (i32.const 12)))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (local.set $up (i32.add (local.get $up) (i32.const 1)))
              (local.set $down (i32.add (local.get $down) (i32.const 1)))
              (br_if $one (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $sixteen))))
            (br $along)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $rows)))
    (i32.div_u (i32.sub (local.get $into) (local.get $to)) (i32.const 12)))

  ;; Every `thin`th edge as four floats: where it stands and which way its ink goes, in cells of `cell` pixels, on a plane
  ;; `width` pixels wide that is made `stretch` times as high.
  (func (export "placeEdges") (param $edges i32) (param $count i32) (param $thin i32) (param $width i32) (param $cell f64)
    (param $stretch f64) (param $to i32)
    (local $at i32) (local $row i32) (local $dx f64) (local $dy f64) (local $length f64)
    (block $end
      (loop $each
        (br_if $end (i32.eqz (local.get $count)))
        (local.set $at (i32.load (local.get $edges)))
        (local.set $row (i32.div_u (local.get $at) (local.get $width)))
        (local.set $dx (f64.convert_i32_s (i32.load offset=4 (local.get $edges))))
        (local.set $dy (f64.div (f64.convert_i32_s (i32.load offset=8 (local.get $edges))) (local.get $stretch)))
        (local.set $length
          (f64.mul
            (f64.sqrt (f64.add (f64.mul (local.get $dx) (local.get $dx)) (f64.mul (local.get $dy) (local.get $dy))))
            (local.get $cell)))
        (f32.store (local.get $to)
          (f32.demote_f64
            (f64.div
              (f64.convert_i32_u (i32.sub (local.get $at) (i32.mul (local.get $row) (local.get $width))))
              (local.get $cell))))
        (f32.store offset=4 (local.get $to)
          (f32.demote_f64 (f64.div (f64.mul (f64.convert_i32_u (local.get $row)) (local.get $stretch)) (local.get $cell))))
        (f32.store offset=8 (local.get $to) (f32.demote_f64 (f64.div (local.get $dx) (local.get $length))))
        (f32.store offset=12 (local.get $to) (f32.demote_f64 (f64.div (local.get $dy) (local.get $length))))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $edges (i32.add (local.get $edges) (i32.mul (local.get $thin) (i32.const 12))))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func $between (param $sums i32) (param $row i32) (param $left i32) (param $top i32) (param $right i32) (param $bottom i32) (result i32)
    (local.set $sums (i32.add (local.get $sums) (i32.shl (local.get $left) (i32.const 2))))
    (local.set $right (i32.shl (i32.sub (local.get $right) (local.get $left)) (i32.const 2)))
    (local.set $top (i32.add (local.get $sums) (i32.mul (local.get $top) (local.get $row))))
    (local.set $bottom (i32.add (local.get $sums) (i32.mul (local.get $bottom) (local.get $row))))
    (i32.add
      (i32.sub
        (i32.load (i32.add (local.get $bottom) (local.get $right)))
        (i32.load (i32.add (local.get $top) (local.get $right))))
      (i32.sub (i32.load (local.get $top)) (i32.load (local.get $bottom)))))

  ;; The cells about which nine cells have more votes, against `around` cells about them, than `enough` of `whole`: of each its
  ;; column and row (four bytes each) and its score (a double); `most` of them at most. How many. A cell has at least `least`
  ;; votes, the nine at least `floor`. `sums` has four bytes for each cell and one more row and column.
  (func (export "findPeaks") (param $votes i32) (param $columns i32) (param $rows i32) (param $sums i32) (param $least i32) (param $floor f64)
    (param $whole f64) (param $enough f64) (param $around i32) (param $most i32) (param $to i32) (result i32)
    (local $x i32) (local $y i32) (local $row i32) (local $at i32) (local $along i32) (local $found i32)
    (local $left i32) (local $top i32) (local $right i32) (local $bottom i32) (local $sum f64) (local $score f64)
    (local.set $row (i32.shl (i32.add (local.get $columns) (i32.const 1)) (i32.const 2)))
    (memory.fill (local.get $sums) (i32.const 0) (local.get $row))
    (local.set $at (i32.add (local.get $sums) (local.get $row)))
    (local.set $top (local.get $votes))
    (loop $down
      (i32.store (local.get $at) (i32.const 0))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (local.set $along (i32.const 0))
      (local.set $x (i32.const 0))
      (loop $across
        (local.set $along (i32.add (local.get $along) (i32.load (local.get $top))))
        (i32.store (local.get $at) (i32.add (local.get $along) (i32.load (i32.sub (local.get $at) (local.get $row)))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (local.set $top (i32.add (local.get $top) (i32.const 4)))
        (br_if $across (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $columns))))
      (br_if $down (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $rows))))
    (local.set $y (i32.const 1))
    (block $end
      (loop $down
        (br_if $end (i32.ge_s (local.get $y) (i32.sub (local.get $rows) (i32.const 1))))
        (local.set $x (i32.const 1))
        (block $rowEnd
          (loop $across
            (br_if $rowEnd (i32.ge_s (local.get $x) (i32.sub (local.get $columns) (i32.const 1))))
            (local.set $at
              (i32.add (local.get $votes)
                (i32.shl (i32.add (i32.mul (local.get $y) (local.get $columns)) (local.get $x)) (i32.const 2))))
            (if (i32.eqz (v128.any_true (i32x4.ge_s (v128.load (local.get $at)) (i32x4.splat (local.get $least)))))
              (then
                (local.set $x (i32.add (local.get $x) (i32.const 4)))
                (br $across)))
            (block $next
              (br_if $next (i32.lt_s (i32.load (local.get $at)) (local.get $least)))
              (local.set $sum
                (f64.convert_i32_s
                  (call $between (local.get $sums) (local.get $row) (i32.sub (local.get $x) (i32.const 1))
                    (i32.sub (local.get $y) (i32.const 1)) (i32.add (local.get $x) (i32.const 2)) (i32.add (local.get $y) (i32.const 2)))))
              (br_if $next (f64.lt (local.get $sum) (local.get $floor)))
              (local.set $left (i32.sub (local.get $x) (local.get $around)))
              (if (i32.lt_s (local.get $left) (i32.const 0)) (then (local.set $left (i32.const 0))))
              (local.set $top (i32.sub (local.get $y) (local.get $around)))
              (if (i32.lt_s (local.get $top) (i32.const 0)) (then (local.set $top (i32.const 0))))
              (local.set $right (i32.add (i32.add (local.get $x) (local.get $around)) (i32.const 1)))
              (if (i32.gt_s (local.get $right) (local.get $columns)) (then (local.set $right (local.get $columns))))
              (local.set $bottom (i32.add (i32.add (local.get $y) (local.get $around)) (i32.const 1)))
              (if (i32.gt_s (local.get $bottom) (local.get $rows)) (then (local.set $bottom (local.get $rows))))
              (local.set $score
                (f64.div
                  (f64.sub
                    (local.get $sum)
                    (f64.div
                      (f64.mul
                        (f64.sub
                          (f64.convert_i32_s
                            (call $between (local.get $sums) (local.get $row) (local.get $left) (local.get $top)
                              (local.get $right) (local.get $bottom)))
                          (local.get $sum))
                        (f64.const 9))
                      (f64.convert_i32_s
                        (i32.sub
                          (i32.mul (i32.sub (local.get $right) (local.get $left)) (i32.sub (local.get $bottom) (local.get $top)))
                          (i32.const 9)))))
                  (local.get $whole)))
              (br_if $next (f64.lt (local.get $score) (local.get $enough)))
              (br_if $end (i32.ge_s (local.get $found) (local.get $most)))
              (i32.store (local.get $to) (local.get $x))
              (i32.store offset=4 (local.get $to) (local.get $y))
              (f64.store offset=8 (local.get $to) (local.get $score))
              (local.set $to (i32.add (local.get $to) (i32.const 16)))
              (local.set $found (i32.add (local.get $found) (i32.const 1))))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $across)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $down)))
    (local.get $found))

  ;; How much more ink one sample of an angle has than its surroundings `side` samples inwards and outwards: the mark of a line;
  ;; -1 off the page.
  (func $ridge (param $at i32) (param $side i32) (result f64)
    (local $here f64) (local $inner f64) (local $outer f64)
    (local.set $here (f64.promote_f32 (f32.load (local.get $at))))
    (local.set $inner (f64.promote_f32 (f32.load (i32.sub (local.get $at) (i32.shl (local.get $side) (i32.const 2))))))
    (local.set $outer (f64.promote_f32 (f32.load (i32.add (local.get $at) (i32.shl (local.get $side) (i32.const 2))))))
    (if (i32.or
        (f64.lt (local.get $here) (f64.const 0))
        (i32.or (f64.lt (local.get $inner) (f64.const 0)) (f64.lt (local.get $outer) (f64.const 0))))
      (then (return (f64.const -1))))
    (f64.max (f64.const 0)
      (f64.sub (local.get $here)
        (f64.max (local.get $outer)
          (f64.add (f64.mul (local.get $inner) (f64.const 0.75)) (f64.mul (local.get $outer) (f64.const 0.25)))))))

  ;; Of each of `angles` rows of `count` samples the strongest ridge above 12, each weighed with what `weights` (doubles) says of its
  ;; place, from the sample `side` on: how strong (a double) and which sample (a double); the sample is -1 where there is none.
  (func (export "strongestRidges") (param $polar i32) (param $weights i32) (param $angles i32) (param $count i32) (param $side i32) (param $to i32)
    (local $j i32) (local $end i32) (local $at i32) (local $best f64) (local $weighed f64) (local $place f64)
    (local $here v128) (local $inner v128) (local $outer v128) (local $both v128)
    (local.set $end (i32.sub (local.get $count) (local.get $side)))
    (loop $each
      (local.set $best (f64.const 12))
      (local.set $place (f64.const -1))
      (local.set $j (local.get $side))
      ;; Two samples at a time, as `ridge` weighs one; hardly any is stronger than those before it.
      (block $rest
        (loop $along
          (br_if $rest (i32.ge_s (i32.add (local.get $j) (i32.const 1)) (local.get $end)))
          (local.set $at (i32.add (local.get $polar) (i32.shl (local.get $j) (i32.const 2))))
          (local.set $here (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $at))))
          (local.set $inner
            (f64x2.promote_low_f32x4 (v128.load64_zero (i32.sub (local.get $at) (i32.shl (local.get $side) (i32.const 2))))))
          (local.set $outer
            (f64x2.promote_low_f32x4 (v128.load64_zero (i32.add (local.get $at) (i32.shl (local.get $side) (i32.const 2))))))
          (local.set $both
            (f64x2.mul
              (f64x2.sub (local.get $here)
                (f64x2.pmax (local.get $outer)
                  (f64x2.add (f64x2.mul (local.get $inner) (f64x2.splat (f64.const 0.75)))
                    (f64x2.mul (local.get $outer) (f64x2.splat (f64.const 0.25))))))
              (v128.load (i32.add (local.get $weights) (i32.shl (local.get $j) (i32.const 3))))))
          (if (v128.any_true
              (v128.andnot (f64x2.gt (local.get $both) (f64x2.splat (local.get $best)))
                (f64x2.lt (f64x2.pmin (local.get $here) (f64x2.pmin (local.get $inner) (local.get $outer))) (f64x2.splat (f64.const 0)))))
            (then
              (local.set $both
                (v128.andnot (local.get $both)
                  (f64x2.lt (f64x2.pmin (local.get $here) (f64x2.pmin (local.get $inner) (local.get $outer))) (f64x2.splat (f64.const 0)))))
              (local.set $weighed (f64x2.extract_lane 0 (local.get $both)))
              (if (f64.gt (local.get $weighed) (local.get $best))
                (then
                  (local.set $best (local.get $weighed))
                  (local.set $place (f64.convert_i32_s (local.get $j)))))
              (local.set $weighed (f64x2.extract_lane 1 (local.get $both)))
              (if (f64.gt (local.get $weighed) (local.get $best))
                (then
                  (local.set $best (local.get $weighed))
                  (local.set $place (f64.convert_i32_s (i32.add (local.get $j) (i32.const 1))))))))
          (local.set $j (i32.add (local.get $j) (i32.const 2)))
          (br $along)))
      (if (i32.lt_s (local.get $j) (local.get $end))
        (then
          (local.set $weighed
            (f64.mul
              (call $ridge (i32.add (local.get $polar) (i32.shl (local.get $j) (i32.const 2))) (local.get $side))
              (f64.load (i32.add (local.get $weights) (i32.shl (local.get $j) (i32.const 3))))))
          (if (f64.gt (local.get $weighed) (local.get $best))
            (then
              (local.set $best (local.get $weighed))
              (local.set $place (f64.convert_i32_s (local.get $j)))))))
      (f64.store (local.get $to) (local.get $best))
      (f64.store offset=8 (local.get $to) (local.get $place))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (local.set $polar (i32.add (local.get $polar) (i32.shl (local.get $count) (i32.const 2))))
      (br_if $each (local.tee $angles (i32.sub (local.get $angles) (i32.const 1))))))

  ;; On how many of the angles a ridge within three samples of `centre` can be told, plus 65,536 for each on which it is stronger
  ;; than `enough`.
  (func (export "countRidges") (param $polar i32) (param $angles i32) (param $count i32) (param $centre i32) (param $side i32) (param $enough f64)
    (result i32)
    (local $j i32) (local $told i32) (local $best f64)
    (local.set $polar (i32.add (local.get $polar) (i32.shl (i32.sub (local.get $centre) (i32.const 3)) (i32.const 2))))
    (loop $each
      (local.set $best (f64.const -1))
      (local.set $j (i32.const 0))
      (loop $along
        (local.set $best
          (f64.max (local.get $best)
            (call $ridge (i32.add (local.get $polar) (i32.shl (local.get $j) (i32.const 2))) (local.get $side))))
        (br_if $along (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const 7))))
      (if (f64.ge (local.get $best) (f64.const 0)) (then (local.set $told (i32.add (local.get $told) (i32.const 1)))))
      (if (f64.gt (local.get $best) (local.get $enough)) (then (local.set $told (i32.add (local.get $told) (i32.const 65536)))))
      (local.set $polar (i32.add (local.get $polar) (i32.shl (local.get $count) (i32.const 2))))
      (br_if $each (local.tee $angles (i32.sub (local.get $angles) (i32.const 1)))))
    (local.get $told))

  ;; The sum of the samples from `first` to `last` of all angles that lie on the page, and how many they are (doubles).
  (func (export "sumInk") (param $polar i32) (param $angles i32) (param $count i32) (param $first i32) (param $last i32) (param $to i32)
    (local $j i32) (local $value f64) (local $sum f64) (local $told i32)
    (loop $each
      (local.set $j (local.get $first))
      (loop $along
        (local.set $value (f64.promote_f32 (f32.load (i32.add (local.get $polar) (i32.shl (local.get $j) (i32.const 2))))))
        (if (f64.ge (local.get $value) (f64.const 0))
          (then
            (local.set $sum (f64.add (local.get $sum) (local.get $value)))
            (local.set $told (i32.add (local.get $told) (i32.const 1)))))
        (br_if $along (i32.le_s (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $last))))
      (local.set $polar (i32.add (local.get $polar) (i32.shl (local.get $count) (i32.const 2))))
      (br_if $each (local.tee $angles (i32.sub (local.get $angles) (i32.const 1)))))
    (f64.store (local.get $to) (local.get $sum))
    (f64.store offset=8 (local.get $to) (f64.convert_i32_s (local.get $told))))

  (func $nearest (param $value f64) (result i32)
    (local $above f64)
    (local.set $above (f64.ceil (local.get $value)))
    (i32.trunc_sat_f64_s
      (select
        (f64.sub (local.get $above) (f64.const 1))
        (local.get $above)
        (f64.gt (f64.sub (local.get $above) (f64.const 0.5)) (local.get $value)))))

  ;; The first pixel off a line on the way from `x`, `y`: how many steps away, and in the low byte how dark it is and the one behind it
  ;; at least, for the edge of the line is soft. One step more than `longest` where there is none.
  (func $beyond (param $ink i32) (param $isLine i32) (param $width i32) (param $height i32) (param $x i32) (param $y i32) (param $dx f64)
    (param $dy f64) (param $longest i32) (result i32)
    (local $steps i32) (local $column i32) (local $row i32) (local $at i32) (local $farther i32)
    (local.set $steps (i32.const 1))
    (block $none
      (loop $each
        (br_if $none (i32.gt_s (local.get $steps) (local.get $longest)))
        (local.set $column
          (call $nearest
            (f64.add (f64.convert_i32_s (local.get $x)) (f64.mul (local.get $dx) (f64.convert_i32_s (local.get $steps))))))
        (local.set $row
          (call $nearest
            (f64.add (f64.convert_i32_s (local.get $y)) (f64.mul (local.get $dy) (f64.convert_i32_s (local.get $steps))))))
        (br_if $none (i32.ge_u (local.get $column) (local.get $width)))
        (br_if $none (i32.ge_u (local.get $row) (local.get $height)))
        (local.set $at (i32.add (i32.mul (local.get $row) (local.get $width)) (local.get $column)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (br_if $each (i32.load8_u (i32.add (local.get $isLine) (local.get $at))))
        (local.set $column
          (call $nearest
            (f64.add (f64.convert_i32_s (local.get $x)) (f64.mul (local.get $dx) (f64.convert_i32_s (local.get $steps))))))
        (local.set $row
          (call $nearest
            (f64.add (f64.convert_i32_s (local.get $y)) (f64.mul (local.get $dy) (f64.convert_i32_s (local.get $steps))))))
        (if (i32.and (i32.lt_u (local.get $column) (local.get $width)) (i32.lt_u (local.get $row) (local.get $height)))
          (then
            (local.set $farther
              (i32.load8_u (i32.add (local.get $ink) (i32.add (i32.mul (local.get $row) (local.get $width)) (local.get $column)))))))
        (local.set $at (i32.load8_u (i32.add (local.get $ink) (local.get $at))))
        (return
          (i32.or
            (i32.shl (i32.sub (local.get $steps) (i32.const 1)) (i32.const 8))
            (select (local.get $at) (local.get $farther) (i32.lt_u (local.get $at) (local.get $farther)))))))
    (i32.shl (i32.add (local.get $longest) (i32.const 1)) (i32.const 8)))

  ;; Paints lines as paper, but for what crosses them: the ink on both sides of a line no farther apart than `longest`, along each of
  ;; eight ways (across and down, eight bytes each). `to` is the first of three bytes of each pixel, in rows of `stride` bytes.
  (func (export "paintLines") (param $ink i32) (param $isLine i32) (param $ways i32) (param $width i32) (param $height i32)
    (param $longest i32) (param $darkest f64) (param $stride i32) (param $to i32)
    (local $x i32) (local $y i32) (local $at i32) (local $own i32) (local $kept i32) (local $way i32) (local $one i32) (local $other i32)
    (local $dx f64) (local $dy f64)
    (loop $rows
      (local.set $x (i32.const 0))
      (loop $columns
        (block $next
          (local.set $at (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)))
          (br_if $next (i32.eqz (i32.load8_u (i32.add (local.get $isLine) (local.get $at)))))
          (local.set $own (i32.load8_u (i32.add (local.get $ink) (local.get $at))))
          (br_if $next (i32.lt_u (local.get $own) (i32.const 16)))
          (br_if $next (f64.gt (f64.convert_i32_u (local.get $own)) (local.get $darkest)))
          (local.set $kept (i32.const 0))
          (local.set $way (i32.const 0))
          (loop $around
            (local.set $dx (f64.load (i32.add (local.get $ways) (local.get $way))))
            (local.set $dy (f64.load offset=8 (i32.add (local.get $ways) (local.get $way))))
            (local.set $one
              (call $beyond (local.get $ink) (local.get $isLine) (local.get $width) (local.get $height) (local.get $x) (local.get $y)
                (local.get $dx) (local.get $dy) (local.get $longest)))
            (local.set $other
              (call $beyond (local.get $ink) (local.get $isLine) (local.get $width) (local.get $height) (local.get $x) (local.get $y)
                (f64.neg (local.get $dx)) (f64.neg (local.get $dy)) (local.get $longest)))
            (if (i32.le_s
                (i32.add (i32.shr_u (local.get $one) (i32.const 8)) (i32.shr_u (local.get $other) (i32.const 8)))
                (local.get $longest))
              (then
                (local.set $one (i32.and (local.get $one) (i32.const 255)))
                (local.set $other (i32.and (local.get $other) (i32.const 255)))
                (if (i32.gt_u (local.get $one) (local.get $other)) (then (local.set $one (local.get $other))))
                (if (i32.gt_u (local.get $one) (local.get $kept)) (then (local.set $kept (local.get $one))))))
            (br_if $around (i32.lt_s (local.tee $way (i32.add (local.get $way) (i32.const 16))) (i32.const 128))))
          (if (i32.lt_u (local.get $own) (local.get $kept)) (then (local.set $kept (local.get $own))))
          (local.set $own (i32.sub (i32.const 255) (local.get $kept)))
          (local.set $at
            (i32.add (local.get $to)
              (i32.add (i32.mul (local.get $y) (local.get $stride)) (i32.mul (local.get $x) (i32.const 3)))))
          (br_if $next (i32.le_u (local.get $own) (i32.load8_u (local.get $at))))
          (i32.store8 (local.get $at) (local.get $own))
          (i32.store8 offset=1 (local.get $at) (local.get $own))
          (i32.store8 offset=2 (local.get $at) (local.get $own)))
        (br_if $columns (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height)))))

  ;; How many of every third byte are above a limit.
  (func (export "countThirds") (param $from i32) (param $count i32) (param $limit i32) (result i32)
    (local $end i32) (local $above i32)
    (local.set $end (i32.add (local.get $from) (local.get $count)))
    (loop $each
      (local.set $above (i32.add (local.get $above) (i32.gt_u (i32.load8_u (local.get $from)) (local.get $limit))))
      (br_if $each (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 3))) (local.get $end))))
    (local.get $above))

  ;; What a ring is bent by, by least squares: of each angle its ridge (how strong it is, and at which sample; none below 0) speaks for
  ;; the terms of that angle (five of eight bytes each), of which the first `size` are asked. To `sums` go a matrix of `size` rows and
  ;; the right side, both 0 before. How many angles speak.
  (func (export "sumTerms") (param $ridges i32) (param $terms i32) (param $angles i32) (param $size i32) (param $half i32)
    (param $step f64) (param $sums i32) (result i32)
    (local $used i32) (local $a i32) (local $b i32) (local $to i32) (local $right i32)
    (local $target f64) (local $weight f64) (local $share f64)
    (loop $each
      (local.set $target (f64.load offset=8 (local.get $ridges)))
      (if (f64.ge (local.get $target) (f64.const 0))
        (then
          (local.set $used (i32.add (local.get $used) (i32.const 1)))
          (local.set $target
            (f64.mul (f64.sub (local.get $target) (f64.convert_i32_s (local.get $half))) (local.get $step)))
          (local.set $weight (f64.min (f64.load (local.get $ridges)) (f64.const 80)))
          (local.set $to (local.get $sums))
          (local.set $right
            (i32.add (local.get $sums) (i32.shl (i32.mul (local.get $size) (local.get $size)) (i32.const 3))))
          (local.set $a (i32.const 0))
          (loop $down
            (local.set $share
              (f64.mul (local.get $weight) (f64.load (i32.add (local.get $terms) (i32.shl (local.get $a) (i32.const 3))))))
            (f64.store (local.get $right)
              (f64.add (f64.load (local.get $right)) (f64.mul (local.get $share) (local.get $target))))
            (local.set $right (i32.add (local.get $right) (i32.const 8)))
            (local.set $b (i32.const 0))
            (loop $across
              (f64.store (local.get $to)
                (f64.add
                  (f64.load (local.get $to))
                  (f64.mul (local.get $share) (f64.load (i32.add (local.get $terms) (i32.shl (local.get $b) (i32.const 3)))))))
              (local.set $to (i32.add (local.get $to) (i32.const 8)))
              (br_if $across (i32.lt_s (local.tee $b (i32.add (local.get $b) (i32.const 1))) (local.get $size))))
            (br_if $down (i32.lt_s (local.tee $a (i32.add (local.get $a) (i32.const 1))) (local.get $size))))))
      (local.set $ridges (i32.add (local.get $ridges) (i32.const 16)))
      (local.set $terms (i32.add (local.get $terms) (i32.const 40)))
      (br_if $each (local.tee $angles (i32.sub (local.get $angles) (i32.const 1)))))
    (local.get $used)))
