"""The image's file system, made and used as the container is: small, read-only and not root's.

usage: image.py CONVENE CONTENT

deploy/image-root makes it, as deploy/Containerfile does; bubblewrap runs the server in it as user 65532, with no
capability and nothing to write to.
"""

import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
IMAGE_ROOT = HERE.parents[1] / "deploy/image-root"
MOST_BYTES = 25_000_000
USER = "65532"
PATIENCE = 30


def inside(root, content, *command):
    """The command within the image."""
    return [
        "bwrap", "--ro-bind", root, "/", "--ro-bind", content, "/content", "--proc", "/proc", "--dev", "/dev",
        "--unshare-user", "--uid", USER, "--gid", USER, "--unshare-ipc", "--unshare-pid", "--unshare-uts",
        "--cap-drop", "ALL", "--clearenv", "--die-with-parent", "--chdir", "/",
        "/usr/local/bin/convene", *command,
    ]


@contextlib.contextmanager
def serving(root, content):
    command = inside(root, content, "serve", "--listen", "127.0.0.1:0", "--content", "/content")
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        if "http://" not in line:
            raise SystemExit(f"the server did not start in the image: {line}")
        yield line[line.find("http://"):].split()[0].rstrip("/"), server
    finally:
        server.terminate()
        server.wait(PATIENCE)


def process_of(server):
    """What the kernel says of the server itself, below bubblewrap."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        pid = server.pid
        while children := pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            pid = int(children[0])
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        if status.startswith("Name:\tconvene"):
            return pid, dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        time.sleep(0.05)
    raise SystemExit("the server is not there")


def main():
    convene, content = sys.argv[1:]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder, "root")
        subprocess.run([IMAGE_ROOT, pathlib.Path(convene).resolve(), root], check=True)
        files = [path for path in root.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"the image has {len(files)} files of {size / 1e6:.1f} MB in all, at most {MOST_BYTES / 1e6:.0f} are wanted")
        if size > MOST_BYTES:
            wrong.append("the image is too large")
        parts = json.loads((root / "usr/share/doc/convene/convene.cdx.json").read_text())["components"]
        if "hyper" not in {part["name"] for part in parts}:
            wrong.append("the list of what the program is made of lacks hyper")
        checked = subprocess.run(inside(root, content, "check", "--content", "/content"), capture_output=True, text=True)
        if checked.returncode:
            wrong.append(f"check in the image: {checked.stdout}{checked.stderr}")
        with serving(root, content) as (address, server):
            for path in ["/healthz", "/readyz", "/", "/calendar.ics"]:
                with urllib.request.urlopen(address + path, timeout=PATIENCE) as answer:
                    if answer.status != 200:
                        wrong.append(f"{path}: {answer.status}")
            pid, status = process_of(server)
            if int(status["CapEff"], 16):
                wrong.append(f"it has capabilities: {status['CapEff']}")
            mounts = pathlib.Path(f"/proc/{pid}/mountinfo").read_text().splitlines()
            options = {line.split()[4]: line.split()[5].split(",") for line in mounts}
            wrong += [f"{place} can be written" for place in ["/", "/content"] if "ro" not in options[place]]
            environment = pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            if b"MALLOC_MMAP_THRESHOLD_=131072" not in environment:
                wrong.append("glibc's allocator was not told its threshold")
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
