"""The saved state of a measurement by several processes: the first keeps it, and all go on from what it kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy

from ..errors import RitzError
from ..numerics.journal import Journal
from .ranks import Ranks


class SharedJournal:
    """Opened by all processes together. Raises RitzError on all of them where the first cannot open its file."""

    def __init__(self, path: str, identity: Mapping[str, Any], notes: Mapping[str, Any], ranks: Ranks) -> None:
        self.path = Path(path)
        self._ranks = ranks
        self._journal: Optional[Journal] = None
        problem: Optional[str] = None
        if ranks.first:
            try:
                self._journal = Journal(path, identity, notes)
            except RitzError as error:
                problem = str(error)
        problem = ranks.of_first(problem)
        if problem is not None:
            raise RitzError(problem)
        self.notes: Dict[str, Any] = ranks.of_first(self._journal.notes if self._journal else None)

    def records(self) -> List[Tuple[Dict[str, Any], List[numpy.ndarray]]]:
        return self._ranks.of_first(self._journal.records() if self._journal else None)  # type: ignore[no-any-return]

    def append(self, head: Mapping[str, Any], rows: Sequence[numpy.ndarray]) -> None:
        if self._journal is not None:
            self._journal.append(head, rows)

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()
