"""The variables by which unchanged clients of many languages find the mock, trust it, and have what they sign with.

Which client heeds which: curl reads `http_proxy` in lower case alone, Go and Java pass proxies by for names of this
machine, Node before 24 knows no proxy variable, and some take the place of all that is trusted where others add to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mock_netflix.environment.trust import PASSWORD, Trust
from mock_netflix.wire.hosts import HOSTS
from mock_netflix.world.grants import AccessToken, Application
from mock_netflix.world.subscribers import Subscriber

# What a shell had before, by name, as JSON; null for what was not set.
BEFORE = "MOCK_NETFLIX_BEFORE"
# What Node reads before a program.
PRELOAD = Path(__file__).with_name("node.cjs")

_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Ready:
    """Who a client can be at once. `control_token`: what the mock's own side wants, where it wants one."""

    consumer_key: str
    consumer_secret: str
    token: str
    token_secret: str
    user_id: str
    login: str
    password: str
    control_token: str | None = None


@dataclass(frozen=True, slots=True)
class _Facts:
    """`url`: the plain address of the mock. `given`: the variables that there are, of which some are kept."""

    url: str
    ready: Ready
    trust: Trust | None
    given: Mapping[str, str]

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80


# The value of some variables; None for none.
_Value = Callable[[_Facts], str | None]


def variables(url: str, ready: Ready, trust: Trust | None, given: Mapping[str, str]) -> dict[str, str]:
    """The variables, by name, for clients of the mock at a plain address; without `trust`, they speak no https with it.

    `given`: the variables of who starts the client. Options for Node and Java, and hosts that want no proxy, are kept.
    """
    facts = _Facts(url, ready, trust, given)
    told = ((name, value(facts)) for names, value in _ROWS for name in names)
    return {name: value for name, value in told if value is not None}


def ready_of(
    application: Application, subscriber: Subscriber, token: AccessToken, control_token: str | None = None
) -> Ready:
    """Who a client can be, by what there is in a world."""
    return Ready(
        application.key,
        application.secret,
        token.token,
        token.secret,
        subscriber.user_id,
        subscriber.login,
        subscriber.password,
        control_token,
    )


def before(given: Mapping[str, str]) -> dict[str, str | None]:
    """What the variables were before that this shell has from the mock; nothing where it has none."""
    try:
        told = json.loads(given.get(BEFORE) or "{}")
    except ValueError:
        return {}
    return {name: one if isinstance(one, str) else None for name, one in told.items()} if type(told) is dict else {}


def without(given: Mapping[str, str]) -> dict[str, str]:
    """The variables as they were before the mock's."""
    earlier = before(given)
    others = {name: value for name, value in given.items() if name not in earlier and name != BEFORE}
    return {**others, **{name: value for name, value in earlier.items() if value is not None}}


def _no_proxy(facts: _Facts) -> str:
    """This machine, so that direct links work, and what is passed by already but for the hosts of the service."""
    given = facts.given.get("no_proxy") or facts.given.get("NO_PROXY") or ""
    listed = (one.strip() for one in given.split(","))
    kept = (one for one in listed if one and one != "*" and not _covers(one, HOSTS))
    return ",".join(dict.fromkeys((*_HERE, facts.host, *kept)))


def _covers(pattern: str, hosts: Iterable[str]) -> bool:
    """Whether an entry of no_proxy is of any of these hosts, which it may name by their end."""
    name = pattern.partition(":")[0].lower().lstrip("*.")
    return any(host == name or host.endswith(f".{name}") for host in hosts)


def _node_options(facts: _Facts) -> str:
    path = str(PRELOAD)
    if any(letter in path for letter in ' "'):
        path = '"{}"'.format(path.replace("\\", "\\\\").replace('"', '\\"'))
    return _joined(facts.given.get("NODE_OPTIONS"), f"--require {path}")


def _java_options(facts: _Facts) -> str:
    passed = "|".join(dict.fromkeys(("localhost", "127.*", "[::1]", facts.host)))
    settings = {
        **{f"{scheme}.proxyHost": facts.host for scheme in ("http", "https")},
        **{f"{scheme}.proxyPort": str(facts.port) for scheme in ("http", "https")},
        "http.nonProxyHosts": passed,
    }
    if facts.trust is not None and facts.trust.truststore is not None:
        settings["javax.net.ssl.trustStore"] = str(facts.trust.truststore)
        settings["javax.net.ssl.trustStoreType"] = "PKCS12"
        settings["javax.net.ssl.trustStorePassword"] = PASSWORD
    words = (_java_word(f"-D{name}={value}") for name, value in settings.items())
    return _joined(facts.given.get("JAVA_TOOL_OPTIONS"), " ".join(words))


def _java_word(word: str) -> str:
    """The JVM parts these options at blanks, but for those between quotation marks of either kind."""
    if not any(letter in word for letter in " '\""):
        return word
    mark = "'" if '"' in word else '"'
    return f"{mark}{word}{mark}"


def _joined(given: str | None, ours: str) -> str:
    """Ours come last, where they go before."""
    return ours if not given or given == ours else f"{given.removesuffix(ours).rstrip()} {ours}".lstrip()


def _bundle(facts: _Facts) -> str | None:
    return None if facts.trust is None else str(facts.trust.bundle)


def _certificate(facts: _Facts) -> str | None:
    return None if facts.trust is None else str(facts.trust.certificate)


# The names of variables and their value. The last of them are options of our own commands (cli/options.py).
_ROWS: tuple[tuple[tuple[str, ...], _Value], ...] = (
    (
        ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"),
        lambda facts: facts.url,
    ),
    (("NO_PROXY", "no_proxy"), _no_proxy),
    # These take the place of all that is trusted.
    (("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE"), _bundle),
    # These add to it.
    (("NODE_EXTRA_CA_CERTS", "DENO_CERT"), _certificate),
    (("NODE_USE_ENV_PROXY", "PERL_LWP_ENV_PROXY"), lambda _: "1"),
    (("NODE_OPTIONS",), _node_options),
    (("JAVA_TOOL_OPTIONS",), _java_options),
    (("MOCK_NETFLIX_BASE_URL",), lambda facts: facts.url),
    (("MOCK_NETFLIX_CONSUMER_KEY",), lambda facts: facts.ready.consumer_key),
    (("MOCK_NETFLIX_CONSUMER_SECRET",), lambda facts: facts.ready.consumer_secret),
    (("MOCK_NETFLIX_TOKEN",), lambda facts: facts.ready.token),
    (("MOCK_NETFLIX_TOKEN_SECRET",), lambda facts: facts.ready.token_secret),
    (("MOCK_NETFLIX_USER_ID",), lambda facts: facts.ready.user_id),
    (("MOCK_NETFLIX_LOGIN",), lambda facts: facts.ready.login),
    (("MOCK_NETFLIX_PASSWORD",), lambda facts: facts.ready.password),
    (("MOCK_NETFLIX_CONTROL_TOKEN",), lambda facts: facts.ready.control_token),
)
