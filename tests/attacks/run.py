"""Attack the real server, and nginx beside it, and tell what came of it as tables in Markdown.

usage: run.py CONVENE CONTENT [NAME …] [--full]

Each NAME is a file of this folder: smuggling, slow, herd, full, mutated, pages, hostile. Without any, all of
them. The short forms are for each change, the full ones for the figures in RELIABILITY.md.
"""

import argparse
import importlib
import pathlib
import sys
import tempfile
import time

import servers

NAMES = ["smuggling", "slow", "herd", "full", "mutated", "pages", "hostile"]


class Options:
    """What an attack is told, and what it finds wrong."""

    def __init__(self, args, work):
        self.convene, self.content = str(pathlib.Path(args.convene).resolve()), args.content
        self.is_full, self.work, self.wrong = args.full, work, []

    def public(self):
        """What Convene serves, as files for nginx."""
        folder = self.work / "public"
        return folder if folder.exists() else servers.export(self.convene, self.content, folder)

    def fail(self, wrong):
        self.wrong += wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("convene")
    parser.add_argument("content")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--full", action="store_true")
    args = parser.parse_args()
    servers.own_descriptors()
    failed = []
    for name in args.names or NAMES:
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            # nginx's processes run as another user.
            work.chmod(0o755)
            options, start = Options(args, work), time.monotonic()
            print(f"\n### {name}\n")
            for line in importlib.import_module(name).run(options):
                print(line, flush=True)
            print(f"\n({time.monotonic() - start:.0f} s)")
            failed += [f"{name}: {wrong}" for wrong in options.wrong]
    print(*(f"FAIL {wrong}" for wrong in failed), sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
