"""Gives a network classes for the characters of `write_texts.ADDED`: `python3 widen.py NETWORK.onnx OUT.onnx`. Their weights are
guessed by a linear map, from what the network sees of a character to the weights of its class, found on the characters it knows;
training makes them right."""
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import draw_lines
from network import Recogniser
from write_texts import ADDED, HAN, KEYS

FEATURES, WEIGHTS, BIASES = 'transpose_51.tmp_0', 'linear_85.w_0', 'linear_85.b_0'
AROUND = '中文'


def see(network, char):
    """What the network sees where a character stands alone between two others: the mean over the steps in its third of the line."""
    line = draw_lines.compose(AROUND[0] + char + AROUND[1], draw_lines.open_face(draw_lines.noto('NotoSansCJK-Regular.ttc')))
    rows = np.flatnonzero(line.max(1))
    line = line[max(0, rows[0] - 12) : rows[-1] + 13]
    image = draw_lines.to_input(255 - np.repeat(line[..., None], 3, 2).astype(np.float32), round(line.shape[1] * 48 / line.shape[0]))
    seen = network.see(torch.from_numpy(image).permute(2, 0, 1)[None], FEATURES)[0]
    held = (seen @ network.numbers[network.keys[WEIGHTS]] + network.numbers[network.keys[BIASES]]).softmax(-1)[:, 0]
    third = slice(len(seen) // 3 + 1, 2 * len(seen) // 3)
    return seen[third][held[third].argmin()]


def main():
    network = Recogniser(sys.argv[1])
    torch.set_num_threads(1)
    with torch.no_grad():
        weights, biases = (network.numbers[network.keys[name]] for name in (WEIGHTS, BIASES))
        known = HAN[::2]
        classes = torch.tensor([KEYS.index(char) + 1 for char in known])
        seen = torch.cat([torch.stack([see(network, char) for char in known]), torch.ones(len(known), 1)], 1)
        wanted = torch.cat([weights[:, classes].t(), biases[classes, None]], 1)
        linear = torch.linalg.solve(seen.t() @ seen + 3 * torch.eye(seen.shape[1]), seen.t() @ wanted)
        guessed = torch.cat([torch.stack([see(network, char) for char in ADDED]), torch.ones(len(ADDED), 1)], 1) @ linear
    for one in network.model.graph.initializer:
        if one.name in (WEIGHTS, BIASES):
            more = guessed[:, :-1].t() if one.name == WEIGHTS else guessed[:, -1]
            one.CopyFrom(numpy_helper.from_array(np.concatenate([numpy_helper.to_array(one), more.numpy()], -1), one.name))
    onnx.save(network.model, sys.argv[2])


main()
