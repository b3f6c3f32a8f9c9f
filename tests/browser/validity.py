"""Have every page judged by the Nu Html Checker, which knows the HTML standard to the letter.

usage: validity.py CONVENE CONTENT…

Exports each content folder and checks all HTML, CSS and SVG in it at once; the pages that only a
server has are fetched.
"""

import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from server import moment, serving

CHECKER = "target/browser/npm/node_modules/vnu-jar/build/dist/vnu.jar"
# Pages that are made when they are asked for.
SERVED = ["/status"]


def export(binary, content, folder):
    command = [binary, "build", "--content", content, "--as-of", moment(content), "--out", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def fetch(binary, content, folder):
    with serving(binary, content) as root:
        for path in SERVED:
            page = urllib.request.urlopen(root + path).read()
            (folder / f"{path.strip('/')}.html").write_bytes(page)


def judge(folder):
    """The checker's complaints, a line each; warnings count as mistakes."""
    # Its schemas nest deeper than Java's usual stack.
    command = ["java", "-Xss8m", "-jar", CHECKER, "--Werror", "--also-check-css", "--also-check-svg", "--skip-non-html", folder]
    judged = subprocess.run(command, capture_output=True, text=True)
    complaints = judged.stderr.splitlines()
    if judged.returncode and not complaints:
        complaints = [f"the checker gave up with {judged.returncode}"]
    return [line.replace(f"file:{folder}/", "") for line in complaints]


def main(binary, contents):
    with tempfile.TemporaryDirectory() as root:
        for i, content in enumerate(contents):
            name = pathlib.Path(content).resolve().parent.name if i else "content"
            export(binary, content, pathlib.Path(root) / name)
        fetch(binary, contents[0], pathlib.Path(root))
        pages = sum(1 for _ in pathlib.Path(root).rglob("*.html"))
        complaints = judge(root)
    for line in complaints:
        print(f"FAIL {line}")
    print(f"{pages} pages are judged, {len(complaints)} mistakes")
    return 1 if complaints or not pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
