"""Judge the systemd units: that systemd understands them, and what they leave an intruder.

usage: units.py CONVENE

systemd-analyze judges; the figures are those of `systemd-analyze security --offline=yes`, 10 at the worst.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

UNITS = pathlib.Path(__file__).parents[2] / "deploy/systemd"
MOST = {"convene.service": 0.5, "convene-collect.service": 1.2}
PROGRAM = "/usr/local/bin/convene"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def mistakes(convene):
    """What systemd says of the units, with the program where it is now."""
    with tempfile.TemporaryDirectory() as folder:
        for unit in UNITS.iterdir():
            text = unit.read_text().replace(f"ExecStart={PROGRAM}", f"ExecStart={convene}")
            pathlib.Path(folder, unit.name).write_text(text)
        units = sorted(str(unit) for unit in pathlib.Path(folder).iterdir())
        judged = run("systemd-analyze", "verify", "--man=no", *units)
        lines = (judged.stdout + judged.stderr).splitlines()
        # Of the system's own units it has opinions too.
        found = [line for line in lines if "convene" in line]
        return found or (lines if judged.returncode else [])


def exposure(unit):
    """The figure, and what it is made of."""
    judged = run("systemd-analyze", "security", "--offline=yes", "--no-pager", str(UNITS / unit))
    figure = re.search(r"Overall exposure level for \S+ ([0-9.]+)", judged.stdout)
    if not figure:
        raise SystemExit(f"{unit}: {judged.stdout}{judged.stderr}")
    return float(figure[1]), [line for line in judged.stdout.splitlines() if line.startswith("✗")]


def main():
    wrong = mistakes(pathlib.Path(sys.argv[1]).resolve())
    for unit, most in MOST.items():
        figure, why = exposure(unit)
        print(f"{unit}: {figure} of 10 exposed, at most {most} is wanted")
        if figure > most:
            wrong += [f"{unit} is exposed more than that:", *why]
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
