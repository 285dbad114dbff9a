"""Which addresses an import may connect to: public ones, decided on the address itself."""

import ipaddress
import socket
from collections.abc import Callable

from annotate.tasks.faults import RowFault

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Permit = Callable[[Address], bool]

NOT_PUBLIC_4 = tuple(ipaddress.ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24"))
"""Protocol assignments and 6to4 relays; Python counts them, or a part, as global."""

UNICAST = ipaddress.ip_network("2000::/3")
NOT_PUBLIC_6 = tuple(
    ipaddress.ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""In the unicast range, but Teredo, benchmarks, documentation or IPv4 inside 6to4."""


def is_public(address: Address) -> bool:
    """Whether it is an ordinary address of the internet; no IPv4 address inside IPv6 is."""
    if isinstance(address, ipaddress.IPv4Address):
        inside = any(address in network for network in NOT_PUBLIC_4)
        return address.is_global and not address.is_multicast and not inside
    return address in UNICAST and not any(address in network for network in NOT_PUBLIC_6)


def connect(host: str, port: int, *, permit: Permit, timeout: float) -> socket.socket:
    """A connection to the host; every address of its name must be permitted.

    The address that was checked is the one that is connected to, so that a name that changes
    its answer gains nothing.
    """
    found = _resolve(host, port)
    for _, _, _, _, place in found:
        if not permit(ipaddress.ip_address(place[0])):
            raise RowFault("address_not_allowed", f"{host} is at {place[0]}, which is not public")
    family, kind, protocol, _, place = found[0]
    connection = socket.socket(family, kind, protocol)
    connection.settimeout(timeout)
    try:
        connection.connect(place)
    except OSError as error:
        connection.close()
        raise RowFault("unreachable", f"{host}: {error}") from error
    return connection


def _resolve(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RowFault("unreachable", f"{host}: {error}") from error
    return [(*entry[:4], entry[4]) for entry in found]  # type: ignore[misc]
