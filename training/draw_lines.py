"""Draws lines as the reader hands them to the recogniser: 48 pixels high, blue, green and red from -1 to 1, with what stands on
them. A line is drawn large, furnished (rules, neighbours, stamps), shrunk to the size at
which a device would see it, spoiled as that device spoils, and brought to its height.

`python3 draw_lines.py OUT.png` draws a sheet of every kind to look at.

Longer than 400 lines: what spoils a line is told by one file from its letters to its pixels."""
import math
import re
import sys
from functools import lru_cache

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

import write_texts
from write_texts import R, ROOT

cv2.setNumThreads(1)
PACKAGES = ROOT / 'node_modules'
NOTO, SYSTEM = '/usr/share/fonts/opentype/noto/', '/usr/share/fonts/truetype/'
# Pixels of an em while a line is composed, and the room around it.
EM, ROOM, BASELINE = 72, 60, 78
INDEX = {char: at + 1 for at, char in enumerate([*write_texts.KEYS, ' ', *write_texts.ADDED])}
WIDEST = 1280


class Face:
    """A type face in one file, or in a web font's many subsets of characters."""

    def __init__(self, path, number=0):
        self.subsets = []
        if str(path).endswith('.css'):
            for block in path.read_text('utf8').split('@font-face'):
                file, ranges = re.search(r"url\(['\"]?\./(files/[^'\")]+\.woff2)", block), re.search(r'unicode-range:\s*([^;}]+)', block)
                if file and ranges:
                    spans = [span.strip()[2:].partition('-') for span in ranges.group(1).split(',')]
                    covered = [(int(first, 16), int(last or first, 16)) for first, _, last in spans]
                    self.subsets.append([path.parent / file.group(1), covered, None])
        else:
            codes = TTFont(path, fontNumber=number, lazy=True).getBestCmap().keys()
            self.codes, self.font = set(codes), ImageFont.truetype(str(path), EM, index=number)

    def font_of(self, char):
        code = ord(char)
        if not self.subsets:
            return self.font if code in self.codes else None
        for subset in self.subsets:
            path, covered, font = subset
            if any(first <= code <= last for first, last in covered):
                subset[2] = font or ImageFont.truetype(str(path), EM)
                return subset[2]
        return None

    @lru_cache(maxsize=6000)
    def glyph(self, char):
        """Its ink, its advance and its font's ascent; None where the face lacks it."""
        font = self.font_of(char)
        if font is None:
            return None
        advance = max(1, math.ceil(font.getlength(char)))
        image = Image.new('L', (max(advance, font.getbbox(char)[2] + 2) + 12, EM + 44), 0)
        ImageDraw.Draw(image).text((6, 16), char, font=font, fill=255)
        ink = np.asarray(image)
        return None if ink.max() < 40 else (ink, advance, font.getmetrics()[0])


def noto(file):
    # The second face of these collections is that of simplified Chinese.
    return NOTO + file, 2


def web(package):
    return PACKAGES / '@fontsource' / package / 'index.css', 0


def google(package, file):
    return PACKAGES / '@expo-google-fonts' / package / '400Regular' / file, 0


# Faces with their shares. ZCOOL XiaoWei, Long Cang, Patrick Hand and AR PL UMing are left out: papers that nobody tunes on are drawn with them.
PRINT = {
    noto('NotoSansCJK-Regular.ttc'): 6, noto('NotoSansCJK-Light.ttc'): 3, noto('NotoSansCJK-Medium.ttc'): 3, noto('NotoSansCJK-Bold.ttc'): 3,
    noto('NotoSerifCJK-Regular.ttc'): 6, noto('NotoSerifCJK-Light.ttc'): 2, noto('NotoSerifCJK-Bold.ttc'): 3, noto('NotoSerifCJK-SemiBold.ttc'): 2,
    (SYSTEM + 'wqy/wqy-zenhei.ttc', 0): 4, (SYSTEM + 'wqy/wqy-microhei.ttc', 0): 3, (SYSTEM + 'arphic-gbsn00lp/gbsn00lp.ttf', 0): 6,
    (SYSTEM + 'arphic-gkai00mp/gkai00mp.ttf', 0): 4, (SYSTEM + 'arphic/ukai.ttc', 0): 3, (SYSTEM + 'lxgw-wenkai/LXGWWenKai-Regular.ttf', 0): 4,
    (SYSTEM + 'lxgw-wenkai/LXGWWenKai-Bold.ttf', 0): 2, (SYSTEM + 'hanazono/HanaMinA.ttf', 0): 1, (SYSTEM + 'smiley-sans/SmileySans-Oblique.ttf', 0): 0.5,
}  # fmt: skip
HANDS = {
    google('ma-shan-zheng', 'MaShanZheng_400Regular.ttf'): 4, google('zhi-mang-xing', 'ZhiMangXing_400Regular.ttf'): 4,
    (SYSTEM + 'lxgw-wenkai/LXGWWenKai-Light.ttf', 0): 3, web('liu-jian-mao-cao'): 3, web('zcool-kuaile'): 1, (SYSTEM + 'arphic-gkai00mp/gkai00mp.ttf', 0): 1,
}  # fmt: skip
HAND_FIGURES = {web('kalam'): 1, web('gochi-hand'): 1, web('caveat'): 1}
FIGURES = {
    (SYSTEM + 'liberation/LiberationSans-Regular.ttf', 0): 1, (SYSTEM + 'liberation/LiberationSerif-Regular.ttf', 0): 1,
    (SYSTEM + 'liberation/LiberationMono-Regular.ttf', 0): 1, (SYSTEM + 'dejavu/DejaVuSans.ttf', 0): 1, ('/usr/share/fonts/opentype/ocr-b/OCRB.otf', 0): 1,
    (SYSTEM + 'liberation/LiberationSansNarrow-Regular.ttf', 0): 1, (SYSTEM + 'liberation/LiberationSerif-Bold.ttf', 0): 1,
}  # fmt: skip
# What the comparison draws with besides.
UNSEEN_PRINT = {(SYSTEM + 'arphic/uming.ttc', 0): 1, google('zcool-xiaowei', 'ZCOOLXiaoWei_400Regular.ttf'): 1}
UNSEEN_HANDS = {web('long-cang'): 1}

open_face = lru_cache(maxsize=None)(lambda source: Face(*source))


def choose_face(faces):
    return open_face(R.choices(list(faces), list(faces.values()))[0])


# Share and em in pixels as the device sees it.
KINDS = {
    'digital': (4, 26, 60), 'scan': (12, 20, 60), 'gray': (8, 18, 50), 'phone': (20, 13, 44), 'fax': (22, 15, 34), 'hand': (12, 24, 60),
    'hand-phone': (10, 17, 50), 'arc': (9, 11, 40), 'gray-arc': (7, 14, 40), 'identity-card': (8, 13, 36),
}  # fmt: skip
# Blue, green, red.
INKS = [(20, 20, 20), (35, 35, 35), (0, 0, 0), (60, 60, 60), (40, 30, 30)]
PENS = [(20, 20, 20), (120, 60, 30), (150, 50, 40), (90, 40, 20), (40, 40, 45), (160, 80, 40)]


def paste(ground, ink, x, y):
    """The darker of both, as far as `ink` lies on the ground."""
    left, top, right, bottom = max(0, x), max(0, y), min(ground.shape[1], x + ink.shape[1]), min(ground.shape[0], y + ink.shape[0])
    if right > left and bottom > top:
        part = ground[top:bottom, left:right]
        np.maximum(part, ink[top - y : bottom - y, left - x : right - x], out=part)


def compose(text, face, figures=None, gap=0.0, unrest=0.0, width=1.0):
    """Ink of a line at `EM`; None where the face lacks a character. `gap` in ems; `unrest` turns, grows and lifts letters as a hand does."""
    x, letters = 8.0, []
    for char in text:
        if char == ' ':
            x += EM * R.uniform(0.3, 1)
            continue
        glyph = (figures.glyph(char) if figures and char.isascii() else None) or face.glyph(char)
        if glyph is None:
            return None
        letters.append((glyph, x))
        x += glyph[1] * width + gap * EM
    line = np.zeros((EM + 84, int(x + 20)), np.uint8)
    for (ink, _, ascent), x in letters:
        if unrest > 0:
            high, wide = ink.shape
            turn = cv2.getRotationMatrix2D((wide / 2, high / 2), R.gauss(0, unrest * 40), R.uniform(1 - unrest * 1.5, 1 + unrest * 1.2))
            turn[1, 2] += R.gauss(0, unrest * 30)
            ink = cv2.warpAffine(ink, turn, (wide, high))
        if width != 1:
            ink = cv2.resize(ink, (max(1, int(ink.shape[1] * width)), ink.shape[0]), interpolation=cv2.INTER_AREA)
        paste(line, ink, int(x - 6 * width), 4 + BASELINE - ascent)
    return line


def clouds(height, width, cell, strength):
    """Smooth noise; `cell` is the size of its spots in pixels."""
    coarse = np.random.randn(max(2, height // cell + 2), max(2, width // cell + 2)).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * strength


def blur(image, radius):
    return cv2.GaussianBlur(image, (0, 0), radius) if radius > 0.15 else image


def stamp_part(height, width, em):
    """Ink, 0 to 1, of the part of a seal that lies over a line."""
    ink, radius = np.zeros((height, width), np.uint8), int(em * R.uniform(2.5, 5))
    x, y = R.randint(-radius // 2, width + radius // 2), height // 2 + R.randint(-radius, radius)
    cv2.ellipse(ink, (x, y), (radius, int(radius * R.choice([1, 1, 0.7]))), 0, 0, 360, 255, max(1, int(em * R.uniform(0.06, 0.16))), cv2.LINE_AA)
    if R.random() < 0.7:
        rays = [(radius * (0.35 if ray % 2 == 0 else 0.14), ray * math.pi / 5) for ray in range(10)]
        cv2.fillPoly(ink, [np.array([[x + int(far * math.sin(way)), y - int(far * math.cos(way))] for far, way in rays])], 255, cv2.LINE_AA)
    face, count, start, high = choose_face(PRINT), R.randint(8, 20), R.uniform(0, 6.28), max(4, int(radius * 0.3))
    for letter in range(count):
        glyph, way = face.glyph(write_texts.han()), start + letter * 4.6 / count
        if glyph is not None:
            small = cv2.resize(glyph[0], (max(2, int(high * 0.8)), high), interpolation=cv2.INTER_AREA)
            turn = cv2.getRotationMatrix2D((small.shape[1] / 2, high / 2), -math.degrees(way), 1)
            small = cv2.warpAffine(small, turn, small.shape[::-1])
            paste(ink, small, int(x + radius * 0.78 * math.sin(way) - small.shape[1] / 2), int(y - radius * 0.78 * math.cos(way) - high / 2))
    worn = clouds(height, width, max(2, int(em * 0.12)), R.uniform(0.1, 0.5)) + 1
    return np.clip(ink.astype(np.float32) / 255 * np.clip(worn, 0, 1), 0, 1)


def lay(image, ink, color):
    """`color` where `ink` is 1, the image where it is 0."""
    return image * (1 - ink[..., None]) + np.array(color, np.float32) * ink[..., None]


def draw_nothing():
    """A piece without text: rules, a part of a stamp, ground."""
    kind, height = R.choice(['scan', 'phone', 'fax', 'gray', 'identity-card']), R.randint(14, 60)
    width, em = int(height * R.uniform(0.6, 5)), height * 0.75
    image = np.full((height, width, 3), R.uniform(140, 252), np.float32)
    if R.random() < 0.2:
        image = lay(image, stamp_part(height, width, em * 2) * R.uniform(0.3, 1), (R.randint(20, 110), R.randint(20, 110), R.choice([40, 200])))
    for _ in range(R.choice([0, 0, 1, 2])):
        cv2.line(image, (0, R.randint(0, height)), (width, R.randint(0, height)), (R.uniform(0, 120),) * 3, R.randint(1, 3))
    if R.random() < 0.3:
        cv2.line(image, (R.randint(0, width), 0), (R.randint(0, width), height), (R.uniform(0, 120),) * 3, R.randint(1, 3))
    return to_input(spoil(image, kind, em), min(320, max(24, round(width * 48 / height)))), ''


def draw_line(kind=None, unseen=False):
    """The line as the network is given it, and its text."""
    if kind is None and R.random() < 0.025:
        return draw_nothing()
    while True:
        line = try_line(kind or R.choices(list(KINDS), [share for share, _, _ in KINDS.values()])[0], unseen)
        if line is not None:
            return line


def try_line(kind, unseen):
    is_arc = kind.endswith('arc')
    is_hand = kind.startswith('hand') or (kind in ('fax', 'gray') and R.random() < 0.15)
    text = (write_texts.seal_text() if is_arc else write_texts.text())[:34].strip()
    text = ''.join(char for char in text if char in INDEX)
    line = compose_kind(text, is_arc, is_hand, unseen)
    if line is None or text in ('', '一', '-', '—', '·', '.'):
        return None
    big, box = furnish(line, text, is_arc)
    _, smallest, greatest = KINDS[kind]
    em = math.exp(R.uniform(math.log(smallest), math.log(greatest)))
    ink = shrink(big, box, em, kind, len(text))
    image = spoil(print_ink(ink, em, kind, is_arc, is_hand), kind, em)
    width = max(24, round(ink.shape[1] * 48 / ink.shape[0]))
    if width > WIDEST or not is_legible(image, ink, em, 0.42 if is_arc or kind == 'fax' else 0.45):
        return None
    return to_input(image, width), text


def compose_kind(text, is_arc, is_hand, unseen):
    gap = R.choice([0, 0, 0, 0, 0.02, 0.05]) if R.random() < 0.85 else R.uniform(0.05, 0.6)
    if len(text) <= 4 and R.random() < 0.3:
        gap = R.uniform(0.2, 1)
    if is_hand:
        figures = choose_face(HAND_FIGURES) if R.random() < 0.6 else None
        return compose(text, choose_face(UNSEEN_HANDS if unseen else HANDS), figures, R.uniform(-0.04, 0.15), R.uniform(0, 0.05))
    face = choose_face(UNSEEN_PRINT if unseen else PRINT)
    if is_arc:
        return compose(text, face, None, R.uniform(0, 0.35), 0, R.uniform(0.42, 0.95))
    figures = choose_face(FIGURES) if R.random() < 0.35 else None
    return compose(text, face, figures, gap, 0, R.uniform(0.7, 1.15) if R.random() < 0.12 else 1)


def furnish(line, text, is_arc):
    """The line with what stands about it, and the piece that is cut out (left, top, right, bottom): text takes 56 to 90 % of its height."""
    rows, columns = np.where(line.max(1) > 60)[0], np.where(line.max(0) > 60)[0]
    top, bottom, left, right = rows[0] + ROOM, rows[-1] + 1 + ROOM, columns[0] + ROOM, columns[-1] + 1 + ROOM
    big = np.zeros((line.shape[0] + 2 * ROOM, line.shape[1] + 2 * ROOM + 60), np.uint8)
    paste(big, line, ROOM, ROOM)
    high = max(bottom - top, int(EM * 0.62))
    height = high / R.uniform(0.56, 0.9)
    middle = (top + bottom) / 2 + R.gauss(0, 0.035) * height
    box = (left - R.uniform(0.05, 0.55) * EM, middle - height / 2, right + R.uniform(0.05, 0.55) * EM, middle + height / 2)
    if is_arc:
        return wave(big, top), box
    if R.random() < 0.3:
        for side in (-1, 1):
            other = compose(''.join(write_texts.han() for _ in range(R.randint(2, max(2, len(text))))), choose_face(PRINT)) if R.random() < 0.5 else None
            if other is not None:
                paste(big, other, ROOM + R.randint(-40, 40), ROOM + side * int(high * R.uniform(1.1, 1.35) + 2))
    if R.random() < 0.3:
        thick, y = R.randint(1, 5), bottom + int(R.uniform(0.02, 0.25) * EM)
        cv2.line(big, (0, y + R.randint(-3, 3)), (big.shape[1], y + R.randint(-3, 3)), 255, thick)
        if R.random() < 0.4:
            y = top - int(R.uniform(0.05, 0.3) * EM)
            cv2.line(big, (0, y), (big.shape[1], y), 255, thick)
    if R.random() < 0.1:
        x = left - int(R.uniform(0.1, 0.45) * EM)
        cv2.line(big, (x, 0), (x, big.shape[0]), 255, R.randint(2, 5))
    return big, box


def wave(big, top):
    """What an unrolled ring keeps: letters that sway, and now and then its rim."""
    height, width = big.shape
    along = np.arange(width, dtype=np.float32)
    sway = [R.uniform(0, most) * EM * np.sin(along / width * R.uniform(3, 14) + R.uniform(0, 6)) for most in (0.12, 0.09)]
    down = np.arange(height, dtype=np.float32)[:, None]
    big = cv2.remap(big, (along + sway[0])[None] + 0 * down, down + sway[1][None], cv2.INTER_LINEAR)
    if R.random() < 0.5:
        y = top - int(R.uniform(0.08, 0.4) * EM)
        cv2.line(big, (0, y + R.randint(-8, 8)), (width, y + R.randint(-8, 8)), 255, R.randint(3, 12))
    return big


def shrink(big, box, em, kind, length):
    """Ink of the piece, 0 to 1, at the size of the device, a little turned and slanted."""
    left, top, right, bottom = box
    small = cv2.resize(big, None, fx=em / EM, fy=em / EM, interpolation=cv2.INTER_AREA) if em < EM else big
    scale = small.shape[1] / big.shape[1]
    width, height = max(8, round((right - left) * scale)), max(8, round((bottom - top) * scale))
    angle = R.gauss(0, 0.5 if kind in ('digital', 'scan') else 1) * (0.4 if length > 12 else 1)
    slant = R.gauss(0, 0.03) if kind in ('phone', 'hand', 'hand-phone', 'identity-card') else 0
    middle = (top + bottom) / 2 * scale
    move = cv2.getRotationMatrix2D(((left + right) / 2 * scale, middle), angle, 1)
    move[0, 1] += slant
    move[:, 2] -= (left * scale + slant * middle, top * scale)
    return cv2.warpAffine(small, move, (width, height)).astype(np.float32) / 255


def print_ink(ink, em, kind, is_arc, is_hand):
    """The piece in color: paper, ground, print, stamps."""
    height, width = ink.shape
    share = R.random()
    ink = np.clip(ink * R.uniform(1.2, 1.9), 0, 1) if share < 0.12 else ink * R.uniform(0.45, 0.85) if share < 0.24 else ink
    if (is_hand and R.random() < 0.3) or is_arc or R.random() < 0.08:
        worn = clouds(height, width, max(2, int(em * R.uniform(0.08, 0.4))), R.uniform(0.05, 0.55 if is_arc else 0.35))
        ink = ink * np.clip(1 + worn, 0, 1)
    paper, color = choose_colors(kind, is_arc, is_hand)
    image = np.full((height, width, 3), 1, np.float32) * paper
    if kind == 'identity-card' or R.random() < 0.04:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        waves = np.sin(x * R.uniform(0.05, 0.4) + y * R.uniform(0.2, 1.2) + 4 * np.sin(x * R.uniform(0.02, 0.1)))
        image -= (waves > R.uniform(0.3, 0.9)).astype(np.float32)[..., None] * np.array([R.randint(4, 28) for _ in range(3)], np.float32)
    if R.random() < 0.06 and not is_arc:
        words = slanting_words(width, height, em, (20, 50), (1, 2))
        image = image * (1 - words[..., None] * R.uniform(0.08, 0.3))
    image = lay(image, ink, color)
    if not is_arc and R.random() < 0.14:
        red = (R.randint(30, 110), R.randint(30, 110), R.randint(170, 235))
        stamped = lay(image, stamp_part(height, width, em) * R.uniform(0.35, 0.95), red)
        image = np.minimum(image, stamped) if R.random() < 0.5 else stamped
    if is_arc and R.random() < 0.35:
        words = slanting_words(width, height, em, (-90, 90), (0.5, 1))
        image = np.minimum(image, lay(image, words, INKS[0])) if R.random() < 0.5 else image * (1 - words[..., None]) + paper * words[..., None] * 0.3
    if is_arc and R.random() < 0.25:
        for _ in range(R.randint(1, 3)):
            thick = max(1, int(em * R.uniform(0.03, 0.1)))
            cv2.line(image, (R.randint(0, width), 0), (R.randint(0, width), height), (R.randint(0, 60),) * 3, thick, cv2.LINE_AA)
    return image


def slanting_words(width, height, em, angles, sizes):
    words = compose(''.join(R.choice(write_texts.COMMON) for _ in range(R.randint(2, 8))), open_face(noto('NotoSansCJK-Regular.ttc')))
    turn = cv2.getRotationMatrix2D((words.shape[1] * R.random(), words.shape[0] / 2), R.uniform(*angles), em / EM * R.uniform(*sizes))
    return cv2.warpAffine(words, turn, (width, height)).astype(np.float32) / 255


def choose_colors(kind, is_arc, is_hand):
    paper = np.full(3, R.randint(225, 255), np.float32)
    if kind in ('phone', 'hand-phone'):
        light = R.uniform(120, 250)
        paper = np.array([light * R.uniform(0.72, 1.02), light * R.uniform(0.92, 1.02), light], np.float32)
    elif kind == 'identity-card':
        paper = np.array([R.randint(200, 250), R.randint(205, 250), R.randint(195, 245)], np.float32)
    elif R.random() < 0.15:
        paper = np.array([R.randint(190, 255) for _ in range(3)], np.float32)
    if kind == 'arc':
        # The reader looks at the red ink, or at what it took for ink in black on white.
        if R.random() < 0.65:
            return paper, np.array([R.randint(20, 110), R.randint(20, 110), R.randint(150, 235)], np.float32)
        return np.full(3, 255, np.float32), np.zeros(3, np.float32)
    color = np.array(R.choice(PENS if is_hand else INKS), np.float32)
    if not is_arc and R.random() < 0.06:
        color = np.array([R.randint(0, 160), R.randint(0, 120), R.randint(0, 160)], np.float32)
    return paper, color + (R.uniform(0, 60) if kind in ('phone', 'hand-phone') else 0)


def as_gray(image):
    return np.repeat((image @ np.array([0.114, 0.587, 0.299], np.float32))[..., None], 3, 2)


def as_jpeg(image, quality):
    _, data = cv2.imencode('.jpg', np.clip(image, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(quality)])
    return cv2.imdecode(data, 1).astype(np.float32)


def spoil(image, kind, em):
    """What the device does to a piece."""
    height, width = image.shape[:2]
    if kind == 'digital':
        return image
    if kind in ('phone', 'hand-phone'):
        return photograph(image, em)
    if kind == 'fax':
        return send_by_fax(blur(as_gray(image), R.uniform(0, 0.035) * em), em)
    if kind in ('gray', 'gray-arc'):
        image = blur(as_gray(image), R.uniform(0, 0.04) * em)
        middle = R.uniform(120, 200)
        image = (image - middle) * R.uniform(0.8, 2) + middle + R.uniform(-15, 25)
        image = image + np.random.randn(height, width, 1).astype(np.float32) * R.uniform(0, 8)
        if kind == 'gray-arc' and R.random() < 0.5:
            return send_by_fax(image, em)
        return as_jpeg(image, R.randint(35, 95)) if R.random() < 0.7 else image
    image = blur(image, R.uniform(0, 0.03) * em) + np.random.randn(height, width, 3).astype(np.float32) * R.uniform(0, 5)
    if R.random() < 0.2:
        image = 255 - (255 - image) * R.uniform(0.6, 1.4)
    if kind == 'hand' and R.random() < 0.25:
        image = as_gray(image)
    return as_jpeg(image, R.randint(40, 95)) if R.random() < 0.6 else image


def photograph(image, em):
    height, width = image.shape[:2]
    if R.random() < 0.85:
        image = image * (1 + clouds(height, width, max(8, width // R.randint(2, 5)), R.uniform(0.02, 0.14))[..., None])
    if R.random() < 0.15:
        dark, edge = R.uniform(0.45, 0.85), np.clip((np.arange(width) - R.randint(0, width)) / (em * R.uniform(0.3, 2)) + 0.5, 0, 1)
        image = image * (dark + (1 - dark) * (edge if R.random() < 0.5 else 1 - edge))[None, :, None]
    if R.random() < 0.3:
        reach, way = max(1, int(em * R.uniform(0.03, 0.16))), R.uniform(0, 6.28)
        motion = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
        cv2.line(motion, (reach, reach), (reach + int(reach * math.cos(way)), reach + int(reach * math.sin(way))), 1, 1)
        image = cv2.filter2D(image, -1, motion / motion.sum())
    if R.random() < 0.8:
        image = blur(image, R.choice([R.uniform(0.02, 0.06), R.uniform(0.04, 0.085)]) * em)
    noise = np.random.randn(height, width, 3).astype(np.float32)
    image = image + (blur(noise, R.uniform(0.4, 1)) * 1.8 if R.random() < 0.5 else noise) * (R.uniform(0, 7) if R.random() < 0.8 else R.uniform(7, 22))
    if R.random() < 0.3:
        image = image + 1.2 * (image - blur(image, 0.05 * em + 0.5))
    image = as_jpeg(image, R.randint(30, 95))
    if R.random() < 0.12:
        image = as_gray(image)
    return (image - image.mean()) * R.uniform(1, 2) + R.uniform(150, 215) if R.random() < 0.15 else image


def send_by_fax(image, em):
    """Black or white: by a threshold or a screen, with specks, lost strokes and half the lines."""
    gray = image[..., 0]
    height, width = gray.shape
    if R.random() < 0.3:
        gray = gray + clouds(height, width, max(4, int(em * 2)), R.uniform(2, 14))
    gray = gray + np.random.randn(height, width).astype(np.float32) * R.choice([R.uniform(0, 10), R.uniform(0, 38)])
    threshold = R.uniform(105, 205)
    if R.random() < 0.12:
        screen = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) * 16
        white = gray > np.tile(screen, (height // 4 + 1, width // 4 + 1))[:height, :width] * 0.6 + threshold * 0.3
    else:
        white = gray > threshold
    page, share = white.astype(np.uint8) * 255, R.random()
    if share < 0.08:
        page = cv2.dilate(page, np.ones((2, 1), np.uint8))
    elif share < 0.2:
        page = cv2.erode(page, np.ones(R.choice([(2, 1), (1, 2), (2, 2)]), np.uint8))
    share = R.random()
    if share < 0.5:
        specks, chance = R.uniform(0, 0.02), np.random.rand(height, width)
        page[chance < specks], page[chance > 1 - specks] = 0, 255
    if share < 0.2:
        spots = cv2.dilate((np.random.rand(height, width) < R.uniform(0, 0.01)).astype(np.uint8), np.ones((2, 2), np.uint8))
        page[spots > 0] = R.choice([0, 255])
    if R.random() < 0.15:
        halved = cv2.resize(page, (width, max(6, height // 2)), interpolation=cv2.INTER_NEAREST)
        page = cv2.resize(halved, (width, height), interpolation=cv2.INTER_NEAREST)
    if R.random() < 0.06:
        row = R.randint(0, height - 1)
        page[row : row + R.randint(1, 2)] = R.choice([0, 255])
    return np.repeat(page.astype(np.float32)[..., None], 3, 2)


def is_legible(image, ink, em, least):
    """What nobody could read would teach guessing: strokes must still be where they were drawn."""
    fine, coarse = max(0.3, em * 0.008), em * 0.12
    wanted, got = (blur(one, fine) - blur(one, coarse) for one in (ink, -image.mean(2)))
    near = cv2.dilate((ink > 0.3).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if near.sum() < 8 or got[near].std() == 0 or wanted[near].std() == 0:
        return False
    return np.corrcoef(wanted[near], got[near])[0, 1] > least


def to_input(image, width):
    way = cv2.INTER_AREA if image.shape[0] > 60 else R.choice([cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC])
    return (np.clip(cv2.resize(image, (width, 48), interpolation=way), 0, 255) / 127.5 - 1).astype(np.float32)


def begin_chance(seed):
    R.seed(seed)
    np.random.seed(seed)


if __name__ == '__main__':
    begin_chance(5)
    sheet, x, y = np.full((2600, 1500, 3), 200, np.uint8), 0, 0
    for kind in KINDS:
        for _ in range(7):
            piece = ((draw_line(kind)[0] + 1) * 127.5).astype(np.uint8)
            if x + piece.shape[1] > sheet.shape[1]:
                x, y = 0, y + 52
            sheet[y : y + 48, x : x + piece.shape[1]] = piece[:, : sheet.shape[1] - x]
            x += piece.shape[1] + 6
    cv2.imwrite(sys.argv[1], sheet[: y + 52])
