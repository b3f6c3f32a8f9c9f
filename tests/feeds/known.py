"""Where a reader is known to be wrong by its own fault. Each cause was found in the reader's code or behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What a reader reads instead of a check's value in one format, everywhere, and why."""

    reader: str
    format: str
    check: str
    got: object
    why: str

    def explains(self, outcome, difference):
        return (self.reader, self.format, self.check, self.got) == (
            outcome.reader, outcome.feed.format, difference.check, difference.got)


KNOWN = [
    Known("atoma", "RSS", "author", "", "it knows no dc:creator, only RSS's own author, which must be a mail address"),
    Known("atoma", "JSON Feed", "author", "", "it knows only version 1's `author`, which 1.1 replaced by `authors`"),
]
# What a reader makes of a text in `follow.opml`, and why.
IMPORTED = {
    "sfeed": (lambda text: text.replace("\\", "\\\\"), "it writes a backslash twice between single quotes, where a shell keeps both"),
}


def imported(reader, outlines):
    """The texts and addresses as the reader is known to import them; anything else is a failure."""
    spelled, _ = IMPORTED.get(reader, (str, ""))
    return [(spelled(text), url) for text, url in outlines]


def explain(outcomes):
    """Takes what is known out of the outcomes; gives the causes met, and those not met any more."""
    met = set()
    for outcome in outcomes:
        for difference in list(outcome.differences):
            causes = [known for known in KNOWN if known.explains(outcome, difference)]
            if causes:
                met.update(causes)
                outcome.differences.remove(difference)
    asked = {(outcome.reader, outcome.feed.format) for outcome in outcomes if outcome.entries}
    stale = [known for known in KNOWN if known not in met and (known.reader, known.format) in asked]
    return [known for known in KNOWN if known in met], stale
