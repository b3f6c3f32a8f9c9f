"""What the alerts and the dashboard ask of Prometheus, and whether a real one has answers."""

import json
import pathlib
import re
import subprocess
import sys
import urllib.parse
import urllib.request

from served import PATIENCE, until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from ports import free_port  # noqa: E402

# What Grafana puts in the place of its variables.
VARIABLES = {"$__rate_interval": "10s", "$job": "convene", "$instance": ".+"}

# There only where a meeting lacks something, which is up to the content and the day.
MAY_BE_ABSENT = {"convene_meetings_missing"}


def names(expression):
    """The metrics that an expression names."""
    return set(re.findall(r"\b(?:convene|process)_[a-z_]+\b|\bup\b", re.sub(r'"[^"]*"', "", expression)))


def of_alerts(path):
    return re.findall(r"^\s*expr: (.+)$", path.read_text(), re.MULTILINE)


def of_dashboard(path):
    """Each panel's questions; fails where the dashboard is not one that Grafana takes."""
    dashboard = json.loads(path.read_text())
    panels = dashboard["panels"]
    if not dashboard["uid"] or not dashboard["title"] or dashboard["schemaVersion"] < 36:
        raise SystemExit("the dashboard has no uid, title or schemaVersion")
    if len({panel["id"] for panel in panels}) != len(panels):
        raise SystemExit("two panels of the dashboard have one id")
    sources = {variable["name"] for variable in dashboard["templating"]["list"] if variable["type"] == "datasource"}
    expressions = []
    for panel in panels:
        for target in panel.get("targets", []):
            if target["datasource"]["uid"] not in {f"${{{source}}}" for source in sources}:
                raise SystemExit(f"{panel['title']} does not ask the data source that one chooses")
            expressions.append(target["expr"])
    return expressions


def all_of(alerts, dashboard):
    return [(alerts, of_alerts(alerts)), (dashboard, of_dashboard(dashboard))]


def answered(dashboard, address, work):
    """Let a real Prometheus scrape the server, and put all questions of the dashboard to it."""
    port = free_port()
    config = work / "prometheus.yml"
    config.write_text(
        "global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: convene\n"
        f"    static_configs: [{{ targets: ['{address[0]}:{address[1]}'] }}]\n")
    command = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={work / 'data'}",
               f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def query(expression):
        parameters = urllib.parse.urlencode({"query": expression})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/api/v1/query?{parameters}", timeout=PATIENCE) as response:
            return json.load(response)["data"]["result"]

    def scrapes():
        """Whether it has counted its own requests over some time."""
        try:
            return query('rate(convene_requests_total{client="monitoring",route="metrics"}[10s]) > 0')
        except OSError:
            return False

    try:
        until("Prometheus scrapes the server", scrapes)
        expressions = of_dashboard(dashboard)
        for expression in expressions:
            for variable, value in VARIABLES.items():
                expression = expression.replace(variable, value)
            if not query(expression) and not names(expression) & MAY_BE_ABSENT:
                raise SystemExit(f"Prometheus has no answer to {expression}")
        return len(expressions)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
