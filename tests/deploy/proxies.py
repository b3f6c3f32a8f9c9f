"""The proxies' samples before the real server: every answer comes through as it was sent.

usage: proxies.py CONVENE CONTENT

nginx and Caddy run with deploy/nginx/convene.conf and deploy/caddy/Caddyfile, on other ports and with a
certificate of their own. Then the server is stopped, and nginx has to go on.
"""

import contextlib
import http.client
import itertools
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
DEPLOY = HERE.parents[1] / "deploy"
sys.path[:0] = [str(HERE.parent / "browser"), str(HERE.parent)]
from ports import free_port, free_ports  # noqa: E402
from server import serving  # noqa: E402

NAME = "calendar.example.org"
AS_OF = "2026-11-23T12:00:00Z"
# A second before OCI's weekly call of that day, from when on the first page is another: no cache may
# keep it for longer.
JUST_BEFORE = "2025-01-09T17:59:59Z"
PATHS = ["/", "/oci.ics", "/feed.xml", "/feed.json", "/next.json", "/style.css", "/icon.svg", "/archive/", "/no"]
CODINGS = ["identity", "gzip", "br", "gzip, deflate, br"]
SAME = [
    "Content-Type", "Content-Encoding", "Content-Disposition", "ETag", "Last-Modified", "Vary", "Cache-Control",
    "Access-Control-Allow-Origin", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
]
PATIENCE = 30

NGINX = """
daemon off;
pid {0}/nginx.pid;
error_log {0}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {0}/body;
    proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi;
    scgi_temp_path {0}/scgi;
    include {0}/convene.conf;
}}
"""


def changed(text, changes):
    """The sample with other ports and places; each has to be in it."""
    for old, new in changes.items():
        if old not in text:
            raise SystemExit(f"the sample has no `{old}`")
        text = text.replace(old, new)
    return text


def certificate(folder):
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    made += ["-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    made += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.create_default_context(cafile=f"{folder}/certificate.pem")
    return context


@contextlib.contextmanager
def running(command, port, log):
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | {"HOME": str(log.parent)})
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{command[0]} did not start: {log.read_text()}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def nginx(folder, upstream):
    port, plain = free_ports(2)
    sample = changed((DEPLOY / "nginx/convene.conf").read_text(), {
        "127.0.0.1:8080": upstream,
        "    listen [::]:80;\n": "", "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};", "listen 443": f"listen 127.0.0.1:{port}",
        f"/etc/ssl/{NAME}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/ssl/{NAME}/privkey.pem": f"{folder}/key.pem",
        "/var/cache/nginx/convene": f"{folder}/cache",
    })
    (folder / "convene.conf").write_text(sample)
    (folder / "nginx.conf").write_text(NGINX.format(folder))
    # The workers are nobody's, who has to get at the cache.
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    return running(["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"], port, folder / "log"), port, plain


def caddy(folder, upstream):
    port = free_port()
    sample = changed((DEPLOY / "caddy/Caddyfile").read_text(), {
        "{$CONVENE:127.0.0.1:8080}": upstream,
        f"{NAME} {{\n": f"{{\n\tadmin off\n\tauto_https off\n}}\n\nhttps://{NAME}:{port} {{\n"
        f"\tbind 127.0.0.1\n\ttls {folder}/certificate.pem {folder}/key.pem\n",
    })
    (folder / "Caddyfile").write_text(sample)
    return running(["caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"], port, folder / "log"), port


class Connection(http.client.HTTPSConnection):
    """One to a port of this machine, with the name of the sample."""

    def __init__(self, port, context):
        super().__init__(NAME, port, timeout=PATIENCE, context=context)
        self._create_connection = lambda _, *rest: socket.create_connection(("127.0.0.1", port), *rest)


def ask(connection, path, headers):
    connection.request("GET", path, headers={"Host": NAME} | headers)
    answer = connection.getresponse()
    return answer, answer.read()


def compare(direct, through, with_cache):
    """Every path in every coding, twice, and what is known already: what differs."""
    wrong = []
    for path, coding, _ in itertools.product(PATHS, CODINGS, range(2)):
        headers = {"Accept-Encoding": coding}
        (sent, body), (got, got_body) = ask(direct, path, headers), ask(through, path, headers)
        about = f"{path} in {coding}"
        if (sent.status, body) != (got.status, got_body):
            wrong.append(f"{about}: {got.status} with {len(got_body)} bytes, not {sent.status} with {len(body)}")
        differ = [name for name in SAME if sent.getheader(name) != got.getheader(name)]
        wrong += [f"{about}: {name}: {got.getheader(name)}, not {sent.getheader(name)}" for name in differ]
        if not got.getheader("Strict-Transport-Security"):
            wrong.append(f"{about}: no Strict-Transport-Security")
        tag = sent.getheader("ETag")
        if tag:
            again, nothing = ask(through, path, headers | {"If-None-Match": tag})
            if (again.status, again.getheader("ETag"), nothing) != (304, tag, b""):
                wrong.append(f"{about}: {again.status} {again.getheader('ETag')} to who has {tag}")
    if with_cache:
        cached = ask(through, "/oci.ics", {"Accept-Encoding": "gzip"})[0].getheader("X-Cache")
        if cached != "HIT":
            wrong.append(f"the calendar did not come from the cache: {cached}")
    jcal, _ = ask(through, "/oci.ics", {"Accept": "application/calendar+json"})
    if jcal.getheader("Content-Type") != "application/calendar+json":
        wrong.append("who asks for jCal gets it of nobody")
    return wrong


def without_server(convene, content, folder, context):
    """nginx with what it has, once the server is gone and what it has is old."""
    wrong = []
    with contextlib.ExitStack() as stack:
        with serving(convene, content, JUST_BEFORE) as address:
            started, port, plain = nginx(folder, address.removeprefix("http://"))
            stack.enter_context(started)
            through = Connection(port, context)
            known = {path: ask(through, path, {}) for path in PATHS if path != "/no"}
            plainly = http.client.HTTPConnection("127.0.0.1", plain, timeout=PATIENCE)
            moved = ask(plainly, "/oci.ics", {})[0]
            if (moved.status, moved.getheader("Location")) != (308, f"https://{NAME}/oci.ics"):
                wrong.append(f"http is answered with {moved.status} {moved.getheader('Location')}")
        ages = {known[path][0].getheader("Cache-Control") for path in known}
        if not ages - {"public, max-age=300"}:
            wrong.append("nothing is about to be old: the test shows nothing")
        time.sleep(2)
        states = set()
        for path, (was, body) in known.items():
            got, got_body = ask(through, path, {})
            states.add(got.getheader("X-Cache"))
            if (got.status, got.getheader("ETag"), got_body) != (200, was.getheader("ETag"), body):
                wrong.append(f"{path} without the server: {got.status}")
        if "STALE" not in states:
            wrong.append(f"nothing old was served: {states}")
    return wrong


def main():
    convene, content = sys.argv[1:]
    wrong = []
    with tempfile.TemporaryDirectory() as made, serving(convene, content, AS_OF) as address:
        upstream = address.removeprefix("http://")
        for name in ["nginx", "caddy"]:
            folder = pathlib.Path(made, name)
            folder.mkdir()
            context = certificate(folder)
            started, port, *_ = nginx(folder, upstream) if name == "nginx" else caddy(folder, upstream)
            with started:
                direct = http.client.HTTPConnection(upstream, timeout=PATIENCE)
                found = compare(direct, Connection(port, context), name == "nginx")
            print(f"{name}: {len(PATHS) * len(CODINGS) * 2} answers compared, {len(found)} differ")
            wrong += [f"{name}: {line}" for line in found]
        folder = pathlib.Path(made, "alone")
        folder.mkdir()
        found = without_server(convene, content, folder, certificate(folder))
        print(f"nginx without the server: {len(found)} wrong")
        wrong += found
    print("\n".join(wrong[:20]), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
