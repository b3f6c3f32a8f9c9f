"""Ports of this machine that nobody has, for servers that have to be told theirs."""

import contextlib
import random
import socket

# Below those that the system gives out itself (from 32768 on): no connection of another test, which runs
# beside, takes one of these between being looked for and being listened on.
RANGE = range(20000, 32000)


def free_ports(number):
    """That many, no two alike."""
    found = []
    for port in random.sample(RANGE, len(RANGE)):
        if len(found) == number:
            return found
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
    raise SystemExit("no port is free")


def free_port():
    """One of them."""
    return free_ports(1)[0]
