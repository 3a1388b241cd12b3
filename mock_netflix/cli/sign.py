"""`mock-netflix sign`: a signed URL, header or body for any request, and a curl line that sends it."""

from __future__ import annotations

import json
import re
import secrets
import shlex
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

import click

from mock_netflix.cli.control import Control
from mock_netflix.cli.identity import Identity, identity
from mock_netflix.cli.options import Given, at_server, credentials
from mock_netflix.oauth.parameters import Place
from mock_netflix.oauth.signature import HMAC_SHA1, PLAINTEXT
from mock_netflix.oauth.signing import (
    Signed,
    SigningError,
    form_encoded,
    signed_request,
    tidy,
)

# What a client says once, so that a URL signed before still tells it.
_KEPT = ("oauth_callback", "oauth_verifier")
_WITHOUT_BODY = ("GET", "HEAD")
_DOT_SEGMENT = re.compile(r"/(\.|%2e){1,2}(/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be signed, and how. `url` has no protocol parameters; `anew`: it had some."""

    verb: str
    url: str
    form: str
    extra: Mapping[str, str]
    nonce: str
    timestamp: str
    method: str
    realm: str | None
    anew: bool


@click.command(short_help="Print a signed URL, header and curl line for any request.")
@click.argument("method")
@click.argument("url")
@click.option(
    "--place",
    type=click.Choice([place.name.lower() for place in Place]),
    envvar="MOCK_NETFLIX_PLACE",
    help="Print just the signed URL, just the header, or just the form body with everything in it.",
)
@click.option("-d", "--data", "form", multiple=True, metavar="NAME=VALUE", help="A parameter of the form body, plain.")
@credentials
@click.option("--callback", envvar="MOCK_NETFLIX_CALLBACK", help="oauth_callback, for a request token.")
@click.option("--verifier", envvar="MOCK_NETFLIX_VERIFIER", help="oauth_verifier, for an access token.")
@click.option("--nonce", envvar="MOCK_NETFLIX_NONCE", help="By default a new one.")
@click.option("--timestamp", envvar="MOCK_NETFLIX_TIMESTAMP", help="Seconds since 1970; by default now.")
@click.option("--realm", envvar="MOCK_NETFLIX_REALM", help="The realm of the header.")
@click.option(
    "--signature-method",
    type=click.Choice([HMAC_SHA1, PLAINTEXT]),
    default=HMAC_SHA1,
    envvar="MOCK_NETFLIX_SIGNATURE_METHOD",
    show_default=True,
    help="How to sign.",
)
@click.option("--base-string", is_flag=True, envvar="MOCK_NETFLIX_BASE_STRING", help="Show what was signed as well.")
@click.option("--curl", "only_curl", is_flag=True, envvar="MOCK_NETFLIX_CURL", help="Print just the curl line.")
@click.option(
    "--json",
    "for_programs",
    is_flag=True,
    envvar="MOCK_NETFLIX_JSON",
    help="Print one line of JSON, with everything in it.",
)
@at_server
def sign(
    method: str,
    url: str,
    place: str | None,
    form: tuple[str, ...],
    given: Given,
    base_string: bool,
    only_curl: bool,
    for_programs: bool,
    server: Control,
    **protocol: str | None,
) -> None:
    """Sign a request with METHOD for URL, and print it as a URL, as a header and as a curl line.

    URL is an address, or a path such as /catalog/titles?term=x at the running server. Without keys, those of the
    running server are used, or when there is none, those of the default world; standard error says which.

    A URL that is signed already is signed anew: its oauth_… parameters are replaced.
    """
    chosen = Place[place.upper()] if place else None
    try:
        wanted = _wanted(method.upper(), absolute(url, server.base_url), form, protocol)
        if chosen is Place.BODY and wanted.verb in _WITHOUT_BODY:
            raise SigningError(f"a {wanted.verb} has no body; sign a POST, or choose --place query or header")
        who = identity(given, server, wanted.url)
        requests = {each: _signed(wanted, who, each) for each in Place}
    except SigningError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Signed with {who.origin}.{' The signature in the URL is replaced.' if wanted.anew else ''}", err=True)
    shown = requests[chosen or Place.QUERY]
    if for_programs:
        header = requests[chosen or Place.HEADER].headers
        click.echo(json.dumps(_as_json(shown, wanted, header)))
        return
    if only_curl:
        click.echo(curl_line(shown))
    elif chosen:
        click.echo(_bare(shown, chosen))
    else:
        click.echo(_every_form(requests))
    if base_string:
        click.echo(f"\n{_explained(shown)}")


def curl_line(signed: Signed) -> str:
    """A line for the shell that sends a request."""
    words = ["curl"]
    if signed.verb == "HEAD":
        words.append("--head")
    elif signed.verb != ("POST" if signed.body else "GET"):
        words += ["-X", signed.verb]
    for name, value in signed.headers.items():
        words += ["-H", f"{name}: {value}"]
    if signed.body:
        words += ["-d", signed.body]
    if _DOT_SEGMENT.search(signed.url.partition("?")[0]):
        # curl would resolve them, and ask for another path than was signed.
        words.append("--path-as-is")
    return shlex.join([*words, signed.url])


def absolute(url: str, base_url: str) -> str:
    if url.startswith("/"):
        return f"{base_url}{url}"
    if "://" not in url:
        raise SigningError(
            f"{url} is neither an address nor a path; a path begins with /, as /catalog/titles?term=x does"
        )
    return url


def _wanted(verb: str, url: str, form: Iterable[str], protocol: Mapping[str, str | None]) -> Wanted:
    """Raises SigningError."""
    pairs = [pair.partition("=") for pair in form]
    if pairs and verb in _WITHOUT_BODY:
        raise SigningError(f"a {verb} has no body; write the parameters into the URL instead of --data")
    for name, equals, _ in pairs:
        if not equals:
            raise SigningError(f"--data {name} has no value; write NAME=VALUE, as in title_ref=…")
    written = tidy(url)
    url, carried = _without_protocol(written)
    given = {"oauth_callback": protocol["callback"], "oauth_verifier": protocol["verifier"]}
    nonce, timestamp = protocol["nonce"], protocol["timestamp"]
    return Wanted(
        verb=verb,
        url=url,
        form=form_encoded((name, value) for name, _, value in pairs),
        extra=carried | {name: value for name, value in given.items() if value is not None},
        nonce=secrets.token_hex(8) if nonce is None else nonce,
        timestamp=str(int(time.time())) if timestamp is None else timestamp,
        method=protocol["signature_method"] or HMAC_SHA1,
        realm=protocol["realm"],
        anew=url != written,
    )


def _without_protocol(url: str) -> tuple[str, dict[str, str]]:
    """A URL without the `oauth_…` parameters of a signature before, and those of them that stay."""
    address, _, query = url.partition("?")
    pairs = query.split("&") if query else []
    plain = "&".join(pair for pair in pairs if not pair.startswith("oauth_"))
    carried = {name: unquote_plus(value) for name, _, value in (pair.partition("=") for pair in pairs) if name in _KEPT}
    return f"{address}?{plain}" if plain else address, carried


def _signed(wanted: Wanted, who: Identity, place: Place) -> Signed:
    """Raises SigningError."""
    return signed_request(
        wanted.verb,
        wanted.url,
        consumer=who.consumer,
        token=who.token,
        nonce=wanted.nonce,
        timestamp=wanted.timestamp,
        place=place,
        form=wanted.form,
        extra=wanted.extra,
        method=wanted.method,
        realm=wanted.realm,
    )


def _bare(signed: Signed, place: Place) -> str:
    if place is Place.HEADER:
        return f"Authorization: {signed.headers['Authorization']}"
    return signed.url if place is Place.QUERY else signed.body


def _every_form(requests: Mapping[Place, Signed]) -> str:
    """For a person: a signed URL, the same as a header, and a line to paste."""
    by_query, by_header = requests[Place.QUERY], requests[Place.HEADER]
    body = f"\n\nwith this form body either way:\n  {by_query.body}" if by_query.body else ""
    return (
        f"{by_query.verb} this URL:\n  {by_query.url}\n\n"
        f"or {by_query.verb} {by_header.url} with this header:\n  {_bare(by_header, Place.HEADER)}{body}\n\n"
        f"or paste this line:\n  {curl_line(by_query)}"
    )


def _explained(signed: Signed) -> str:
    """The base string, and its parts decoded one level."""
    if signed.base_string is None:
        return f"Base string: none; {PLAINTEXT} signs nothing, and shows the secrets."
    parts = "\n".join(f"  {unquote(part)}" for part in signed.base_string.split("&"))
    return f"Base string:\n  {signed.base_string}\n\nIts three parts, decoded once:\n{parts}"


def _as_json(shown: Signed, wanted: Wanted, headers: Mapping[str, str]) -> dict[str, object]:
    return {
        "method": shown.verb,
        "unsigned_url": wanted.url,
        "url": shown.url,
        "authorization": headers.get("Authorization"),
        "body": shown.body or None,
        "curl": curl_line(shown),
        "base_string": shown.base_string,
        "signature": shown.signature,
        "oauth_parameters": dict(shown.protocol),
    }
