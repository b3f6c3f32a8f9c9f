"""A real S3 API on loopback, moto's, and a proxy before it that counts, breaks and cuts off."""

import contextlib
import http.client
import http.server
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from ports import free_port  # noqa: E402

BUCKET = "bucket"
MANIFEST = ".convene-published"
# moto does not look at signatures, but wants one.
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, "
                           "SignedHeaders=host, Signature=a"}
# Far longer than anything should take, on a machine that is busy with other things.
PATIENCE = 60


def until(what, is_so):
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit(f"not within {PATIENCE} s: {what}")
        time.sleep(0.05)


class Store:
    """What is in the bucket, as anybody sees it."""

    def __init__(self, port):
        self.port = port
        self.local = threading.local()

    def ask(self, method, key, query="", body=None, headers=None):
        """Status, headers and body of one request."""
        path = f"/{BUCKET}/" + urllib.parse.quote(key) if key is not None else f"/{BUCKET}"
        for last in (False, True):
            if not hasattr(self.local, "connection"):
                self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                self.local.connection.request(method, path + query, body=body, headers=SIGNED | (headers or {}))
                answer = self.local.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, OSError):
                del self.local.connection
                if last:
                    raise

    def get(self, key):
        """The bytes of an object; None where there is none."""
        status, _, body = self.ask("GET", key)
        assert status in (200, 404), (key, status)
        return body if status == 200 else None

    def has(self, key):
        return self.ask("HEAD", key)[0] == 200

    def headers(self, key):
        status, headers, _ = self.ask("HEAD", key)
        assert status == 200, (key, status)
        return headers

    def put(self, key, body):
        assert self.ask("PUT", key, body=body)[0] == 200

    def delete(self, key):
        self.ask("DELETE", key)

    def keys(self, prefix=""):
        """Every key below a prefix, without it."""
        found, token = [], ""
        while True:
            query = f"?list-type=2&prefix={urllib.parse.quote(prefix, safe='')}{token}"
            text = self.ask("GET", None, query)[2].decode()
            found += [unescaped(key) for key in re.findall("<Key>(.*?)</Key>", text)]
            more = re.search("<NextContinuationToken>(.*?)</NextContinuationToken>", text)
            if not more:
                return sorted(key.removeprefix(prefix) for key in found)
            token = "&continuation-token=" + urllib.parse.quote(unescaped(more[1]), safe="")

    def tree(self, prefix=""):
        """Every object but the manifest."""
        return {key: self.get(prefix + key) for key in self.keys(prefix) if key != MANIFEST}

    def clear(self):
        for key in self.keys():
            self.delete(key)


def unescaped(text):
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, char)
    return text


@contextlib.contextmanager
def moto():
    """Run moto's server; a store with an empty bucket."""
    port = free_port()
    program = pathlib.Path(sys.executable).parent / "moto_server"
    server = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    store = Store(port)

    def answers():
        try:
            return store.ask("PUT", None)[0] == 200
        except OSError:
            return False
    try:
        until("moto answers", answers)
        yield store
    finally:
        server.kill()
        server.wait()


class Proxy(http.server.ThreadingHTTPServer):
    """Stands before a store. `hook` is asked of every request and says what becomes of it: `None` to
    pass it on, a status to answer with that, `"reset"` to cut it off before it is passed on, or
    `"lost"` to pass it on and cut off the answer."""

    daemon_threads = True

    def __init__(self, store):
        super().__init__(("127.0.0.1", 0), Passing)
        self.store = store
        self.hook = lambda method, key: None
        self.lock = threading.Lock()
        self.seen = []
        self.open = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """Connections that are cut off are what this is for."""

    def writes(self):
        """The keys of what was written since `seen` was emptied, but for the manifest."""
        return sorted(key for method, key in self.seen if method == "PUT" and not key.endswith(MANIFEST))

    def quiet(self):
        """Wait until nothing is under way any more."""
        until("the store is quiet", lambda: self.open == 0)

    def environment(self):
        """What tells a program to use this store."""
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("AWS_") and name not in ("CONVENE_LOG", "RUST_LOG")}
        return kept | {"AWS_ENDPOINT": f"http://127.0.0.1:{self.server_port}", "AWS_ALLOW_HTTP": "true",
                       "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}


class Passing(http.server.BaseHTTPRequestHandler):
    """Passes requests on to the store, as far as the hook lets it."""

    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = urllib.parse.unquote(self.path.split("?")[0]).removeprefix(f"/{BUCKET}").lstrip("/")
        with self.server.lock:
            self.server.open += 1
        try:
            what = self.server.hook(self.command, key)
            if what == "reset":
                return self.cut()
            if isinstance(what, int):
                return self.answer(what, {}, b"<Error><Code>InternalError</Code></Error>")
            self.server.seen.append((self.command, key))
            status, headers, answer = self.forward(body)
        finally:
            with self.server.lock:
                self.server.open -= 1
        if what == "lost":
            return self.cut()
        return self.answer(status, headers, answer)

    def forward(self, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.store.port, timeout=PATIENCE)
        connection.request(self.command, self.path, body=body, headers=dict(self.headers))
        answer = connection.getresponse()
        result = answer.status, dict(answer.headers), answer.read()
        connection.close()
        return result

    def answer(self, status, headers, body):
        self.send_response_only(status)
        length = {"Content-Length": headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(body))}
        kept = {name: value for name, value in headers.items()
                if name.lower() not in ("content-length", "connection", "transfer-encoding")}
        for name, value in (kept | length).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = pass_on

    def log_message(self, *_):
        pass
