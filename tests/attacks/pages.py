"""What pages and feeds let others do: the headers and the markup of every path of the content.

A page may run and load nothing that is not its own, no answer contradicts a proxy that adds HSTS, and only
what is no page is open to other sites' scripts.
"""

import collections
import pathlib
import re
from html.parser import HTMLParser

from servers import convene, table

DIRECTIVES = {
    "default-src": {"'none'"}, "script-src": {"'self'"}, "style-src": {"'self'"}, "img-src": {"'self'", "https://i.ytimg.com"},
    "connect-src": {"'self'"}, "base-uri": {"'none'"}, "form-action": {"'self'", "'none'"}, "frame-ancestors": {"'none'", "*"},
}
# Only these may differ from the rest.
PICTURES, FRAMED = "/", "/embed/"
# Attributes with addresses, and those of them from which a browser loads by itself.
LED = {"href", "src", "action", "formaction", "xlink:href", "data", "cite", "poster"}
LOADED = {"src", "srcset", "data", "poster", "background", "manifest"}
SERVER_ONLY = ["/healthz", "/readyz", "/status", "/status.json", "/metrics", "/api/series", "/api/occurrences", "/api/openapi.json", "/oci.ics?flat=utc", "/nowhere", "/api/nowhere"]
# What a proxy that adds Strict-Transport-Security, or a browser that has it, would be contradicted by.
UNWANTED = ["strict-transport-security", "set-cookie", "server", "x-powered-by", "refresh", "access-control-allow-credentials"]


class Page(HTMLParser):
    """What a browser would run or load of a page, and must not."""

    def __init__(self, origin):
        super().__init__()
        self.origin, self.wrong = origin, []

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json":
            self.wrong.append("a script in the page")
        if tag == "base" and "href" in attributes or tag in ("style", "object", "embed", "applet", "frame"):
            self.wrong.append(f"<{tag}>")
        # A page that has moved says so, where there is no server to say it.
        is_moved = re.fullmatch(r"0; *url=/[^/].*|0; *url=/", attributes.get("content") or "")
        if tag == "meta" and attributes.get("http-equiv") and not is_moved:
            self.wrong.append(f"<meta http-equiv={attributes['http-equiv']}>")
        for name, value in pairs:
            value = (value or "").strip()
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.wrong.append(f"<{tag} {name}>")
            if name in LED and re.match(r"(?i)[\s\x00-\x20]*(javascript|vbscript|data):", value):
                self.wrong.append(f"<{tag} {name}={value[:40]}>")
            is_loaded = name in LOADED or (tag == "link" and name == "href" and attributes.get("rel") in ("stylesheet", "icon", "preload", "modulepreload"))
            if is_loaded and not self.is_own(value):
                self.wrong.append(f"<{tag} {name}={value[:60]}> of another site")

    def is_own(self, address):
        return address.startswith(self.origin + "/") or not re.match(r"(?i)([a-z][a-z0-9+.-]*:|//)", address)


def policy(path, text):
    """What is wrong with a page's policy."""
    told = {name: set(values) for name, *values in (part.split() for part in text.split(";") if part.strip())}
    for name, allowed in DIRECTIVES.items():
        if name not in told:
            yield f"no {name}"
        elif not told[name] <= allowed:
            yield f"{name} {told[name]}"
    if unknown := set(told) - set(DIRECTIVES):
        yield f"{unknown}"
    if "https://i.ytimg.com" in told.get("img-src", ()) and path != PICTURES:
        yield "other sites' pictures"
    if "*" in told.get("frame-ancestors", ()) and path != FRAMED:
        yield "other sites may frame it"


def look(path, status, headers, body, origin):
    """What is wrong with the answer for a path."""
    kind = headers.get("content-type", "")
    if headers.get("x-content-type-options") != "nosniff":
        yield "no nosniff"
    yield from (f"{name}: {headers[name]}" for name in UNWANTED if name in headers)
    if kind.startswith("text/html"):
        if "access-control-allow-origin" in headers:
            yield "open to other sites' scripts"
        if headers.get("referrer-policy") != "no-referrer":
            yield "no Referrer-Policy"
        yield from policy(path, headers.get("content-security-policy", ""))
        page = Page(origin)
        page.feed(body.decode())
        yield from page.wrong
    elif kind.startswith("image/svg"):
        if re.search(rb"(?i)<script|\son\w+=|javascript:|<foreignObject|xlink:href|@import|url\(", body):
            yield "a picture that does more than show"
    elif status == 200 and path not in ("/healthz", "/readyz", "/metrics") and headers.get("access-control-allow-origin") != "*":
        yield "closed to other sites' scripts"


def run(options):
    public = pathlib.Path(options.public())
    origin = re.search(r'^url = "(.*)"', (pathlib.Path(options.content) / "site.toml").read_text(), re.M)[1]
    files = (file.relative_to(public).as_posix() for file in sorted(public.rglob("*")) if file.is_file() and not file.name.startswith(("_", ".")))
    paths = ["/" + re.sub(r"(^|/)index\.html$", r"\1", file) for file in files] + SERVER_ONLY
    kinds, wrong = collections.Counter(), []
    with convene(options.convene, options.content, options.work) as server:
        for path in paths:
            status, headers, body = server.get(path)
            kinds[headers.get("content-type", f"status {status}").split(";")[0]] += 1
            if status in (301, 308):
                continue
            if status != 200 and path not in ("/nowhere", "/api/nowhere"):
                wrong.append(f"{path}: status {status}")
            wrong += [f"{path}: {each}" for each in look(path, status, headers, body, origin)]
        wrong += server.panics()
    options.fail(wrong[:20])
    yield from table(("paths", "by kind", "wrong"), [(len(paths), ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()), len(wrong))])
