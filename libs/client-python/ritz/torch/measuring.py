"""Measures a matrix, and its blocks together, of an objective that is ready."""

from __future__ import annotations

import sys
import time
from typing import Any, Dict, List, Optional

from ..errors import RitzError, logger
from ..numerics.check_operator import check_operator
from ..numerics.lanczos import lanczos, lanczos_process
from ..numerics.together import advance_together
from ..run import Run
from ..spectrum import Spectrum
from .blocks import BlockOperator, multiply_together
from .covariance import GradientCovariance
from .curvature import Curvature
from .fisher import Fisher
from .forward import ForwardOverReverse, differentiates_twice
from .measurement import Measurement, Slope
from .objective import Objective
from .options import Options
from .parameters import Named
from .preconditioner import AnyOperator, Preconditioned, Preconditioner
from .repeat import check_gradient_repeats
from .tuning import choose_pass


class Measuring:
    """Of the parameters that are chosen; `whole` first, then `blocks`."""

    def __init__(
        self, objective: Objective, parameters: Named, options: Options, preconditioner: Preconditioner, run: Optional[Run]
    ) -> None:
        self._objective, self._named, self._options, self._run = objective, parameters, options, run
        self._preconditioner = preconditioner
        self._notices: List[str] = []
        self._began = time.perf_counter()
        if objective.attention:
            self._tell("attention is computed by the math kernel, as flash attention has no second derivative")
        self._measured = self._measurement("all", parameters, options.basis)
        if self._measured.space.place != "device" and options.basis is None:
            self._tell(f"the Lanczos bases do not fit the device and are kept on {self._measured.space.place}")
        self._operator: AnyOperator = self._differentiating()
        if preconditioner.kind != "none":
            space = self._measured.space
            self._operator = Preconditioned(self._operator, preconditioner.root(parameters, space.dtype, space.device))
        self._slope = Slope(*self._operator.gradient())
        check_gradient_repeats(self._operator, self._slope.whole)

    def whole(self) -> Spectrum:
        measured, operator, options = self._measured, self._operator, self._options
        notes: Dict[str, Any] = {}
        journal = measured.journal(notes)
        if journal is not None and "vectors_per_pass" in journal.notes:
            operator.vectors_per_pass = int(journal.notes["vectors_per_pass"])
        else:
            operator.vectors_per_pass = choose_pass(operator, measured.space, options, measured.products)
            notes["vectors_per_pass"] = operator.vectors_per_pass
            journal = measured.journal(notes) if journal is None else journal
        try:
            check_operator(measured.space, operator, options.seed)
            measured.start(self._slope.whole)
            lanczos(measured.space, operator, measured.probes, options.steps, options.tolerance or 0.0, journal, self._progress("all"))
        finally:
            if journal is not None:
                journal.close()
        measured.seconds = time.perf_counter() - self._began
        return measured.result(operator, self._slope)

    def blocks(self, chosen: Dict[str, Named]) -> Dict[str, Spectrum]:
        """By name. All of them advance together: each step is one pass over the data."""
        if not chosen:
            return {}
        began, options, place = time.perf_counter(), self._options, self._measured.space.place
        measured = [self._measurement(name, block, place) for name, block in chosen.items()]
        operators = [BlockOperator(self._operator, self._named, block) for block in chosen.values()]
        slopes = [
            Slope(self._slope.loss, one.part(self._slope.whole), one.part(self._slope.first)) for one in operators
        ]
        journals = [one.journal({"vectors_per_pass": self._operator.vectors_per_pass}) for one in measured]
        try:
            for one, slope in zip(measured, slopes):
                one.start(slope.whole)
            processes = [
                lanczos_process(
                    one.space, one.probes, options.steps, options.tolerance or 0.0, journal,
                    self._progress(f"{len(measured)} blocks" if at == 0 else ""),
                )
                for at, (one, journal) in enumerate(zip(measured, journals))
            ]
            advance_together(processes, lambda wanted: multiply_together(self._operator, operators, wanted))
        finally:
            for journal in journals:
                if journal is not None:
                    journal.close()
        spent = (time.perf_counter() - began) / len(measured)
        found = {}
        for one, operator, slope in zip(measured, operators, slopes):
            one.seconds = spent
            found[one.block] = one.result(operator, slope)
        return found

    def _measurement(self, name: str, parameters: Named, place: Optional[str]) -> Measurement:
        dimension = sum(parameter.numel() for _, parameter in parameters)
        kind = self._preconditioner.kind
        return Measurement(self._objective, dimension, name, self._options, kind, place, self._run, self._notices)

    def _differentiating(self) -> Curvature:
        options = self._options
        parameters = [parameter for _, parameter in self._named]
        given = (self._objective, parameters, options.matrix, options.weight_decay, self._tell)
        if options.matrix == "fisher":
            return Fisher(*given)
        if options.matrix == "gradient_covariance":
            return GradientCovariance(*given)
        operator = Curvature(*given)
        if differentiates_twice(operator, self._measured.space.dimension):
            return operator
        if options.matrix != "hessian":
            raise RitzError(f'matrix: expected "hessian" or "fisher" of a model without second derivatives backward, got {options.matrix!r}.')
        self._tell("a function has no second derivative backward: products are computed forward over reverse")
        return ForwardOverReverse(*given)

    def _tell(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)
            logger.warning("ritz.torch: %s.", notice)

    def _progress(self, what: str) -> Any:
        shown = self._options.progress and what and self._objective.ranks.first and sys.stderr.isatty()

        def show(step: int) -> None:
            if shown:
                end = "\n" if step >= self._options.steps else ""
                print(f"\rLanczos step {step} of {self._options.steps} ({what})", end=end, file=sys.stderr, flush=True)

        return show
