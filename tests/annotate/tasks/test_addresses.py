"""Only ordinary addresses of the internet are connected to."""

import ipaddress
import socket

import pytest

from annotate.tasks.addresses import connect, is_public
from annotate.tasks.faults import RowFault


@pytest.mark.parametrize(
    "text", ["93.184.216.34", "8.8.8.8", "172.32.0.1", "2606:2800:220:1::1", "2a00:1450:4001::5"]
)
def test_it_works(text):
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::8.8.8.8",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "64:ff9b::808:808",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:808:808::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_anything_else_is_refused(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1"]
)
def test_loopback_is_refused_however_it_is_written(host, unused):
    with pytest.raises(RowFault) as caught:
        connect(host, unused, permit=is_public, timeout=1)
    assert caught.value.reason == "address_not_allowed"


def test_one_address_that_is_not_public_spoils_a_name(monkeypatch):
    def resolve(host, port, **_):
        places = [("93.184.216.34", port), ("10.0.0.1", port)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(RowFault) as caught:
        connect("example.org", 80, permit=is_public, timeout=1)
    assert "10.0.0.1, which is not public" in caught.value.detail


def test_a_name_is_asked_once_and_the_checked_address_used(monkeypatch, unused):
    asked = []

    def resolve(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", unused))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with socket.create_server(("127.0.0.1", unused)):
        connect("example.org", 80, permit=lambda _: True, timeout=1).close()
    assert asked == ["example.org"]


def test_nobody_there(unused):
    with pytest.raises(RowFault) as caught:
        connect("127.0.0.1", unused, permit=lambda _: True, timeout=1)
    assert caught.value.reason == "unreachable"


@pytest.fixture
def unused():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]
