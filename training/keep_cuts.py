"""Keeps those lines of `cut-lines.ts` whose truth a network can find in the picture: `python3 keep_cuts.py NETWORK.onnx OUT.npz CUTS…`. What may
stand on a strip is known from the copy that says it in letters, but not where the strip was cut: a candidate must be hardly less likely
than what was read, for each character that was read otherwise."""
import collections
import json
import random
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F

from draw_lines import INDEX, WIDEST
from network import Recogniser

# Nats (of a line's loss) that a candidate may be less likely: once, and for each character that was read otherwise.
ONCE, EACH = 3, 4
# As many of one text at most: a name must be read, not remembered.
MOST_ALIKE = 15


def cuts_of(path):
    with open(path, 'rb') as file:
        while head := file.read(8):
            text, pixels = struct.unpack('<II', head)
            cut = json.loads(file.read(text))
            yield cut, np.frombuffer(file.read(pixels), np.uint8).reshape(48, cut['width'], 3)


def find_truth(network, cut, pixels):
    """The text, or nothing where none of the candidates is plain."""
    texts = {one['text']: one['errors'] for one in cut['candidates'] if set(one['text']) <= INDEX.keys()}
    exact = [text for text, errors in texts.items() if errors == 0]
    if exact or not texts:
        return exact[0] if exact else None
    picture = torch.from_numpy(pixels.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
    lattice = network(picture).float().log_softmax(-1)[0]

    def loss(text):
        classes = torch.tensor([[INDEX[char] for char in text]])
        steps = torch.tensor([len(lattice)]), torch.tensor([len(text)])
        found = F.ctc_loss(lattice[:, None], classes, *steps, reduction='sum').item()
        return found if np.isfinite(found) else 1e9

    least = min(texts, key=loss)
    read = loss(''.join(char for char in cut['read'] if char in INDEX))
    return least if loss(least) <= read + ONCE + EACH * texts[least] else None


def main():
    network = Recogniser(sys.argv[1])
    torch.set_num_threads(1)
    kept = []
    with torch.no_grad():
        for path in sys.argv[3:]:
            for cut, pixels in cuts_of(path):
                if cut['width'] <= WIDEST and (text := find_truth(network, cut, pixels)):
                    kept.append((pixels, text, text.replace(' ', '') != cut['read'].replace(' ', '')))
    random.Random(4).shuffle(kept)
    # Those that were misread first.
    kept.sort(key=lambda line: not line[2])
    lines, data, at, alike = [], [], 0, collections.Counter()
    for pixels, text, misread in kept:
        alike[text] += 1
        if alike[text] <= MOST_ALIKE:
            lines.append((at, pixels.shape[1], text, misread))
            data.append(pixels.ravel())
            at += pixels.size
    np.savez(sys.argv[2], data=np.concatenate(data), lines=json.dumps(lines, ensure_ascii=False))
    print(f'{len(lines)} lines, {sum(misread for *_, misread in lines)} of them misread')


main()
