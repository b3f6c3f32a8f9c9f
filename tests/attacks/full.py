"""Many more clients than there are descriptors: 5,000 at a server that may have 64.

It has to be idle while it is full, to let those who have no place wait, and to answer as before within
a second of when they have left.
"""

import time

from servers import convene, nginx, table

CLIENTS, DESCRIPTORS = 5000, 64


def crowd(server, count, seconds):
    """CPU while the clients are there and silent, and how long a good one waits after they have left."""
    server.rest()
    clients = []
    try:
        for number in range(count):
            client = server.connect()
            # Half of them have begun a request, so that the server has something to wait for.
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"")
            clients.append(client)
        time.sleep(1)
        cpu = server.cpu()
        time.sleep(seconds)
        cpu = (server.cpu() - cpu) / seconds
        descriptors = server.descriptors()
    finally:
        for client in clients:
            client.close()
    start = time.monotonic()
    try:
        status, _, body = server.get("/robots.txt", timeout=20)
        answer = "" if status == 200 and body else f"status {status}, {len(body)} bytes"
    except (OSError, ValueError, IndexError) as error:
        answer = repr(error)
    return cpu, descriptors, time.monotonic() - start, answer


def run(options):
    rows, seconds = [], 8 if options.is_full else 3
    with convene(options.convene, options.content, options.work, descriptors=DESCRIPTORS) as ours:
        for _ in range(3 if options.is_full else 1):
            cpu, descriptors, waited, answer = crowd(ours, CLIENTS, seconds)
            rows.append((ours.name, f"{CLIENTS:,}", descriptors, f"{cpu:.1%}", f"{waited:.2f} s", answer or "200"))
            if cpu > 0.1:
                options.fail([f"it is busy while it is full: {cpu:.0%} of a processor"])
            if answer or waited > (1 if options.is_full else 5):
                options.fail([f"a good client after the others: {answer or 'an answer'} after {waited:.2f} s"])
        options.fail(ours.panics())
    if options.is_full:
        with nginx(options.public(), options.work, descriptors=DESCRIPTORS) as theirs:
            cpu, descriptors, waited, answer = crowd(theirs, CLIENTS, seconds)
            rows.append((theirs.name, f"{CLIENTS:,}", descriptors, f"{cpu:.1%}", f"{waited:.2f} s", answer or "200"))
    heads = ("server", "clients", "open descriptors", "CPU while full", "a good client's wait afterwards", "its answer")
    yield from table(heads, rows)
