"""The worked examples of RFC 5849."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.oauth.signature import base_string, hmac_sha1
from mock_netflix.world.grants import AccessToken, Application, RequestToken
from tests.clients.signer import encode
from tests.oauth.incoming import caller_of, granted, received

# Section 3.4.1.1.
BASE_STRING = (
    "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D"
    "%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
    "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
)

# Section 1.2: Jane has her photos printed.
PRINTER = Application("printer.example.com", "dpf43f3p2l4k3l03", "kd94hf93k423kf44")
JANE = "jane"
TEMPORARY = RequestToken("hh5s93j4hdidpola", "hdhd0244k9j7ao03", PRINTER.key, None, "hfdp7dh39dks9884", 137131200)
TOKEN = AccessToken("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", PRINTER.key, JANE)
GRANTS = granted((PRINTER,), (TOKEN,), (TEMPORARY,))

INITIATE = """OAuth realm="Photos",
    oauth_consumer_key="dpf43f3p2l4k3l03",
    oauth_signature_method="HMAC-SHA1",
    oauth_timestamp="137131200",
    oauth_nonce="wIjqoS",
    oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",
    oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D" """
EXCHANGE = """OAuth realm="Photos",
    oauth_consumer_key="dpf43f3p2l4k3l03",
    oauth_token="hh5s93j4hdidpola",
    oauth_signature_method="HMAC-SHA1",
    oauth_timestamp="137131201",
    oauth_nonce="walatlh",
    oauth_verifier="hfdp7dh39dks9884",
    oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D" """
PHOTOS = """OAuth realm="Photos",
    oauth_consumer_key="dpf43f3p2l4k3l03",
    oauth_token="nnch734d00sl2jdk",
    oauth_signature_method="HMAC-SHA1",
    oauth_timestamp="137131202",
    oauth_nonce="chapoH",
    oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D" """


@pytest.fixture
def request_of_section_3_4_1():
    """Parameters in the query, in the header and in the body; escaped, empty, repeated and without `=`."""
    header = """OAuth realm="Example",
        oauth_consumer_key="9djdj82h48djs9d2",
        oauth_token="kkk9d7dh3k39sjv7",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131201",
        oauth_nonce="7d8f3e4a",
        oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D" """
    return received("POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", header, "c2&a3=2+q")


def test_the_base_string_of_section_3_4_1_1(request_of_section_3_4_1):
    assert base_string(request_of_section_3_4_1) == BASE_STRING


def test_the_parameters_of_section_3_4_1_3_1(request_of_section_3_4_1):
    """The decoded list of the table there, in the order query, header, body."""
    assert [(one.name, one.value) for one in request_of_section_3_4_1.parameters] == [
        ("b5", "=%3D"),
        ("a3", "a"),
        ("c@", ""),
        ("a2", "r b"),
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
        ("oauth_signature", "bYT5CMsGcbgUdFHObYMEfcx6bsw="),
        ("c2", ""),
        ("a3", "2 q"),
    ]


def test_the_signature_of_section_3_1_as_corrected():
    """The signature printed there is wrong; erratum 2550 has this one, with the secrets that it was made with."""
    assert hmac_sha1(BASE_STRING, "j49sk3j29djd", "dh893hdasih9") == "r6/TJjbCOr97/+UU0NsvSne7s5g="


def test_the_printer_asks_for_temporary_credentials():
    request = received("POST", "https://photos.example.net/initiate", INITIATE)
    assert caller_of(request, Level.SIGNED, grants=GRANTS, now=137131200).application == PRINTER


def test_the_printer_exchanges_them():
    request = received("POST", "https://photos.example.net/token", EXCHANGE)
    assert caller_of(request, Level.REQUEST, grants=GRANTS, now=137131201).request_token == TEMPORARY


def test_the_printer_reads_a_photo():
    request = received("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", PHOTOS)
    assert caller_of(request, grants=GRANTS, now=137131202).user_id == JANE


@pytest.mark.parametrize(
    ("uri", "covered"),
    [
        ("http://EXAMPLE.COM:80/r%20v/X", "http://example.com/r%20v/X"),
        ("https://www.example.net:8080/", "https://www.example.net:8080/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:443/a", "http://example.com:443/a"),
        ("http://example.com", "http://example.com/"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("http://example.com//a/../b", "http://example.com//a/../b"),
    ],
)
def test_the_base_string_uri_of_section_3_4_1_2(uri, covered):
    """Scheme and host in lower case, without a default port; the path as it was sent."""
    assert base_string(received("GET", uri)) == base_string(received("GET", covered))
    assert base_string(received("GET", covered)).split("&")[1] == encode(covered)


def test_the_verb_is_covered_in_upper_case():
    assert base_string(received("get", "http://example.com/a")).startswith("GET&")


def test_parameters_are_sorted_by_their_encoded_names_then_values():
    """Section 3.4.1.3.2: by bytes, after encoding, so that "é" (%C3) stands before "a"."""
    request = received("GET", "http://example.com/?a=b&a=%C3%A9&a=&z=1&%C3%A9=2&A=3&a1=4")
    assert unquote(base_string(request).split("&")[2]) == "%C3%A9=2&A=3&a=&a=%C3%A9&a=b&a1=4&z=1"
