"""The real server, and the moment at which pages are looked at."""

import contextlib
import os
import pathlib
import subprocess

AS_OF = "2026-11-23T12:00:00Z"


def moment(content):
    """When a content folder is looked at: a golden case says so itself."""
    said = pathlib.Path(content).parent / "as-of.txt"
    return said.read_text().strip() if said.exists() else AS_OF


@contextlib.contextmanager
def serving(binary, content, as_of=None):
    """Start the real server on a free port; its address is in the first line with one."""
    command = [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, "--as-of", as_of or moment(content)]
    quiet = os.environ | {"RUST_LOG": "warn"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet)
    try:
        for line in server.stdout:
            found = line.find("http://127.0.0.1:")
            if found >= 0:
                break
        else:
            raise SystemExit("the server did not start")
        yield line[found:].split()[0].rstrip("/")
    finally:
        server.terminate()
        server.wait()
