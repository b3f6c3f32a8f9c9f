"""What operators are given, judged by the programs that they use.

usage: run.py CONVENE CONTENT

Serves a copy of the content, asks as several clients, and checks that `/metrics` is what Prometheus' own readers take,
that it has counted exactly what was asked, that the alerts go off when they should (promtool), that a real Prometheus
scrapes the server and answers every question of the dashboard, and that each line of the log is JSON.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import questions
import traffic
from served import Server, fetch

from prometheus_client.openmetrics.parser import text_string_to_metric_families

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARD = ROOT / "deploy" / "grafana" / "convene.json"


def promtool(*arguments, text=None):
    """Run promtool, which has to be content."""
    done = subprocess.run(["promtool", *arguments], cwd=PROMETHEUS, input=text, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise SystemExit(f"promtool {' '.join(arguments)}:\n{done.stdout}{done.stderr}")


def samples(address):
    """All samples, as the strict reader of OpenMetrics gives them; and the text in the older format."""
    media_type, text = fetch(address, "/metrics", {"Accept": "application/openmetrics-text"})
    if not media_type.startswith("application/openmetrics-text; version=1.0.0"):
        raise SystemExit(f"/metrics is {media_type}")
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    media_type, older = fetch(address, "/metrics", {"Accept": "text/plain"})
    if not media_type.startswith("text/plain; version=0.0.4"):
        raise SystemExit(f"/metrics in the older format is {media_type}")
    return found, older


def exposed(older):
    """The names that are declared, whether they have a value yet or not."""
    return {line.split()[2] for line in older.splitlines() if line.startswith("# TYPE ")}


def check_counts(found, expected):
    counted = {
        (s.labels["route"], int(s.labels["status"]), s.labels["client"]): s.value
        for s in found if s.name == "convene_requests_total"}
    wrong = [
        f"{kind}: {counted.get(kind, 0):.0f} instead of {expected.get(kind, 0)}"
        for kind in sorted(counted.keys() | expected.keys()) if counted.get(kind, 0) != expected.get(kind, 0)]
    if wrong:
        raise SystemExit("counted wrongly:\n" + "\n".join(wrong))


def check_names(older):
    names = exposed(older)
    for path, expressions in questions.all_of(PROMETHEUS / "alerts.yml", DASHBOARD):
        for expression in expressions:
            missing = questions.names(expression) - names - questions.MAY_BE_ABSENT - {"up"}
            if missing:
                raise SystemExit(f"{path.name} asks for {', '.join(sorted(missing))}, which /metrics does not have")


def check_log(text):
    lines = text.splitlines()
    for line in lines:
        event = json.loads(line)
        if not {"timestamp", "level", "message"} <= event.keys():
            raise SystemExit(f"not an event: {line}")
    if not any("series" in json.loads(line) for line in lines):
        raise SystemExit(f"the log does not say what is served:\n{text}")


def main():
    binary, content = sys.argv[1:]
    promtool("check", "config", "prometheus.yml")
    promtool("check", "rules", "alerts.yml")
    promtool("test", "rules", "alerts_test.yml")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        shutil.copytree(content, work / "content")
        with Server(binary, work / "content") as server:
            expected = traffic.ask(server.address)
            found, older = samples(server.address)
            check_counts(found, expected)
            promtool("check", "metrics", text=older)
            check_names(older)
            asked = questions.answered(DASHBOARD, server.address, work)
        check_log(server.log)
    print(f"ops: {sum(expected.values())} requests counted, {len(found)} samples, {asked} questions answered")


main()
