"""The service as gunicorn runs it: slow and huge requests are ended, and what a proxy says is believed once."""

import json
import socket
import time
from collections.abc import Iterator
from multiprocessing import get_context

import pytest
from flask import Flask, request

from dashboard.server import behind_proxies, serve
from dashboard.settings import DashboardSettings
from dashboard.signin.guard import LARGEST_BODY


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """One worker on a folder without releases."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    settings = DashboardSettings(published=tmp_path_factory.mktemp("data") / "published")
    process = get_context("spawn").Process(
        target=serve, args=(settings,), kwargs={"host": "127.0.0.1", "port": number, "workers": 1}
    )
    process.start()
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", number)).close()
            break
        except OSError:
            time.sleep(0.1)
    yield number
    process.terminate()
    process.join(30)


def said(port: int, *parts: bytes, pause: float = 0.0, wait: float = 30) -> bytes:
    """What is answered to these bytes, all of it until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        answer = b""
        try:
            for part in parts:
                line.sendall(part)
                time.sleep(pause)
            while chunk := line.recv(65536):
                answer += chunk
        except ConnectionError:
            pass
        return answer


def post(length: int | str, body: bytes = b"", more: str = "") -> bytes:
    head = f"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{more}"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + body


def status(answer: bytes) -> str:
    return answer[9:12].decode()


def test_who_sends_a_letter_at_a_time_is_cut_and_others_are_answered(port):
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
    for at, line in enumerate(slow):
        line.sendall(b"GET / HTTP/1.1\r\nX: " if at % 2 else post(1000, b"{"))
    begun = time.monotonic()
    alive = said(port, b"GET /halsa HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status(alive) == "200" and time.monotonic() - begun < 20
    for line in slow:
        line.settimeout(20)
        try:
            left = line.recv(1000)
        except ConnectionError:
            left = b""
        assert status(left) in ("", "400", "408")
        line.close()


def test_what_is_too_large_is_not_read_and_never_taken_for_another_request(port):
    smuggled = b"GET /halsa HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = said(port, post(LARGEST_BODY + 1, b"{" + smuggled), wait=10)
    assert status(answer) in ("", "401", "413") and answer.count(b"HTTP/1.1 ") <= 1 and b'"ok"' not in answer
    body = b"x" * (LARGEST_BODY + 50_000)
    chunked = b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunked += b"Transfer-Encoding: chunked\r\n\r\n" + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    answer = said(port, chunked + smuggled, wait=10)
    assert status(answer) in ("", "400", "401", "413") and b'"ok"' not in answer  # nobody is signed in


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"GET /?" + b"x" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {"414", "400"}),
        (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 9000 + b"\r\n\r\n", {"431", "400"}),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: x\r\n" % at for at in range(60)) + b"\r\n",
            {"431", "400"},
        ),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", {"400"}),
    ],
    ids=["address", "header", "headers", "two lengths"],
)
def test_the_limits_of_a_request(port, request_, expected):
    assert status(said(port, request_)) in expected


def test_two_requests_on_one_connection_with_bodies_are_both_answered(port):
    body = json.dumps({"output": "x", "inputs": []}).encode()
    one = post(len(body), body)
    answer = said(port, one, post(len(body), body, "Connection: close\r\n"))
    assert answer.count(b"HTTP/1.1 ") == 2


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.1"), (1, "192.0.2.7")], ids=["no proxy", "one proxy"])
def test_the_askers_address_is_what_our_own_proxy_says(tmp_path, proxies, address):
    server = Flask("x")

    @server.get("/")
    def who() -> str:
        return f"{request.remote_addr} {request.scheme}"

    settings = DashboardSettings(published=tmp_path, proxies=proxies, address="https://sjukvy.example.se/")
    client = behind_proxies(server, settings).test_client()
    headers = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https", "Host": "sjukvy.example.se"}
    answer = client.get("/", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert answer.text == f"{address} {'https' if proxies else 'http'}"
    other = client.get("/", headers=headers | {"Host": "annan.example.se"})
    assert other.status_code == (400 if proxies else 200)
