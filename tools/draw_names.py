"""Draws the names of people and places, and what people do, from Faker; the generator makes its worlds of them.

    pip install '.[generate]' && python tools/draw_names.py

They are drawn once and kept (fixtures/generator/names.json), so that a generated world does not change with the
version of Faker. A last name stands in one language only, and no person of the default world has one: so every
generated person has a name of their own. To draw anew makes every generated world another.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"

# The languages of the people, and of sixteen people so many.
LOCALES = {
    "en_US": 8,
    "fr_FR": 1,
    "de_DE": 1,
    "es_ES": 1,
    "it_IT": 1,
    "sv_SE": 1,
    "nl_NL": 1,
    "cs_CZ": 1,
    "pt_BR": 1,
}
CITIES = ("de_DE", "pl_PL", "sv_SE", "it_IT")
MOST_NAMES, MOST_CITIES, LONGEST = 700, 40, 14
# What a person is called by what they do, as far as it ends so.
ENDING = "(er|or|ist|ian|ant|yst|ect|man|nary|wife|geon)"


def provider(kind: str, locale: str) -> object:
    """What Faker knows of one kind for one language or country."""
    return import_module(f"faker.providers.{kind}.{locale}").Provider


def plain(names: object, most: int) -> list[str]:
    """The short names that are one word, each once, spread over all there are."""
    found = [name for name in dict.fromkeys(names) if re.fullmatch(r"[^\W\d_]{3,}", name) and len(name) <= LONGEST]
    step = max(1, len(found) // most)
    return found[::step][:most]


def taken() -> set[str]:
    """The last names of the default world."""
    said = " ".join(path.read_text() for path in FIXTURES.glob("*.json"))
    return set(re.findall(r"\w+", said))


def languages() -> list[dict[str, object]]:
    """First and last names, the last ones of no other language."""
    found, known = [], taken()
    for locale, share in LOCALES.items():
        names = provider("person", locale)
        last = [name for name in plain(names.last_names, MOST_NAMES) if name not in known]
        known.update(last)
        found.append({"share": share, "first": plain(names.first_names, MOST_NAMES), "last": last})
    return found


def jobs() -> list[str]:
    """What people do, in one or two words."""
    every = provider("job", "en_US").jobs
    return sorted({job.lower() for job in every if re.fullmatch(r"[A-Z][a-z ]*" + ENDING, job)})


def main() -> None:
    """Writes the file."""
    drawn = {
        "languages": languages(),
        "cities": [city for one in CITIES for city in plain(provider("address", one).cities, MOST_CITIES)],
        "jobs": jobs(),
    }
    lines = (json.dumps(drawn[name], ensure_ascii=False) for name in drawn)
    told = ",\n".join(f'"{name}": {line}' for name, line in zip(drawn, lines, strict=True))
    (FIXTURES / "generator/names.json").write_text(f"{{{told}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
