"""Python client of Ritz: records Hessian spectra of any framework, and reads what is stored.

Recording and reading need the standard library only, Python 3.9 or later. Arrays of numpy, PyTorch and JAX are accepted
wherever lists are.

    import ritz

    run = ritz.init("resnet, cosine", architecture="resnet-32", dataset="cifar-10", optimiser="sgd(momentum=0.9)",
                    learning_rate=0.1, parameter_count=464154, data_size=50000)
    run.log_step(100, train_loss=1.7, learning_rate=0.1)
    run.log_lanczos(100, alpha, beta)                 # k tridiagonals: [k][m] and [k][m] or [k][m - 1]
    run.log_gradient_overlap(100, k=10, fraction=0.93)
    run.finish()

What is logged is appended to `ritz-runs/<id>.jsonl` first, in the format that `POST /ingest` and `ritz push` take, and sent by a
thread of its own. So a server that is down, a lost connection or a wrong token never holds up the training and loses nothing:
`ritz.sync()` or `python -m ritz sync` sends later what was not sent, and what was sent already changes nothing.

Mistakes in a call (wrong shapes, unknown names) raise RitzError. What happens to a correct call (no server, a full disk, a loss
that is NaN) is said once through the logger "ritz", and the training goes on.

Environment: RITZ_URL (http://127.0.0.1:4000), RITZ_TOKEN, RITZ_RUNS (the directory, ./ritz-runs), RITZ_OFFLINE=1 (send nothing).
"""

from __future__ import annotations

import importlib
from typing import Any

from .active import finish, init, log_gradient_overlap, log_lanczos, log_ritz, log_step
from .blocks import BlockDensities, BlockStatistics, block_densities, block_statistics
from .comparison import Densities, densities, distances
from .curves import History, Trajectory, histories, trajectories
from .errors import RitzError
from .export import export_onnx
from .graphql import query
from .run import Run
from .stored import StoredRun, runs
from .syncing import Synced, sync
from .vectors import RitzVector, TopSpaceOverlaps, ritz_vectors, top_space_overlaps

__all__ = [
    "BlockDensities",
    "BlockStatistics",
    "Densities",
    "History",
    "RitzError",
    "RitzVector",
    "Run",
    "StoredRun",
    "Synced",
    "TopSpaceOverlaps",
    "Trajectory",
    "block_densities",
    "block_statistics",
    "densities",
    "distances",
    "export_onnx",
    "finish",
    "histories",
    "init",
    "log_gradient_overlap",
    "log_lanczos",
    "log_ritz",
    "log_step",
    "query",
    "ritz_vectors",
    "runs",
    "sync",
    "top_space_overlaps",
    "trajectories",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`ritz.torch` and `ritz.jax` are loaded when they are used: recording needs neither framework."""
    if name in ("torch", "jax"):
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
