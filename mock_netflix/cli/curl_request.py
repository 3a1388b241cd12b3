"""What curl will send, told from its options before it runs: all that a signature covers.

Which options take a value, the installed curl tells itself (`curl --help all`); what those that matter here do to a
request is its manual's, tried with curl 7.88.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes, urlsplit

from mock_netflix.oauth.parameters import FORM
from mock_netflix.oauth.signing import SigningError

# `     --form-escape  Escape …`, ` -d, --data <data>  HTTP POST data`, ` -x, --proxy [protocol://]host[:port] Use …`
_HELP_LINE = re.compile(r"^ *(?:-(\S), )? *--([\w.-]+)( +[<\[])?")

_FILE = Callable[[str], bytes]
Option = tuple[str, str]

_MULTIPART = ("form", "form-string")
_PROXIES = ("proxy", "preproxy", "proxy1.0", "socks4", "socks4a", "socks5", "socks5-hostname")

# What these make of a request cannot be told from here, and what to do instead.
_UNFORESEEN = {
    "config": "give the options of the file themselves",
    "next": "send one request at a time",
    "url": "the address is PATH",
    "request-target": "write the target as PATH",
    "aws-sigv4": "it is another signature",
}


@dataclass(frozen=True, slots=True)
class Manual:
    """The options of an installed curl: the long name of each short one, and the long ones that take a value."""

    short: Mapping[str, str]
    with_value: frozenset[str]


@dataclass(frozen=True, slots=True)
class CurlRequest:
    """What a signature covers of a request of curl.

    `url` is the address as the server will read it; `form` all other parameters, from the body or for the query.
    """

    verb: str
    url: str
    form: str
    by_proxy: bool


def manual(help_text: str) -> Manual:
    """The manual from what `curl --help all` prints."""
    found = [match.groups() for line in help_text.splitlines() if (match := _HELP_LINE.match(line))]
    short = {letter: name for letter, name, _ in found if letter}
    return Manual(short, frozenset(name for _, name, value in found if value and name != "help"))


def options_of(words: Iterable[str], known: Manual) -> list[Option]:
    """curl's options by their long names, with their values. Raises SigningError where there is a second address."""
    options: list[Option] = []
    rest = iter(words)
    for word in rest:
        if word.startswith("--") and len(word) > 2:
            name = word[2:]
            options.append((name, next(rest, "") if name.removeprefix("expand-") in known.with_value else ""))
        elif word.startswith("-") and len(word) > 1 and word != "--":
            options += _cluster(word[1:], rest, known)
        else:
            raise SigningError(f"{word} would be a second address for curl; give one PATH, before curl's options")
    return options


def _cluster(letters: str, rest: Iterator[str], known: Manual) -> Iterator[Option]:
    """Short options written together; the last may have its value attached."""
    for place, letter in enumerate(letters):
        name = known.short.get(letter, letter)
        if name in known.with_value:
            yield name, letters[place + 1 :] or next(rest, "")
            return
        yield name, ""


def foresee(url: str, options: Iterable[Option], read: _FILE) -> CurlRequest:
    """The request that curl makes for `url`. `read` gives the content of a file, or of standard input for `-`.

    Raises SigningError, and OSError where a file cannot be read.
    """
    given = list(options)
    names = {name for name, _ in given}
    headers = _headers(given, read)
    body = [_DATA[name](value, read) for name, value in given if name in _DATA]
    queries = [_url_query(value, read) for name, value in given if name == "url-query"]
    _refuse_unforeseen(given, headers, in_query=bool(body and queries))
    by_proxy = not names.isdisjoint(_PROXIES)
    upload = next((value for name, value in given if name == "upload-file"), None)
    if upload is not None:
        url = _with_file_name(url, upload)
    if "get" in names:
        # The rest would be a fragment, which is not sent.
        form = [b"&".join(body).partition(b"#")[0]]
    elif _is_form(headers, names, bool(body)):
        form = body or ([read(upload)] if upload is not None else [])
    else:
        form = []
    return CurlRequest(
        verb=_verb(given, names, bool(body)),
        url=url if by_proxy else _with_host(url, headers.get("host")),
        form=_text(b"&".join(part for part in [*queries, *form] if part)),
        by_proxy=by_proxy,
    )


def _refuse_unforeseen(options: Iterable[Option], headers: Mapping[str, str], in_query: bool) -> None:
    """Raises SigningError. `in_query`: --get would bring a second kind of parameters into the query."""
    for name, _ in options:
        if name in _UNFORESEEN or name.startswith("expand-"):
            raise SigningError(f"curl --{name} cannot be signed; {_UNFORESEEN.get(name, 'write the values out')}")
        if name == "get" and in_query:
            raise SigningError("--get and --url-query are not the same in every curl; give one of them")
    if "authorization" in headers:
        raise SigningError("this command adds the Authorization header; use curl itself to send one of your own")


def _is_form(headers: Mapping[str, str], names: set[str], has_body: bool) -> bool:
    """Whether the body is a form, which is signed."""
    usual = FORM if has_body and "json" not in names else ""
    content_type = headers.get("content-type", usual).partition(";")[0].strip().lower()
    return content_type == FORM and names.isdisjoint(_MULTIPART)


def _verb(options: Iterable[Option], names: set[str], has_body: bool) -> str:
    asked = [value for name, value in options if name == "request"]
    if asked:
        return asked[-1]
    if "head" in names:
        return "HEAD"
    if "get" in names:
        return "GET"
    if has_body or not names.isdisjoint(_MULTIPART):
        return "POST"
    return "PUT" if "upload-file" in names else "GET"


def _headers(options: Iterable[Option], read: _FILE) -> dict[str, str]:
    """The headers given, by their names in lower case; of a repeated one the first, as the server has it."""
    lines: list[str] = []
    for name, value in options:
        if name == "header":
            lines += read(value[1:]).decode("latin-1").splitlines() if value.startswith("@") else [value]
    # `Name;` stands for one without a value.
    pairs = [line.partition(":" if ":" in line else ";") for line in lines]
    return {name.strip().lower(): value.strip() for name, _, value in reversed(pairs)}


def _with_host(url: str, host: str | None) -> str:
    """The address under the name that a header of one's own gives it."""
    return urlsplit(url)._replace(netloc=host).geturl() if host else url


def _with_file_name(url: str, file: str) -> str:
    """An upload to a folder goes to the file's name in it."""
    path, mark, query = url.partition("?")
    if path.endswith("/") and file not in ("-", "."):
        path += quote(re.split(r"[/\\]", file)[-1], safe="")
    return f"{path}{mark}{query}"


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise SigningError("the form that curl sends is not UTF-8; write it in UTF-8") from None


def _plain(value: str, read: _FILE) -> bytes:
    """`-d`: a file without its line ends, or the value itself."""
    return read(value[1:]).translate(None, b"\r\n\0") if value.startswith("@") else value.encode()


def _binary(value: str, read: _FILE) -> bytes:
    return read(value[1:]) if value.startswith("@") else value.encode()


def _raw(value: str, read: _FILE) -> bytes:
    return value.encode()


def _urlencoded(value: str, read: _FILE) -> bytes:
    """`content`, `=content`, `name=content`, `@file`, `name@file`: the name stands as it is."""
    name, mark, content = value.partition("=" if "=" in value else "@")
    if not mark:
        name, content = "", value
    encoded = quote_from_bytes(read(content) if mark == "@" else content.encode(), safe="-._~")
    return (f"{name}={encoded}" if name else encoded).encode()


def _url_query(value: str, read: _FILE) -> bytes:
    return value[1:].encode() if value.startswith("+") else _urlencoded(value, read)


_DATA: Mapping[str, Callable[[str, _FILE], bytes]] = {
    "data": _plain,
    "data-ascii": _plain,
    "data-raw": _raw,
    "data-binary": _binary,
    "data-urlencode": _urlencoded,
    "json": _binary,
}
