"""A measured spectrum: its tridiagonals, and what follows from them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy

from .errors import RitzError
from .notebook import spectrum_html
from .numerics import density as densities
from .numerics.resolved import Outliers, outliers
from .numerics.ritz_values import Quadrature, quadrature
from .run import Run


@dataclass(frozen=True)
class Tridiagonal:
    """What one probe measured: diagonals α [m] and off-diagonals β [m], the last of which is the norm of the last residual."""

    alpha: numpy.ndarray
    beta: numpy.ndarray
    breakdown: bool = False


@dataclass(frozen=True)
class Top:
    """The largest eigenvalues, descending."""

    values: numpy.ndarray
    residuals: numpy.ndarray
    """An eigenvalue lies within this distance of each."""
    vectors: Optional[List[Any]] = None
    """Of unit length, in the arithmetic of the framework, where they were asked for."""


@dataclass(frozen=True)
class Overlap:
    """The share of a gradient in the span of the K leading Ritz vectors, ‖P_K g‖² / ‖g‖²."""

    k: int
    fraction: float
    gradient: str
    """"full_batch" or "mini_batch"."""


@dataclass(frozen=True)
class Spectrum:
    """Stochastic Lanczos quadrature of a symmetric matrix of dimension n: k probes of at most m steps."""

    probes: List[Tridiagonal]
    parameter_count: int
    data_size: int
    data_fingerprint: str
    matrix: str
    batch_norm: str
    block: str
    precision: str
    steps: int
    seed: int
    hvp_count: int
    seconds: float
    engine: str
    loss: float
    gradient_norm: float
    law: str = "sphere"
    """Of the start vectors, or "rademacher"."""
    loss_reduction: str = "mean"
    preconditioner: str = "none"
    """P of P^(-1/2) A P^(-1/2)."""
    batch_size: Optional[int] = None
    """Of the mini-batches, where the matrix depends on them: gradient covariance, or batch norm over each."""
    weight_decay: float = 0.0
    top: Top = field(default_factory=lambda: Top(numpy.empty(0), numpy.empty(0)))
    overlaps: List[Overlap] = field(default_factory=list)
    energy: Optional[Tridiagonal] = None
    """Lanczos started at g / ‖g‖: how the gradient's energy is spread over the eigenvalues."""
    blocks: Dict[str, Spectrum] = field(default_factory=dict)
    notices: List[str] = field(default_factory=list)
    """What a reader of the numbers should know."""
    url: Optional[str] = None
    """Of the run in the dashboard, where it was logged."""

    @property
    def alpha(self) -> List[numpy.ndarray]:
        return [probe.alpha for probe in self.probes]

    @property
    def beta(self) -> List[numpy.ndarray]:
        return [probe.beta for probe in self.probes]

    @property
    def quadratures(self) -> List[Quadrature]:
        """Of each probe: Ritz values, their weights and residuals."""
        return [quadrature(probe.alpha.tolist(), probe.beta.tolist()) for probe in self.probes]

    @property
    def ritz_values(self) -> List[numpy.ndarray]:
        return [one.values for one in self.quadratures]

    @property
    def residuals(self) -> List[numpy.ndarray]:
        return [one.residuals for one in self.quadratures]

    @property
    def lambda_max(self) -> float:
        """The median over probes."""
        return float(numpy.median([values[-1] for values in self.ritz_values]))

    @property
    def lambda_min(self) -> float:
        return float(numpy.median([values[0] for values in self.ritz_values]))

    @property
    def negative_mass(self) -> float:
        """The share of eigenvalues below zero."""
        return float(numpy.mean([weights[nodes < 0].sum() for nodes, weights in self._measures()]))

    @property
    def trace(self) -> float:
        return self.parameter_count * float(numpy.mean([weights @ nodes for nodes, weights in self._measures()]))

    @property
    def outliers(self) -> Outliers:
        return outliers(self.quadratures, self.parameter_count)

    def eigenvalue(self, rank: int) -> float:
        """λ_rank, the largest of rank 1: the median over probes. Raises RitzError where the probes have fewer Ritz values."""
        fewest = min(len(values) for values in self.ritz_values)
        if not 1 <= rank <= fewest:
            raise RitzError(f"rank: expected an integer from 1 to {fewest}, got {rank}.")
        return float(numpy.median([values[-rank] for values in self.ritz_values]))

    def density(self, sigma: Optional[float] = None, points: int = 1024, **grid: Any) -> densities.Density:
        """The density with its 95 % band. sigma: width of the kernel, 1/200 of the range unless given; low, high: of the grid."""
        return densities.density(self.quadratures, self.parameter_count, sigma, points, **grid)

    def plot(self, ax: Any = None, sigma: Optional[float] = None, **options: Any) -> Any:
        """Draws the density on axes of matplotlib, and returns them."""
        try:
            from matplotlib import pyplot
        except ImportError as error:
            raise RitzError(f"plot: expected matplotlib, got none ({error}). `pip install matplotlib` brings it.") from error
        curve = self.density(sigma)
        axes = pyplot.subplots()[1] if ax is None else ax
        (line,) = axes.semilogy(curve.grid, curve.density, **options)
        axes.fill_between(curve.grid, curve.lower, curve.upper, color=line.get_color(), alpha=0.25, linewidth=0)
        peak = float(curve.density.max())
        axes.set_ylim(max(1e-12, min(0.1 / self.parameter_count / curve.sigma, peak / 10)), 2 * peak)
        axes.set_xlabel("λ")
        axes.set_ylabel(f"density (σ = {curve.sigma:.3g})")
        return axes

    def log(self, run: Run, step: int) -> Spectrum:
        """Records it as the spectrum of a step, with overlap, energy and blocks; returns it with the address of the run."""
        run.log_lanczos(step, self.alpha, self.beta, gradient_energy=self._energy(), **self._settings())  # type: ignore[arg-type]
        for one in self.overlaps:
            place = {"operator": self.matrix, "block": self.block, "preconditioner": self.preconditioner}
            run.log_gradient_overlap(step, one.k, one.fraction, gradient=one.gradient, **place)
        return dataclasses.replace(self, url=run.url, blocks={name: one.log(run, step) for name, one in self.blocks.items()})

    def _settings(self) -> Mapping[str, Any]:
        return {
            **{"operator": self.matrix, "block": self.block, "preconditioner": self.preconditioner},
            **({} if self.batch_size is None else {"batch_size": self.batch_size}),
            "parameter_count": self.parameter_count,
            **{"data_size": self.data_size, "data_fingerprint": self.data_fingerprint, "loss_reduction": self.loss_reduction},
            **{"weight_decay_included": self.weight_decay != 0, "batch_norm": self.batch_norm, "lanczos_steps": self.steps},
            **{"probe_law": self.law, "seed": self.seed, "precision": self.precision, "hvp_count": self.hvp_count, "seconds": self.seconds},
            "engine": self.engine,
        }

    def _energy(self) -> Optional[Sequence[Mapping[str, Any]]]:
        if self.energy is None:
            return None
        return [{"gradient_norm": self.gradient_norm, "alpha": self.energy.alpha, "beta": self.energy.beta}]

    def _measures(self) -> Any:
        return densities.measures_of(self.quadratures, self.parameter_count)

    def __repr__(self) -> str:
        of = "" if self.block == "all" else f" of {self.block}"
        what = self.matrix if self.preconditioner == "none" else f"{self.preconditioner}-preconditioned {self.matrix}"
        return (
            f"<Spectrum of the {what}{of}: n = {self.parameter_count}, k = {len(self.probes)}, m = {self.steps}, "
            f"λ1 = {self.lambda_max:.6g}, λmin = {self.lambda_min:.3g}, {self.outliers.count} outliers>"
        )

    def _repr_html_(self) -> str:
        return spectrum_html(self)
