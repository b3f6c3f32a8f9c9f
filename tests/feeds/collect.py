"""`convene collect`, from a note that stands on loopback for every address."""

import http.server
import subprocess
import threading
from functools import partial


class Note(http.server.BaseHTTPRequestHandler):
    """Answers everything with the note."""

    def __init__(self, text, *arguments):
        self.text = text
        super().__init__(*arguments)

    def do_GET(self):
        body = self.text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/markdown")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody reads it."""


def collect(binary, content, as_of, text):
    """Lets the program read the note once, and write what it finds into the content."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Note, text)) as upstream:
        threading.Thread(target=upstream.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{upstream.server_address[1]}"
        options = ["--content", content, "--as-of", as_of, "--fetch-from", address]
        subprocess.run([binary, "collect", *options], check=True, stdout=subprocess.DEVNULL)
        upstream.shutdown()
