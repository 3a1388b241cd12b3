"""Where oauthlib's ResourceEndpoint cannot follow the real service: one request of each kind, with the reason.

test_resource_endpoint.py proves each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mock_netflix.oauth.levels import Level
from tests.clients import signer
from tests.oauth.drawn import Pairs, Sent
from tests.oauth.incoming import ACCESS, APPLICATION, FEED, NOW

URL = "http://api.netflix.com/users/current"
GET = Sent("GET", URL)
POST = Sent("POST", URL)


def protocol_of(verb: str, url: str, plain: Pairs, token: tuple[str, str] = (ACCESS.token, ACCESS.secret)) -> Pairs:
    """The protocol parameters as they should be, before they are signed."""
    consumer = (APPLICATION.key, APPLICATION.secret)
    whole = signer.oauth_parameters(verb, url, plain, consumer=consumer, token=token, timestamp=str(NOW), nonce="n")
    return tuple(pair for pair in whole if pair[0] != "oauth_signature")


def signed(verb: str, url: str, protocol: Pairs, plain: Pairs = (), token_secret: str = ACCESS.secret) -> Pairs:
    """These protocol parameters, whatever they say, and their signature."""
    text = signer.base_string(verb, url, [*protocol, *plain])
    return (*protocol, ("oauth_signature", signer.hmac_sha1(text, APPLICATION.secret, token_secret)))


def with_protocol(sent: Sent, plain: Pairs = (), place: str = "query", token: bool = True, **odd: str) -> Sent:
    """A request signed with these protocol parameters among the others. `plain` is what its other parts say."""
    usual = dict(protocol_of(sent.verb, sent.address, plain, (ACCESS.token, ACCESS.secret) if token else ("", "")))
    whole = signed(sent.verb, sent.address, tuple({**usual, **odd}.items()), plain, ACCESS.secret if token else "")
    if place == "header":
        return replace(sent, header=signer.authorization(whole))
    return replace(sent, query="&".join(filter(None, (sent.query, signer.encoded(whole)))))


def with_header(sent: Sent, old: str, new: str, plain: Pairs = ()) -> Sent:
    """A request signed in its header, which is then written a little differently."""
    whole = with_protocol(sent, plain, "header")
    return replace(whole, header=whole.header.replace(old, new, 1))


def _split() -> Sent:
    """The key in the query, everything else in the header."""
    whole = signed("GET", URL, protocol_of("GET", URL, ()))
    return replace(GET, query=signer.encoded(whole[:1]), header=signer.authorization(whole[1:]))


@dataclass(frozen=True)
class Excluded:
    """A kind of request, what oauthlib's endpoint makes of it and why, and one of the kind."""

    what: str
    theirs: str
    why: str
    sent: Sent
    level: Level = Level.PROTECTED
    feeds: tuple[str, ...] = ()


EXCLUDED = (
    Excluded(
        "a timestamp that is not ten digits",
        "refuses",
        "python's time.time() was sent as it is; oauthlib counts the characters",
        with_protocol(GET, oauth_timestamp=f"{NOW}.25"),
    ),
    Excluded(
        "OAuth parameters in two places",
        "refuses",
        "clients add the key to the address and sign in the header; oauthlib wants all in one place",
        _split(),
    ),
    Excluded(
        "a version other than 1.0",
        "refuses",
        "node-oauth was told 1.0A; oauthlib holds to RFC 5849 section 3.2",
        with_protocol(GET, oauth_version="1.0A"),
    ),
    Excluded(
        "an empty element in the header",
        "crashes",
        "a Java client sent it, and RFC 7235 has it; the header parser of oauthlib wants a = in each",
        with_header(GET, "OAuth ", "OAuth ,"),
    ),
    Excluded(
        "a word in the header that is no parameter",
        "crashes",
        "as before",
        with_header(GET, "OAuth ", "OAuth netflix, "),
    ),
    Excluded(
        "credentials of another scheme beside a signature in the query",
        "crashes",
        "oauthlib reads any Authorization header as its own",
        replace(with_protocol(GET), header="Basic c2FtOnBvcGNvcm4="),
    ),
    Excluded(
        "Realm in another case",
        "refuses",
        "names of a header's parameters have no case (RFC 7235 section 2.1); oauthlib signs all but realm",
        with_header(GET, "OAuth ", 'OAuth Realm="x", '),
    ),
    Excluded(
        "a parameter named realm beside a realm",
        "refuses",
        "oauthlib leaves both out of the signature",
        with_header(replace(GET, query="realm=a"), "OAuth ", 'OAuth realm="x", ', (("realm", "a"),)),
    ),
    Excluded(
        "a query with letters that should be escaped",
        "crashes",
        "clients send [ ] | and UTF-8 as they are; oauthlib has a list of letters",
        with_protocol(replace(GET, query="a[]=é|"), (("a[]", "é|"),)),
    ),
    Excluded(
        "a form with letters that should be escaped",
        "refuses",
        "as before, but here oauthlib overlooks the whole form",
        with_protocol(replace(POST, body="a[]=é|"), (("a[]", "é|"),)),
    ),
    Excluded(
        "a percent sign that begins no escape",
        "crashes",
        "a form may hold it (WHATWG URL section 1.3); oauthlib refuses to read it",
        with_protocol(replace(GET, query="term=100%zz"), (("term", "100%zz"),)),
    ),
    Excluded(
        "a percent sign in an OAuth parameter that is not in the header",
        "refuses",
        "oauthlib decodes it twice; callbacks with a query of their own have one",
        with_protocol(GET, oauth_callback="http://localhost/?next=%2Fqueue"),
    ),
    Excluded(
        "a content type in another case",
        "refuses",
        "it has no case (RFC 7231 section 3.1.1.1); oauthlib overlooks the form",
        with_protocol(replace(POST, body="a=1", form="Application/X-WWW-Form-URLEncoded"), (("a", "1"),)),
    ),
    Excluded(
        "no token",
        "refuses",
        "the catalogue is signed by the application alone; oauthlib's endpoint protects what is somebody's",
        with_protocol(GET, token=False),
        Level.SIGNED,
    ),
    Excluded(
        "the consumer key alone",
        "refuses",
        "autocomplete and the clock ask for no signature",
        replace(GET, query=f"oauth_consumer_key={APPLICATION.key}"),
        Level.KEY,
    ),
    Excluded(
        "a feed token",
        "refuses",
        "feeds are opened unsigned; oauthlib does not know them",
        replace(GET, query=f"oauth_consumer_key={APPLICATION.key}&feed_token={FEED.token}"),
        feeds=(FEED.feed,),
    ),
)

OVERLOOKED = (
    Excluded(
        "an OAuth parameter that is repeated in the header",
        "accepts",
        "oauthlib keeps the last of them",
        with_header(GET, "OAuth ", 'OAuth oauth_nonce="x", '),
    ),
    Excluded(
        "digits of another script",
        "accepts",
        "they are digits to python's int()",
        with_protocol(GET, oauth_timestamp="١٣٠٦٨٨٦٤٠٠"),
    ),
)
