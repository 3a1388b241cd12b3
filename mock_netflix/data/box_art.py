"""Posters: drawn from a title's name, year and first genre, the same every time. No artwork of anybody's.

The genre has a hue, the name a motif. The picture that is no larger than a stamp has initials instead of the name.
"""

from __future__ import annotations

import colorsys
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import shake_256
from io import BytesIO
from typing import TYPE_CHECKING
from zlib import crc32

from mock_netflix.data.motifs import MOTIFS, Colour
from mock_netflix.wire.links import PICTURES
from mock_netflix.world.titles import Title

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_QUALITY = 90
# Drawn so much larger and then scaled down, so that letters are smooth; wide ones less, for they are large already.
_SCALE, _SCALE_OF_WIDE, _WIDE = 4, 2, 150
# The widest picture on which a name could not be read.
_STAMP = 50
# The height of the smallest letters that can be read: in pixels, and on a large picture as a part of its width.
_READABLE, _READABLE_PART = 9, 0.075
# Over the motif, where letters stand right on it.
_SHADE = (0, 0, 0, 50)
_LINES = 5
# To be raised when posters are drawn differently, for clients keep them.
_EDITION = 1

# The letters that Pillow's font has; of others those that have no decomposition into them, with what stands for them.
_DRAWABLE = re.compile(r"[^ -~‘’“”…]+")
_LIKE = str.maketrans({"—": "-", "–": "-", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ł": "l"})
_SMALL_WORDS = frozenset({"a", "an", "and", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class Poster:
    """All that a poster shows, in letters that can be drawn."""

    name: str
    year: str
    genre: str

    def tag(self, size: str) -> str:
        """What tells its picture in one size from every other, without drawing it."""
        from PIL import __version__

        return f"{crc32(repr((self, size, _EDITION, __version__)).encode()):08x}"


def poster_of(title: Title) -> Poster:
    """What stands on the poster of a title: its number, where no letter of its name can be drawn."""
    decomposed = unicodedata.normalize("NFKD", title.short.translate(_LIKE))
    spaced = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    name = " ".join(_DRAWABLE.sub(" ", spaced).split()).strip("- ")
    if not any(map(str.isalnum, name)):
        name = f"No. {title.number}"
    return Poster(name, str(title.release_year or ""), title.genres[0] if title.genres else "")


def poster(told: Poster, size: str) -> bytes:
    """A JPEG picture. Raises KeyError for a size that there is none of."""
    # Imported late: most servers are never asked for a picture.
    from PIL import Image, ImageDraw

    width, height = PICTURES[size]
    scale = _SCALE_OF_WIDE if width > _WIDE else _SCALE
    above, below, accent = _colours(told)
    canvas = (width * scale, height * scale)
    mask = Image.linear_gradient("L").resize(canvas)
    image = Image.composite(Image.new("RGB", canvas, below), Image.new("RGB", canvas, above), mask)
    draw = ImageDraw.Draw(image, "RGBA")
    MOTIFS[_chance(told.name, 0) % len(MOTIFS)](draw, canvas, accent, _chance(told.name, 1))
    if width < _STAMP:
        _draw_initials(draw, canvas, told, accent)
    else:
        _draw_name(draw, canvas, told, accent, max(_READABLE, width * _READABLE_PART) * scale)
    out = BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def initials(name: str) -> str:
    """One to four letters or digits that stand for a name: its number, or the first letters of its first words."""
    words: list[str] = re.findall(r"[A-Za-z0-9]+", name)
    telling = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    if telling[0].isdigit():
        return telling[0][:4]
    return "".join(word[0] for word in telling[:2]).upper()


def _colours(told: Poster) -> tuple[Colour, Colour, Colour]:
    """Above, below, and what stands out from both; a hue for each genre."""
    hue = shake_256(told.genre.encode()).digest(1)[0] / 255 + (_chance(told.name, 2) % 21 - 10) / 300
    return _colour(hue, 0.50, 0.60), _colour(hue + 0.04, 0.72, 0.14), _colour(hue + 0.45, 0.28, 0.98)


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return int(red * 255), int(green * 255), int(blue * 255)


def _chance(name: str, place: int) -> int:
    return shake_256(name.encode()).digest(4)[place]


def _font(size: float) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size=size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow cannot draw letters of any size: it was built without FreeType")
    return font


def _draw_initials(draw: ImageDraw, canvas: tuple[int, int], told: Poster, accent: Colour) -> None:
    width, height = canvas
    letters = initials(told.name)
    size = width * 0.85
    while draw.textlength(letters, font=_font(size)) > width * 0.82:
        size *= 0.92
    draw.rectangle((0, 0, width, height), fill=_SHADE)
    draw.rectangle((0, height * 0.93, width, height), fill=accent)
    place = width / 2, height * 0.47
    draw.text(place, letters, font=_font(size), fill="white", anchor="mm", stroke_width=size * 0.035)


def _draw_name(draw: ImageDraw, canvas: tuple[int, int], told: Poster, accent: Colour, readable: float) -> None:
    """The name in letters as large as fit, standing on the year."""
    width, height = canvas
    margin = width * 0.09
    size, lines = _laid_out(draw, told.name, width - 2 * margin, height * 0.50, readable)
    year_size = max(readable, width * 0.085)
    foot = height - margin
    if told.year:
        draw.text(
            (margin, foot), told.year, font=_font(year_size), fill=accent, anchor="ls", stroke_width=width * 0.003
        )
        foot -= year_size * 1.25
    font = _font(size)
    for line in reversed(lines):
        draw.text((margin, foot), line, font=font, fill="white", anchor="ls", stroke_width=size * 0.022)
        foot -= size * 1.12
    rule = foot + size * 0.10
    draw.rectangle((margin, rule - width * 0.022, margin + width * 0.16, rule), fill=accent)


def _laid_out(draw: ImageDraw, name: str, width: float, height: float, readable: float) -> tuple[float, list[str]]:
    """The size of the letters, and the lines; what does not fit in the smallest that can be read is left out."""
    size = width * 0.42
    while True:
        font = _font(size)

        def fits(text: str, font: FreeTypeFont = font) -> bool:
            return draw.textlength(text, font=font) <= width

        lines = _wrapped(name, fits)
        if all(map(fits, lines)) and len(lines) <= _LINES and len(lines) * size * 1.12 <= height:
            return size, lines
        if size <= readable:
            break
        size = max(readable, size * 0.92)
    room = min(len(lines), _LINES, int(height / (size * 1.12)))
    *before, last = lines[:room]
    return size, [*(_cut(line, fits) for line in before), _cut(last, fits, more=len(lines) > room)]


def _wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The words of a text in lines that fit, but for words that fit in none."""
    lines: list[str] = []
    for word in text.split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, fits: Callable[[str], bool], *, more: bool = False) -> str:
    """As much of a line as fits; it tells whether there was more."""
    if fits(line) and not more:
        return line
    while line and not fits(f"{line}…"):
        line = line[:-1]
    return f"{line.rstrip()}…"
