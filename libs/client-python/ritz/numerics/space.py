"""Where Lanczos vectors live: what a framework must offer, and the one in numpy."""

from __future__ import annotations

from typing import Any, Protocol, Sequence, Tuple

import numpy

Vector = Any
"""[n] in the arithmetic of the framework and the precision of the measurement."""


class Basis(Protocol):
    """An orthonormal basis, in the precision of the measurement."""

    size: int

    def orthogonalise(self, vector: Vector) -> Tuple[float, float, Vector]:
        """(inner product with the newest row, norm of the rest, the rest); the last in float64 where the device has it."""

    def append(self, vector: Vector, norm: float) -> None:
        """Adds vector / norm."""

    def row(self, index: int) -> Vector: ...

    def restore(self, row: numpy.ndarray) -> None: ...

    def combination(self, coefficients: numpy.ndarray) -> Vector:
        """Σ coefficients[r] · row r over the first rows, in float64 where the device has it."""


class Space(Protocol):
    dimension: int
    precision: str

    def vector(self, values: numpy.ndarray) -> Vector: ...

    def stack(self, vectors: Sequence[Vector]) -> Any: ...

    def to_numpy(self, vector: Vector) -> numpy.ndarray: ...

    def rounded(self, vector: Vector) -> Vector:
        """In the precision of the measurement."""

    def norm(self, vector: Vector) -> float:
        """Accumulated in float64."""

    def inner_all(self, vectors: Sequence[Vector], other: Vector) -> "list[float]":
        """⟨v, other⟩ of each, accumulated in float64."""

    def basis(self, rows: int) -> Basis: ...


class NumpyBasis:
    """Two passes of classical Gram–Schmidt against all rows ("twice is enough": Giraud, Langou, Rozložník and van den Eshof, Numer.
    Math. 101, 2005), each a product with the whole basis; α and β in float64."""

    def __init__(self, rows: int, dimension: int, precision: str) -> None:
        self._rows = numpy.empty((rows, dimension), dtype=precision)
        self.size = 0

    def orthogonalise(self, vector: Vector) -> Tuple[float, float, Vector]:
        rest = numpy.asarray(vector, dtype=numpy.float64)
        rows = self._rows[: self.size]
        along = float(rest @ rows[-1].astype(numpy.float64)) if self.size else 0.0
        for again in range(2 if self.size else 0):
            products = rows @ rest.astype(rows.dtype)
            rest = rest - products @ rows
            along += float(products[-1]) if again else 0.0
        return along, float(numpy.sqrt(rest @ rest)), rest

    def append(self, vector: Vector, norm: float) -> None:
        self._rows[self.size] = vector / norm
        self.size += 1

    def row(self, index: int) -> Vector:
        return self._rows[index]

    def restore(self, row: numpy.ndarray) -> None:
        self._rows[self.size] = row
        self.size += 1

    def combination(self, coefficients: numpy.ndarray) -> Vector:
        return coefficients @ self._rows[: len(coefficients)].astype(numpy.float64)


class NumpySpace:
    def __init__(self, dimension: int, precision: str) -> None:
        self.dimension, self.precision = dimension, precision

    def vector(self, values: numpy.ndarray) -> Vector:
        return numpy.asarray(values, dtype=self.precision)

    def stack(self, vectors: Sequence[Vector]) -> Any:
        return numpy.stack(vectors).astype(self.precision, copy=False)

    def to_numpy(self, vector: Vector) -> numpy.ndarray:
        return numpy.asarray(vector)

    def rounded(self, vector: Vector) -> Vector:
        return self.vector(vector)

    def norm(self, vector: Vector) -> float:
        wide = numpy.asarray(vector, dtype=numpy.float64)
        return float(numpy.sqrt(wide @ wide))

    def inner_all(self, vectors: Sequence[Vector], other: Vector) -> "list[float]":
        wide = numpy.asarray(other, dtype=numpy.float64)
        return [float(numpy.asarray(vector, dtype=numpy.float64) @ wide) for vector in vectors]

    def basis(self, rows: int) -> NumpyBasis:
        return NumpyBasis(rows, self.dimension, self.precision)
