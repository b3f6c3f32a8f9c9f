"""Let Schemathesis ask the API whatever its OpenAPI document allows, and what it does not.

usage: run.py CONVENE CONTENT…

Fails where an answer is not as described: status, media type, headers, schema; where a valid request is refused, or an
invalid one is answered; where a method that is not described is.
"""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent.resolve()
AS_OF = "2026-11-23T12:00:00Z"
# Schemathesis keeps what it learns in the folder in which it runs.
WORK = HERE.parent.parent / "target" / "api"
# Many times what it takes on a machine that is busy with other things.
SECONDS = 240


def serve(binary, content):
    """Start the real server on a free port; its address is in the first line."""
    server = subprocess.Popen(
        [binary, "serve", "--listen", "127.0.0.1:0", "--content", content, "--as-of", AS_OF],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = server.stdout.readline()
    start = line.find("http://127.0.0.1:")
    if start < 0:
        server.kill()
        raise SystemExit(f"the server of {content} did not start")
    return server, line[start:].split()[0].rstrip("/")


def judge(address):
    """Whether Schemathesis finds nothing at that address."""
    program = pathlib.Path(sys.executable).parent / "schemathesis"
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "127.0.0.1"}
    command = [program, "--config-file", HERE / "schemathesis.toml", "run", f"{address}/api/openapi.json"]
    return subprocess.run(command, cwd=WORK, env=environment, timeout=SECONDS).returncode == 0


def main():
    binary, *contents = sys.argv[1:]
    WORK.mkdir(parents=True, exist_ok=True)
    failed = []
    for content in contents:
        server, address = serve(str(pathlib.Path(binary).resolve()), content)
        try:
            if not judge(address):
                failed.append(content)
        finally:
            server.kill()
            server.wait()
    if failed:
        raise SystemExit(f"the API is not as it is described: {', '.join(failed)}")


main()
