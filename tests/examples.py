"""How many examples a property is tried on where each takes its time: few at every change, many in `make test-all`."""

import os

from hypothesis import settings

TIMES = int(os.environ.get("SJUKVY_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """This many in `make test`. Read when the tests are collected: no test sees the setting."""
    return settings(max_examples=number * TIMES)
