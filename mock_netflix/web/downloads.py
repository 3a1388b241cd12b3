"""Where the files of the whole catalogue lie: opened by a token, unsigned, as clients follow a redirect."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from mock_netflix.resources.catalogue_files import ENDPOINTS, FILES
from mock_netflix.resources.sight import sight_of
from mock_netflix.web.dispatch import check_existence, streamed
from mock_netflix.web.exchange import Exchange
from mock_netflix.web.pages import check_reading
from mock_netflix.web.stored_files import StoredFiles
from mock_netflix.world.grants import file_token_of
from mock_netflix.world.refusals import ResourceNotFound

_ROWS = {endpoint.name.removeprefix("files."): endpoint for endpoint in ENDPOINTS}


class Downloads:
    """/catalog/files/{name}.xml."""

    def __init__(self, files: StoredFiles) -> None:
        self.files = files

    def __call__(self, exchange: Exchange, path: Mapping[str, str]) -> Response:
        """A file. Refuses ResourceNotFound for one that is not there, any more or to those who have not its token."""
        check_reading(exchange)
        name, given, state = path["name"], exchange.parameters.get, exchange.sandbox.state
        if name not in FILES:
            raise ResourceNotFound
        exchange.endpoint = row = _ROWS[name]
        check_existence(exchange, row)
        key = given("consumer_key") or ""
        if key not in state.grants.applications or given("file_token") != file_token_of(state.grants, key, name):
            raise ResourceNotFound
        edition = exchange.edition
        sight = sight_of(state.catalogue, exchange.links, edition.today, edition.told_until)
        return streamed(FILES[name].stream(sight), exchange, self.files)
