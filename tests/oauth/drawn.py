"""Signed requests by chance: any method, address, parameters and secrets, with the signature in any place.

They are signed by the independent signer, and can be changed afterwards, part by part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from mock_netflix.oauth.parameters import FORM
from mock_netflix.world.grants import Grants
from tests.clients import signer
from tests.oauth.incoming import ACCESS, APPLICATION, NOW, OTHER, granted

Pairs = tuple[tuple[str, str], ...]

VERBS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH")
AUTHORITIES = ("api.netflix.com", "127.0.0.1:8080", "localhost", "[::1]:99", "a-b.example:65535")

# Letters that signers got wrong, and everything else that UTF-8 can write.
letters = st.sampled_from(" +~*%&=;'\"!()/?#@,\\éŁ☃𝄞\x00\n") | st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=8) | st.sampled_from(["a b", "a+b", "100% ~*'()!", "a=b&c", "%2B", "é ☃"])
names = texts.filter(lambda name: not name.startswith("oauth_") and name.lower() != "realm")
# Repeated names and equal pairs come out of the small pool.
pairs = st.lists(st.tuples(names | st.sampled_from("ab"), texts | st.sampled_from(["", "b"])), max_size=4).map(tuple)
secrets = st.text(letters, max_size=12)
# What a path may hold unescaped, and escapes of the rest. A ";" at its very end is not covered by oauthlib.
paths = st.lists(st.text(letters, max_size=8), max_size=4).map(
    lambda parts: "/" + "/".join(quote(part, safe=":@!$&'()*+,=~") for part in parts)
)


def escaped(text: str) -> str:
    """Every byte as an escape, in small letters."""
    return "".join(f"%{byte:02x}" for byte in text.encode())


# Three spellings of the same form.
encoders = st.sampled_from([signer.encode, quote_plus, escaped])


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it goes out. `query` and `body` are as written; a request without a body has no content type."""

    verb: str
    address: str
    query: str = ""
    header: str | None = None
    body: str = ""
    form: str = FORM


@dataclass(frozen=True, slots=True)
class Draft:
    """A signed request whose parts can still be changed, and the secrets that it was signed with."""

    verb: str
    scheme: str
    authority: str
    path: str
    query: Pairs
    header: Pairs
    body: Pairs
    consumer_secret: str
    token_secret: str
    encode: Callable[[str], str] = signer.encode
    realm: str | None = None

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    def grants(self, **token: Any) -> Grants:
        """A world in which the secrets are those of this draft. `token`: what else is to be told of the token."""
        access = replace(ACCESS, secret=self.token_secret, **token)
        return granted((replace(APPLICATION, secret=self.consumer_secret), OTHER), (access,))

    def sent(self) -> Sent:
        header = signer.authorization(self.header, self.realm) if self.header else None
        return Sent(self.verb, self.address, self._form(self.query), header, self._form(self.body))

    def _form(self, pairs: Pairs) -> str:
        return "&".join(f"{self.encode(name)}={self.encode(value)}" for name, value in pairs)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    verb, path, query, body = draw(st.sampled_from(VERBS)), draw(paths), draw(pairs), draw(pairs)
    scheme, authority = draw(st.sampled_from(["http", "https"])), draw(st.sampled_from(AUTHORITIES))
    place = draw(st.sampled_from(["query", "header", "body"]))
    consumer_secret, token_secret = draw(secrets), draw(secrets)
    # oauthlib decodes these twice where they do not stand in the header (test_resource_endpoint.py).
    values = texts if place == "header" else texts.filter(lambda value: "%" not in value)
    more = draw(st.dictionaries(st.sampled_from(["oauth_callback", "oauth_verifier", "oauth_x"]), values))
    extra = (*more.items(), *draw(st.sampled_from([(), (("oauth_version", "1.0"),)])))
    protocol = signer.oauth_parameters(
        verb,
        f"{scheme}://{authority}{path}",
        [*query, *body, *extra],
        consumer=(APPLICATION.key, consumer_secret),
        token=(ACCESS.token, token_secret),
        timestamp=str(NOW + draw(st.sampled_from([-500, 0, 500]))),
        nonce=draw(values.filter(bool)),
    )
    standing = {"query": query, "header": (), "body": body}
    standing[place] = (*standing[place], *extra, *protocol)
    return Draft(
        verb,
        scheme,
        authority,
        path,
        **standing,
        consumer_secret=consumer_secret,
        token_secret=token_secret,
        encode=draw(encoders),
        realm=draw(st.none() | st.sampled_from(["", "Photos, and more"])),
    )


# A place, and what becomes of one of the parameters that stand there.
Place = tuple[str, int]


def places(draft: Draft) -> list[Place]:
    """Where each parameter stands."""
    return [(name, number) for name in ("query", "header", "body") for number in range(len(getattr(draft, name)))]


def with_pairs(draft: Draft, place: Place, change: Callable[[str, str], Pairs]) -> Draft:
    """The draft with other pairs in the place of one."""
    name, number = place
    standing: Pairs = getattr(draft, name)
    pair = standing[number]
    return replace(draft, **{name: (*standing[:number], *change(*pair), *standing[number + 1 :])})
