"""Posters: drawn from a title's name, year and first genre, the same every time. No artwork of anybody's."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from hashlib import shake_256
from io import BytesIO

from mock_netflix.world.titles import Title

# Width and height in pixels. The record names the sizes but not their measures (reference: resources 2.1).
SIZES = {"tiny": (38, 53), "small": (65, 90), "large": (110, 150)}

# Drawn this much larger and then scaled down, so that the letters of a tiny picture are smooth.
_SCALE = 4
_QUALITY = 88


def poster(title: Title, size: str) -> bytes:
    """A JPEG picture. Raises KeyError for a size that there is none of."""
    # Imported late: most servers are never asked for a picture.
    from PIL import Image, ImageDraw, ImageFont

    width, height = (side * _SCALE for side in SIZES[size])
    image = Image.new("RGB", (width, height), _colour(title, 0.42, 0.30))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.72, width, height), fill=_colour(title, 0.48, 0.20))
    draw.rectangle((0, height * 0.70, width, height * 0.72), fill=_colour(title, 0.75, 0.75))
    margin = width * 0.08
    font = ImageFont.load_default(size=width * 0.13)
    lines = _wrapped(title.short, lambda text: draw.textlength(text, font=font) <= width - 2 * margin)
    draw.multiline_text((margin, margin), "\n".join(lines[:5]), font=font, fill="white", spacing=width * 0.02)
    year = ImageFont.load_default(size=width * 0.12)
    draw.text((margin, height * 0.78), str(title.release_year or ""), font=year, fill="white")
    out = BytesIO()
    image.resize(SIZES[size], Image.Resampling.LANCZOS).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _colour(title: Title, saturation: float, value: float) -> tuple[int, int, int]:
    """A hue for each genre."""
    genre = title.genres[0] if title.genres else ""
    hue = shake_256(genre.encode()).digest(1)[0] / 255
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return int(red * 255), int(green * 255), int(blue * 255)


def _wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The words of a text in lines that fit."""
    lines: list[str] = []
    for word in text.split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
