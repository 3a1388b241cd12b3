"""The worked example of OAuth Core 1.0, Appendix A: a printer reads a photo that Jane keeps elsewhere."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.world.grants import AccessToken, Application, RequestToken
from mock_netflix.world.refusals import Refusal
from tests.clients import signer
from tests.oauth.incoming import caller_of, granted, received

# A.1, A.2 and A.4.
JANE = "jane"
PRINTER = Application("printer.example.com", "dpf43f3p2l4k3l03", "kd94hf93k423kf44")
REQUEST = RequestToken("hh5s93j4hdidpola", "hdhd0244k9j7ao03", PRINTER.key, None, "", 1191242090)
ACCESS = AccessToken("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", PRINTER.key, JANE)
GRANTS = granted((PRINTER,), (ACCESS,), (REQUEST,))
NOW = 1191242096

# A.5.
PHOTO = "http://photos.example.net/photos?file=vacation.jpg&size=original"
BASE_STRING = (
    "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03"
    "%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096"
    "%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal"
)
SIGNATURE = "tR3+Ty81lMeYAr/Fid0kMTYa/WM="
HEADER = """OAuth realm="http://photos.example.net/",
    oauth_consumer_key="dpf43f3p2l4k3l03",
    oauth_token="nnch734d00sl2jdk",
    oauth_signature_method="HMAC-SHA1",
    oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D",
    oauth_timestamp="1191242096",
    oauth_nonce="kllo9940pd9333jh",
    oauth_version="1.0" """
IN_QUERY = (
    f"{PHOTO}&oauth_consumer_key=dpf43f3p2l4k3l03&oauth_token=nnch734d00sl2jdk&oauth_signature_method=HMAC-SHA1"
    "&oauth_signature=tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D&oauth_timestamp=1191242096&oauth_nonce=kllo9940pd9333jh"
    "&oauth_version=1.0"
)


def user_of(verb: str, url: str, header: str | None = None, body: str = "", now: int = NOW) -> str | None:
    return caller_of(received(verb, url, header, body), grants=GRANTS, now=now).user_id


def test_the_signature_of_a_5_2_is_that_of_the_base_string_of_a_5_1():
    key = b"kd94hf93k423kf44&pfkkdhi9sl3r4s00"
    assert base64.b64encode(hmac.digest(key, BASE_STRING.encode(), hashlib.sha1)).decode() == SIGNATURE


def test_the_request_of_a_5_3_is_accepted_signed_in_the_header():
    assert user_of("GET", PHOTO, HEADER) == JANE


def test_the_request_of_a_5_3_is_accepted_signed_in_the_query():
    assert user_of("GET", IN_QUERY) == JANE


def test_it_is_accepted_with_its_plain_parameters_in_a_form():
    """Section 9.1.1: the same base string, wherever its parameters stand."""
    url, _, query = PHOTO.partition("?")
    assert user_of("GET", url, HEADER, query) == JANE


def test_it_is_accepted_from_another_spelling_of_its_address():
    """Section 9.1.2: scheme and host in capitals, the default port."""
    assert user_of("GET", PHOTO.replace("http://photos.example.net", "HTTP://Photos.Example.NET:80"), HEADER) == JANE


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("vacation.jpg", "vacation.png"),
        ("original", "medium"),
        ("/photos?", "/photo?"),
        ("example.net/photos?", "example.org/photos?"),
        ("http:", "https:"),
        ("kllo9940pd9333jh", "kllo9940pd9333ji"),
        ("=1191242096", "=1191242097"),
        ("oauth_version=1.0", "oauth_version=1.1"),
        ("tR3", "tR4"),
    ],
)
def test_it_is_refused_with_another_letter(written, otherwise):
    assert IN_QUERY.count(written) == 1
    with pytest.raises(Refusal):
        user_of("GET", IN_QUERY.replace(written, otherwise))


def test_it_is_refused_with_another_verb():
    with pytest.raises(Refusal):
        user_of("POST", IN_QUERY)


def test_the_request_token_is_exchanged():
    """A.4 has this call with PLAINTEXT; here with HMAC-SHA1, and with no verifier, which OAuth 1.0 does not know."""
    url = "https://photos.example.net/access_token"
    consumer, token = (PRINTER.key, PRINTER.secret), (REQUEST.token, REQUEST.secret)
    asked = signer.signed("POST", url, {}, consumer=consumer, token=token, timestamp=str(NOW), nonce="dji430splmx33448")
    assert caller_of(received("POST", asked), Level.REQUEST, grants=GRANTS, now=NOW).request_token == REQUEST
