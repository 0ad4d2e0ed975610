"""`make conformance CASES=path.json`: run a file of cases and say which fail; exit code 1 when any does."""

import sys
from pathlib import Path

from tests.conformance.run import main

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
