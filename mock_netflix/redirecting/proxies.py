"""No proxy of the environment for the hosts of the service: it would lead around the mock."""

from __future__ import annotations

import os

from mock_netflix.wire.hosts import HOSTS, WILDCARDS

# Who knows both takes the first.
_NAMES = ("no_proxy", "NO_PROXY")
_ALL = "*"
_REDIRECTED = ",".join((*HOSTS, *(name.removeprefix("*") for name in WILDCARDS)))


class Unproxied:
    """The hosts of the service are among those without a proxy, until `remove` brings back what was said before.

    What somebody else has changed meanwhile stays.
    """

    __slots__ = ("_before", "_told")

    def __init__(self) -> None:
        self._before = {name: os.environ.get(name) for name in _NAMES}
        said = next((value for value in self._before.values() if value is not None), "")
        self._told = said if said.strip() == _ALL else ",".join(filter(None, (said, _REDIRECTED)))
        os.environ.update(dict.fromkeys(_NAMES, self._told))

    def remove(self) -> None:
        """Restores both variables."""
        for name, value in self._before.items():
            if os.environ.get(name) == self._told:
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
