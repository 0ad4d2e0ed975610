"""Who writes: the one place that a sign-in fills in."""

from collections.abc import Mapping

FIELD = "av"


def author(form: Mapping[str, str]) -> str:
    """The name or role that is kept with what was written. Without sign-in it is typed in the form."""
    return form.get(FIELD, "")
