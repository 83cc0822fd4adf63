"""Several processes that measure one spectrum, each on its share of the data: sums over all of them."""

from __future__ import annotations

from typing import Any, List

import torch


class Ranks:
    """The processes of torch.distributed, or this one alone. Every method is called by all of them together."""

    def __init__(self) -> None:
        distributed = torch.distributed
        self._group = distributed if distributed.is_available() and distributed.is_initialized() else None
        self.size: int = self._group.get_world_size() if self._group else 1
        self.first: bool = self._group.get_rank() == 0 if self._group else True

    def sum(self, tensor: "torch.Tensor") -> "torch.Tensor":
        """In place."""
        if self._group is not None and self.size > 1:
            self._group.all_reduce(tensor)
        return tensor

    def gather(self, value: Any) -> List[Any]:
        """Small objects of all, in their order."""
        if self._group is None or self.size == 1:
            return [value]
        found: List[Any] = [None] * self.size
        self._group.all_gather_object(found, value)
        return found

    def of_first(self, value: Any) -> Any:
        """What the first process has."""
        return self.gather(value if self.first else None)[0]
