"""Clients with addresses built in, none of which knows of a mock: what each answers for an address, with its status."""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx
import requests
import uvloop

# An answer: its status and its text.
Answer = tuple[int, str]


def by_urllib(url: str) -> Answer:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def by_http_client(url: str) -> Answer:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def by_requests(url: str) -> Answer:
    answer = requests.get(url)
    return answer.status_code, answer.text


def by_httpx(url: str) -> Answer:
    answer = httpx.get(url)
    return answer.status_code, answer.text


def by_sockets(url: str) -> Answer:
    """Leaves the name to the socket, as nobody does who wants all addresses of a host."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    with socket.socket() as plain:
        plain.connect((parts.hostname, _port(url)))
        if not secure:
            return _spoken(plain, url)
        with ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as wrapped:
            return _spoken(wrapped, url)


def _spoken(connected: socket.socket, url: str) -> Answer:
    connected.sendall(_head(url))
    received = b"".join(iter(lambda: connected.recv(65536), b""))
    return _read(received)


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def _head(url: str) -> bytes:
    parts = urlsplit(url)
    return f"GET {parts.path}?{parts.query} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n".encode()


def _read(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


async def by_httpx_async(url: str) -> Answer:
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
        return answer.status_code, answer.text


async def by_aiohttp(url: str) -> Answer:
    async with aiohttp.ClientSession(trust_env=True) as client, client.get(url) as answer:
        return answer.status, await answer.text()


async def by_streams(url: str) -> Answer:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    reader, writer = await asyncio.open_connection(parts.hostname, _port(url), ssl=secure or None)
    writer.write(_head(url))
    received = await reader.read()
    writer.close()
    await writer.wait_closed()
    return _read(received)


def _on(loop: Callable[[], asyncio.AbstractEventLoop], client: Callable[[str], Coroutine[Any, Any, Answer]]) -> Any:
    def asked(url: str) -> Answer:
        with asyncio.Runner(loop_factory=loop) as runner:
            return runner.run(client(url))

    return asked


LOOPS = {"asyncio": asyncio.SelectorEventLoop, "uvloop": uvloop.new_event_loop}
CLIENTS: dict[str, Callable[[str], Answer]] = {
    "urllib": by_urllib,
    "http.client": by_http_client,
    "requests": by_requests,
    "httpx": by_httpx,
    "sockets": by_sockets,
    **{
        f"{name} on {loop}": _on(made, client)
        for name, client in (("httpx", by_httpx_async), ("aiohttp", by_aiohttp), ("streams", by_streams))
        for loop, made in LOOPS.items()
    },
}
