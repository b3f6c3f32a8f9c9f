"""The same content at the same moment is the same bytes, whether it is served, built or published; and each of two
servers gives every document the same entity tags."""

import contextlib
import gzip
import http.client
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

CODINGS = ("identity", "gzip", "br")
# What only one of the commands writes: its list, and what static hosts read that serve a folder.
OWN = (".convene-manifest", ".convene-published", "_headers", "_redirects")


def files(folder):
    """Every file below a folder, by name, but those."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name not in OWN}


def gunzip(body):
    return gzip.decompress(body)


def path_of(key):
    """Where the server has what has that name."""
    path = "/" + key
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


class Server:
    """A server that is asked over one connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path, coding="identity"):
        self.connection.request("GET", urllib.parse.quote(path), headers={"Accept-Encoding": coding})
        answer = self.connection.getresponse()
        answer.body = answer.read()
        return answer


@contextlib.contextmanager
def serving(binary, content, as_of):
    """Run the real server on a free port."""
    server = subprocess.Popen(
        [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, "--as-of", as_of],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)", server.stdout.readline())[1])
        yield Server(port)
    finally:
        server.kill()
        server.wait()


def everywhere(convene, store, content, as_of):
    """Fails where anything differs."""
    built = convene.build(content, as_of)
    store.clear()
    convene.publish(content, "s3://bucket/www")
    published = store.tree("www/")
    with tempfile.TemporaryDirectory() as folder:
        convene.publish(content, f"file://{folder}/www")
        assert files(f"{folder}/www") == built, "published to a folder, it differs"
        assert convene.publish(content, f"file://{folder}/www")["written"] == 0
    assert published == built, "published to a bucket, it differs"
    with serving(convene.binary, content, as_of) as one, serving(convene.binary, content, as_of) as other:
        documents = sum(same(one, other, key, body) for key, body in built.items())
    print(f"  equal: {documents} documents and {len(built) - documents} paths that lead on are the same bytes from a "
          f"server, a folder and a bucket; the tags of two servers are equal in {len(CODINGS)} codings", flush=True)


def same(one, other, key, body):
    """Whether it is a document, which both have; fails where they differ."""
    path = path_of(key)
    served = one.get(path)
    if served.status == 301:
        assert other.get(path).headers["location"] == served.headers["location"], path
        leads_to = one.get(served.headers["location"]).body
        assert body in (leads_to,) or f'url={served.headers["location"]}' in body.decode(), path
        return False
    assert served.status == 200 and served.body == body, f"{path}: served, it differs"
    for coding in CODINGS:
        first, second = one.get(path, coding), other.get(path, coding)
        assert first.headers["etag"] and first.headers["etag"] == second.headers["etag"], (path, coding)
        assert coding != "gzip" or first.body == second.body, path
    return True
