"""Write the system's tz data as ICU's source of `zoneinfo64.res`, so that Node has rules as new as other readers.

usage: icu_zones.py FILE

Node takes the compiled file from ICU_TIMEZONE_FILES_DIR. Debian's files list every change of clocks up to 2037 in
their first part (RFC 8536, version 1), so that ICU needs no rules for what comes later.
"""

import pathlib
import struct
import sys

SYSTEM = pathlib.Path("/usr/share/zoneinfo")
HEADER = 44


def main(target):
    files = {str(path.relative_to(SYSTEM)): path.read_bytes() for path in SYSTEM.rglob("*") if path.is_file()}
    zones = {
        name: zone(data) for name, data in sorted(files.items())
        if data.startswith(b"TZif") and not name.startswith(("posix/", "right/"))
    }
    version = files["tzdata.zi"].split(maxsplit=3)[2].decode()
    pathlib.Path(target).write_text(resource(version, zones))


def zone(data):
    """One zone as ICU's table: when its clocks change, to which of its offsets, and what these are in seconds."""
    _, _, _, changes, offsets, _ = struct.unpack(">6I", data[20:HEADER])
    which = HEADER + 4 * changes
    rest = which + changes
    moments = struct.unpack(f">{changes}i", data[HEADER:which])
    pairs = [struct.unpack(">iB", data[rest + 6 * i:rest + 6 * i + 5]) for i in range(offsets)]
    # ICU wants the standard offset and what summer adds to it; their sum is all that tells the time.
    parts = [part for offset, summer in pairs for part in (offset - 3600 * summer, 3600 * summer)]
    return (
        f":table {{ trans:intvector {{ {commas(moments)} }} typeOffsets:intvector {{ {commas(parts)} }}"
        f' typeMap:bin {{ "{data[which:rest].hex()}" }} }}'
    )


def resource(version, zones):
    names = commas(f'"{name}"' for name in zones)
    regions = commas('"001"' for _ in zones)
    body = "\n".join(zones.values())
    return (
        f'zoneinfo64:table(nofallback) {{\nTZVersion {{ "{version}" }}\nZones:array {{\n{body}\n}}\n'
        f"Names {{ {names} }}\nRules {{ }}\nRegions {{ {regions} }}\n}}\n"
    )


def commas(values):
    return ", ".join(map(str, values))


if __name__ == "__main__":
    main(sys.argv[1])
