"""Measures spectra along a training: a context manager, and what the callbacks of trainers are made of."""

from __future__ import annotations

import contextlib
from types import TracebackType
from typing import Any, List, Optional, Sequence, Type, Union

import torch

from ..errors import RitzError, logger
from ..run import Run, active_runs
from ..spectrum import Spectrum
from .measure import measure
from .parameters import Selection, unwrapped
from .when import When


class Watcher:
    """Measures a model at the steps that are due, and logs what it measured."""

    def __init__(self, model: Any, loss_fn: Any, data: Any, run: Union[Run, None, bool], when: When, params: Selection, options: Any) -> None:
        self.spectra: List[Spectrum] = []
        """All that were measured, in their order."""
        self._model, self._loss_fn, self._data, self._run, self._when = model, loss_fn, data, run, when
        self._params, self._options = params, options
        self._measured = -1

    def look(self, step: int, optimizer: Any = None) -> None:
        """To be called once after each step, with the rate of the next one set, and before the first."""
        rate = float(optimizer.param_groups[0]["lr"]) if optimizer is not None else None
        if not self._when.due(step, rate) or step == self._measured:
            return
        self._measured = step
        try:
            spectrum = measure(
                self._model,
                self._loss_fn,
                self._data,
                **dict(step=step, run=self._run, optimizer=optimizer, params=self._params),
                **self._options,
            )
        except RitzError as error:
            if not self.spectra:
                raise
            logger.error("No spectrum at step %d: %s Training goes on.", step, error)
        else:
            self.spectra.append(spectrum)


def the_run(run: Union[Run, None, bool]) -> Optional[Run]:
    if isinstance(run, Run):
        return run
    return next(iter(active_runs.values())) if run is not False and len(active_runs) == 1 else None


class watch(contextlib.AbstractContextManager):  # type: ignore[type-arg]  # a function in all but its methods
    """Inside, every step of an optimiser of the model counts, and spectra are measured where they are due.

    every: this many steps, from step 0. log_spaced: so many steps of total_steps, dense at the beginning. around_drops: when the rate
    has dropped, and so many steps later. steps_at: these. start: the number of the first step. Others as of `measure`. A measurement
    that fails after a first one succeeded is logged as an error, and the training goes on.
    """

    def __init__(
        self,
        model: Any,
        loss_fn: Any,
        data: Any,
        *,
        every: Optional[int] = None,
        log_spaced: Optional[int] = None,
        around_drops: Optional[int] = None,
        steps_at: Sequence[int] = (),
        total_steps: Optional[int] = None,
        start: int = 0,
        optimizer: Any = None,
        run: Union[Run, None, bool] = None,
        params: Selection = None,
        **options: Any,
    ) -> None:
        found = the_run(run)
        planned = total_steps if total_steps is not None else None if found is None else found.planned_steps
        self._watcher = Watcher(model, loss_fn, data, run, When(every, log_spaced, around_drops, steps_at, planned), params, options)
        self._ids = {id(parameter) for parameter in unwrapped(model).parameters()}
        self._optimizer, self._step = optimizer, start
        self._undo = contextlib.ExitStack()

    @property
    def spectra(self) -> List[Spectrum]:
        return self._watcher.spectra

    def __enter__(self) -> "watch":
        if self._optimizer is not None:
            self._follow(self._optimizer)
        else:
            self._follow_all()
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], value: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._undo.close()
        if kind is None:
            self._watcher.look(self._step, self._optimizer)

    def _before(self, optimizer: Any, *_: Any) -> None:
        if self._is_of_model(optimizer):
            self._optimizer = optimizer
            self._watcher.look(self._step, optimizer)

    def _after(self, optimizer: Any, *_: Any) -> None:
        if self._is_of_model(optimizer):
            self._step += 1

    def _is_of_model(self, optimizer: Any) -> bool:
        return any(id(parameter) in self._ids for group in optimizer.param_groups for parameter in group["params"])

    def _follow_all(self) -> None:
        try:
            from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
        except ImportError:
            raise RitzError(
                f"optimizer: expected one, as PyTorch {torch.__version__} cannot tell of every optimiser's steps. Pass optimizer=."
            ) from None
        self._undo.callback(register_optimizer_step_pre_hook(self._before).remove)
        self._undo.callback(register_optimizer_step_post_hook(self._after).remove)

    def _follow(self, optimizer: Any) -> None:
        if hasattr(optimizer, "register_step_pre_hook"):
            self._undo.callback(optimizer.register_step_pre_hook(self._before).remove)
            self._undo.callback(optimizer.register_step_post_hook(self._after).remove)
            return
        step = optimizer.step

        def counted(*arguments: Any, **named: Any) -> Any:
            self._before(optimizer)
            result = step(*arguments, **named)
            self._after(optimizer)
            return result

        optimizer.step = counted
        self._undo.callback(setattr, optimizer, "step", step)
