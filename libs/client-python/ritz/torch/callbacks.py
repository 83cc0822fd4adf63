"""Callbacks for the trainers that people use."""

from __future__ import annotations

import importlib
from typing import Any, Optional, Sequence, Union

from ..errors import RitzError
from ..run import Run
from .parameters import Selection
from .watch import Watcher, the_run
from .when import When


def _when(every: Any, log_spaced: Any, around_drops: Any, steps_at: Sequence[int], total: Optional[int], run: Any) -> When:
    found = the_run(run)
    return When(every, log_spaced, around_drops, steps_at, total if total or found is None else found.planned_steps)


def hugging_face_loss(model: Any, batch: Any) -> Any:
    """The loss that a model of transformers computes from labels."""
    return model(**batch).loss


def hugging_face_callback(
    data: Any,
    loss_fn: Any = hugging_face_loss,
    *,
    every: Optional[int] = None,
    log_spaced: Optional[int] = None,
    around_drops: Optional[int] = None,
    steps_at: Sequence[int] = (),
    run: Union[Run, None, bool] = None,
    params: Selection = None,
    **options: Any,
) -> Any:
    """For `Trainer(callbacks=[…])` of transformers: measures as `ritz.torch.watch` does, at the trainer's global steps."""
    try:
        base = importlib.import_module("transformers").TrainerCallback
    except ImportError as error:
        raise RitzError(f"hugging_face_callback: expected transformers, got none ({error}).") from error

    class RitzCallback(base):  # type: ignore[misc, valid-type]
        watcher: Optional[Watcher] = None

        def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, optimizer: Any = None, **_: Any) -> None:
            when = _when(every, log_spaced, around_drops, steps_at, state.max_steps, run)
            self.watcher = Watcher(model, loss_fn, data, run, when, params, options)
            self.watcher.look(state.global_step, _inner(optimizer))

        def on_step_end(self, args: Any, state: Any, control: Any, optimizer: Any = None, **_: Any) -> None:
            if self.watcher is not None:
                self.watcher.look(state.global_step, _inner(optimizer))

    return RitzCallback()


def lightning_callback(
    data: Any,
    loss_fn: Any,
    *,
    every: Optional[int] = None,
    log_spaced: Optional[int] = None,
    around_drops: Optional[int] = None,
    steps_at: Sequence[int] = (),
    run: Union[Run, None, bool] = None,
    params: Selection = None,
    **options: Any,
) -> Any:
    """For `Trainer(callbacks=[…])` of Lightning: measures as `ritz.torch.watch` does; loss_fn gets the LightningModule."""
    base = None
    for package in ("lightning.pytorch", "pytorch_lightning"):
        try:
            base = importlib.import_module(package).Callback
            break
        except ImportError:
            continue
    if base is None:
        raise RitzError("lightning_callback: expected lightning or pytorch_lightning, got neither.")

    class RitzCallback(base):  # type: ignore[misc, valid-type]
        watcher: Optional[Watcher] = None

        def on_train_start(self, trainer: Any, pl_module: Any) -> None:
            total = trainer.estimated_stepping_batches
            when = _when(every, log_spaced, around_drops, steps_at, int(total) if total != float("inf") else None, run)
            self.watcher = Watcher(pl_module, loss_fn, data, run, when, params, options)

        def on_train_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int) -> None:
            self._look(trainer)

        def on_train_end(self, trainer: Any, pl_module: Any) -> None:
            self._look(trainer)

        def _look(self, trainer: Any) -> None:
            if self.watcher is not None:
                self.watcher.look(trainer.global_step, trainer.optimizers[0] if trainer.optimizers else None)

    return RitzCallback()


def _inner(optimizer: Any) -> Any:
    """The optimiser inside the wrapper of accelerate."""
    return getattr(optimizer, "optimizer", optimizer)
