"""Box art: every address of it in an answer is a real picture, directly and under the names of the real service."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from mock_netflix.data.box_art import poster_of
from mock_netflix.web.pictures import Pictures
from mock_netflix.wire.links import PICTURES
from tests.clients.signer import signed
from tests.worlds import a_movie

_PICTURE = re.compile(r'"(http://[^"]+/boxshots/([a-z0-9]+)/[0-9]+\.jpg)"')
WIDTH = re.compile(r'href="([^"]+)" rel="[^"]+/([0-9]+)pix_w"')
REAL = "http://api.netflix.com"


def asked(mock, url: str, **headers: str) -> httpx.Response:
    """A request to an address of any host, sent to the mock."""
    parts = urlsplit(url)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return mock.http.get(f"{mock.url}{parts.path}", headers={"Host": parts.netloc, **named})


def answered(mock, base: str, path: str, **parameters: str) -> str:
    """An answer of the service as a client of this base address gets it."""
    consumer = (mock.application.key, mock.application.secret)
    target = signed("GET", base + path, parameters, consumer=consumer).removeprefix(base)
    answer = mock.http.get(mock.url + target, headers={"Host": urlsplit(base).netloc})
    if answer.status_code == 302:
        led = answer.headers["location"].removeprefix(base)
        answer = mock.http.get(mock.url + led, headers={"Host": urlsplit(base).netloc})
    assert answer.status_code == 200
    return answer.text


def size_of(picture: httpx.Response) -> tuple[int, int]:
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(BytesIO(picture.content)) as image:
        image.load()
        return image.size


@pytest.mark.parametrize("host", ["mock", REAL, "http://api-public.netflix.com"])
def test_every_address_of_a_picture_in_a_search_is_one_of_its_size(mock, host):
    base = mock.url if host == "mock" else host
    found = _PICTURE.findall(answered(mock, base, "/catalog/titles", term="the", max_results="5"))
    assert {size for _, size in found} == {"tiny", "small", "large"}
    assert host == "mock" or all(".nflximg.com/us/" in url for url, _ in found)
    for url, size in found:
        assert size_of(asked(mock, url)) == PICTURES[size]


@pytest.mark.parametrize("host", ["mock", REAL])
def test_the_pictures_of_version_2_are_as_wide_as_they_are_called(mock, host):
    base = mock.url if host == "mock" else host
    number = next(iter(mock.state.catalogue.titles.values())).number
    told = WIDTH.findall(answered(mock, base, f"/catalog/titles/movies/{number}/box_art"))
    assert [int(width) for _, width in told] == [38, 64, 88, 110, 124, 150, 166, 197, 210, 284]
    assert [size_of(asked(mock, url))[0] for url, _ in told] == [int(width) for _, width in told]


def test_the_pictures_of_a_catalogue_file_resolve(mock):
    told = WIDTH.findall(answered(mock, REAL, "/catalog/titles/streaming"))
    assert len(told) > 100
    for url, width in told[::37]:
        assert size_of(asked(mock, url))[0] == int(width)


def test_the_folder_of_2011_has_the_same_pictures(mock):
    """reference: resources 2.1."""
    number = next(iter(mock.state.catalogue.titles.values())).number
    pictures = [mock.http.get(f"{mock.url}/{folder}/boxshots/large/{number}.jpg") for folder in ("us", "en_us")]
    assert pictures[0].content == pictures[1].content


def test_a_picture_that_the_client_has_is_not_sent_again(mock):
    number = next(iter(mock.state.catalogue.titles.values())).number
    url = f"{mock.url}/us/boxshots/197/{number}.jpg"
    picture = mock.http.get(url)
    assert picture.headers["cache-control"] == "public, max-age=86400"
    again = mock.http.get(url, headers={"If-None-Match": picture.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", picture.headers["etag"])
    assert mock.http.get(url, headers={"If-None-Match": '"other"'}).content == picture.content


def test_many_clients_at_once_get_the_same_picture(mock):
    number = next(iter(mock.state.catalogue.titles.values())).number
    url = f"{mock.url}/us/boxshots/210/{number}.jpg"
    with ThreadPoolExecutor(8) as several:
        pictures = [one.content for one in several.map(lambda _: mock.http.get(url), range(24))]
    assert len(set(pictures)) == 1


def test_only_so_many_bytes_of_pictures_are_kept():
    limit = 20_000
    pictures = Pictures(limit)

    async def draw() -> list[int]:
        return [len(await pictures.drawn(poster_of(a_movie(name=f"Movie {n}")), "large")) for n in range(20)]

    sizes = asyncio.run(draw())
    assert sum(sizes) > 2 * limit > 2 * sum(map(len, pictures._kept.values())) > limit
