"""Trains the recognition network further on drawn lines, and on lines as the reader cuts them: `python3 train.py START.onnx OUT.onnx
--minutes N [--rate R] [--seed N] [--texts FOLDER] [--cuts FILE.npz] [--share S]`, S of the lines cut ones. Connectionist temporal
classification (Graves et al. 2006), at a rate that falls to nothing; what is kept is the mean of the last hundreds of steps."""
import argparse
import json
import multiprocessing
import os
import random
import time

import numpy as np

# Pixels of width in a batch, lines drawn before they are sorted by width, and the rates of the convolutions and of the neck.
BATCH, POOL, BODY_RATE, NECK_RATE = 9600, 320, 1.5e-4, 4e-4
STEP, ROOM = 8, 1.25
# Losses above this are of lines that teach nothing.
GREATEST_LOSS = 60
# How much oftener a cut line comes that was misread; the share of lines turned upside down, and how many characters these have at least.
MISREAD, OVERTURNED, TURNED_FROM = 4, 0.06, 6


def steps_needed(text):
    return len(text) + sum(one == next_ for one, next_ in zip(text, text[1:]))


def draw_batches(queue, seed, texts, cuts, share):
    """Lines of like widths together."""
    import draw_lines
    import write_texts

    if texts:
        write_texts.open_sentences(texts)
    draw_lines.begin_chance(seed)
    shuffle = random.Random(seed)
    kept = Cuts(cuts) if cuts else None
    while True:
        real = round(POOL * share) if kept else 0
        lines = [draw_lines.draw_line() for _ in range(POOL - real)] + [jolt(*kept.one(shuffle), shuffle) for _ in range(real)]
        lines = [overturn(*line) if len(line[1]) >= TURNED_FROM and shuffle.random() < OVERTURNED else line for line in lines]
        # Where letters have hardly a step each, there is nothing to learn but to guess how many they are.
        lines = sorted((line for line in lines if steps_needed(line[1]) * ROOM <= line[0].shape[1] // STEP), key=lambda line: line[0].shape[1])
        batches = []
        while lines:
            count = max(8, min(64, BATCH // lines[min(len(lines) - 1, 24)][0].shape[1]))
            batch, lines = lines[:count], lines[count:]
            width = -(-batch[-1][0].shape[1] // STEP) * STEP
            batches.append((np.stack([fill(piece, width) for piece, _ in batch]), [text for _, text in batch]))
        shuffle.shuffle(batches)
        for batch in batches:
            queue.put(batch)


def overturn(piece, _):
    """A line upside down says nothing: which way a page lies is told by that."""
    return np.ascontiguousarray(piece[::-1, ::-1]), ''


class Cuts:
    """Lines as the reader cut them, with what stands on them; those that were misread come more often."""

    def __init__(self, path):
        kept = np.load(path)
        self.data, self.lines = kept['data'], json.loads(str(kept['lines']))
        self.weights = np.cumsum([MISREAD if misread else 1 for _, _, _, misread in self.lines])

    def one(self, chance):
        at, width, text, _ = self.lines[int(np.searchsorted(self.weights, chance.random() * self.weights[-1], 'right'))]
        return self.data[at : at + width * 144].reshape(48, width, 3), text


def jolt(piece, text, chance):
    """No line twice alike: stretched, shifted, lit and spoiled a little."""
    import cv2

    height, width = piece.shape[:2]
    wide = max(24, round(width * chance.uniform(0.88, 1.15)))
    scale = chance.uniform(0.94, 1.06)
    move = np.float32([[wide / width, 0, chance.uniform(-1, 1)], [0, scale, 24 * (1 - scale) + chance.uniform(-1.5, 1.5)]])
    piece = cv2.warpAffine(piece, move, (wide, 48), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    if chance.random() < 0.4:
        piece = piece + np.random.randn(48, wide, 1).astype(np.float32) * chance.uniform(0, 8)
    if chance.random() < 0.25:
        piece = cv2.GaussianBlur(piece, (0, 0), chance.uniform(0.3, 0.9))
    piece = (piece - 128) * chance.uniform(0.8, 1.2) + 128 + chance.uniform(-15, 15)
    return (np.clip(piece, 0, 255) / 127.5 - 1).astype(np.float32), text


def fill(piece, width):
    edge = np.broadcast_to(piece[:, -3:].mean(1, keepdims=True), (48, width - piece.shape[1], 3))
    return np.concatenate([piece, edge], 1).astype(np.float32)


def main():
    given = argparse.ArgumentParser()
    given.add_argument('start')
    given.add_argument('out')
    given.add_argument('--minutes', type=float, required=True)
    given.add_argument('--rate', type=float, default=1)
    given.add_argument('--seed', type=int, default=1)
    given.add_argument('--texts')
    given.add_argument('--cuts')
    given.add_argument('--share', type=float, default=0.5)
    given = given.parse_args()
    queue = multiprocessing.Queue(24)
    multiprocessing.Process(target=draw_batches, args=(queue, given.seed, given.texts, given.cuts, given.share), daemon=True).start()

    import torch
    import torch.nn.functional as F
    from draw_lines import INDEX
    from network import Recogniser

    torch.set_num_threads(1)
    network = Recogniser(given.start)
    body, neck = network.parts()
    rates = [BODY_RATE * given.rate, NECK_RATE * given.rate]
    optimiser = torch.optim.AdamW([{'params': part, 'lr': rate} for part, rate in zip((body, neck), rates)], weight_decay=0)
    mean = {key: one.detach().clone() for key, one in network.numbers.items()}
    begin, step, seen, smooth = time.time(), 0, 0, None
    while (done := (time.time() - begin) / (given.minutes * 60)) < 1:
        pieces, texts = queue.get()
        count = len(texts)
        pictures = torch.from_numpy(pieces).permute(0, 3, 1, 2)
        with torch.autocast('cpu', torch.bfloat16):
            lattice = network(pictures)
        thought = lattice.float().log_softmax(-1)
        lengths = torch.tensor([len(text) for text in texts])
        classes = torch.tensor([INDEX[char] for text in texts for char in text], dtype=torch.long)
        found = F.ctc_loss(
            thought.permute(1, 0, 2), classes, torch.full((count,), thought.shape[1]), lengths, reduction='none', zero_infinity=True
        )
        # Long lines count for more, but not as much as they are long.
        loss = (torch.clamp(found, max=GREATEST_LOSS) / (4 * torch.clamp(lengths, min=1) ** 0.5)).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + neck, 1.0)
        for group, rate in zip(optimiser.param_groups, rates):
            group['lr'] = rate * min(1, (step + 1) / 120) * max(0.02, 1 - done)
        optimiser.step()
        step, seen = step + 1, seen + count
        share = 1 - min(0.998, step / (step + 20))
        with torch.no_grad():
            for key, one in network.numbers.items():
                mean[key].lerp_(one, share)
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        if step % 50 == 0:
            print(f'{step} steps, {seen} lines, {time.time() - begin:.0f} s, loss {smooth:.4f}', flush=True)
    with torch.no_grad():
        for key, one in network.numbers.items():
            one.copy_(mean[key])
    network.save(given.out + '.part')
    os.replace(given.out + '.part', given.out)


if __name__ == '__main__':
    main()
