"""`mock-netflix exec`: a command whose clients take the mock for the real service, and what is told of it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys

import pytest

from tests.faces.commands import Ended, refused, run

pytestmark = pytest.mark.usefixtures("authority")

with_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")

CLOCK = "api.netflix.com/oauth/clock/time?oauth_consumer_key="
NO_REQUEST = "mock-netflix: no request came. Does the command heed the proxy variables?\n"
BEGIN = f"""
import os
key = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
urls = [f"http://{CLOCK}{{key}}", f"https://{CLOCK}{{key}}"]
"""


def python(program: str) -> tuple[str, ...]:
    """A command that runs a program of this Python."""
    return sys.executable, "-c", program


def sh(script: str, *words: str) -> Ended:
    """A script of the shell, run with options of exec."""
    return run("exec", *words, "--", "sh", "-c", script)


CLIENTS = {
    "urllib": "import urllib.request\nfor url in urls: print(urllib.request.urlopen(url).status)",
    "requests": "import requests\nfor url in urls: print(requests.get(url).status_code)",
    "httpx": "import httpx\nfor url in urls: print(httpx.get(url).status_code)",
    "aiohttp": """
import aiohttp, asyncio
async def ask():
    async with aiohttp.ClientSession(trust_env=True) as session:
        for url in urls:
            async with session.get(url) as answer:
                print(answer.status)
asyncio.run(ask())""",
}


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_a_client_of_python_with_the_addresses_built_in_finds_the_mock(client):
    ended = run("exec", "--", *python(BEGIN + client))
    assert (ended.status, ended.out.split()) == (0, ["200", "200"])
    assert ended.err == "mock-netflix: 2 requests\n     2  oauth.clock\n"


OTHERS = {
    "curl": ("curl", 'for s in http https; do curl -sS -o /dev/null -w "%{http_code}\\n" "$s://$URL$KEY"; done'),
    "node": (
        "node",
        'node -e \'for (const s of ["http", "https"]) '
        "fetch(`${s}://${process.env.URL}${process.env.KEY}`).then(r => console.log(r.status))'",
    ),
    "perl": (
        "perl",
        'perl -MLWP::UserAgent -e \'print LWP::UserAgent->new->get("$_://$ENV{URL}$ENV{KEY}")->code, "\\n"'
        " for qw(http https)'",
    ),
    "ruby": (
        "ruby",
        "ruby -rnet/http -e '%w(http https).each { |s|"
        ' puts Net::HTTP.get_response(URI("#{s}://#{ENV["URL"]}#{ENV["KEY"]}")).code }\'',
    ),
}


@pytest.mark.parametrize(("program", "script"), OTHERS.values(), ids=OTHERS)
def test_a_client_of_another_language_does_too(program, script):
    if shutil.which(program) is None:
        pytest.skip(f"no {program} on this machine")
    if program == "perl" and subprocess.run(["perl", "-MLWP::Protocol::https", "-e1"], capture_output=True).returncode:
        pytest.skip("no LWP with https on this machine")
    ended = sh(f"URL={CLOCK!r} KEY=$MOCK_NETFLIX_CONSUMER_KEY; export URL KEY; {script}")
    assert (ended.status, ended.out.split()) == (0, ["200", "200"]), ended.err


JAVA = """
import java.net.*;
import java.net.http.*;
public class Ask {
    public static void main(String[] words) throws Exception {
        for (String scheme : new String[] {"http", "https"}) {
            URI uri = URI.create(scheme + "://" + words[0] + System.getenv("MOCK_NETFLIX_CONSUMER_KEY"));
            System.out.println(((HttpURLConnection) uri.toURL().openConnection()).getResponseCode());
            var answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            System.out.println(answer.statusCode());
        }
    }
}
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="there is no java")
def test_both_clients_of_java_do_too(tmp_path):
    (tmp_path / "Ask.java").write_text(JAVA)
    ended = run("exec", "--", "java", str(tmp_path / "Ask.java"), CLOCK)
    assert (ended.status, ended.out.split()) == (0, ["200"] * 4), ended.err


def test_standard_input_and_output_are_those_of_the_command():
    ended = run("exec", "--", "sh", "-c", "cat; echo to standard error >&2", stdin="first\nAmélie".encode())
    assert (ended.out, ended.err) == ("first\nAmélie", f"to standard error\n{NO_REQUEST}")


STATUSES = {
    "well": ("true", 0),
    "a status": ("exit 7", 7),
    "killed": ("kill -KILL $$", 137),
    "terminated": ("kill -TERM $$", 143),
    "by its status alone": ("kill -TERM $$ & exit 143", 143),
}


@pytest.mark.parametrize(("script", "status"), STATUSES.values(), ids=STATUSES)
def test_the_exit_status_is_that_of_the_command(script, status):
    assert sh(script).status == status


def test_the_command_begins_where_its_name_does_with_or_without_dashes():
    assert run("exec", "--quiet", "echo", "--port", "--help").out == "--port --help\n"
    assert run("exec", "--quiet", "--", "echo", "--", "-x").out == "-- -x\n"


def test_a_command_that_cannot_be_started_is_a_sentence_and_the_status_of_shells(tmp_path):
    (plain := tmp_path / "plain").write_text("not a program")
    ended = run("exec", "--", "no-such-command", "x")
    assert (ended.status, ended.out, ended.err) == (127, "", "mock-netflix: there is no command 'no-such-command'\n")
    ended = run("exec", "--", str(plain))
    assert (ended.status, ended.err) == (126, f"mock-netflix: '{plain}' cannot be started: Permission denied\n")
    plain.chmod(0o755)
    ended = run("exec", "--", str(plain))
    assert (ended.status, ended.err.count("\n")) == (126, 1)
    assert ended.err.endswith("is its first line missing, which says what runs it?\n")


def test_the_variables_of_the_command_are_those_of_env_and_nothing_is_kept_of_a_mock_around_it():
    """One exec within another: the inner mock is found, and options are not there twice."""
    show = python("import json, os; print(json.dumps(dict(os.environ)))")
    once = json.loads(run("exec", "--quiet", "--", *show, NODE_OPTIONS="--no-warnings").out)
    inner = (sys.executable, "-m", "mock_netflix", "exec", "--quiet", "--", *show)
    twice = json.loads(run("exec", "--quiet", "--", *inner, NODE_OPTIONS="--no-warnings").out)
    assert once["http_proxy"] == once["MOCK_NETFLIX_BASE_URL"] != twice["http_proxy"]
    assert once["NODE_OPTIONS"] == twice["NODE_OPTIONS"]
    assert once["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert "MOCK_NETFLIX_CONTROL_TOKEN" not in once


@with_curl
def test_the_world_is_as_the_options_of_serve_want_it(tmp_path):
    (tmp_path / "own.yaml").write_text("subscribers:\n  - login: ada@example.com\n    ready: true\n")
    script = 'echo "$MOCK_NETFLIX_LOGIN"; curl -s http://api.netflix.com/ -o /dev/null -w "%{http_code}\\n"'
    ended = sh(script, "--fixtures", str(tmp_path / "own.yaml"), "--set", "outage=maintenance")
    assert ended.out == "ada@example.com\n503\n"


@with_curl
def test_beyond_this_machine_the_command_has_the_control_token():
    script = """
        curl -s -o /dev/null -w '%{http_code} ' "$MOCK_NETFLIX_BASE_URL/_mock/requests"
        curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $MOCK_NETFLIX_CONTROL_TOKEN" \
            "$MOCK_NETFLIX_BASE_URL/_mock/requests" """
    assert sh(script, "--host", "0.0.0.0").out == "401 200"


def test_a_port_is_taken_where_one_is_wanted():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"cannot listen at 127.0.0.1:{port}" in run("exec", "--port", port, "--", "true").err
    said = run("exec", "--port", port, "--quiet", "--", "sh", "-c", "echo $http_proxy")
    assert said.out == f"http://127.0.0.1:{port}\n"


REFUSED = {
    "no command": ((), "there is no command; name one: mock-netflix exec -- "),
    "no command after the dashes": (("--",), "there is no command; name one"),
    "a category": (("--fail-on", "auth-errors", "--", "true"), "'auth-errors'; did you mean auth-error?"),
    "fixtures": (("--fixtures", "/nowhere.yaml", "--", "true"), "/nowhere.yaml"),
    "a rule": (("--set", "x=1", "--", "true"), "x"),
    "an option": (("--json", "--", "true"), "No such option"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_sentence_and_nothing_runs(words, said):
    assert said in refused("exec", *words)


SENT = """
curl -s "http://api.netflix.com/catalog/titles?term=a"
curl -s "http://api.netflix.com/catalog/titles?term=b"
curl -s "http://api.netflix.com/catalog/titles?term=a&oauth_consumer_key=nobody"
curl -s "http://api.netflix.com/catalog/title?term=c"
curl -s "http://api.netflix.com/oauth/clock/time?oauth_consumer_key=$MOCK_NETFLIX_CONSUMER_KEY"
curl -s http://www.example.com/
curl -s https://www.example.com/
"""


@with_curl
def test_the_summary_tells_how_much_was_asked_and_each_refusal_once_with_its_cause():
    ended = sh(f"( {SENT} ) >/dev/null; exit 0")
    assert ended.status == 0
    assert ended.err.splitlines()[:12] == [
        "mock-netflix: 7 requests",
        "     3  titles.search",
        "     1  (no endpoint)",
        "     1  oauth.clock",
        "Refused:",
        "     2  Missing Required Consumer Key  consumer-key-missing: No oauth_consumer_key was sent."
        " The keys are at /_mock/.",
        "        #1 GET /catalog/titles?term=a -> 400 Missing Required Consumer Key (titles.search)",
        "        #2 GET /catalog/titles?term=b -> 400 Missing Required Consumer Key (titles.search)",
        "     1  Invalid Consumer Key  unknown-consumer-key: No application has the consumer key nobody."
        " The keys are at /_mock/.",
        "        #3 GET /catalog/titles?term=a -> 403 Invalid Consumer Key (titles.search)",
        "Addresses that the service never had:",
        "     1  #4 GET /catalog/title?term=c -> 404 Resource not found"
        "  did you mean /catalog/titles or /catalog/titles/dvd?",
    ]
    assert ended.err.splitlines()[12:] == [
        "Refused, for the mock stands for the hosts of the service alone, and sends nothing on:",
        "     1  www.example.com",
        "     1  www.example.com:443",
    ]


@with_curl
def test_a_signature_that_is_refused_is_explained():
    sign = shlex.join((sys.executable, "-m", "mock_netflix", "sign", "GET", "http://api.netflix.com/users/current"))
    ended = sh(f'curl -s -o /dev/null "$({sign} --place query)x"')
    assert "Invalid Signature  " in ended.err
    assert "#1 GET /users/current" in ended.err


@with_curl
def test_of_many_requests_the_first_are_shown():
    script = 'for n in 1 2 3 4 5 6; do curl -s "http://api.netflix.com/users/$n"; done >/dev/null'
    lines = sh(script).err.splitlines()
    assert lines[3].startswith("     6  Missing Required Consumer Key")
    assert lines[-1] == "        … 3 more"


@with_curl
def test_what_a_client_sends_commands_no_terminal():
    ended = sh("curl -s 'http://api.netflix.com/%0A%1B%5B31m?%1B=%0A' -H 'Host: x' >/dev/null")
    assert ended.err.isascii()
    assert all(line.isprintable() for line in ended.err.splitlines())


@with_curl
def test_quiet_says_nothing_where_all_went_well_and_everything_where_not():
    ask = 'curl -s "http://api.netflix.com/catalog/titles?term=a" >/dev/null'
    assert sh(ask, "--quiet").err == ""
    assert "consumer-key-missing" in sh(f"{ask}; exit 1", "--quiet").err
    assert "consumer-key-missing" in sh(ask, "--quiet", "--fail-on", "auth-error").err


FAILING = {
    "auth-error": ('curl -s "http://api.netflix.com/catalog/titles?term=a"', 3),
    "unknown-path": ("curl -s http://api.netflix.com/catalog/title", 3),
    "foreign-host": ("curl -s https://www.example.com; true", 3),
    "unknown-path,foreign-host": ("curl -s http://www.example.com", 3),
    "server-error": ('curl -s "http://api.netflix.com/catalog/titles?term=a"', 0),
    "": ("curl -s http://www.example.com", 0),
}


@with_curl
@pytest.mark.parametrize(("categories", "script", "status"), [(one, *rest) for one, rest in FAILING.items()])
def test_a_command_that_ended_well_fails_for_what_it_may_not_leave_behind(categories, script, status):
    ended = sh(script, "--fail-on", categories)
    assert ended.status == status
    assert any(line.startswith(one) for one in categories.split(",") for line in ended.err.splitlines()) or not status


@with_curl
def test_a_command_that_failed_has_its_own_status():
    ended = sh("curl -s http://api.netflix.com/catalog/title; exit 5", "--fail-on", "unknown-path")
    assert ended.status == 5
    assert ended.err.splitlines()[-1] == "unknown-path: 1 request to an address that the service never had"


def test_without_the_libraries_for_https_it_is_said_once_and_http_works():
    program = "import sys; sys.modules['trustme'] = None; from mock_netflix.cli import main; main()"
    command = [sys.executable, "-c", program, "exec", "--", "sh", "-c", "echo $http_proxy $SSL_CERT_FILE"]
    environment = {name: value for name, value in os.environ.items() if name != "SSL_CERT_FILE"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("http://127.0.0.1:")
    assert ended.stdout.count(" ") == 0
    said = "mock-netflix: https is left out; it wants the extra tls: pip install 'mock-netflix[tls]'\n"
    assert ended.stderr == f"{said}{NO_REQUEST}"


def test_a_client_that_does_not_trust_the_certificate_is_told_of():
    ended = sh("unset CURL_CA_BUNDLE SSL_CERT_FILE; curl -s https://api.netflix.com/; exit 0")
    assert ended.status == 0
    assert "does not trust the certificate" in ended.err
    assert "     1  api.netflix.com:443" in ended.err.splitlines()


def test_a_tunnel_to_another_port_of_the_service_is_no_foreign_host():
    ended = sh("curl -s https://api.netflix.com:8443/; curl -s https://example.com/; exit 0")
    assert "No tunnel: mock-netflix does not stand for api.netflix.com:8443" in ended.err
    assert "     1  example.com:443" in ended.err.splitlines()
