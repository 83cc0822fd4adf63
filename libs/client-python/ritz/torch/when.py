"""The steps at which spectra are measured: the words of a config of `ritz train`."""

from __future__ import annotations

import math
from typing import Optional, Sequence, Set

from ..errors import RitzError

_DROP = 0.7
"""A rate that falls to this share of the one before, or below, has dropped; schedules that fall smoothly do so by far less a step."""


def log_spaced_steps(last: int, count: int) -> Set[int]:
    """Step 0, then `count - 1` log-spaced steps up to the last one: early training changes fastest."""
    return {0, *(round(math.exp(at / (count - 2) * math.log(last))) if count > 2 else last for at in range(count - 1))}


class When:
    """All of the ways that are given, together."""

    def __init__(
        self,
        every: Optional[int],
        log_spaced: Optional[int],
        around_drops: Optional[int],
        steps: Sequence[int],
        total_steps: Optional[int],
    ) -> None:
        for name, value, least in (("every", every, 1), ("log_spaced", log_spaced, 2), ("around_drops", around_drops, 1)):
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
                raise RitzError(f"{name}: expected an integer of at least {least}, got {value!r}.")
        if every is None and log_spaced is None and around_drops is None and not steps:
            raise RitzError("watch: expected one of every, log_spaced, around_drops and steps_at, got none.")
        if log_spaced is not None and not total_steps:
            raise RitzError("log_spaced: expected the number of training steps too. Pass total_steps=, or planned_steps= to ritz.init.")
        self._every, self._around = every, around_drops
        self._wanted = set(steps) | (log_spaced_steps(total_steps, log_spaced) if log_spaced and total_steps else set())
        self._rate: Optional[float] = None

    def due(self, step: int, rate: Optional[float]) -> bool:
        """Whether a spectrum is wanted after `step` steps; `rate` is that of the step to come."""
        dropped = self._around is not None and rate is not None and self._rate is not None and rate <= _DROP * self._rate
        if dropped and self._around is not None:
            self._wanted.add(step + self._around)
        self._rate = rate
        return dropped or step in self._wanted or (self._every is not None and step % self._every == 0)
