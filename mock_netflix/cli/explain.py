"""`mock-netflix explain`: why a signature is wrong, of a pasted request or of one that a running server refused."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections.abc import Mapping
from typing import Any

import click

from mock_netflix.cli.client import Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.cli.explained import Facts, as_json, as_text, facts_of
from mock_netflix.cli.options import at_server
from mock_netflix.cli.pasting import Given, grants_for, note_of_time, request_from, wanted_at
from mock_netflix.oauth.explanation import code_of
from mock_netflix.oauth.mistakes import MISTAKES, TRANSMISSIONS, Mistake, Transmission
from mock_netflix.oauth.pasted import (
    Unreadable,
    is_base_string,
    judge,
    read_alone,
    request_in,
    signature_for,
    tidied,
)
from mock_netflix.oauth.refusals import SignatureInvalid
from mock_netflix.oauth.told import told_of
from mock_netflix.web.errors import WORDS
from mock_netflix.world.refusals import Refusal

_LAST = "last-refused"
# No server has answered more requests than this has digits.
_LONGEST_NUMBER = 18


@click.command()
@click.argument("request_", metavar="[URL|HEADER|BASE STRING|NUMBER]", required=False)
@click.option("-X", "--request", "verb", metavar="METHOD", help="The verb that is sent; GET, or POST with --data.")
@click.option("--url", help="The address, where a header is what is explained.")
@click.option(
    "-H",
    "--header",
    "headers",
    metavar="HEADER",
    multiple=True,
    help="A header of the request: Authorization, with its name or without, and Content-Type count. Repeatable.",
)
@click.option("-d", "--data", multiple=True, metavar="BODY", help="The body, as it is sent. Repeatable, as curl's.")
@click.option("--content-type", help="Of the body; a form by default.")
@click.option("--base", metavar="STRING", help="Your own base string, to be laid beside the server's.")
@click.option("--signature", default="", help="The signature, where a base string is what is explained.")
@click.option("--consumer-secret", envvar="MOCK_NETFLIX_CONSUMER_SECRET", help="Of a key the mock does not know.")
@click.option("--token-secret", envvar="MOCK_NETFLIX_TOKEN_SECRET", help="Of a token the mock does not know.")
@at_server
@click.option("--mistakes", is_flag=True, help="List every mistake that can be found, as a table of Markdown.")
@click.option("--json", "for_programs", is_flag=True, envvar="MOCK_NETFLIX_JSON", help="Print one line of JSON.")
def explain(
    request_: str | None, server: Control, base: str | None, mistakes: bool, for_programs: bool, **others: Any
) -> None:
    """Say why a signature is wrong.

    Of a URL, an Authorization header (with --url) or a base string, without a server; of the NUMBER of a request, or of
    the last one that was refused, at the running server. The exit status is 0 whether it holds or not, and 2 where
    there is nothing to explain.
    """
    if mistakes:
        click.echo(every_mistake())
        return
    given, what = Given(**others), tidied(request_ or "")
    yours = tidied(base) if base is not None else None
    try:
        if request_ is not None and not what:
            raise Unreadable("there is nothing to explain in what was given; leave it out for the last refused request")
        if is_base_string(what):
            facts, yours = _alone(what, given, server), what if yours is None else yours
        elif (what and not what.isdecimal()) or given.url or given.headers or given.data:
            facts = _judged(request_ or "", given, server)
        else:
            facts = _asked(server, what or _LAST)
    except (Unreadable, Unreachable) as error:
        raise click.ClickException(str(error)) from None
    if for_programs:
        click.echo(json.dumps(as_json(facts, yours)))
    else:
        _echo(as_text(facts, yours, shutil.get_terminal_size().columns))


def every_mistake() -> str:
    """The tables of docs/mistakes.md: each code once; first those of signatures, then those of all other refusals."""
    every: list[Mistake | Transmission] = [*MISTAKES, *TRANSMISSIONS]
    rows = {row.code: row for row in reversed(every)}
    mistakes = [f"| `{row.code}` | {row.what} | {row.fix} | {row.section} |" for row in reversed(rows.values())]
    others = [
        f"| `{code_of(kind)}` | {words.status} {words.message} | {_meaning(kind)} |"
        for kind, words in WORDS.items()
        if kind is not SignatureInvalid
    ]
    return "\n".join(
        (
            *("| code | mistake | what to do | RFC 5849 |", "| --- | --- | --- | --- |", *mistakes, ""),
            *("| code | on the wire | what it stands for |", "| --- | --- | --- |", *sorted(others)),
        )
    )


def _meaning(kind: type[Refusal]) -> str:
    """What a refusal says of itself, without the place in the record."""
    return re.sub(r" \(reference: .*\)", "", (kind.__doc__ or "").strip().partition("\n")[0])


def _echo(text: str) -> None:
    """Prints what a terminal of any charset can."""
    charset = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(charset, "replace").decode(charset))


def _judged(pasted: str, given: Given, server: Control) -> Facts:
    """What is known of a request that was pasted. Raises Unreadable."""
    request, now = request_from(pasted, given), int(time.time())
    grants, notes = grants_for(request, given, server)
    level, feeds = wanted_at(request.uri)
    judged = judge(request, grants, level=level, feeds=feeds, now=now)
    if judged.signed_at is not None and request.parameters.get("oauth_signature"):
        notes += note_of_time(judged.signed_at, now)
    return facts_of(judged, notes)


def _alone(text: str, given: Given, server: Control) -> Facts:
    """What is known of a base string by itself, and of a signature that was made of it. Raises Unreadable."""
    alone, request = read_alone(text), request_in(text, given.signature.strip())
    grants, notes = grants_for(request, given, server)
    signature = None if given.signature else signature_for(alone.right, request, grants)
    explanation = None
    holds = "Nothing is wrong with this base string by itself."
    if given.signature:
        judged = judge(request, grants, now=int(time.time()))
        explanation = told_of(judged.explanation) if judged.explanation is not None else None
        holds = "The signature is right: it is that of this base string, with the secrets known here."
    return Facts(
        f"A base string: {alone.method} {alone.uri}",
        explanation,
        alone.right,
        holds,
        (*alone.notes, *notes),
        alone,
        signature,
    )


def _asked(server: Control, number: str) -> Facts:
    """What the running server knows of a request. Raises Unreachable."""
    if number != _LAST and not (number.isascii() and len(number) <= _LONGEST_NUMBER):
        raise Unreadable("no request has such a number; a number is one of those in the terminal of the server")
    try:
        answer = server.ask(f"/requests/{number}")
    except Unreachable as error:
        raise Unreachable(f"{error}; start one with: mock-netflix serve, or paste the signed URL") from None
    try:
        told = json.loads(answer.text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, Mapping):
        told = {}
    if answer.status == 404 and "detail" in told:
        raise click.ClickException("the server has refused nothing yet" if number == _LAST else str(told["detail"]))
    if not {"explanation", "number", "method", "target", "status"} <= told.keys():
        raise click.ClickException(f"{server.base_url} is not a mock-netflix; start one with: mock-netflix serve")
    status = " ".join(filter(None, (str(told["status"]), told.get("refused"))))
    name = f"Request {told['number']}, {status}: {told['method']} {_without_protocol(told['target'])}"
    holds = "Nothing is wrong with it: it was accepted."
    return Facts(name, told["explanation"], holds=holds, notes=tuple(told.get("hints") or ()))


def _without_protocol(target: str) -> str:
    """A request target without the parameters of OAuth, which are told below."""
    path, _, query = target.partition("?")
    told = "&".join(pair for pair in query.split("&") if not pair.startswith("oauth_"))
    return f"{path}?{told}" if told else path
