;; Squares drawn with strokes on a map of one byte a pixel, 1 where there is ink. The memory is that of kernels.wat.
(module
  (import "pixels" "memory" (memory 2560))

  ;; Inked pixels of a column from `at` on.
  (func $inkedBelow (param $at i32) (param $width i32) (param $height i32) (result i32)
    (local $hits i32)
    (loop $down
      (local.set $hits (i32.add (local.get $hits) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (local.get $width)))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))
    (local.get $hits))

  ;; How many pixels of a column are inked, or one at most `slack` columns beside them is.
  (func $inkedNear (param $ink i32) (param $width i32) (param $x i32) (param $y i32) (param $height i32) (param $slack i32) (result i32)
    (local $hits i32) (local $from i32) (local $to i32) (local $at i32) (local $row i32)
    (local.set $from (i32.sub (local.get $x) (local.get $slack)))
    (if (i32.lt_s (local.get $from) (i32.const 0)) (then (local.set $from (i32.const 0))))
    (local.set $to (i32.add (local.get $x) (local.get $slack)))
    (if (i32.ge_s (local.get $to) (local.get $width)) (then (local.set $to (i32.sub (local.get $width) (i32.const 1)))))
    (local.set $row (i32.add (local.get $ink) (i32.mul (local.get $y) (local.get $width))))
    (loop $down
      (local.set $at (local.get $from))
      (block $next
        (loop $across
          (br_if $next (i32.gt_s (local.get $at) (local.get $to)))
          (if (i32.load8_u (i32.add (local.get $row) (local.get $at)))
            (then
              (local.set $hits (i32.add (local.get $hits) (i32.const 1)))
              (br $next)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $across)))
      (local.set $row (i32.add (local.get $row) (local.get $width)))
      (br_if $down (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))
    (local.get $hits))

  ;; The outermost column from `x` on, at most `reach` pixels away, where an upright side stands about as well as anywhere there;
  ;; -1 where none does. `step` is 1 or -1.
  (func $findUpright (param $ink i32) (param $width i32) (param $x i32) (param $step i32) (param $reach i32) (param $y i32)
    (param $height i32) (result i32)
    (local $at i32) (local $most i32) (local $inked i32) (local $tall f64)
    (if (i32.eqz (local.get $reach)) (then (return (local.get $x))))
    (local.set $ink (i32.add (local.get $ink) (i32.mul (local.get $y) (local.get $width))))
    (local.set $at (i32.add (local.get $ink) (local.get $x)))
    (loop $each
      (local.set $inked (call $inkedBelow (local.get $at) (local.get $width) (local.get $height)))
      (if (i32.gt_s (local.get $inked) (local.get $most)) (then (local.set $most (local.get $inked))))
      (local.set $at (i32.add (local.get $at) (local.get $step)))
      (br_if $each (i32.ge_s (local.tee $reach (i32.sub (local.get $reach) (i32.const 1))) (i32.const 0))))
    (local.set $tall (f64.convert_i32_s (local.get $height)))
    (if (f64.lt (f64.div (f64.convert_i32_s (local.get $most)) (local.get $tall)) (f64.const 0.3)) (then (return (i32.const -1))))
    (loop $outermost
      (if (f64.lt
          (f64.div
            (f64.convert_i32_s
              (call $inkedBelow (i32.add (local.get $ink) (local.get $x)) (local.get $width) (local.get $height)))
            (local.get $tall))
          (f64.sub (f64.div (f64.convert_i32_s (local.get $most)) (local.get $tall)) (f64.const 0.15)))
        (then
          (local.set $x (i32.add (local.get $x) (local.get $step)))
          (br $outermost))))
    (local.get $x))

  (func $round (param $value f64) (result i32) (i32.trunc_f64_s (f64.floor (f64.add (local.get $value) (f64.const 0.5)))))

  ;; Squares with sides of `least` to `most` pixels whose four sides are inked, one level stroke being from `nearest` to `farthest` rows
  ;; below the other. `columns` holds the first and the last column of each level stroke, `before` how many there are before each row. To
  ;; `to` go five doubles for each: left, top, width, height and merit. How many; it ends with the one beyond `limit`.
  (func (export "findSquares") (param $ink i32) (param $width i32) (param $height i32) (param $slack i32) (param $least i32) (param $most i32)
    (param $nearest i32) (param $farthest i32) (param $limit i32) (param $columns i32) (param $before i32) (param $to i32)
    (result i32)
    (local $y i32) (local $top i32) (local $topEnd i32) (local $topFrom i32) (local $topTo i32) (local $bottomY i32) (local $lastY i32)
    (local $bottom i32) (local $bottomEnd i32) (local $bottomFrom i32) (local $bottomTo i32) (local $from i32) (local $last i32)
    (local $tall i32) (local $length i32) (local $reach i32) (local $other i32) (local $left i32) (local $right i32) (local $side i32)
    (local $count i32) (local $leftShare f64) (local $rightShare f64)
    (loop $rows
      (local.set $top (i32.load (i32.add (local.get $before) (i32.shl (local.get $y) (i32.const 2)))))
      (local.set $topEnd (i32.load offset=4 (i32.add (local.get $before) (i32.shl (local.get $y) (i32.const 2)))))
      (block $topsDone
        (loop $tops
          (br_if $topsDone (i32.ge_s (local.get $top) (local.get $topEnd)))
          (local.set $topFrom (i32.load (i32.add (local.get $columns) (i32.shl (local.get $top) (i32.const 3)))))
          (local.set $topTo (i32.load offset=4 (i32.add (local.get $columns) (i32.shl (local.get $top) (i32.const 3)))))
          (local.set $bottomY (i32.add (local.get $y) (local.get $nearest)))
          (local.set $lastY (i32.add (local.get $y) (local.get $farthest)))
          (if (i32.ge_s (local.get $lastY) (local.get $height))
            (then (local.set $lastY (i32.sub (local.get $height) (i32.const 1)))))
          (block $belowDone
            (loop $below
              (br_if $belowDone (i32.gt_s (local.get $bottomY) (local.get $lastY)))
              (local.set $bottom (i32.load (i32.add (local.get $before) (i32.shl (local.get $bottomY) (i32.const 2)))))
              (local.set $bottomEnd (i32.load offset=4 (i32.add (local.get $before) (i32.shl (local.get $bottomY) (i32.const 2)))))
              (block $bottomsDone
                (loop $bottoms
                  (br_if $bottomsDone (i32.ge_s (local.get $bottom) (local.get $bottomEnd)))
                  (local.set $bottomFrom (i32.load (i32.add (local.get $columns) (i32.shl (local.get $bottom) (i32.const 3)))))
                  (local.set $bottomTo (i32.load offset=4 (i32.add (local.get $columns) (i32.shl (local.get $bottom) (i32.const 3)))))
                  (local.set $bottom (i32.add (local.get $bottom) (i32.const 1)))
                  ;; Runs stand from left to right.
                  (br_if $bottomsDone (i32.gt_s (local.get $bottomFrom) (local.get $topTo)))
                  (br_if $bottoms (i32.lt_s (local.get $bottomTo) (local.get $topFrom)))
                  (local.set $from
                    (select (local.get $topFrom) (local.get $bottomFrom) (i32.gt_s (local.get $topFrom) (local.get $bottomFrom))))
                  (local.set $last (select (local.get $topTo) (local.get $bottomTo) (i32.lt_s (local.get $topTo) (local.get $bottomTo))))
                  (local.set $tall (i32.add (i32.sub (local.get $bottomY) (local.get $y)) (i32.const 1)))
                  (local.set $length (i32.add (i32.sub (local.get $last) (local.get $from)) (i32.const 1)))
                  (br_if $bottoms (i32.lt_s (local.get $length) (local.get $least)))
                  (br_if $bottoms
                    (f64.lt (f64.convert_i32_s (local.get $length)) (f64.mul (f64.const 0.9) (f64.convert_i32_s (local.get $tall)))))
                  (br_if $bottoms
                    (f64.gt (f64.convert_i32_s (local.get $length))
                      (f64.add (f64.mul (f64.const 1.6) (f64.convert_i32_s (local.get $tall))) (f64.const 2))))
                  (local.set $reach (call $round (f64.mul (f64.convert_i32_s (local.get $tall)) (f64.const 0.3))))
                  (local.set $other
                    (i32.sub (local.get $length)
                      (call $round (f64.mul (f64.const 0.9) (f64.convert_i32_s (local.get $tall))))))
                  (if (i32.lt_s (local.get $other) (local.get $reach)) (then (local.set $reach (local.get $other))))
                  (if (i32.lt_s (local.get $reach) (i32.const 0)) (then (local.set $reach (i32.const 0))))
                  (local.set $left
                    (call $findUpright (local.get $ink) (local.get $width) (local.get $from) (i32.const 1) (local.get $reach) (local.get $y)
                      (local.get $tall)))
                  (br_if $bottoms (i32.lt_s (local.get $left) (i32.const 0)))
                  (local.set $leftShare
                    (f64.div
                      (f64.convert_i32_s
                        (call $inkedNear (local.get $ink) (local.get $width) (local.get $left) (local.get $y) (local.get $tall)
                          (local.get $slack)))
                      (f64.convert_i32_s (local.get $tall))))
                  (br_if $bottoms (f64.lt (local.get $leftShare) (f64.const 0.85)))
                  (local.set $right
                    (call $findUpright (local.get $ink) (local.get $width) (local.get $last) (i32.const -1) (local.get $reach)
                      (local.get $y) (local.get $tall)))
                  (br_if $bottoms (i32.lt_s (local.get $right) (i32.const 0)))
                  (local.set $rightShare
                    (f64.div
                      (f64.convert_i32_s
                        (call $inkedNear (local.get $ink) (local.get $width) (local.get $right) (local.get $y) (local.get $tall)
                          (local.get $slack)))
                      (f64.convert_i32_s (local.get $tall))))
                  (br_if $bottoms (f64.lt (local.get $rightShare) (f64.const 0.85)))
                  (local.set $side (i32.add (i32.sub (local.get $right) (local.get $left)) (i32.const 1)))
                  (br_if $bottoms (i32.lt_s (local.get $side) (local.get $least)))
                  (br_if $bottoms (i32.gt_s (local.get $side) (local.get $most)))
                  (br_if $bottoms
                    (f64.gt
                      (f64.abs (f64.convert_i32_s (i32.sub (local.get $side) (local.get $tall))))
                      (f64.add (f64.const 1) (f64.mul (f64.const 0.05) (f64.convert_i32_s (local.get $side))))))
                  (f64.store (local.get $to) (f64.convert_i32_s (local.get $left)))
                  (f64.store offset=8 (local.get $to) (f64.convert_i32_s (local.get $y)))
                  (f64.store offset=16 (local.get $to) (f64.convert_i32_s (local.get $side)))
                  (f64.store offset=24 (local.get $to) (f64.convert_i32_s (local.get $tall)))
                  (f64.store offset=32 (local.get $to)
                    (f64.sub (f64.add (local.get $leftShare) (local.get $rightShare))
                      (f64.sub
                        (f64.div
                          (f64.convert_i32_s
                            (i32.add
                              (i32.add (i32.sub (local.get $topTo) (local.get $topFrom))
                                (i32.sub (local.get $bottomTo) (local.get $bottomFrom)))
                              (i32.const 2)))
                          (f64.convert_i32_s (local.get $side)))
                        (f64.const 2))))
                  (local.set $to (i32.add (local.get $to) (i32.const 40)))
                  (local.set $count (i32.add (local.get $count) (i32.const 1)))
                  (if (i32.gt_s (local.get $count) (local.get $limit)) (then (return (local.get $count))))
                  (br $bottoms)))
              (local.set $bottomY (i32.add (local.get $bottomY) (i32.const 1)))
              (br $below)))
          (local.set $top (i32.add (local.get $top) (i32.const 1)))
          (br $tops)))
      (br_if $rows (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (local.get $count))

  ;; Of squares (left, top, width, height and merit, eight bytes each) in the order of `order` those that share no more than `share` of the
  ;; smaller one with any kept before, `most` of them: their numbers go to `kept`. How many.
  (func (export "thinOut") (param $facts i32) (param $order i32) (param $count i32) (param $most i32) (param $share f64) (param $kept i32)
    (result i32)
    (local $held i32) (local $at i32) (local $one i32) (local $other i32) (local $wide f64) (local $high f64)
    (block $end
      (loop $each
        (br_if $end (i32.eqz (local.get $count)))
        (br_if $end (i32.ge_s (local.get $held) (local.get $most)))
        (local.set $one (i32.add (local.get $facts) (i32.mul (i32.load (local.get $order)) (i32.const 40))))
        (local.set $at (i32.const 0))
        (block $shared
          (block $free
            (loop $others
              (br_if $free (i32.ge_s (local.get $at) (local.get $held)))
              (local.set $other
                (i32.add (local.get $facts)
                  (i32.mul (i32.load (i32.add (local.get $kept) (i32.shl (local.get $at) (i32.const 2)))) (i32.const 40))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (local.set $wide
                (f64.sub
                  (f64.min
                    (f64.add (f64.load (local.get $one)) (f64.load offset=16 (local.get $one)))
                    (f64.add (f64.load (local.get $other)) (f64.load offset=16 (local.get $other))))
                  (f64.max (f64.load (local.get $one)) (f64.load (local.get $other)))))
              (br_if $others (f64.le (local.get $wide) (f64.const 0)))
              (local.set $high
                (f64.sub
                  (f64.min
                    (f64.add (f64.load offset=8 (local.get $one)) (f64.load offset=24 (local.get $one)))
                    (f64.add (f64.load offset=8 (local.get $other)) (f64.load offset=24 (local.get $other))))
                  (f64.max (f64.load offset=8 (local.get $one)) (f64.load offset=8 (local.get $other)))))
              (br_if $others (f64.le (local.get $high) (f64.const 0)))
              (br_if $others
                (f64.le
                  (f64.div
                    (f64.mul (local.get $wide) (local.get $high))
                    (f64.min
                      (f64.mul (f64.load offset=16 (local.get $one)) (f64.load offset=24 (local.get $one)))
                      (f64.mul (f64.load offset=16 (local.get $other)) (f64.load offset=24 (local.get $other)))))
                  (local.get $share)))
              (br $shared)))
          (i32.store (i32.add (local.get $kept) (i32.shl (local.get $held) (i32.const 2))) (i32.load (local.get $order)))
          (local.set $held (i32.add (local.get $held) (i32.const 1))))
        (local.set $order (i32.add (local.get $order) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each)))
    (local.get $held)))
