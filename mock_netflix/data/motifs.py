"""What is to be seen on a poster behind the name: a few plain figures, translucent, in one colour."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Colour = tuple[int, int, int]
# Draws on a canvas of this width and height; the last argument, from 0 to 255, varies it.
Motif = Callable[["ImageDraw", tuple[int, int], Colour, int], None]


def _moon(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """A disc with a halo."""
    width, height = canvas
    x, y = width * (0.35 + chance / 255 * 0.35), height * 0.27
    for radius, opacity in ((0.42, 26), (0.33, 34), (0.24, 225)):
        _disc(draw, x, y, width * radius, (*colour, opacity))


def _hills(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """A sun above hills, one behind the other."""
    width, height = canvas
    shift = chance / 255 * 0.4
    _disc(draw, width * (0.25 + shift), height * 0.24, width * 0.13, (*colour, 230))
    for place, (x, y) in enumerate(((0.15, 0.86), (0.75, 0.98), (0.35, 1.12))):
        _disc(draw, width * (x + shift / 2), height * y, width * 0.72, (0, 0, 0, 42 + 16 * place))


def _rays(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """Beams, as from a projector."""
    width, height = canvas
    x, y, far = width * (0.1 + chance / 255 * 0.8), height * 0.52, height * 2
    for beam in range(9):
        angle = pi * (1 + (beam + 0.25) / 9)
        ends = [(x + cos(angle + turn) * far, y + sin(angle + turn) * far) for turn in (0, pi / 18)]
        draw.polygon([(x, y), *ends], fill=(*colour, 62))
    _disc(draw, x, y, width * 0.07, (*colour, 235))


def _rings(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """Circles in circles, running out of the picture."""
    width, height = canvas
    x, y = width * (0.9 if chance % 2 else 0.1), height * (0.1 + chance / 255 * 0.25)
    for ring in range(7, 0, -1):
        _disc(draw, x, y, width * 0.125 * ring, (*colour, 30))
    _disc(draw, x, y, width * 0.06, (*colour, 235))


def _bands(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """Slanting bands that grow narrower."""
    width, height = canvas
    x, slant = -width * 0.1, width * (0.25 + chance / 255 * 0.5)
    for band in range(7):
        broad = width * (0.20 - 0.023 * band)
        draw.polygon(
            [(x, height), (x + broad, height), (x + broad + slant, 0), (x + slant, 0)], fill=(*colour, 12 + 15 * band)
        )
        x += broad * 1.5


def _skyline(draw: ImageDraw, canvas: tuple[int, int], colour: Colour, chance: int) -> None:
    """A town at night, a few of its windows lit."""
    width, height = canvas
    _disc(draw, width * (0.2 + chance / 255 * 0.6), height * 0.16, width * 0.09, (*colour, 220))
    for house in range(6):
        tall = 0.18 + ((chance * (house + 3) * 37) % 100) / 100 * 0.24
        left, top = width * (house / 6 - 0.01), height * (0.68 - tall)
        draw.rectangle((left, top, left + width * 0.15, height), fill=(0, 0, 0, 96))
        for window in range(3):
            y = top + height * (0.035 + 0.06 * window)
            if (chance >> ((house + window) % 8)) & 1 and y < height * 0.45:
                draw.rectangle((left + width * 0.05, y, left + width * 0.09, y + height * 0.022), fill=(*colour, 200))


def _disc(draw: ImageDraw, x: float, y: float, radius: float, fill: tuple[int, int, int, int]) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


MOTIFS: tuple[Motif, ...] = (_moon, _hills, _rays, _rings, _bands, _skyline)
