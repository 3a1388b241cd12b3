"""The mock's own side, under /_mock/: for the person in front of it and for tests.

It stands beside the service, not inside it: no key, no signature, nothing of the service's manners. Everything about
one world is there twice: for the first world right below /_mock, and for each other below /_mock/worlds/{world}.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from starlette.routing import Route, Router

from mock_netflix.authority import Authority
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.addresses import OF_WORLD, PREFIX
from mock_netflix.web.control import (
    applications,
    authorize,
    autoconfig,
    belongings,
    certificate,
    clock,
    credentials,
    dashboard,
    faults,
    openapi,
    requests,
    reset,
    settings,
    snapshots,
    subscribers,
    titles,
    tokens,
    worlds,
)
from mock_netflix.web.control.guard import Guard
from mock_netflix.web.control.mounting import Answering, Operation, nothing_here

OPERATIONS: tuple[Operation, ...] = (
    *dashboard.OPERATIONS,
    *openapi.OPERATIONS,
    *credentials.OPERATIONS,
    *certificate.OPERATIONS,
    *autoconfig.OPERATIONS,
    *worlds.OPERATIONS,
    *applications.OPERATIONS,
    *settings.OPERATIONS,
    *clock.OPERATIONS,
    *tokens.OPERATIONS,
    *authorize.OPERATIONS,
    *faults.OPERATIONS,
    *titles.OPERATIONS,
    *subscribers.OPERATIONS,
    *belongings.OPERATIONS,
    *requests.OPERATIONS,
    *snapshots.OPERATIONS,
    *reset.OPERATIONS,
)


def control(
    sandboxes: Sandboxes,
    control_token: str | None = None,
    instance: str = "",
    certificates: Callable[[], Authority] | None = None,
) -> Router:
    """The ASGI application of everything under /_mock.

    `control_token` is wanted of every request where there is one. `instance` tells this server from every other.
    `certificates` is who signs its own, where it speaks https.
    """
    guard = Guard(control_token)
    by_path: defaultdict[str, list[Operation]] = defaultdict(list)
    for one in OPERATIONS:
        by_path[PREFIX + one.path].append(one)
        if one.everywhere:
            by_path[OF_WORLD + one.path].append(one)
    # Without its slash, the first of all addresses is the same.
    by_path[PREFIX] = by_path[f"{PREFIX}/"]
    routes = [
        Route(path, Answering(operations, sandboxes, guard, instance, certificates))
        for path, operations in by_path.items()
    ]
    return Router(routes, redirect_slashes=False, default=nothing_here)
