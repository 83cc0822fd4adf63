"""Measures spectra inside PyTorch 1.13 and newer, with Ritz's numerics, and records them.

    import ritz

    spectrum = ritz.torch.measure(model, loss_fn, loader)
    spectrum.lambda_max, spectrum.density(sigma=0.05), spectrum.outliers
"""

from __future__ import annotations

import importlib

from ..errors import RitzError

try:
    importlib.import_module("torch")
    importlib.import_module("numpy")
except ImportError as error:
    raise RitzError(f"ritz.torch: expected PyTorch 1.13 or newer and numpy, got none ({error}). `pip install torch numpy`.") from None

from .measure import measure  # noqa: E402

__all__ = ["measure"]
