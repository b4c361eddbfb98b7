"""Writes what training changed: `python3 pack.py PUBLISHED.onnx TRAINED.onnx OUT.bin`. The shape of the file: src/reading/engine/take-training.ts."""
import json
import struct
import sys

import torch

from network import Recogniser

published, trained = Recogniser(sys.argv[1]), Recogniser(sys.argv[2])
pairs = [(name, published.numbers[key], trained.numbers[key].detach()) for name, key in published.keys.items()]
changed = [(name, numbers) for name, before, numbers in pairs if not torch.equal(before, numbers)]
names = json.dumps([{'name': name, 'dims': list(numbers.shape)} for name, numbers in changed], separators=(',', ':')).encode()
with open(sys.argv[3], 'wb') as file:
    file.write(struct.pack('<I', len(names)) + names)
    for _, numbers in changed:
        file.write(numbers.numpy().astype('<f2').tobytes())
print(f'{len(changed)} constants, {sum(numbers.numel() for _, numbers in changed)} numbers')
