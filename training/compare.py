"""Compares networks on lines that none of them was trained on, half of them in type faces that none of them saw:
`python3 compare.py NETWORK.onnx…`. For each kind: lines read exactly, characters wrong, lines all of whose characters are held for
more than 0.9 likely, and how many of those are wrong."""
import sys

import torch

from draw_lines import KINDS, begin_chance, draw_line
from network import Recogniser, read_lattice

SEED, LINES, SURE = 990001, 36, 0.9


def same_signs(text):
    """Full and half width are told apart by neither of them."""
    return text.translate(str.maketrans('（）：，￥—－', '():,¥--')).replace(' ', '')


def distance(one, other):
    row = list(range(len(other) + 1))
    for at, char in enumerate(one):
        last, row[0] = row[:], at + 1
        for to, sign in enumerate(other):
            row[to + 1] = min(last[to + 1] + 1, row[to] + 1, last[to] + (char != sign))
    return row[-1]


def judge(network, lines):
    exact = wrong = characters = sure = surely_wrong = 0
    for piece, text in lines:
        lattice = network(torch.from_numpy(piece).permute(2, 0, 1)[None]).softmax(-1)
        read, truth = same_signs(read_lattice(lattice)[0]), same_signs(text)
        told = lattice.amax(-1)[lattice.argmax(-1) > 0]
        is_sure = told.numel() > 0 and told.min().item() > SURE
        errors = distance(read, truth)
        exact, wrong, characters = exact + (errors == 0), wrong + errors, characters + len(truth)
        sure, surely_wrong = sure + is_sure, surely_wrong + (is_sure and errors > 0)
    return f'{exact / len(lines):6.1%} exact, {wrong / characters:6.1%} wrong, {sure / len(lines):6.1%} sure ({surely_wrong} wrong)'


begin_chance(SEED)
drawn = {(kind, unseen): [draw_line(kind, unseen) for _ in range(LINES)] for kind in KINDS for unseen in (False, True)}
networks = [Recogniser(path) for path in sys.argv[1:]]
torch.set_num_threads(1)
with torch.no_grad():
    for (kind, unseen), lines in drawn.items():
        print(f'{kind + (", unseen faces" if unseen else ""):28}', *(judge(network, lines) for network in networks), sep=' | ')
    every = [line for lines in drawn.values() for line in lines]
    print(f'{"all":28}', *(judge(network, every) for network in networks), sep=' | ')
