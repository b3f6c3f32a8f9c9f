"""What Netlify makes of `convene build`'s _headers and _redirects: the same as the server says.

usage: static.py CONVENE CONTENT NODE MODULES

Netlify's own parsers read both files, in NODE with the packages in MODULES; what they make of each path
of the built tree is held against what the server answers there.
"""

import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "browser"))
from server import moment, serving  # noqa: E402

# Added to the content, so that there is something that moved or is gone.
MOVED = '\n[[moved]]\nfrom = "/old/{0}/"\nto = "/meetings/{0}/"\n\n[[moved]]\nfrom = "/old.ics"\nto = "/calendar.ics"\n'
GONE = 'gone = ["/gone.ics"]\n'


def with_moved(content, folder):
    """A copy of the content with addresses that lead on, and one of its series."""
    copy = pathlib.Path(folder, "content")
    subprocess.run(["cp", "-r", content, copy], check=True)
    series = sorted(path.parent.name for path in copy.glob("meetings/*/series.md"))[0]
    site = copy / "site.toml"
    site.write_text(GONE + site.read_text() + MOVED.format(series))
    return copy, series


def compare(read, tree, address):
    """Every path, and every line of _redirects: what differs."""
    host = urllib.parse.urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)

    def ask(path):
        connection.request("HEAD", path)
        answer = connection.getresponse()
        answer.read()
        return answer

    rules = [(re.compile(rule["pattern"], re.IGNORECASE), rule["values"]) for rule in read["headers"]]
    # A path that leads on is redirected by force, whatever file is there.
    moved = [re.compile("^" + re.escape(line["from"]).replace(r"\*", ".*") + "/?$") for line in read["redirects"]]
    wrong, paths = list(read["errors"]), 0
    for file in sorted(tree.rglob("*")):
        name = str(file.relative_to(tree))
        path = "/" + urllib.parse.quote(name.removesuffix("index.html"))
        if not file.is_file() or name in (".convene-manifest", "_headers", "_redirects"):
            continue
        if any(pattern.match(path) for pattern in moved):
            continue
        paths += 1
        said = {}
        for pattern, values in rules:
            if pattern.match(path):
                for key, value in values.items():
                    said.setdefault(key.lower(), []).append(value)
        answer = ask(path)
        is_page = answer.headers["Content-Type"].startswith("text/html")
        names = ["referrer-policy", "x-content-type-options"]
        names += ["content-security-policy"] if is_page else ["access-control-allow-origin", "content-type"]
        for key in names:
            if said.get(key) != [answer.headers[key]]:
                wrong.append(f"{path}: {key}: {said.get(key)}, not {answer.headers[key]}")
        if is_page and "access-control-allow-origin" in said:
            wrong.append(f"{path}: a page is open to other sites' scripts")
        if answer.status != 200 or any(len(values) > 1 for values in said.values()):
            wrong.append(f"{path}: {answer.status} {said}")
    return wrong, paths, ask


def compare_redirects(read, series, ask):
    wrong = []
    for line in read["redirects"]:
        rest = "2026-11-23/" if line["from"].startswith("/old/") else ""
        for path, to in [(line["from"].replace("*", ""), line["to"].replace(":splat", ""))]:
            answer = ask(path)
            expected = (410, None) if line["status"] == 410 else (301, to)
            if (answer.status, answer.headers["Location"]) != expected:
                wrong.append(f"{path}: {answer.status} {answer.headers['Location']}, not {expected} {rest}")
    forced = [line for line in read["redirects"] if line["force"]]
    for path in ["/gone.ics", "/old.ics", f"/old/{series}/", f"/old/{series}/*"]:
        if path not in [line["from"] for line in forced]:
            wrong.append(f"_redirects has no {path} that goes before a file")
    return wrong


def main():
    convene, content, node, modules = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        copy, series = with_moved(content, folder)
        tree, as_of = pathlib.Path(folder, "tree"), moment(content)
        build = [convene, "build", "--content", copy, "--out", tree, "--as-of", as_of]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        reader = [node, pathlib.Path(modules).resolve() / "read.mjs", tree]
        read = json.loads(subprocess.run(reader, check=True, capture_output=True, text=True).stdout)
        with serving(convene, copy, as_of) as address:
            wrong, paths, ask = compare(read, tree, address)
            wrong += compare_redirects(read, series, ask)
    print(f"{paths} paths by {len(read['headers'])} rules, {len(read['redirects'])} redirects: {len(wrong)} differ")
    print("\n".join(wrong[:20]), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong or not paths or not read["headers"] else 0


if __name__ == "__main__":
    sys.exit(main())
