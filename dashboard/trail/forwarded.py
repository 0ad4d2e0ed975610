"""Each row of the trail in the log of the system too, from where it can be sent to another machine."""

import logging
import sys
from logging.handlers import SysLogHandler
from pathlib import Path

SOCKET = Path("/dev/log")


def to_standard_error() -> None:
    """For the service, whose standard error the system keeps."""
    _hand_on(logging.StreamHandler(sys.stderr))


def to_the_system() -> None:
    """For a command, whose standard error is somebody's screen. Where the system has no log to write in, as in a container,
    the screen is all there is."""
    if not SOCKET.exists():
        to_standard_error()
        return
    handler = SysLogHandler(str(SOCKET), SysLogHandler.LOG_AUTH)
    handler.ident = "sjukvy: "
    _hand_on(handler)


def _hand_on(handler: logging.Handler) -> None:
    log = logging.getLogger("sjukvy.trail")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [handler]
