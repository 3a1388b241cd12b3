"""Mistakes in which parameters are signed (RFC 5849 section 3.4.1.3.1), and in their order (section 3.4.1.3.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import permutations

from mock_netflix.oauth.attempt import Order, SignedParameters, Step, plain
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes.mistake import Mistake
from mock_netflix.oauth.parameters import FORM, Parameter, Place, collect
from mock_netflix.oauth.signature import base_string, escape, sign

_Sets = Iterator[tuple[SignedParameters, str]]

# Of a request with many parameters so many are left out one by one.
_MANY = 40


def _without(signed: SignedParameters, left_out: Iterable[Parameter]) -> Iterator[SignedParameters]:
    gone = list(map(id, left_out))
    if gone:
        yield signed._replace(parameters=tuple(one for one in signed.parameters if id(one) not in gone))


def _missing(place: Place, signed: SignedParameters, _: Evidence) -> _Sets:
    everything = [one for one in signed.parameters if one.place is place]
    for left_out in (plain(signed.parameters, place), everything):
        words = f"Not signed: {_listed(left_out)}."
        if place is Place.BODY and any(one.name.lstrip()[:1] in ("{", "[") for one in left_out):
            words = (
                "The body looks like JSON; send it with Content-Type: application/json, and it is none to be signed."
            )
        for one in _without(signed, left_out):
            yield one, words
    ended = [one for one in signed.parameters if one.place is place and one.value != one.value.rstrip("\r\n")]
    if ended:
        stripped = (one._replace(value=one.value.rstrip("\r\n")) if one in ended else one for one in signed.parameters)
        yield signed._replace(parameters=tuple(stripped)), "It is the end of a line at its end, which is sent with it."


def _with_body(signed: SignedParameters, evidence: Evidence) -> _Sets:
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


def _with_realm(signed: SignedParameters, evidence: Evidence) -> _Sets:
    realm = evidence.request.parameters.realm
    if realm is not None:
        yield signed._replace(parameters=(*signed.parameters, Parameter("realm", realm, Place.HEADER))), ""


def _with_signature(signed: SignedParameters, evidence: Evidence) -> _Sets:
    try:
        first = sign("HMAC-SHA1", base_string(evidence.request), evidence.secrets)
    except ValueError:
        first = ""
    for value in dict.fromkeys(("", first, "null", "undefined", "None")):
        one = Parameter("oauth_signature", value, Place.QUERY)
        yield signed._replace(parameters=(*signed.parameters, one)), ""


def _one_missing(signed: SignedParameters, _: Evidence) -> _Sets:
    for left_out in signed.parameters[:_MANY]:
        for one in _without(signed, (left_out,)):
            yield one, f"Not signed: {left_out.name}."
    # Several that were appended to a signed address.
    appended = plain(signed.parameters, Place.QUERY, Place.BODY)[-_MANY:]
    for count in range(2, len(appended)):
        for one in _without(signed, appended[-count:]):
            yield one, f"Not signed: {_listed(appended[-count:])}."


def _one_more(signed: SignedParameters, evidence: Evidence) -> _Sets:
    names = {one.name for one in signed.parameters}
    for name, value in _OFTEN_SIGNED:
        if name not in names:
            more = Parameter(name, value, Place.QUERY)
            yield signed._replace(parameters=(*signed.parameters, more)), f"Not sent: {name}={value}."


_OFTEN_SIGNED = (
    ("oauth_version", "1.0"),
    ("oauth_token", ""),
    ("oauth_callback", "oob"),
    ("oauth_callback", ""),
    ("oauth_verifier", ""),
    ("realm", ""),
)


def _empty_missing(signed: SignedParameters, _: Evidence) -> _Sets:
    for one in _without(signed, [one for one in signed.parameters if not one.value]):
        yield one, ""


def _with_a_mark_more(signed: SignedParameters, _: Evidence) -> _Sets:
    yield signed._replace(tail="&"), ""


def _once_each(signed: SignedParameters, _: Evidence) -> _Sets:
    last = {one.name: one for one in signed.parameters}
    first = {one.name: one for one in reversed(signed.parameters)}
    if len(last) < len(signed.parameters):
        yield signed._replace(parameters=tuple(last.values())), "It was the last of them."
        firsts = tuple(one for one in signed.parameters if first[one.name] is one)
        yield signed._replace(parameters=firsts), "It was the first of them."


def _unsorted(signed: SignedParameters, _: Evidence) -> _Sets:
    for order, words in _ORDERS.items():
        yield signed._replace(order=order), words
    for groups in permutations((_is_protocol, _is_plain_query, _is_plain_body)):
        parted = [[one for one in signed.parameters if group(one)] for group in groups]
        as_sent = tuple(one for group in parted for one in group)
        yield signed._replace(order=Order.AS_GIVEN, parameters=as_sent), _ORDERS[Order.AS_GIVEN]
        by_group = tuple(one for group in parted for one in sorted(group))
        yield signed._replace(order=Order.AS_GIVEN, parameters=by_group), _BY_GROUP


_BY_GROUP = "The protocol's and the others were sorted apart; all of them are sorted together."
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
        paired=1,
    ),
    _row(
        code="unsorted",
        what="The parameters are not sorted as they should be.",
        fix="Percent-encode names and values, then sort by encoded name, and by encoded value where names are equal.",
        section="3.4.1.3.2",
        variants=_unsorted,
        paired=3,
    ),
    _row(
        code="stray-ampersand",
        what="The parameters end with an `&` that joins nothing.",
        fix="Join the parameters with `&`, and put none behind the last.",
        section="3.4.1.3.2",
        variants=_with_a_mark_more,
        paired=0,
    ),
    _row(
        code="parameter-not-signed",
        what="A parameter was sent that was not signed.",
        fix="Sign every parameter; add none after signing.",
        variants=_one_missing,
        paired=10,
    ),
    _row(
        code="parameter-not-sent",
        what="A parameter was signed that was not sent.",
        fix="Send every parameter that is signed, or do not sign it.",
        variants=_one_more,
        paired=1,
    ),
)
