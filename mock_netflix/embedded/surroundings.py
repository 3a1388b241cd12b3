"""What child processes of a test are told of the server: how to reach it, whom to trust, and who they can be."""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import TYPE_CHECKING

from mock_netflix.authority import Authority, NoTlsError, shown_in
from mock_netflix.redirecting import Detour

if TYPE_CHECKING:
    from mock_netflix.environment.trust import Trust
    from mock_netflix.environment.variables import Ready


class Surroundings:
    """Of one mock. `authority` signs its certificates; `control_token` is what its own side wants to be shown.

    `detour` is how the hosts of the service lead to it in this process.

    The files by which a child comes to trust the mock are written when they are first wanted, and gone when it stops.
    """

    __slots__ = ("__weakref__", "_authority", "_lock", "_remove", "_trust", "control_token", "detour")

    def __init__(self, authority: Callable[[], Authority], control_token: str | None, detour: Detour) -> None:
        self.control_token = control_token
        self.detour = detour
        self._authority = authority
        self._lock = Lock()
        self._trust: Trust | None = None
        self._remove: Callable[[], object] | None = None

    def variables(self, url: str, ready: Ready) -> dict[str, str]:
        """The variables for children that are to have this mock, at its plain address. Raises MockNetflixError."""
        from mock_netflix.environment.variables import variables, without

        return variables(url, ready, self._files(), without(os.environ))

    def close(self) -> None:
        """Removes the files."""
        with self._lock:
            remove, self._remove, self._trust = self._remove, None, None
            if remove is not None:
                remove()

    def _files(self) -> Trust | None:
        """Whom to trust; None without the libraries for https."""
        from mock_netflix.environment.trust import trust_in

        with self._lock:
            if self._trust is None:
                try:
                    authority = self._authority()
                except NoTlsError:
                    return None
                folder = Path(mkdtemp(prefix="mock-netflix-"))
                # Of a mock that nobody stops, at the end of the program.
                self._remove = weakref.finalize(self, _remove, folder, os.getpid())
                self._trust = trust_in(shown_in(folder, authority))
            return self._trust


def _remove(folder: Path, process: int) -> None:
    """Removes a folder; a child that was forked leaves it alone."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
