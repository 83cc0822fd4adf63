"""The Gauss quadrature of one probe: Ritz values, weights, and how far each is from being an eigenvalue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy


@dataclass(frozen=True)
class Quadrature:
    values: numpy.ndarray
    """[m], ascending."""
    weights: numpy.ndarray
    """[m], squared first components of the eigenvectors of T; sum 1."""
    residuals: numpy.ndarray
    """[m], |β_m s_m,i|: the matrix has an eigenvalue within this distance of Ritz value i."""


def tridiagonal(alpha: Sequence[float], beta: Sequence[float]) -> numpy.ndarray:
    """T [m, m] with the diagonal α [m] and the off-diagonal β [m - 1 or m]."""
    m = len(alpha)
    off = numpy.asarray(beta, dtype=numpy.float64)[: m - 1]
    return numpy.diag(numpy.asarray(alpha, dtype=numpy.float64)) + numpy.diag(off, 1) + numpy.diag(off, -1)


def quadrature(alpha: Sequence[float], beta: Sequence[float]) -> Quadrature:
    """Of a tridiagonal with m diagonals and m off-diagonals, the last of which is the norm of the last residual."""
    values, vectors = numpy.linalg.eigh(tridiagonal(alpha, beta))
    return Quadrature(values, vectors[0] ** 2, numpy.abs(beta[len(alpha) - 1] * vectors[-1]))
