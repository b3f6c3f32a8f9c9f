"""Whether the list of feeds, follow.opml, is read by whoever imports one."""

import tomllib
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import known
from feeds import STEMS
from readers import feedsmith, newsboat, rss2email, sfeed

PATH = "follow.opml"
READERS = {"newsboat": newsboat, "sfeed": sfeed, "rss2email": rss2email, "feedsmith": feedsmith}


@dataclass(frozen=True)
class Check:
    """What came of one reader and one list."""

    reader: str
    content: str
    feeds: int = 0
    mistakes: str = ""


def checks(content, site):
    """One for each reader, the first for the XML itself."""
    file = site / PATH
    if not file.exists():
        return [Check("XML", content.name, mistakes="missing")]
    body = ElementTree.parse(file).getroot().find("body")
    leaves = [each for each in body.iter("outline") if "xmlUrl" in each.attrib]
    wanted = [(leaf.get("text"), leaf.get("xmlUrl")) for leaf in leaves]
    return [
        Check("XML", content.name, len(leaves), "; ".join(mistakes(body, leaves, content, site))),
        *(Check(name, content.name, len(leaves), differences(known.imported(name, wanted), reader.outlines(file)))
          for name, reader in READERS.items()),
    ]


def mistakes(body, leaves, content, site):
    """What the XML itself has against OPML 2.0, and against what is published."""
    addresses = [leaf.get("xmlUrl") for leaf in leaves]
    root = tomllib.loads((content.folder / "site.toml").read_text())["url"].rstrip("/") + "/"
    own = [address.removeprefix(root) for address in addresses if address.startswith(root)]
    folders = [site, *site.glob("meetings/*")]
    expected = {str(file.relative_to(site)) for folder in folders for file in folder.glob("*.xml") if file.stem in STEMS}
    checks = [
        (leaves, "no feed"),
        (all(outline.get("text") for outline in body.iter("outline")), "an outline without text"),
        (all(leaf.get("type") == "rss" for leaf in leaves), "a feed that is not of type rss"),
        (all(leaf.get("title") == leaf.get("text") for leaf in leaves), "a title that is not the text"),
        (all(address.startswith("https://") for address in addresses), "an address that is not https"),
        (len(set(addresses)) == len(addresses), "an address twice"),
        (set(own) == expected, f"ours are {sorted(own)}, published are {sorted(expected)}"),
    ]
    return [message for fine, message in checks if not fine]


def differences(wanted, got):
    """Where what was read differs; who reads no texts gives None for them."""
    got = [(text if other is None else other, url) for (text, _), (other, url) in zip(wanted, got)] + got[len(wanted):]
    missing, extra = [each for each in wanted if each not in got], [each for each in got if each not in wanted]
    if missing or extra:
        return f"missing {missing[:2]}, extra {extra[:2]}"
    return "" if got == wanted else "another order"
