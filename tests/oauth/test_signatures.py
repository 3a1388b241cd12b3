"""Properties of signatures: what two independent signers sign is accepted, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oauthlib.oauth1 import SIGNATURE_TYPE_AUTH_HEADER, SIGNATURE_TYPE_BODY, SIGNATURE_TYPE_QUERY, Client

from mock_netflix.oauth.parameters import FORM
from mock_netflix.oauth.refusals import GatewayRefusal, SignatureInvalid
from mock_netflix.oauth.signature import base_string
from mock_netflix.world.grants import AccessToken, Application
from tests.clients import signer
from tests.oauth.incoming import ACCESS, APPLICATION, NOW, caller_of, granted, received

few = settings(max_examples=60, deadline=None)

# Letters that signers got wrong, and everything else that UTF-8 can write.
letters = st.sampled_from(" +~*%&=;'\"!()/?#@,\\éŁ☃𝄞\x00\n") | st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=8)
names = texts.filter(lambda name: not name.startswith("oauth_"))
# Repeated names and equal pairs come out of the small pool.
plain = st.lists(st.tuples(names | st.sampled_from("ab"), texts | st.sampled_from(["", "b"])), max_size=5)
secrets = st.text(letters, max_size=12)
verbs = st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD"])
authorities = st.sampled_from(["api.netflix.com", "127.0.0.1:8080", "localhost", "[::1]:99", "a-b.example:65535"])
# What a path may hold unescaped, and escapes of the rest. A ";" at its very end is not covered by oauthlib.
paths = st.lists(texts, max_size=4).map(
    lambda parts: "/" + "/".join(quote(part, safe=":@!$&'()*+,=~") for part in parts)
)
urls = st.builds("{}://{}{}".format, st.sampled_from(["http", "https"]), authorities, paths)
forms = st.sampled_from([signer.encode, quote_plus])


def world(consumer_secret: str, token_secret: str):
    """Grants of one application and one token with these secrets."""
    application, token = replace(APPLICATION, secret=consumer_secret), replace(ACCESS, secret=token_secret)
    return granted((application,), (token,)), application, token


def oauthlib_client(application: Application, token: AccessToken, place: str) -> Client:
    return Client(
        application.key,
        client_secret=application.secret,
        resource_owner_key=token.token,
        resource_owner_secret=token.secret,
        signature_type=place,
        timestamp=str(NOW),
    )


def by_signer(verb: str, url: str, pairs: list, application=APPLICATION, token=ACCESS) -> list[tuple[str, str]]:
    """The protocol parameters as the independent signer makes them."""
    consumer, access = (application.key, application.secret), (token.token, token.secret)
    return signer.oauth_parameters(verb, url, pairs, consumer=consumer, token=access, timestamp=str(NOW))


def as_form(pairs, encode) -> str:
    return "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)


@few
@given(verbs, urls, plain, secrets, secrets, forms)
def test_oauthlib_in_the_query_is_accepted(verb, url, pairs, consumer_secret, token_secret, encode):
    grants, application, token = world(consumer_secret, token_secret)
    client = oauthlib_client(application, token, SIGNATURE_TYPE_QUERY)
    address, _, _ = client.sign(f"{url}?{as_form(pairs, encode)}", verb)
    assert caller_of(received(verb, address), grants=grants).access_token == token


@few
@given(verbs, urls, plain, secrets, secrets, forms)
def test_oauthlib_in_the_header_is_accepted(verb, url, pairs, consumer_secret, token_secret, encode):
    grants, application, token = world(consumer_secret, token_secret)
    client = oauthlib_client(application, token, SIGNATURE_TYPE_AUTH_HEADER)
    address, headers, _ = client.sign(f"{url}?{as_form(pairs, encode)}", verb, realm="Ham & eggs, fried")
    request = received(verb, address, headers["Authorization"])
    assert caller_of(request, grants=grants).access_token == token


@few
@given(st.sampled_from(["POST", "PUT", "DELETE"]), urls, plain, plain, secrets, secrets, forms)
def test_oauthlib_in_the_body_is_accepted(verb, url, pairs, fields, consumer_secret, token_secret, encode):
    """The form has fields of its own, and the query parameters of its own."""
    grants, application, token = world(consumer_secret, token_secret)
    client = oauthlib_client(application, token, SIGNATURE_TYPE_BODY)
    body = as_form([("field", "first"), *fields], encode)
    address, _, signed = client.sign(f"{url}?{as_form(pairs, encode)}", verb, body, {"Content-Type": FORM})
    assert caller_of(received(verb, address, body=signed), grants=grants).access_token == token


@few
@given(verbs, urls, plain, plain, secrets, secrets, st.sampled_from(["query", "header", "body"]), forms)
def test_an_independent_signer_is_accepted(verb, url, pairs, fields, consumer_secret, token_secret, place, encode):
    """Plain parameters stand in the query and in a form body, the protocol's in either or in the header."""
    grants, application, token = world(consumer_secret, token_secret)
    protocol = by_signer(verb, url, [*pairs, *fields], application, token)
    query = [*pairs, *(protocol if place == "query" else [])]
    body = [*fields, *(protocol if place == "body" else [])]
    header = signer.authorization(protocol, realm="x") if place == "header" else None
    request = received(verb, f"{url}?{as_form(query, encode)}", header, as_form(body, encode))
    assert caller_of(request, grants=grants).access_token == token


@few
@given(verbs, urls, plain, st.lists(st.sampled_from(["query", "header", "body"]), min_size=20, max_size=20))
def test_a_parameter_may_stand_anywhere(verb, url, pairs, places):
    """Protocol parameters and others alike, split in any way between query, header and body (client-demands 3)."""
    everything = [*pairs, *by_signer(verb, url, pairs)]
    standing = {"query": [], "header": [], "body": []}
    for one, place in zip(everything, places, strict=False):
        # A header holds protocol parameters only.
        standing[place if place != "header" or one[0].startswith("oauth_") else "query"].append(one)
    query, body = signer.encoded(standing["query"]), signer.encoded(standing["body"])
    header = signer.authorization(standing["header"])
    assert caller_of(received(verb, f"{url}?{query}", header, body)).access_token == ACCESS


@few
@given(verbs, urls, plain, st.randoms(use_true_random=False))
def test_the_order_of_parameters_does_not_matter(verb, url, pairs, chance):
    everything = [*pairs, *by_signer(verb, url, pairs)]
    chance.shuffle(everything)
    assert caller_of(received(verb, f"{url}?{signer.encoded(everything)}")).access_token == ACCESS


@few
@given(verbs, urls, plain)
def test_base_strings_are_those_of_the_independent_signer(verb, url, pairs):
    request = received(verb, f"{url}?{signer.encoded(pairs)}")
    assert base_string(request) == signer.base_string(verb, url, pairs)


@few
@given(verbs, urls, plain, st.data())
def test_any_changed_parameter_is_refused(verb, url, pairs, data):
    """One letter more in a name or a value, the signature's own included; one parameter more, or one less."""
    everything = [*pairs, *by_signer(verb, url, pairs)]
    place = data.draw(st.integers(0, len(everything) - 1), label="place")
    name, value = everything[place]
    changed = data.draw(
        st.sampled_from([[(name, value + "1")], [(name + "x", value)], [], [(name, value)] * 2]), label="changed"
    )
    request = received(verb, f"{url}?{signer.encoded([*everything[:place], *changed, *everything[place + 1 :]])}")
    with pytest.raises(GatewayRefusal):
        caller_of(request)


@few
@given(urls, plain, st.sampled_from(["verb", "scheme", "authority", "path", "case of the path"]))
def test_any_change_around_the_parameters_is_refused(url, pairs, part):
    protocol = by_signer("GET", url, pairs)
    request = received("GET", f"{url}?{signer.encoded([*pairs, *protocol])}")
    scheme, _, rest = request.uri.partition("://")
    authority, _, path = rest.partition("/")
    changed = {
        "verb": replace(request, verb="POST"),
        "scheme": replace(request, uri=f"{'http' if scheme == 'https' else 'https'}://{rest}"),
        "authority": replace(request, uri=f"{scheme}://{authority}1/{path}"),
        "path": replace(request, uri=f"{request.uri}/"),
        "case of the path": replace(request, uri=f"{scheme}://{authority}/{path.swapcase()}"),
    }[part]
    assume(changed != request)
    with pytest.raises(SignatureInvalid):
        caller_of(changed)


@few
@given(urls, secrets, secrets, st.booleans())
def test_another_secret_is_refused(url, right, wrong, of_consumer):
    """A wrong secret of the application or of the token; the refusal carries the evidence."""
    assume(right != wrong)
    grants, application, token = world(right, right)
    signing = (
        (replace(application, secret=wrong), token) if of_consumer else (application, replace(token, secret=wrong))
    )
    protocol = by_signer("GET", url, [], *signing)
    with pytest.raises(SignatureInvalid) as refused:
        caller_of(received("GET", f"{url}?{signer.encoded(protocol)}"), grants=grants)
    text = signer.base_string("GET", url, protocol[:-1])
    assert refused.value.base_string == text
    assert refused.value.received == protocol[-1][1]
    assert refused.value.expected == signer.hmac_sha1(text, right, right)
