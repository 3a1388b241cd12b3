"""`mock-netflix explain`: why a signature is wrong, of a pasted request or of one that a running server refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from mock_netflix.cli.client import Unreachable, send
from mock_netflix.cli.explained import Facts, as_json, as_text, facts_of
from mock_netflix.cli.options import BaseUrl, here
from mock_netflix.oauth.mistakes import MISTAKES, TRANSMISSIONS, Mistake, Transmission
from mock_netflix.oauth.pasted import Unreadable, is_base_string, judge, request_in, request_of, with_secrets

_LAST = "last-refused"


@click.command()
@click.argument("request_", metavar="[URL|HEADER|BASE STRING|NUMBER]", required=False)
@click.option("-X", "--request", "verb", metavar="METHOD", help="The verb that is sent; GET, or POST with --data.")
@click.option("--url", help="The address, where a header is what is explained.")
@click.option("-H", "--header", metavar="HEADER", help="The Authorization header, where an address is explained.")
@click.option("-d", "--data", default="", metavar="BODY", help="The body, as it is sent.")
@click.option("--content-type", help="Of the body; a form by default.")
@click.option("--base", metavar="STRING", help="Your own base string, to be laid beside the server's.")
@click.option("--signature", default="", help="The signature, where a base string is what is explained.")
@click.option("--consumer-secret", envvar="MOCK_NETFLIX_CONSUMER_SECRET", help="Of a key the mock does not know.")
@click.option("--token-secret", envvar="MOCK_NETFLIX_TOKEN_SECRET", help="Of a token the mock does not know.")
@click.option(
    "--base-url",
    type=BaseUrl(),
    default=here,
    envvar="MOCK_NETFLIX_BASE_URL",
    help="The running server; by default on this machine at MOCK_NETFLIX_PORT, or 2008.",
)
@click.option("--mistakes", is_flag=True, help="List every mistake that can be found, as a table of Markdown.")
@click.option("--json", "for_programs", is_flag=True, envvar="MOCK_NETFLIX_JSON", help="Print one line of JSON.")
def explain(base_url: str, base: str | None, mistakes: bool, for_programs: bool, **given: Any) -> None:
    """Say why a signature is wrong.

    Of a URL, an Authorization header (with --url) or a base string, without a server; of the NUMBER of a request, or of
    the last one that was refused, at the running server.
    """
    if mistakes:
        click.echo(every_mistake())
        return
    pasted = (given["request_"] or "").strip().strip("'\"")
    try:
        if pasted.isdecimal() or not (pasted or given["url"]):
            facts = _asked(base_url, pasted or _LAST)
        else:
            facts = _judged(pasted, **given)
    except (Unreadable, Unreachable) as error:
        raise click.ClickException(str(error)) from None
    yours = base if base is not None else (pasted if is_base_string(pasted) else None)
    click.echo(json.dumps(as_json(facts, yours)) if for_programs else as_text(facts, yours))


def every_mistake() -> str:
    """The table of docs/mistakes.md: each code once."""
    every: list[Mistake | Transmission] = [*MISTAKES, *TRANSMISSIONS]
    rows = {row.code: row for row in reversed(every)}
    table = [f"| `{row.code}` | {row.what} | {row.fix} | {row.section} |" for row in reversed(rows.values())]
    return "\n".join(("| code | mistake | what to do | RFC 5849 |", "| --- | --- | --- | --- |", *table))


def _judged(pasted: str, **given: Any) -> Facts:
    """What is known of a request that was pasted. Raises Unreadable."""
    from mock_netflix.data.load import load

    verb = given["verb"] or ("POST" if given["data"] else "GET")
    if is_base_string(pasted):
        request = request_in(pasted, given["signature"])
    elif pasted.lower().startswith(("oauth ", "authorization:")):
        if not given["url"]:
            raise Unreadable("give the address too, with --url: the signature covers it")
        request = request_of(given["url"], verb, pasted, given["data"], given["content_type"])
    else:
        request = request_of(pasted or given["url"], verb, given["header"], given["data"], given["content_type"])
    grants = with_secrets(load().grants, request, given["consumer_secret"], given["token_secret"])
    return facts_of(judge(request, grants))


def _asked(base_url: str, number: str) -> Facts:
    """What the running server knows of a request. Raises Unreachable."""
    answer = send(f"{base_url}/_mock/requests/{number}")
    try:
        told = json.loads(answer.text)
    except ValueError:
        told = None
    if answer.status == 404 and isinstance(told, Mapping):
        nothing = "The server has refused nothing yet." if number == _LAST else told.get("title", "")
        raise click.ClickException(nothing)
    if not isinstance(told, Mapping) or "explanation" not in told:
        raise click.ClickException(f"{base_url} is not a mock-netflix")
    return Facts(told["explanation"], f"Request {told['number']}: {told['method']} {told['target']} → {told['status']}")
