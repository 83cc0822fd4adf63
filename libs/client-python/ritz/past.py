"""What a run had logged before this process went on with it."""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping


class Past:
    """Steps of the file of a run as it was opened: enough to see that a training went back.

    Several processes may record one run at the same time; what they log meanwhile is not looked at, so that two of them never take
    each other for a training that went back.
    """

    def __init__(self, run_id: str) -> None:
        self.branch = run_id
        """What ids of spectra are made from: the run, or its last rewind, since what is measured again is another spectrum."""
        self._steps: Dict[int, Dict[str, Any]] = {}

    def read(self, line: bytes) -> None:
        """One line of the file, in their order."""
        if b'"kind":"step"' in line[:40]:
            record = json.loads(line)
            measured = {name: value for name, value in record.items() if isinstance(value, float)}
            self._steps.setdefault(record["number"], {}).update(measured)
        elif b'"kind":"rewind"' in line[:40]:
            record = json.loads(line)
            self.rewound(record["id"], record["step"])

    def rewound(self, rewind: str, step: int) -> None:
        self.branch = rewind
        self._steps = {number: values for number, values in self._steps.items() if number <= step}

    def contradicts(self, number: int, fields: Mapping[str, Any]) -> bool:
        """Whether the step was logged with another value."""
        before = self._steps.get(number)
        return before is not None and any(before.get(name, value) != value for name, value in fields.items())
