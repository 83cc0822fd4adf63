"""Several processes that need products with one operator, advanced together: what all of them ask for at a time is multiplied at once."""

from __future__ import annotations

from typing import Any, Callable, Dict, Generator, List, Sequence, Tuple

Process = Generator[Any, Any, Any]
"""Yields vectors [k, n], and is sent their products."""
Wanted = List[Tuple[int, Any]]
"""(number of the process, its vectors) of all that wait."""


def advance_together(processes: Sequence[Process], multiply: Callable[[Wanted], Sequence[Any]]) -> None:
    """Until all have ended. An error of `multiply` is raised in the first that waits; whatever ends it, all are closed."""
    waiting: Dict[int, Any] = {}

    def resume(at: int, products: Any) -> None:
        try:
            waiting[at] = processes[at].send(products)
        except StopIteration:
            waiting.pop(at, None)

    try:
        for at in range(len(processes)):
            resume(at, None)
        while waiting:
            wanted = list(waiting.items())
            try:
                products = multiply(wanted)
            except RuntimeError as error:
                processes[wanted[0][0]].throw(error)
                raise
            for (at, _), product in zip(wanted, products):
                resume(at, product)
    finally:
        for process in processes:
            process.close()
