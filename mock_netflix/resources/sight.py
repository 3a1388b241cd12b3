"""From where a thing of the catalogue is seen; what is shown of it depends on nothing else, and so can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mock_netflix.calendar import FAR_AWAY
from mock_netflix.wire.links import Links
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.titles import Availability


# Compared by identity, for it is part of the key of everything that is kept.
@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A catalogue, the addresses for the host that was asked, and until when ends of availability are told."""

    catalogue: Catalogue
    links: Links
    told_until: int | None

    def until_told(self, availability: Availability) -> int | None:
        """When a format goes, as far as the service told it on that day (reference: protocol 1.3); epoch seconds."""
        until = availability.available_until
        if self.told_until is None:
            return until
        if until is not None and until <= self.told_until:
            return until
        return FAR_AWAY if availability.format == "instant" else None


@lru_cache(maxsize=64)
def sight_of(catalogue: Catalogue, links: Links, told_until: int | None) -> Sight:
    """The same sight for the same parts; bounded, for clients choose the host."""
    return Sight(catalogue, links, told_until)
