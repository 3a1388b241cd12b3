"""The mistakes that people make in the base string, each as the step that is done otherwise.

Every step takes what the step before it gives and asks `super()` where it can, so that two mistakes make one client.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from tests.clients.mistaken import HEADER, REALM, Signer, encoded

Parameters = list[tuple[str, str]]


# Percent-encoding.


class ValuesTwice(Signer):
    def encode_value(self, text: str) -> str:
        return self.encode(super().encode_value(text))


class ParametersTwice(Signer):
    def encoded_parameters(self) -> str:
        return self.encode(super().encoded_parameters())


class AddressTwice(Signer):
    def encoded_uri(self) -> str:
        return self.encode(super().encoded_uri())


class ValuesBare(Signer):
    def encode_value(self, text: str) -> str:
        return text


class ParametersBare(Signer):
    def encoded_parameters(self) -> str:
        return self.normalized()


class AddressBare(Signer):
    def encoded_uri(self) -> str:
        return self.uri()


class Plus(Signer):
    """As forms are encoded."""

    def encode(self, text: str) -> str:
        return super().encode(text).replace("%20", "+")


class TildeEncoded(Signer):
    """As PHP did before 5.3, and Java's URLEncoder does."""

    def encode(self, text: str) -> str:
        return super().encode(text).replace("~", "%7E")


class AllEncoded(Signer):
    """Letters and digits alone are left: also in names, and in the address."""

    def encode(self, text: str) -> str:
        left = super().encode(text)
        return "".join({"-": "%2D", ".": "%2E", "_": "%5F", "~": "%7E"}.get(one, one) for one in left)


class MarksBare(Signer):
    """As encodeURIComponent of JavaScript does."""

    def encode(self, text: str) -> str:
        left = super().encode(text)
        for mark in "!*'()":
            left = left.replace(quote(mark, safe=""), mark)
        return left


class LowerCase(Signer):
    """As HttpUtility.UrlEncode of .NET does."""

    def encode(self, text: str) -> str:
        first, *rest = super().encode(text).split("%")
        return "%".join([first, *(one[:2].lower() + one[2:] for one in rest)])


class LowerCaseValues(Signer):
    """The same for the values alone; the whole is encoded right."""

    def encode_value(self, text: str) -> str:
        first, *rest = super().encode_value(text).split("%")
        return "%".join([first, *(one[:2].lower() + one[2:] for one in rest)])


class Latin1(Signer):
    def bytes_of(self, text: str) -> bytes:
        return text.encode("latin-1")


# Which parameters, and their order.


class AsSent(Signer):
    def ordered(self, parameters: Parameters) -> Parameters:
        return [(self.encode(name), self.encode_value(value)) for name, value in parameters]


class ProtocolFirst(AsSent):
    def parameters(self) -> Parameters:
        ours = [one for one in super().parameters() if one[0].startswith("oauth_")]
        return ours + [one for one in super().parameters() if one not in ours]


class SortedTooEarly(AsSent):
    def ordered(self, parameters: Parameters) -> Parameters:
        return super().ordered(sorted(parameters))


class NoQuery(Signer):
    def query_parameters(self) -> Parameters:
        return []


class NoForm(Signer):
    def form_parameters(self) -> Parameters:
        return []


class BodySigned(Signer):
    """The members of the body, as if it were a form."""

    def form_parameters(self) -> Parameters:
        return [*super().form_parameters(), ("title_ref", "movies/60010002"), ("position", "1")]


class RealmSigned(Signer):
    def protocol_parameters(self) -> Parameters:
        realm = [("realm", REALM)] if self.request.place == HEADER else []
        return [*realm, *super().protocol_parameters()]


class SignatureSigned(Signer):
    """There is a place for it already when the parameters are collected."""

    def protocol_parameters(self) -> Parameters:
        return [*super().protocol_parameters(), ("oauth_signature", self.first_signature())]

    def first_signature(self) -> str:
        return ""


class SignedTwice(SignatureSigned):
    """The signed request is signed again."""

    def first_signature(self) -> str:
        return Signer(self.request).signature()


def without(left_out: str) -> type[Signer]:
    """One parameter is added when the rest has been signed."""

    class Without(Signer):
        def parameters(self) -> Parameters:
            return [(name, value) for name, value in super().parameters() if name != left_out]

    return Without


class LastOfEach(Signer):
    """As a dictionary keeps them."""

    def parameters(self) -> Parameters:
        return list(dict(super().parameters()).items())


class FirstOfEach(Signer):
    def parameters(self) -> Parameters:
        firsts = dict(reversed(super().parameters()))
        return [(name, firsts.pop(name)) for name, _ in super().parameters() if name in firsts]


# The verb and the address.


class Tunnelled(Signer):
    def verb(self) -> str:
        return dict([*self.request.query, *self.request.form]).get("method", super().verb())


class SmallVerb(Signer):
    def verb(self) -> str:
        return super().verb().lower()


class OtherVerb(Signer):
    def verb(self) -> str:
        return {"GET": "POST", "POST": "PUT"}[super().verb()]


def signed_for(host: str) -> type[Signer]:
    """A client that has another host built in."""

    class ForHost(Signer):
        def authority(self) -> str:
            return host

    return ForHost


class NumberedHost(Signer):
    """The address of the connection rather than the name that was asked."""

    def authority(self) -> str:
        return super().authority().replace("localhost", "127.0.0.1")


class NamedHost(Signer):
    def authority(self) -> str:
        return super().authority().replace("127.0.0.1", "localhost")


class Secure(Signer):
    def scheme(self) -> str:
        return "https"


class DefaultPort(Signer):
    def authority(self) -> str:
        return f"{super().authority()}:80"


class PortOfConnection(Signer):
    def authority(self) -> str:
        return f"{super().authority()}:{urlsplit(self.request.keys.address).port}"


class NoPort(Signer):
    def authority(self) -> str:
        return super().authority().partition(":")[0]


class SlashAdded(Signer):
    def path(self) -> str:
        return f"{super().path()}/"


class SlashDropped(Signer):
    def path(self) -> str:
        return super().path().rstrip("/")


class SmallPath(Signer):
    def path(self) -> str:
        return super().path().lower()


class QueryInAddress(Signer):
    def uri(self) -> str:
        query = encoded(self.request.query)
        return f"{super().uri()}?{query}" if query else super().uri()


class QueryInAddressAlone(QueryInAddress, NoQuery):
    """The query stands in the address, and not among the parameters."""


# Nearly the same, in ways that may well have no name of their own.


class Bare(AddressBare, ParametersBare):
    """The three parts are joined as they are."""


class SlashBare(Signer):
    """As `quote` of Python does."""

    def encode(self, text: str) -> str:
        return super().encode(text).replace("%2F", "/")


class SortedByName(AsSent):
    def ordered(self, parameters: Parameters) -> Parameters:
        return sorted(super().ordered(parameters), key=lambda one: one[0])


class Capitals(Signer):
    def authority(self) -> str:
        return super().authority().upper()
