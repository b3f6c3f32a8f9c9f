"""Judge the Kubernetes manifests: by the official schemas, and by what a careful operator would ask.

usage: kubernetes.py

Every object in deploy/kubernetes is checked against the schemas of the oldest and of the newest release that
are wanted; where kubectl is there, so is what it makes of each overlay.
"""

import pathlib
import shutil
import subprocess
import sys

import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).parents[2] / "deploy/kubernetes"
VERSIONS = ["1.30", "1.37"]


def kustomizations():
    return sorted(ROOT.rglob("kustomization.yaml"))


def objects_of(text):
    return [found for found in yaml.safe_load_all(text) if found]


def name_of(found):
    return f"{found['kind']} {found['metadata']['name']}"


def invalid(found):
    """What the schemas say of an object."""
    wrong = []
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(found, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            wrong.append(f"{name_of(found)}: Kubernetes {version}: {error.message} at {list(error.path)}")
        except (kubernetes_validate.SchemaNotFoundError, kubernetes_validate.VersionNotSupportedError) as error:
            wrong.append(f"{name_of(found)}: {error}")
    return wrong


def pod_of(found):
    """Labels and specification of the pods that an object makes; none where it makes none."""
    spec = found.get("spec", {})
    template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
    return template and (template["metadata"].get("labels", {}), template["spec"])


def careless(found):
    """What an intruder in one of the pods would be glad of, or an operator sorry for."""
    pod = pod_of(found)
    if not pod:
        return []
    _, spec = pod
    wrong = []
    everywhere = spec.get("securityContext", {})
    if not everywhere.get("runAsNonRoot") or everywhere.get("seccompProfile") != {"type": "RuntimeDefault"}:
        wrong.append("may run as root, or without seccomp")
    if spec.get("automountServiceAccountToken") is not False:
        wrong.append("has a token of the cluster")
    for container in spec.get("initContainers", []) + spec["containers"]:
        own = container.get("securityContext", {})
        if own.get("allowPrivilegeEscalation") is not False or own.get("capabilities") != {"drop": ["ALL"]}:
            wrong.append(f"{container['name']} may become more than it is")
        if own.get("readOnlyRootFilesystem") is not True:
            wrong.append(f"{container['name']} may write where it likes")
        if own.get("runAsUser", everywhere.get("runAsUser", 0)) == 0:
            wrong.append(f"{container['name']} has no user's number")
        limits = container.get("resources", {})
        if "memory" not in limits.get("limits", {}) or "cpu" not in limits.get("requests", {}):
            wrong.append(f"{container['name']} says not what it needs")
    if found["kind"] == "Deployment":
        if found["spec"].get("replicas", 1) < 2:
            wrong.append("is away whenever a node is")
        for probe in ["startupProbe", "livenessProbe", "readinessProbe"]:
            if probe not in spec["containers"][0]:
                wrong.append(f"has no {probe}")
    return [f"{name_of(found)} {line}" for line in wrong]


def unmet(all_objects):
    """What points at pods and hits none, and pods of which no network policy speaks."""
    pods = {name_of(found): pod_of(found)[0] for found in all_objects if pod_of(found)}
    selectors = []
    for found in all_objects:
        spec = found.get("spec", {})
        selector = spec.get("podSelector", spec.get("selector"))
        if selector is not None:
            selectors.append((found, selector.get("matchLabels", selector)))
    wrong = []
    for found, labels in selectors:
        if not any(labels.items() <= pod.items() for pod in pods.values()):
            wrong.append(f"{name_of(found)} selects no pod: {labels}")
    for name, pod in pods.items():
        policies = [found for found, labels in selectors if found["kind"] == "NetworkPolicy" and labels.items() <= pod.items()]
        if not any(set(found["spec"]["policyTypes"]) == {"Ingress", "Egress"} for found in policies):
            wrong.append(f"{name} may talk to anybody")
    return wrong


def main():
    wrong, all_objects = [], []
    for file in kustomizations():
        made = yaml.safe_load(file.read_text())
        for resource in made["resources"]:
            path = file.parent / resource
            if path.is_file():
                all_objects += objects_of(path.read_text())
            elif not (path / "kustomization.yaml").is_file():
                wrong.append(f"{file}: there is no {resource}")
    judged = [("as written", all_objects)]
    for file in kustomizations() if shutil.which("kubectl") else []:
        rendered = subprocess.run(["kubectl", "kustomize", file.parent], capture_output=True, text=True)
        if rendered.returncode:
            wrong.append(f"{file}: {rendered.stderr}")
        judged.append((f"by {file.parent.name}", objects_of(rendered.stdout)))
    for how, objects in judged:
        found = [line for one in objects for line in invalid(one) + careless(one)] + unmet(objects)
        print(f"{len(objects)} objects {how}, against Kubernetes {' and '.join(VERSIONS)}: {len(found)} wrong")
        wrong += found
    if not shutil.which("kubectl"):
        print("no kubectl is here: the overlays were not rendered")
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong or not all_objects else 0


if __name__ == "__main__":
    sys.exit(main())
