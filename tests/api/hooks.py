"""What no schema can say: which names there are, and that `to` is not before `from`, and at most 366 days after it."""

import datetime
import itertools

import schemathesis

DAY = datetime.timedelta(days=1)
MOST = datetime.timedelta(days=365)
# Of OCI's content, so that some requests find something; where nobody has them, 404 is the right answer.
NAMES = {"series": ["oci-weekly"], "tag": ["developer"]}
TURN = itertools.cycle([True, False])


def moment(text):
    """The moment that a valid value of `from` or `to` means, give or take a day; None for any other value."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives valid requests a window that makes sense, and every other one names; what is to be refused stays as it is."""
    if not case.meta or not case.meta.generation.mode.is_positive or not case.query:
        return
    query = case.query
    if next(TURN):
        query |= {name: known for name, known in NAMES.items() if name in query}
    if "to" in query:
        start, end = moment(query.get("from")), moment(query["to"])
        if not (start and end and DAY <= end - start <= MOST):
            query["from"] = query["to"]
