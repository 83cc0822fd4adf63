"""The determinism check of the gradient: graphs are kept from product to product, which would hide what differs between passes."""

from __future__ import annotations

import torch

from ..numerics.check_operator import compare_repeat
from .preconditioner import AnyOperator

_ROUNDING_ON_CUDA = 1e-5
"""Sums by atomic additions come in another order each time; dropout and augmentation do far more."""


def check_gradient_repeats(operator: AnyOperator, gradient: "torch.Tensor") -> None:
    """Raises RitzError when the gradient computed again differs in a bit, on CUDA by more than rounding."""
    again = operator.gradient()[1]
    if gradient.device.type == "cuda" and bool((again - gradient).abs().max() <= _ROUNDING_ON_CUDA * gradient.abs().max()):
        return
    compare_repeat(
        gradient.detach().cpu().numpy(),
        torch.as_tensor(again).detach().cpu().numpy(),
        "The operator is not deterministic: of the gradient computed twice",
        'Fix its data: no dropout, no augmentation, no reshuffling. mode="eval" turns dropout off for the measurement.',
    )
