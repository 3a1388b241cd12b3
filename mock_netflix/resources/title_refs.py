"""Titles as requests name them: `title_ref` for one, `title_refs` for a list (reference: resources 3.8, 9.9, 9.12).

    http://api-public.netflix.com/catalog/titles/series/70020001/seasons/70021001    by type and number
    movies/70010001, /catalog/titles/programs/70020001/70023001/                     the same
    …/queues/disc/available/3/70010001, …/ratings/title/70010001, 70010001           by number alone

Host, scheme and everything between type and number are passed over: stored addresses outlive their hosts.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from mock_netflix.oauth.parameters import Parameters
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.refusals import ParameterInvalid
from mock_netflix.world.titles import Title, TitleType

MAX_TITLE_REFS = 500

_KINDS = {kind.value: kind for kind in TitleType}
# Addresses whose last number is no title's.
_NO_TITLE = "people"
# More digits than any title has; int() would refuse some thousands of them.
_LONGEST_NUMBER = 18


def asked_titles(parameters: Parameters, catalogue: Catalogue) -> tuple[Title, ...] | None:
    """The known titles of `title_refs`, also where it is repeated, each once; None where it is absent or empty.

    Refuses ParameterInvalid.
    """
    refs = refs_in(",".join(one.value for one in parameters if one.name == "title_refs"))
    if not refs:
        return None
    return tuple({title.key: title for title in _known(refs, catalogue)}.values())


def titles_in(text: str, catalogue: Catalogue) -> tuple[Title, ...]:
    """The known titles of a comma list, as they were asked for; unknown ones are dropped. Refuses ParameterInvalid."""
    return tuple(_known(refs_in(text), catalogue))


def refs_in(text: str) -> tuple[str, ...]:
    """What a comma list names, known or not. Refuses ParameterInvalid where that is more than 500."""
    # Some clients encode the commas once too often.
    refs = tuple(ref for ref in unquote(text).split(",") if ref.strip())
    if len(refs) > MAX_TITLE_REFS:
        raise ParameterInvalid("title_refs")
    return refs


def title_in(text: str, catalogue: Catalogue) -> Title | None:
    """The title that an address or a number names; None where there is none."""
    parts = [part for part in unquote(text).strip().partition("?")[0].split("/") if part]
    number = parts.pop() if parts else ""
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER) or _NO_TITLE in parts:
        return None
    kind = next((_KINDS[part] for part in reversed(parts) if part in _KINDS), None)
    if kind is not None:
        return catalogue.titles.get((kind, int(number)))
    return next(iter(titles_numbered(int(number), catalogue)), None)


def titles_numbered(number: int, catalogue: Catalogue) -> tuple[Title, ...]:
    """All titles with this number: a series and its only season may share one (reference: resources 2.4)."""
    keys = ((kind, number) for kind in TitleType)
    return tuple(catalogue.titles[key] for key in keys if key in catalogue.titles)


def _known(refs: tuple[str, ...], catalogue: Catalogue) -> Iterator[Title]:
    for ref in refs:
        title = title_in(ref, catalogue)
        if title is not None:
            yield title
