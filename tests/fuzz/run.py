#!/usr/bin/env python3
"""Fuzzes whatever reads foreign bytes: each law of `laws/`, one after another, with libFuzzer.

    tests/fuzz/run.py                 each for 10 minutes, as before a release
    tests/fuzz/run.py 60 rule note    these for 60 seconds

Needs cargo-fuzz (`tests/supply/requirements.txt`) and a C++ compiler. What is found is kept in
`target/fuzz`: a corpus for each law, and in `found` the bytes that break one. Ends with 1 if any do.
"""
import argparse, os, pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = ROOT / "target/fuzz"
LAWS = sorted(path.stem for path in (ROOT / "tests/fuzz/targets").glob("*.rs"))

# What files of the content are called, in the order of `laws/sample.rs`.
KINDS = [r"site\.toml", r"series\.md", r"\d{4}.*\.md", r"records\.toml", r"holidays/.*", r".*\.md"]

REQUESTS = [
    "GET / HTTP/1.1\r\nHost: a\r\nAccept: application/calendar+json;q=0.5, */*;q=0.1\r\n\r\n",
    "GET /example.ics?alarm=15m,1d&past=90d HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br;q=0.3, gzip\r\n\r\n",
    "HEAD /feed.xml HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\"x\", \"y\"\r\n"
    "If-Modified-Since: Thu, 26 Nov 2026 10:00:00 GMT\r\n\r\n",
    "GET /api/occurrences?from=2026-12-01&to=2026-12-31&limit=2 HTTP/1.1\r\nHost: a:80\r\n\r\n",
    "GET /archive/?q=thanks&has=recording HTTP/1.0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\nContent-Length: 0\r\n\r\n",
]
OPTIONS = ["series=weekly&tag=dev", "alarm=15m,1d,2h", "cancelled=mark&past=all", "past=90d", "flat=utc"]
TEXTS = ["Weekly\nHall 7\nAll are *welcome*.", "a;b,c\\d\n\"x\"\n<script>", "会議\n👩‍👩‍👧\n# Title"]


def seeds():
    """The good bytes that each law begins with."""
    everything = [p for top in (ROOT / "tests/cases", ROOT / "tests/broken", ROOT / "content")
                  for p in sorted(top.rglob("*")) if p.is_file() and "want" not in p.parts]
    content = [p for p in everything if p.suffix in (".md", ".toml") and p.stat().st_size < 8192]
    kind = lambda p: next((n for n, k in enumerate(KINDS) if re.fullmatch(f"(.*/)?{k}", p.as_posix())), 0)
    rules = [rule for p in content for rule in re.findall(r'rrule\s*[=:]\s*"?([A-Z0-9=;,+-]+)', p.read_text("utf-8", "replace"))]
    wanted = [p.relative_to(w).as_posix() for w in (ROOT / "tests/cases").glob("*/want") for p in w.rglob("*") if p.is_file()]
    paths = ["", "example.ics", "calendar.ics", "meetings/weekly.ics", "meetings/weekly/", "meetings/weekly/2026-11-26/event.ics",
             "feed.xml", "tags/dev.jcal.json", "calendar/2026-11/", "calls/weekly/", "old", "next.svg", "archive/"]
    return {
        "content": [bytes([kind(p)]) + p.read_bytes() for p in content],
        "records": [p.read_bytes() for p in content if p.name == "records.toml"],
        "rule": rules + ["FREQ=MONTHLY;BYDAY=-1TH;COUNT=5", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;INTERVAL=2", "FREQ=DAILY;UNTIL=20270101T000000Z"],
        "calendar": TEXTS,
        "videos": [(ROOT / "tests/collect/feed.xml").read_bytes()],
        "import": [p.read_bytes() for p in sorted((ROOT / "tests/import").iterdir()) if p.suffix != ".txt"],
        "note": [p.read_bytes()[:16384] for p in (ROOT / "tests/collect/minutes").rglob("*.md")],
        "path": wanted + paths,
        "options": OPTIONS,
        "request": REQUESTS,
    }


def build():
    command = ["cargo", "fuzz", "build", "-s", "none", "--fuzz-dir", "tests/fuzz", "--target-dir", str(KEPT)]
    subprocess.run(command, cwd=ROOT, check=True)


def fuzz(law, seconds, begin):
    """Whether nothing was found that breaks the law."""
    corpus, seeded, found = KEPT / "corpus" / law, KEPT / "seeds" / law, KEPT / "found"
    for folder in (corpus, seeded, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(begin):
        (seeded / str(number)).write_bytes(seed.encode() if isinstance(seed, str) else seed)
    binary = next(KEPT.glob(f"*/release/{law}"))
    command = [binary, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=16384",
               f"-artifact_prefix={found}/{law}-", "-print_final_stats=1", corpus, seeded]
    done = subprocess.run(command, cwd=KEPT, capture_output=True, env={**os.environ, "RUST_LOG": "off"})
    text = done.stderr.decode(errors="replace")
    runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
    cover = re.findall(r"cov: (\d+)", text)
    print(f"{law:9} {runs.group(1) if runs else '?':>9} inputs, {cover[-1] if cover else '?':>6} edges: "
          f"{'fine' if done.returncode == 0 else 'BROKEN'}", flush=True)
    if done.returncode:
        print(text[-3000:], flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("seconds", nargs="?", type=int, default=600, help="for each law")
    parser.add_argument("laws", nargs="*", metavar="law", help=", ".join(LAWS))
    args = parser.parse_args()
    if unknown := set(args.laws) - set(LAWS):
        parser.error(f"no such law: {', '.join(sorted(unknown))}")
    build()
    begin = seeds()
    return 0 if all([fuzz(law, args.seconds, begin[law]) for law in args.laws or LAWS]) else 1


if __name__ == "__main__":
    sys.exit(main())
