"""Runs a program where a hosts file leads the names of the service here, and the mock listens at ports 80 and 443.

To be started in a mount and a network namespace of its own. Prints what the program saw, and what the mock was asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request

from mock_netflix.environment.trust import PASSWORD, trust
from mock_netflix.wire.hosts import HOSTS

SERVE = (sys.executable, "-m", "mock_netflix", "serve", "--port", "80", "--tls", "--tls-port", "443", "--json")


def lead() -> None:
    """The names of the service are this machine's from here on, for whoever is in this namespace."""
    with tempfile.NamedTemporaryFile("w", suffix=".hosts") as hosts:
        hosts.write("127.0.0.1 localhost\n" + "".join(f"127.0.0.1 {name}\n" for name in HOSTS))
        hosts.flush()
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def keys(told: dict[str, dict[str, str]]) -> dict[str, str]:
    """What the program signs with and who its user is, by what the server said when it was ready."""
    application, subscriber = told["application"], told["subscriber"]
    return {
        "MOCK_NETFLIX_CONSUMER_KEY": application["key"],
        "MOCK_NETFLIX_CONSUMER_SECRET": application["secret"],
        "MOCK_NETFLIX_LOGIN": subscriber["login"],
        "MOCK_NETFLIX_PASSWORD": subscriber["password"],
    }


def trusting() -> dict[str, str]:
    """What a person sets who trusts the authority of the mock; no proxy is among it."""
    found = trust()
    assert found is not None
    names = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PERL_LWP_SSL_CA_FILE", "NODE_EXTRA_CA_CERTS")
    store = {"": found.truststore, "Type": "PKCS12", "Password": PASSWORD}
    java = " ".join(f"-Djavax.net.ssl.trustStore{what}={value}" for what, value in store.items())
    return {**dict.fromkeys(names, str(found.bundle)), "JAVA_TOOL_OPTIONS": java}


def main() -> None:
    lead()
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            environment = {**os.environ, **keys(json.loads(server.stdout.readline())), **trusting()}
            ended = subprocess.run(sys.argv[1:], env=environment, stdout=subprocess.PIPE, text=True, check=True)
            with urllib.request.urlopen("http://127.0.0.1/_mock/requests?limit=200") as answer:
                requests = json.load(answer)["requests"]
        finally:
            server.kill()
    print(json.dumps({"saw": json.loads(ended.stdout), "requests": requests}))


main()
