"""Lanczos vectors as tensors: on the device, or on the CPU or on disk where the device has no room for the bases."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, List, Optional, Sequence, Tuple

import numpy
import torch

from ..errors import RitzError
from .prepared import DTYPES

PLACES = ("device", "cpu", "disk")
_SHARE = 0.5
"""Of the free memory, what bases may take."""


class TorchBasis:
    """Two passes of classical Gram–Schmidt, each a product with the whole basis; α, β and the rest that is left in float64."""

    def __init__(self, rows: "torch.Tensor") -> None:
        self._rows = rows
        self.size = 0

    def orthogonalise(self, vector: "torch.Tensor") -> Tuple[float, float, "torch.Tensor"]:
        rest = _wide(vector.to(self._rows.device), copy=True)
        rows = self._rows[: self.size]
        along = float(rest @ rows[-1].to(rest.dtype)) if self.size else 0.0
        for again in range(2 if self.size else 0):
            products = torch.mv(rows, rest.to(rows.dtype))
            rest -= torch.mv(rows.t(), products)
            along += float(products[-1]) if again else 0.0
        return along, float(torch.linalg.vector_norm(rest)), rest

    def append(self, vector: "torch.Tensor", norm: float) -> None:
        torch.div(vector.to(self._rows.device), norm, out=self._rows[self.size])
        self.size += 1

    def row(self, index: int) -> "torch.Tensor":
        return self._rows[index]

    def restore(self, row: numpy.ndarray) -> None:
        self._rows[self.size] = torch.from_numpy(numpy.array(row))
        self.size += 1

    def combination(self, coefficients: numpy.ndarray) -> "torch.Tensor":
        total = torch.zeros_like(_wide(self._rows[0]))
        for at, coefficient in enumerate(coefficients.tolist()):
            total += coefficient * self._rows[at].to(total.dtype)
        return total


class TorchSpace:
    """place: "device", "cpu" or "disk" for the bases; None chooses the first that has room for `bases` of `rows` rows."""

    def __init__(
        self,
        dimension: int,
        precision: str,
        device: "torch.device",
        place: Optional[str] = None,
        rows: int = 0,
        bases: int = 0,
        directory: Optional[str] = None,
    ) -> None:
        if place not in (None, *PLACES):
            raise RitzError(f"basis: expected None, {', '.join(PLACES)}, got {place!r}.")
        self.dimension, self.precision, self.device = dimension, precision, device
        self.dtype = DTYPES[precision]
        needed = bases * rows * dimension * (8 if precision == "float64" else 4)
        self.place = place or _place_for(needed, device)
        self._directory = directory

    def vector(self, values: numpy.ndarray) -> "torch.Tensor":
        return torch.from_numpy(numpy.array(values, dtype=self.precision)).to(self.device)

    def stack(self, vectors: Sequence["torch.Tensor"]) -> "torch.Tensor":
        return torch.stack([vector.to(self.device, self.dtype) for vector in vectors])

    def to_numpy(self, vector: "torch.Tensor") -> numpy.ndarray:
        return numpy.asarray(vector.detach().cpu().numpy())

    def rounded(self, vector: "torch.Tensor") -> "torch.Tensor":
        return vector.to(self.dtype)

    def norm(self, vector: "torch.Tensor") -> float:
        return float(_wide(vector).norm())

    def inner_all(self, vectors: Sequence["torch.Tensor"], other: "torch.Tensor") -> List[float]:
        wide = _wide(other)
        return [float(_wide(vector).to(wide.device) @ wide) for vector in vectors]

    def basis(self, rows: int) -> TorchBasis:
        shape = (rows, self.dimension)
        if self.place == "disk":
            # Without a name from the beginning: the space is free again however the process ends.
            with tempfile.TemporaryFile(prefix="ritz-basis-", dir=self._directory) as file:
                mapped: Any = numpy.memmap(file, dtype=self.precision, mode="w+", shape=shape)
            return TorchBasis(torch.from_numpy(mapped))
        return TorchBasis(torch.empty(shape, dtype=self.dtype, device=self.device if self.place == "device" else "cpu"))


def _wide(vector: "torch.Tensor", copy: bool = False) -> "torch.Tensor":
    """In float64, where the device has it."""
    return vector.to(torch.float64 if vector.device.type != "mps" else torch.float32, copy=copy)


def _place_for(needed: int, device: "torch.device") -> str:
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        if needed <= _SHARE * free:
            return "device"
        return "cpu" if needed <= _SHARE * available_memory() else "disk"
    if needed <= _SHARE * available_memory():
        return "device"
    return "disk"


def available_memory() -> int:
    """Bytes of main memory that are free or can be freed; 4 GiB where the system does not say."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 4 * 2**30
