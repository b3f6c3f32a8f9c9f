"""Whether the list of feeds, follow.opml, is read by whoever imports one."""

import tomllib
import xml.etree.ElementTree as ElementTree

from readers import feedsmith, newsboat, rss2email, sfeed

PATH = "follow.opml"
READERS = {"newsboat": newsboat, "sfeed": sfeed, "rss2email": rss2email, "feedsmith": feedsmith}


def checks(content, site):
    """A pair for each reader: who and where, and what is wrong, none being the empty text."""
    file = site / PATH
    if not file.exists():
        yield f"{content.name}: {PATH}", "missing"
        return
    body = ElementTree.parse(file).getroot().find("body")
    leaves = [each for each in body.iter("outline") if "xmlUrl" in each.attrib]
    yield f"{content.name}: {PATH}, by its XML", "; ".join(mistakes(body, leaves, content, site))
    wanted = [(leaf.get("text"), leaf.get("xmlUrl")) for leaf in leaves]
    for name, reader in READERS.items():
        yield f"{content.name}: {PATH}, {name}", differences(wanted, reader.outlines(file))


def mistakes(body, leaves, content, site):
    """What the XML itself has against OPML 2.0, and against what is published."""
    addresses = [leaf.get("xmlUrl") for leaf in leaves]
    root = tomllib.loads((content.folder / "site.toml").read_text())["url"].rstrip("/") + "/"
    own = [address.removeprefix(root) for address in addresses if address.startswith(root)]
    checks = [
        (leaves, "no feed"),
        (all(outline.get("text") for outline in body.iter("outline")), "an outline without text"),
        (all(leaf.get("type") == "rss" and leaf.get("title") for leaf in leaves), "a feed without type or title"),
        (all(address.startswith("https://") for address in addresses), "an address that is not https"),
        (len(set(addresses)) == len(addresses), "an address twice"),
        ("feed.xml" in own, "the feed of all meetings is not there"),
        (all((site / path).exists() for path in own), "an address of ours that is not published"),
    ]
    return [message for fine, message in checks if not fine]


def differences(wanted, got):
    """Where what was read differs; who reads no texts gives None for them."""
    got = [(text if other is None else other, url) for (text, _), (other, url) in zip(wanted, got)] + got[len(wanted):]
    missing, extra = [each for each in wanted if each not in got], [each for each in got if each not in wanted]
    if missing or extra:
        return f"missing {missing[:2]}, extra {extra[:2]}"
    return "" if got == wanted else "another order"
