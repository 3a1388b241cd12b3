"""One request and its answer. What came and went over the wire is kept as it was, and read when somebody asks."""

from __future__ import annotations

import re
from typing import NamedTuple

from mock_netflix.oauth.parameters import Parameters, Place, collect
from mock_netflix.oauth.refusals import SignatureInvalid
from mock_netflix.world.refusals import Refusal

# Bytes: of one body so many are kept, and of one address.
KEPT = 65_536
# An entry takes so many bytes beside what it holds.
_EACH = 3000
# So many characters of an address are shown.
_SHOWN = 160

_PASSWORD = re.compile(r"(?<=[?&]password=)[^&]+")

RawHeaders = tuple[tuple[bytes, bytes], ...] | list[tuple[bytes, bytes]]
Headers = tuple[tuple[str, str], ...]
# Of a body, as much of it as is kept; None where nothing is.
Pieces = tuple[bytes, ...] | None


class Entry(NamedTuple):
    """One request and its answer.

    `at` is when it came by the clock of the world, `now` in the life of the service, both in epoch seconds; it took
    `seconds`, of which `first_byte` to the head of the answer. `verb` was sent, `method` is the one that was meant:
    another one where `method=` says so. `path` is decoded, `target` as it came. `user_id` and `subscriber`, a login,
    are of the caller, where the request was admitted. `refusal` is why it was refused, and `message` in the words of
    the service. `fault` names what a test let go wrong; `broke_off`: the answer has no end. `status` is 0 where none
    was begun.

    Of the bodies at most 64 kB are kept, and none of pictures and catalogue files (None); the sizes are those of the
    whole ones. `raw_headers` and `raw_answer_headers` are as they went over the wire. `answer_pieces` are the body of
    the answer; answers that have something in common share the pieces of it.
    """

    number: int
    at: int
    verb: str
    target: str
    status: int
    seconds: float
    endpoint: str | None = None
    subscriber: str | None = None
    refusal: Refusal | None = None
    message: str | None = None
    hints: tuple[str, ...] = ()
    warning: str | None = None
    fault: str | None = None
    world: str = ""
    now: int = 0
    method: str = ""
    scheme: str = "http"
    authority: str = ""
    path: str = ""
    user_id: str | None = None
    first_byte: float | None = None
    broke_off: bool = False
    raw_headers: RawHeaders = ()
    body: bytes = b""
    body_size: int = 0
    raw_answer_headers: RawHeaders = ()
    answer_size: int = 0
    # The last one, for it comes and goes.
    answer_pieces: Pieces = None

    def __repr__(self) -> str:
        return f"<{self.line}>"

    @property
    def url(self) -> str:
        """The address as it was asked for."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def parameters(self) -> Parameters:
        """All parameters with their places; of a body that is kept in part, as far as it is."""
        told = dict(reversed(self.raw_headers))
        authorization, kind = (told.get(name, b"").decode("latin-1") for name in (b"authorization", b"content-type"))
        return collect(self.target.partition("?")[2].encode("latin-1"), authorization, kind, self.body)

    @property
    def params(self) -> dict[str, str | list[str]]:
        """The values of all parameters by name; a list of them where there are several."""
        found: dict[str, list[str]] = {}
        for one in self.parameters:
            found.setdefault(one.name, []).append(one.value)
        return {name: values[0] if len(values) == 1 else values for name, values in found.items()}

    @property
    def oauth(self) -> dict[str, str]:
        """The parameters of OAuth by name."""
        return {one.name: one.value for one in reversed(self.parameters.all) if one.name.startswith("oauth_")}

    @property
    def consumer_key(self) -> str | None:
        """The consumer key, in whichever way it was sent."""
        return key_in(self.parameters)

    @property
    def token(self) -> str | None:
        """The token of OAuth, or that of a feed."""
        return token_in(self.parameters)

    @property
    def headers(self) -> Headers:
        """The headers of the request, in order."""
        return _text(self.raw_headers)

    @property
    def answer_headers(self) -> Headers:
        """The headers of the answer, in order."""
        return _text(self.raw_answer_headers)

    @property
    def answer_body(self) -> bytes | None:
        """The body of the answer, before it was packed; made anew each time."""
        return None if self.answer_pieces is None else b"".join(self.answer_pieces)

    @property
    def is_whole(self) -> bool:
        """Whether all of the answer's body is kept."""
        return self.answer_weight == self.answer_size

    @property
    def plain_target(self) -> str:
        """The address without the parameters of OAuth, which say nothing to a person."""
        path, _, query = self.target.partition("?")
        told = "&".join(pair for pair in query.split("&") if not pair.startswith("oauth_"))
        return f"{path}?{told}" if told else path

    @property
    def line(self) -> str:
        """The request and how it was answered, in one line that anybody may see: without passwords."""
        asked = f"#{self.number} {self.verb} {shown(_discreet(self.plain_target), _SHOWN)}"
        # What is sent to the sign-in page is nobody's business.
        form = _form(self.parameters) if self.endpoint and self.body else ""
        facts = (self.endpoint, self.subscriber, self.fault and f"fault: {self.fault}")
        told = f"({', '.join(filter(None, facts))})" if any(facts) else ""
        return " ".join(filter(None, (asked, shown(form, _SHOWN), "->", self.outcome, told)))

    @property
    def outcome(self) -> str:
        """The status in words."""
        if not self.status:
            return "no answer"
        words = " ".join(filter(None, (str(self.status), self.message)))
        return f"{words}, broken off" if self.broke_off else words

    def with_answer(self, pieces: Pieces) -> Entry:
        """The same with this as the body of the answer."""
        # Each answer comes here; `_replace` would take as long as all else that is done for its entry.
        return self if pieces is self.answer_pieces else Entry._make((*self[:-1], pieces))

    @property
    def answer_weight(self) -> int:
        """How many bytes of the answer's body are kept."""
        return 0 if self.answer_pieces is None else min(self.answer_size, KEPT)

    @property
    def weight(self) -> int:
        """How many bytes it takes, roughly."""
        held = sum([len(name) + len(value) for name, value in self.raw_headers])
        held += len(self.target) + len(self.body) + self.answer_weight
        if isinstance(self.refusal, SignatureInvalid):
            # Once as it is right, once as it was signed.
            held += 2 * len(self.refusal.base_string)
        return _EACH + held


def key_in(parameters: Parameters) -> str | None:
    """The consumer key; that of addresses of catalogue files has another name."""
    return parameters.get("oauth_consumer_key") or parameters.get("consumer_key")


def token_in(parameters: Parameters) -> str | None:
    """The token of OAuth, or that of a feed."""
    return parameters.get("oauth_token") or parameters.get("feed_token")


def _form(parameters: Parameters) -> str:
    """What a body says, as a query would."""
    sent = (one for one in parameters if one.place is Place.BODY and not one.name.startswith("oauth_"))
    pairs = "&".join(f"{one.name}={one.value}" for one in sent)
    return f"with {_discreet(pairs)}" if pairs else ""


def _discreet(text: str) -> str:
    return _PASSWORD.sub("…", text)


def shown(text: str, longest: int) -> str:
    """Text that a client sent, so that it neither ends a line nor commands a terminal."""
    seen = text if text.isprintable() else "".join(map(_escaped, text))
    return seen if len(seen) <= longest else f"{seen[: longest - 1]}…"


def _escaped(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode()


def _text(headers: RawHeaders) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
