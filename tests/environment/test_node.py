"""Programs for Node with the addresses of the service built in, unchanged, in a child process of a test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mock_netflix import MockNetflix
from mock_netflix.environment.variables import PRELOAD
from mock_netflix.wire.hosts import HOSTS

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")

CLOCK = "/oauth/clock/time?oauth_consumer_key="
# Hosts whose names are like those of the service.
STRANGERS = ("netflix.com", "api.netflix.com.example", "xapi.netflix.com", "cdn-.nflximg.com", "api-netflix.com")


@pytest.fixture(scope="module")
def netflix() -> Iterator[MockNetflix]:
    with MockNetflix() as mock:
        yield mock


def ran(netflix: MockNetflix, program: str, *, module: bool = False, **more: str) -> subprocess.CompletedProcess[str]:
    """A program that ended; what is told of its own proxy variables of this machine does not count."""
    kind = ("--input-type=module",) if module else ()
    environment = {**os.environ, **netflix.environment(), **more}
    command = ["node", *kind, "--eval", program]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)


def shown(netflix: MockNetflix, program: str, *, module: bool = False, **more: str) -> list[str]:
    """What it printed."""
    ended = ran(netflix, program, module=module, **more)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.split()


KEY = "process.env.MOCK_NETFLIX_CONSUMER_KEY"
# An answer that nobody reads keeps its connection, and that keeps the program.
TELL = "answer => { console.log(answer.statusCode); answer.resume() }"
WAYS = {
    "http": f"require('http').get('http://api.netflix.com{CLOCK}' + {KEY}, {TELL})",
    "https": f"require('https').get('https://api.netflix.com{CLOCK}' + {KEY}, {TELL})",
    "options": f"require('https').get({{ host: 'API.netflix.com', path: '{CLOCK}' + {KEY} }}, {TELL})",
    "fetch": f"fetch('http://api.netflix.com{CLOCK}' + {KEY}).then(r => console.log(r.status))",
    "fetch of https": f"fetch('https://api.netflix.com{CLOCK}' + {KEY}).then(r => console.log(r.status))",
    "a socket": f"""
        const socket = require('net').connect(80, 'api.netflix.com', () =>
          socket.write('GET {CLOCK}' + {KEY} + ' HTTP/1.0\\r\\nHost: api.netflix.com\\r\\n\\r\\n'))
        socket.once('data', part => console.log(String(part).split(' ')[1]))""",
    "a socket of TLS": f"""
        const socket = require('tls').connect(443, 'api.netflix.com', {{servername: 'api.netflix.com'}}, () =>
          socket.write('GET {CLOCK}' + {KEY} + ' HTTP/1.0\\r\\nHost: api.netflix.com\\r\\n\\r\\n'))
        socket.once('data', part => console.log(String(part).split(' ')[1]))""",
}


@pytest.mark.parametrize("program", WAYS.values(), ids=WAYS)
def test_whatever_a_program_connects_with_it_finds_the_mock(netflix, program):
    assert shown(netflix, program) == ["200"]


def test_a_module_that_imports_what_node_has_finds_it_too(netflix):
    program = f"""
        import {{ connect }} from 'node:tls'
        import {{ get }} from 'node:https'
        const secured = connect(443, 'api-user.netflix.com', () => {{ console.log(secured.authorized); secured.end() }})
        get('https://api.netflix.com{CLOCK}' + {KEY}, {TELL})"""
    assert sorted(shown(netflix, program, module=True)) == ["200", "true"]


def test_the_certificate_is_checked_for_the_name_that_was_asked_for(netflix):
    """With the authority not trusted, and with another name than was connected to, it is refused."""
    program = """
        const socket = require('tls').connect(443, 'api.netflix.com')
        socket.on('secureConnect', () => console.log('secured') || socket.end())
        socket.on('error', error => console.log(error.code))"""
    assert shown(netflix, program) == ["secured"]
    assert shown(netflix, program, NODE_EXTRA_CA_CERTS="") == ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]
    other = program.replace("'api.netflix.com')", "'api.netflix.com', {servername: 'example.com'})")
    assert shown(netflix, other) == ["ERR_TLS_CERT_ALTNAME_INVALID"]


def test_a_connection_is_used_again_and_keeps_no_program_from_its_end(netflix):
    program = f"""
        const agent = new (require('https').Agent)({{ keepAlive: true }})
        const ask = then => require('https').get('https://api.netflix.com{CLOCK}' + {KEY}, {{ agent }}, answer =>
          answer.resume().on('end', () => {{ console.log(answer.req.reusedSocket); setImmediate(then) }}))
        ask(() => ask(() => {{}}))"""
    assert shown(netflix, program) == ["false", "true"]


def test_large_bodies_come_whole_in_both_directions(netflix):
    netflix.set(redirects_to_files=False)
    url = netflix.sign("GET", "https://api.netflix.com/catalog/titles/full").url
    program = f"""
        require('https').get({url!r}, answer => {{
          let length = 0
          answer.on('data', part => {{ length += part.length }}).on('end', () => console.log(answer.statusCode, length))
        }})
        const large = 'x'.repeat(3e6)
        const sent = {{ method: 'POST', body: large }}
        fetch('https://api-user.netflix.com/oauth/login', sent).then(r => console.log(r.status))"""
    said = shown(netflix, program)
    last = netflix.requests.filter(status=200).last
    assert last is not None
    assert last.answer_size > 1_000_000
    assert sorted(said) == sorted(["200", str(last.answer_size), "413"])


def test_every_host_of_the_service_is_led_and_none_that_is_like_one(netflix):
    """A name that is not led is looked up, which here is refused at once."""
    program = f"""
        const lookup = (host, options, done) => done(new Error('looked up'))
        for (const host of {list(HOSTS + STRANGERS)}) {{
          const socket = require('net').connect({{ host, port: 80, lookup }})
          socket.on('connect', () => {{ console.log(host); socket.end() }}).on('error', () => {{}})
        }}"""
    assert set(shown(netflix, program)) == set(HOSTS)


class _Other(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


def test_a_server_of_ones_own_is_reached_as_before(netflix):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Other) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.server_port}/"
        ask = f"require('http').get({address!r}, {TELL})"
        program = f"{ask}; fetch({address!r}).then(r => console.log(r.status))"
        assert shown(netflix, program) == ["204", "204"]
        server.shutdown()


def test_a_mock_that_is_gone_is_an_error_of_the_connection(netflix):
    program = "fetch('https://api.netflix.com/').catch(error => console.log(error.cause.code))"
    assert shown(netflix, program, MOCK_NETFLIX_BASE_URL="http://127.0.0.1:9") == ["ECONNREFUSED"]


def test_a_port_that_no_tunnel_leads_to_is_an_error_that_says_so(netflix):
    program = "require('https').get('https://api.netflix.com:8443/').on('error', error => console.log(error.message))"
    assert " ".join(shown(netflix, program)).startswith("the mock does not lead to api.netflix.com:8443: HTTP/1.1 4")


@pytest.mark.parametrize("address", ["", "nonsense", "https://127.0.0.1:1", "127.0.0.1"])
def test_without_an_address_of_the_mock_node_is_as_it_was(netflix, address):
    program = "console.log(require('net').Socket.prototype.connect.toString().includes('isLed'))"
    assert shown(netflix, program) == ["true"]
    assert shown(netflix, program, MOCK_NETFLIX_BASE_URL=address) == ["false"]


def test_it_is_read_from_a_folder_with_blanks_and_quotation_marks(netflix, tmp_path, monkeypatch):
    (folder := tmp_path / 'with "blanks" \\ in it').mkdir()
    monkeypatch.setattr("mock_netflix.environment.variables.PRELOAD", Path(shutil.copy(PRELOAD, folder)))
    assert shown(netflix, WAYS["https"]) == ["200"]
