"""Mistakes in which parameters are signed (RFC 5849 section 3.4.1.3.1), and in their order (section 3.4.1.3.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import permutations

from mock_netflix.oauth.attempt import Order, Signed, Step, plain
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes.mistake import Mistake
from mock_netflix.oauth.parameters import FORM, Parameter, Place, collect
from mock_netflix.oauth.signature import base_string, escape, sign

_Sets = Iterator[tuple[Signed, str]]

# Of a request with many parameters so many are left out one by one.
_MANY = 40


def _without(signed: Signed, left_out: Iterable[Parameter]) -> Iterator[Signed]:
    gone = list(map(id, left_out))
    if gone:
        yield signed._replace(parameters=tuple(one for one in signed.parameters if id(one) not in gone))


def _missing(place: Place, signed: Signed, _: Evidence) -> _Sets:
    everything = [one for one in signed.parameters if one.place is place]
    for left_out in (plain(signed.parameters, place), everything):
        for one in _without(signed, left_out):
            yield one, f"Not signed: {_listed(left_out)}."


def _with_body(signed: Signed, evidence: Evidence) -> _Sets:
    body = evidence.request.body
    if not body:
        return
    text = body.decode("utf-8", "replace")
    form = collect(b"", None, FORM, body).all
    for more in (form, tuple(_members(body)), (Parameter(text, "", Place.BODY),), (Parameter("", text, Place.BODY),)):
        if more:
            yield signed._replace(parameters=signed.parameters + more), ""
    yield signed._replace(tail=f"&{escape(text)}"), ""
    yield signed._replace(tail=text), ""


def _members(body: bytes) -> Iterator[Parameter]:
    """The members of a JSON object, as the parameters that some clients take them for."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return
    for name, value in read.items() if isinstance(read, dict) else ():
        yield Parameter(name, value if isinstance(value, str) else json.dumps(value), Place.BODY)


def _with_realm(signed: Signed, evidence: Evidence) -> _Sets:
    realm = evidence.request.parameters.realm
    if realm is not None:
        yield signed._replace(parameters=(*signed.parameters, Parameter("realm", realm, Place.HEADER))), ""


def _with_signature(signed: Signed, evidence: Evidence) -> _Sets:
    try:
        first = sign("HMAC-SHA1", base_string(evidence.request), evidence.secrets)
    except ValueError:
        first = ""
    for value in dict.fromkeys(("", first, "null", "undefined", "None")):
        one = Parameter("oauth_signature", value, Place.QUERY)
        yield signed._replace(parameters=(*signed.parameters, one)), ""


def _one_missing(signed: Signed, _: Evidence) -> _Sets:
    for left_out in signed.parameters[:_MANY]:
        for one in _without(signed, (left_out,)):
            yield one, f"Not signed: {left_out.name}."


def _one_more(signed: Signed, evidence: Evidence) -> _Sets:
    names = {one.name for one in signed.parameters}
    for name, value in _OFTEN_SIGNED:
        if name not in names:
            more = Parameter(name, value, Place.QUERY)
            yield signed._replace(parameters=(*signed.parameters, more)), f"Not sent: {name}={value}."


_OFTEN_SIGNED = (("oauth_version", "1.0"), ("oauth_token", ""), ("oauth_callback", "oob"), ("oauth_callback", ""))


def _empty_missing(signed: Signed, _: Evidence) -> _Sets:
    for one in _without(signed, [one for one in signed.parameters if not one.value]):
        yield one, ""


def _once_each(signed: Signed, _: Evidence) -> _Sets:
    last = {one.name: one for one in signed.parameters}
    first = {one.name: one for one in reversed(signed.parameters)}
    if len(last) < len(signed.parameters):
        yield signed._replace(parameters=tuple(last.values())), "It was the last of them."
        firsts = tuple(one for one in signed.parameters if first[one.name] is one)
        yield signed._replace(parameters=firsts), "It was the first of them."


def _unsorted(signed: Signed, _: Evidence) -> _Sets:
    for order, words in _ORDERS.items():
        yield signed._replace(order=order), words
    for groups in permutations((_is_protocol, _is_plain_query, _is_plain_body)):
        parameters = tuple(one for group in groups for one in signed.parameters if group(one))
        yield signed._replace(order=Order.AS_GIVEN, parameters=parameters), _ORDERS[Order.AS_GIVEN]


_ORDERS = {
    Order.AS_GIVEN: "They stand in the order in which they are sent.",
    Order.DECODED: "They were sorted before they were percent-encoded.",
    Order.BY_NAME: "They were sorted by name alone; parameters of one name are sorted by value.",
    Order.WITHOUT_CASE: "They were sorted without regard to capitals; capitals come first.",
    Order.AS_JOINED: "They were sorted after they were joined with `=`, which stands behind the digits.",
}


def _is_protocol(one: Parameter) -> bool:
    return one.name.startswith("oauth_")


def _is_plain_query(one: Parameter) -> bool:
    return not _is_protocol(one) and one.place is not Place.BODY


def _is_plain_body(one: Parameter) -> bool:
    return not _is_protocol(one) and one.place is Place.BODY


def _listed(parameters: Iterable[Parameter]) -> str:
    return ", ".join(dict.fromkeys(one.name[:40] for one in parameters))


_row = partial(Mistake, step=Step.PARAMETERS, section="3.4.1.3.1")

PARAMETERS = (
    _row(
        code="query-missing",
        what="The parameters of the query were not signed.",
        fix="Add every parameter of the query to the signed ones.",
        variants=partial(_missing, Place.QUERY),
    ),
    _row(
        code="body-missing",
        what="The parameters of the form body were not signed.",
        fix="Add every parameter of a form body to the signed ones.",
        variants=partial(_missing, Place.BODY),
    ),
    _row(
        code="empty-dropped",
        what="Parameters with an empty value were not signed.",
        fix="Sign them as `name=`.",
        variants=_empty_missing,
    ),
    _row(
        code="repeated-dropped",
        what="Of parameters with the same name only one was signed.",
        fix="Sign a parameter as often as it is sent; keep them in a list, not in a dictionary.",
        variants=_once_each,
    ),
    _row(
        code="body-included",
        what="A body that is not sent as a form was signed.",
        fix=f"Leave such a body out of the base string, or send it as a form with Content-Type: {FORM}.",
        variants=_with_body,
    ),
    _row(
        code="realm-signed",
        what="The parameter `realm` was signed.",
        fix="Leave `realm` out of the base string; it is no protocol parameter.",
        variants=_with_realm,
    ),
    _row(
        code="signature-signed",
        what="The parameter `oauth_signature` was signed itself.",
        fix="Leave `oauth_signature` out of the base string, and sign once.",
        variants=_with_signature,
        paired=2,
    ),
    _row(
        code="unsorted",
        what="The parameters are not sorted as they should be.",
        fix="Percent-encode names and values, then sort by encoded name, and by encoded value where names are equal.",
        section="3.4.1.3.2",
        variants=_unsorted,
    ),
    _row(
        code="parameter-not-signed",
        what="A parameter was sent that was not signed.",
        fix="Sign every parameter; add none after signing.",
        variants=_one_missing,
        paired=12,
    ),
    _row(
        code="parameter-not-sent",
        what="A parameter was signed that was not sent.",
        fix="Send every parameter that is signed, or do not sign it.",
        variants=_one_more,
        paired=0,
    ),
)
