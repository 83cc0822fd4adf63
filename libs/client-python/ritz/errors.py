"""What the client raises, and where it logs."""

from __future__ import annotations

import logging

logger = logging.getLogger("ritz")


class RitzError(Exception):
    """What was asked cannot be done; the message says what was given, what was expected and what to do."""
