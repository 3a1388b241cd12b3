"""Two texts one above the other in a terminal, with a mark under the first letter that differs."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from mock_netflix.oauth.comparison import Difference, in_words

# What stands before each text, and how wide it is.
_LABEL = 16
_NARROWEST = 40
_WIDE = ("W", "F")


def printable(text: str) -> str:
    """What a client sent must not command the terminal."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def shown(difference: Difference, labels: tuple[str, str], columns: int) -> list[str]:
    """A difference in lines of at most so many columns: what it is, both texts, and a mark where they part.

    `labels` name the two texts. The first line may be longer; who prints it wraps it.
    """
    yours, ours, place = printable(difference.yours), printable(difference.ours), difference.place
    what = printable(" ".join(filter(None, (difference.what, in_words(difference)))))
    lines = [f"{difference.part}: {what} (RFC 5849 section {difference.section})"]
    # An ellipsis may stand on either side.
    room = max(_NARROWEST, columns) - _LABEL - 2
    begin = _begin(yours, ours, place, room)
    for label, text in zip(labels, (yours, ours), strict=True):
        if text:
            lines.append(f"  {label:<{_LABEL - 2}}{_window(text, begin, room)}")
    if yours and ours:
        lines.append(" " * (_LABEL + bool(begin) + _column(ours if place < len(ours) else yours, begin, place)) + "^")
    return lines


def width(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if combining(letter):
        return 0
    return 2 if east_asian_width(letter) in _WIDE else 1


def _begin(yours: str, ours: str, place: int, room: int) -> int:
    """Where the window begins: at the start, if everything fits or the difference is near; else shortly before it."""
    if max(len(yours), len(ours)) <= room // 2 or ((yours + ours).isascii() and max(len(yours), len(ours)) <= room):
        return 0
    return max(0, place - room // 3)


def _column(text: str, begin: int, place: int) -> int:
    """The column of a letter in the window; of one that combines with the letter before it, that letter's."""
    before = text[begin:place]
    while before and place < len(text) and not _columns(text[place]):
        place -= 1
        before = before[:-1]
    return width(before)


def _window(text: str, begin: int, room: int) -> str:
    """So much of a text as fits."""
    end, taken = begin, 0
    for letter in text[begin : begin + room + 1]:
        taken += _columns(letter)
        if taken > room:
            break
        end += 1
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
