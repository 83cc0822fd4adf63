"""Measures spectra inside JAX, with Ritz's numerics, and records them.

    import ritz

    spectrum = ritz.jax.measure(loss_fn, params, batches)     # loss_fn(params, batch) -> mean loss
"""

from __future__ import annotations

import importlib

from ..errors import RitzError

try:
    importlib.import_module("jax")
    importlib.import_module("numpy")
except ImportError as error:
    raise RitzError(f"ritz.jax: expected JAX and numpy, got none ({error}). `pip install jax`.") from None

from .measure import measure  # noqa: E402

__all__ = ["measure"]
