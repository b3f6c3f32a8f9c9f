"""What a request costs the server: Convene beside nginx that serves the very same bytes from files.

usage: run.py CONVENE CONTENT [--seconds N] [--rounds N] [--only WORD]

Both serve what `convene build` writes, nginx with its best: sendfile, open_file_cache, gzip_static and
no access log; the large document is of a generated community. Each round measures every case, or
those with the word in their name, on the one and then on the other. What counts is the server's CPU
time per request, by the kernel's own account, as a ratio: requests per second and latencies are noise
on a machine that others use, too, and are told beside it.
"""

import argparse
import contextlib
import gzip
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent / "browser"), str(HERE.parent.parent), str(HERE.parent / "scale")]
import generate  # noqa: E402
from ports import free_port  # noqa: E402
from server import AS_OF, serving  # noqa: E402

CONNECTIONS, THREADS = 64, 2
# So many generated series have a calendar of half a megabyte.
LARGE_SERIES, LARGE = 19, 500_000
# What the goals of a case are: Convene's CPU time per request as a part of nginx's, at the most, and
# its requests per second, at the least.
GOALS = {
    "304": (1.00, 1.00),
    "gzip": (0.90, 1.15),
    "plain": (1.15, None),
    "new connection": (1.25, None),
    "large gzip": (1.30, None),
    "large plain": (1.10, None),
}


class Measured:
    """One case on one server in one round."""

    def __init__(self, nanoseconds, requests, per_second, p99):
        self.cpu, self.per_second, self.p99 = nanoseconds / requests / 1000, per_second, p99


def export(binary, content, folder):
    """What both serve, with each file's gzip form beside it for nginx."""
    subprocess.run([binary, "build", "--out", folder, "--content", content, "--as-of", AS_OF], check=True, stdout=subprocess.DEVNULL)
    for file in [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")]:
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 6, mtime=0))


def of_about(folder, size):
    """The path of the published page or calendar whose size is nearest to that many bytes."""
    files = [*folder.rglob("index.html"), *folder.rglob("*.ics")]
    file = min(files, key=lambda file: abs(file.stat().st_size - size))
    return "/" + str(file.relative_to(folder)).removesuffix("index.html"), file.stat().st_size


@contextlib.contextmanager
def both(convene, content, work):
    """The addresses of Convene and of nginx over the same content, and what nginx serves."""
    work.mkdir()
    folder = work / "public"
    export(convene, content, folder)
    with serving(convene, content, AS_OF) as ours, nginx(folder, work) as theirs:
        yield (ours, theirs), folder


@contextlib.contextmanager
def nginx(folder, work):
    """nginx over the folder, on a free port."""
    port = free_port()
    conf = (HERE / "nginx.conf").read_text().replace("FOLDER", str(folder)).replace("WORK", str(work)).replace("PORT", str(port))
    (work / "nginx.conf").write_text(conf)
    process = subprocess.Popen(["nginx", "-c", work / "nginx.conf", "-p", work, "-e", work / "error.log"])
    root = f"http://127.0.0.1:{port}"
    try:
        wait_for(root)
        yield root
    finally:
        process.terminate()
        process.wait()


def wait_for(root):
    """Ask until somebody answers; the connection is refused until the port is open."""
    for _ in range(1000):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(root + "/robots.txt").read()
    raise SystemExit(f"nothing answers at {root}")


def listeners(root):
    """The processes that serve at that address: the one that listens and its children."""
    port = int(root.rsplit(":", 1)[1])
    inodes = set()
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if int(fields[1].split(":")[1], 16) == port and fields[3] == "0A":
            inodes.add(f"socket:[{fields[9]}]")
    found = set()
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(str(link.readlink()) in inodes for link in (process / "fd").iterdir()):
                found.add(process)
    assert found, f"nobody listens on {port}"
    return found


def cpu(processes):
    """Nanoseconds that all threads of the processes have run for."""
    tasks = (task for process in processes for task in (process / "task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def measure(root, path, headers, seconds):
    flags = [flag for header in headers for flag in ("-H", header)]
    processes = listeners(root)
    before = cpu(processes)
    command = ["wrk", "--latency", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", *flags, root + path]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken = cpu(processes) - before
    requests = int(re.search(r"(\d+) requests in", told)[1])
    # A client that waited for long is counted in the latencies.
    errors = re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: (?!connect 0, read 0, write 0)", told)
    assert requests and not errors, f"{root}{path} {headers}: {told}"
    return Measured(taken, requests, float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), milliseconds(re.search(r"99%\s+([\d.]+)(us|ms|s)", told)))


def milliseconds(match):
    return float(match[1]) * {"us": 0.001, "ms": 1, "s": 1000}[match[2]]


def head(root, path, headers=()):
    request = urllib.request.Request(root + path, headers=dict(headers))
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def cases(usual, large):
    """Goal, name, addresses, path and, for each server, the headers of every case."""
    roots, page, size, etags = looked_at(*usual, 20_000)
    large_roots, large_path, large_size, _ = looked_at(*large, LARGE)
    gzipped = ["Accept-Encoding: gzip"]
    matching = [gzipped + [f"If-None-Match: {etag}"] for etag in etags]
    return [
        ("304", "304 Not Modified", roots, page, matching),
        ("gzip", f"gzip of {size}", roots, page, [gzipped] * 2),
        ("plain", f"plain {size}", roots, page, [[]] * 2),
        ("new connection", f"gzip of {size}, new connection", roots, page, [gzipped + ["Connection: close"]] * 2),
        ("large gzip", f"gzip of {large_size}", large_roots, large_path, [gzipped] * 2),
        ("large plain", f"plain {large_size}", large_roots, large_path, [[]] * 2),
    ]


def looked_at(roots, folder, size):
    """The path of about that size, in words how large it is, and its ETags, after a look that both serve the same bytes."""
    path, size = of_about(folder, size)
    bodies, etags = set(), []
    for root in roots:
        bodies.add(head(root, path)[1])
        headers, coded = head(root, path, {"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip", f"{root} does not compress"
        bodies.add(gzip.decompress(coded))
        etags.append(headers["ETag"])
    assert len(bodies) == 1, "they do not serve the same"
    return roots, path, f"{size / 1000:.0f} KB", etags


def table(results):
    print(f"{'':34}{'CPU/request':>22}{'ratio':>8}{'(range)':>16}{'goal':>7}{'req/s':>8}{'(range)':>16}{'goal':>7}{'p99':>8}")
    for goal, name, rounds in results:
        ours, theirs = (statistics.median(pair[i].cpu for pair in rounds) for i in (0, 1))
        late = statistics.median(one.p99 / other.p99 for one, other in rounds)
        most, least = (f"{wanted:.2f}" if wanted else "" for wanted in GOALS[goal])
        cost, speed = (in_short([getattr(one, of) / getattr(other, of) for one, other in rounds]) for of in ("cpu", "per_second"))
        print(f"{name:34}{ours:9.1f} : {theirs:6.1f} µs{cost}{most:>7}{speed}{least:>7}{late:8.2f}")


def in_short(ratios):
    return f"{statistics.median(ratios):8.2f}{f'({min(ratios):.2f}–{max(ratios):.2f})':>16}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene")
    parser.add_argument("content")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    for tool in ("wrk", "nginx"):
        assert shutil.which(tool), f"{tool} is not installed"
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        work.chmod(0o755)
        generate.write(work / "content", LARGE_SERIES, "http")
        with both(args.convene, args.content, work / "usual") as usual, both(args.convene, work / "content", work / "large") as large:
            all_cases = [case for case in cases(usual, large) if args.only in case[0]]
            measured = {case[1]: [] for case in all_cases}
            for _ in range(args.rounds):
                for _, name, roots, path, headers in all_cases:
                    measured[name].append(tuple(measure(root, path, sent, args.seconds) for root, sent in zip(roots, headers)))
    print("Convene : nginx, medians of", args.rounds, "rounds of", args.seconds, "s; a ratio below 1 is less than nginx takes")
    table([(goal, name, measured[name]) for goal, name, *_ in all_cases])


if __name__ == "__main__":
    main()
