"""Marionette, the remote control that Mozilla's programs are built with, as far as is needed here."""

import json
import socket
import time


class Marionette:
    """A connection to a program that was started with `--marionette`."""

    def __init__(self, port, deadline):
        self.deadline = deadline
        self.last = 0
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=self.left())
        self.stream = self.socket.makefile("rb")
        self.receive()

    def left(self):
        return max(self.deadline - time.monotonic(), 0.1)

    def run(self, command, **parameters):
        """The result of one command; what went wrong in the program is a RuntimeError."""
        self.last += 1
        message = json.dumps([0, self.last, command, parameters]).encode()
        self.socket.settimeout(self.left())
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.receive()
        if error:
            raise RuntimeError(f"{error['error']}: {error['message']}")
        return result

    def receive(self):
        """The next message: its length in bytes, a colon, and JSON."""
        length = b""
        while not length.endswith(b":"):
            byte = self.stream.read(1)
            if not byte:
                raise ConnectionError("the program closed the connection")
            length += byte
        return json.loads(self.stream.read(int(length[:-1])))
