"""The table of mistakes: the code that each must be found by, the client that makes it, a request on which it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.clients import mistakes_in_base_string as base
from tests.clients import mistakes_in_signature as sig
from tests.clients import scenes
from tests.clients.mistaken import BODY, HEADER, PLACES, QUERY, Keys, Request, Signer

Scene = Callable[[Keys, str], Request]

_IN_FRONT = (QUERY, HEADER)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row. `strict`: it is a mistake only where the port may not be left out.

    `bound`: on another scene it would be another mistake, or none. `alone`: it does not go with others.
    """

    code: str
    what: str
    mixin: type[Signer]
    scene: Scene = scenes.account
    places: tuple[str, ...] = PLACES
    strict: bool = False
    bound: bool = False
    alone: bool = False


def _secret(code: str, what: str, mixin: type[Signer], scene: Scene = scenes.account) -> Mistake:
    """A token's secret out of place: what mistake that is depends on the token that is sent."""
    return Mistake(code, what, mixin, scene, bound=True)


MISTAKES = (
    Mistake("missing-ampersand", "the consumer secret alone", sig.SecretAlone, scenes.search),
    Mistake("missing-ampersand", "the consumer secret alone, with a token", sig.SecretAlone),
    Mistake("token-secret-omitted", "no secret of the access token", sig.NoTokenSecret),
    Mistake("token-secret-omitted", "no secret of the request token", sig.NoTokenSecret, scenes.access_token),
    _secret("token-secret-extra", "an access token's secret, and no token", sig.AccessTokenSecret, scenes.search),
    _secret("token-secret-extra", "the last request token's secret", sig.RequestTokenSecret, scenes.request_token),
    _secret("request-token-secret-used", "the request token's secret still", sig.SpentTokenSecret),
    _secret(
        "request-token-secret-used", "the access token's secret already", sig.AccessTokenSecret, scenes.access_token
    ),
    Mistake("secrets-swapped", "the token's secret first", sig.Swapped),
    Mistake("secrets-swapped", "the consumer secret last, and no token", sig.Swapped, scenes.search),
    Mistake("secret-of-other-application", "another application's secret", sig.OtherApplication),
    Mistake("secret-of-other-application", "another application's, no token", sig.OtherApplication, scenes.search),
    Mistake("double-encoded", "values encoded twice", base.ValuesTwice),
    Mistake("double-encoded", "the callback encoded twice", base.ValuesTwice, scenes.request_token),
    Mistake("double-encoded", "all parameters encoded once more", base.ParametersTwice),
    Mistake("double-encoded", "the address encoded twice", base.AddressTwice),
    Mistake("not-encoded", "values not encoded", base.ValuesBare),
    Mistake("not-encoded", "the normalized parameters not encoded", base.ParametersBare),
    Mistake("not-encoded", "the address not encoded", base.AddressBare),
    Mistake("space-as-plus", "a plus for a blank", base.Plus),
    Mistake("unreserved-encoded", "the tilde encoded", base.TildeEncoded),
    Mistake("unreserved-encoded", "all marks encoded", base.AllEncoded),
    Mistake("unreserved-encoded", "marks left bare", base.MarksBare),
    Mistake("lower-case-escapes", "escapes in lower case", base.LowerCase),
    Mistake("lower-case-escapes", "escapes of values in lower case", base.LowerCaseValues),
    Mistake("not-utf-8", "ISO-8859-1", base.Latin1),
    Mistake("query-missing", "the query not signed", base.NoQuery, places=_IN_FRONT),
    Mistake("query-missing", "the query not signed, the form is", base.NoQuery, scenes.split),
    Mistake("body-missing", "the form not signed, the query is", base.NoForm, scenes.split),
    Mistake("body-missing", "of the form only the protocol signed", base.NoForm, places=(BODY,)),
    Mistake("body-included", "members of JSON signed", base.BodySigned, scenes.with_json, _IN_FRONT, bound=True),
    Mistake("body-included", "plain text signed", base.BodySigned, scenes.with_text, _IN_FRONT, bound=True),
    Mistake("body-included", "a form of no type signed", base.BodySigned, scenes.untyped, _IN_FRONT, bound=True),
    Mistake("query-left-in-url", "the query in both", base.QueryInAddress, places=_IN_FRONT),
    Mistake("query-left-in-url", "the query in both, and a form", base.QueryInAddress, scenes.split),
    Mistake("query-left-in-url", "the query in the address alone", base.QueryInAddressAlone, places=_IN_FRONT),
    Mistake("query-left-in-url", "the same, and a form", base.QueryInAddressAlone, scenes.split),
    Mistake("unsorted", "as sent", base.AsSent),
    Mistake("unsorted", "as sent, query and form", base.AsSent, scenes.split),
    Mistake("unsorted", "protocol first", base.ProtocolFirst, places=(HEADER,)),
    Mistake("unsorted", "sorted before encoding", base.SortedTooEarly),
    Mistake("wrong-method", "the verb that is tunnelled", base.Tunnelled, scenes.split),
    Mistake("wrong-method", "a verb in lower case", base.SmallVerb),
    Mistake("wrong-method", "another verb", base.OtherVerb),
    Mistake("wrong-host", "the real host", base.signed_for("api.netflix.com")),
    Mistake("wrong-host", "the later host", base.signed_for("api-public.netflix.com")),
    Mistake("wrong-host", "the later host for the real one", base.signed_for("api-public.netflix.com"), scenes.proxied),
    Mistake("wrong-host", "a number for a name", base.NumberedHost, scenes.localhost),
    Mistake("wrong-host", "a name for a number", base.NamedHost),
    Mistake("wrong-scheme", "https", base.Secure),
    Mistake("wrong-scheme", "https at the real host", base.Secure, scenes.proxied),
    Mistake("wrong-port", "the default port", base.DefaultPort, scenes.proxied, bound=True),
    Mistake("wrong-port", "the port of the connection", base.PortOfConnection, scenes.forwarded, bound=True),
    Mistake("wrong-port", "no port", base.NoPort, strict=True),
    Mistake("trailing-slash", "a slash that is not sent", base.SlashAdded),
    Mistake("trailing-slash", "no slash where one is sent", base.SlashDropped, scenes.slashed),
    Mistake("path-case", "the path in lower case", base.SmallPath),
    Mistake("realm-signed", "the realm signed", base.RealmSigned, places=(HEADER,)),
    Mistake("signature-signed", "an empty signature signed", base.SignatureSigned),
    Mistake("signature-signed", "signed twice", base.SignedTwice, alone=True),
    Mistake("parameter-not-signed", "output", base.without("output")),
    Mistake("empty-dropped", "expand", base.without("expand")),
    Mistake("parameter-not-signed", "oauth_version", base.without("oauth_version")),
    Mistake("parameter-not-signed", "oauth_token", base.without("oauth_token")),
    Mistake("parameter-not-signed", "oauth_callback", base.without("oauth_callback"), scenes.request_token),
    Mistake("parameter-not-signed", "oauth_verifier", base.without("oauth_verifier"), scenes.access_token),
    Mistake("repeated-dropped", "the last of each name", base.LastOfEach),
    Mistake("repeated-dropped", "the first of each name", base.FirstOfEach),
    Mistake("hex-signature", "the digest in hex", sig.Hex),
    Mistake("sha256", "HMAC-SHA256", sig.Sha256),
    Mistake("signature-unpadded", "base64 without padding", sig.Unpadded),
    Mistake("plaintext-as-hmac", "the key itself", sig.Plaintext),
    Mistake("plaintext-as-hmac", "the key itself, no token", sig.Plaintext, scenes.search),
    Mistake("signature-not-encoded", "a plus sent bare", sig.SignatureBare, places=(QUERY, BODY)),
    Mistake("signature-encoded-twice", "the signature encoded twice", sig.SignatureTwice),
)

# What comes near to a row, but is not what its code says: found by that code or by none, and by no other.
NEAR = (
    Mistake("missing-ampersand", "both secrets run together", sig.RunTogether),
    Mistake("hex-signature", "the hex digest in base64", sig.HexInBase64),
    Mistake("not-encoded", "the three parts joined as they are", base.Bare),
    Mistake("unreserved-encoded", "slashes left bare", base.SlashBare),
    Mistake("unsorted", "sorted by name alone", base.SortedByName),
    Mistake("host-case", "the host in capitals", base.Capitals, scenes.proxied),
    Mistake("secret-with-blank", "a line end after the secret", sig.LineEndAfterSecret),
)
