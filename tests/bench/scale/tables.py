"""The measurements as tables in Markdown."""

import statistics

NONE = "–"


def show(sizes):
    print(table("series", ["{:,}".format(size.count) for size in sizes], rows(sizes)))
    print()
    print(table("cost per series", ["{:,}".format(size.count) for size in sizes], per_series(sizes)))
    print()
    print(table("first answer / second, ms", ["{:,}".format(size.count) for size in sizes], paths(sizes)))


def rows(sizes):
    yield "content, MB", [number(megabytes(size.got.get("content"))) for size in sizes]
    yield "start to first answer, s", [number(size.got.get("start"), 3) for size in sizes]
    yield "processor time of it, s", [number(size.got.get("start cpu"), 3) for size in sizes]
    yield "memory at rest (anonymous), MB", [memory(size, "idle") for size in sizes]
    yield "cold path, median / p99, ms", [spread(size, 0) for size in sizes]
    yield "the same path again, median / p99, ms", [spread(size, 1) for size in sizes]
    for name in ("renamed", "in place"):
        yield f"edit live, {name}, median (most), ms", [edit(size, name) for size in sizes]
    yield "processor time of an edit, ms", [number(milliseconds(median(size.got.get("edit cpu"))), 2) for size in sizes]
    yield "paths crawled", [crawled(size) for size in sizes]
    yield "crawl, ms a path, two at once", [number(each(size), 3) for size in sizes]
    yield "memory after it (anonymous), MB", [memory(size, "after") for size in sizes]
    yield "most memory ever, MB", [number(megabytes(size.got.get("most"))) for size in sizes]


def per_series(sizes):
    def row(name, scale, digits, value):
        got = [(value(size), size.count) for size in sizes]
        return name, [number(None if all_of is None else all_of * scale / count, digits) for all_of, count in got]

    yield row("content, KB", 1e-3, 1, lambda size: size.got.get("content"))
    yield row("processor time of the start, µs", 1e6, 0, lambda size: size.got.get("start cpu"))
    yield row("processor time of an edit, µs", 1e6, 1, lambda size: median(size.got.get("edit cpu")))
    yield row("memory at rest, anonymous, KB", 1e-3, 1, lambda size: size.got.get("idle anonymous"))
    yield row("memory after the crawl, anonymous, KB", 1e-3, 1, lambda size: size.got.get("after anonymous"))


def paths(sizes):
    for which in ("kinds", "big"):
        names = dict.fromkeys(name for size in sizes for name in getattr(size, which))
        for name in names:
            yield name if which == "kinds" else f"`{name}`", [pair(getattr(size, which).get(name)) for size in sizes]


def spread(size, turn):
    if not size.kinds:
        return NONE
    times = sorted(time for kind in size.kinds.values() for time in kind[turn])
    return f"{number(median(times), 2)} / {number(times[int(len(times) * 0.99)], 2)}"


def edit(size, name):
    times = size.got.get(f"edit {name}")
    return NONE if not times else f"{number(milliseconds(median(times)), 1)} ({number(milliseconds(max(times)), 1)})"


def crawled(size):
    return NONE if "crawled" not in size.got else f"{size.got['crawled']:,} of {size.got['paths']:,}"


def each(size):
    return milliseconds(size.got["crawl"] / size.got["crawled"]) if size.got.get("crawled") else None


def memory(size, when):
    if when not in size.got:
        return NONE
    return f"{number(megabytes(size.got[when]))} ({number(megabytes(size.got[when + ' anonymous']))})"


def pair(times):
    return NONE if times is None else f"{number(median(times[0]), 2)} / {number(median(times[1]), 2)}"


def median(values):
    return statistics.median(values) if values else None


def megabytes(count):
    return None if count is None else count / 1e6


def milliseconds(seconds):
    return None if seconds is None else seconds * 1e3


def number(value, digits=1):
    return NONE if value is None else f"{value:,.{digits}f}"


def table(head, columns, body):
    lines = [[head, *columns], ["---"] + ["---:"] * len(columns)] + [[name, *cells] for name, cells in body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
