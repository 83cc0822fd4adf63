"""Options of a measurement, checked before anything is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional, Sequence, Union

import torch

from ..errors import RitzError
from .blocks import Blocks
from .parameters import Selection

MATRICES = ("hessian", "ggn", "residual", "fisher", "gradient_covariance")
BATCH_NORMS = ("running", "batch", "population")
PRECISIONS = ("float32", "float64")
MODES = (None, "eval", "train")
BLOCKS = ("layers", "tensors")


@dataclass(frozen=True)
class Options:
    params: Selection
    matrix: str
    batch_norm: str
    mode: Optional[str]
    probes: int
    steps: int
    precision: str
    device: Union[None, str, "torch.device"]
    vectors_per_pass: Optional[int]
    blocks: Blocks
    weight_decay: float
    seed: int
    law: str
    tolerance: Optional[float]
    top: int
    vectors: bool
    overlap: Optional[Sequence[int]]
    gradient: bool
    basis: Optional[str]
    count: Optional[Callable[[Any], float]]
    save: Any
    progress: bool

    def __post_init__(self) -> None:
        _one_of("matrix", self.matrix, MATRICES)
        _one_of("batch_norm", self.batch_norm, BATCH_NORMS)
        _one_of("precision", self.precision, PRECISIONS)
        _one_of("mode", self.mode, MODES)
        for name, least in (("probes", 1), ("steps", 1), ("top", 0)):
            _at_least(name, getattr(self, name), least)
        if self.vectors_per_pass is not None:
            _at_least("vectors_per_pass", self.vectors_per_pass, 1)
        if self.tolerance is not None and not 0 <= self.tolerance < 1:
            raise RitzError(f"tolerance: expected a number from 0 to below 1, got {self.tolerance}.")
        if not 0 <= self.weight_decay < float("inf"):
            raise RitzError(f"weight_decay: expected a number of at least 0, got {self.weight_decay}.")
        named = isinstance(self.blocks, Mapping) and len(self.blocks) > 0 and "all" not in self.blocks
        if self.blocks is not None and self.blocks not in BLOCKS and not named:
            raise RitzError(
                f'blocks: expected "layers", "tensors" or patterns such as {{"attention": "*.attn.*"}}, without the name "all", '
                f"got {self.blocks!r}."
            )

    def place(self, model: "torch.nn.Module") -> "torch.device":
        """Raises RitzError for a device that is not there, or that has no float64."""
        found = next(iter(model.parameters()), torch.empty(0)).device
        try:
            device = torch.device(self.device) if self.device is not None else found
            torch.empty(1, device=device)
        except (RuntimeError, AssertionError) as error:
            raise RitzError(f"device: expected one that PyTorch can use, got {self.device!r} ({error}).") from error
        if device.type == "mps" and self.precision == "float64":
            raise RitzError('precision: expected "float32" on MPS, which has no float64. Use device="cpu" for float64.')
        return device


def _one_of(name: str, value: Any, choices: Sequence[Any]) -> None:
    if value not in choices:
        raise RitzError(f"{name}: expected {', '.join(map(repr, choices))}, got {value!r}.")


def _at_least(name: str, value: Any, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise RitzError(f"{name}: expected an integer of at least {least}, got {value!r}.")
