"""Measures spectra inside PyTorch 1.13 and newer, with Ritz's numerics, and records them.

    import ritz

    spectrum = ritz.torch.measure(model, loss_fn, loader)
    spectrum.lambda_max, spectrum.density(sigma=0.05), spectrum.outliers

    with ritz.torch.watch(model, loss_fn, loader, every=500, around_drops=20, run=run):
        train()
"""

from __future__ import annotations

import importlib

from ..errors import RitzError

try:
    importlib.import_module("torch")
    importlib.import_module("numpy")
except ImportError as error:
    raise RitzError(f"ritz.torch: expected PyTorch 1.13 or newer and numpy, got none ({error}). `pip install torch numpy`.") from None

from .callbacks import hugging_face_callback, lightning_callback  # noqa: E402
from .measure import measure  # noqa: E402
from .watch import watch  # noqa: E402

__all__ = ["hugging_face_callback", "lightning_callback", "measure", "watch"]
