"""Spectral densities of stored runs on one grid, and the distances between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Union

from .errors import RitzError
from .graphql import query_server, to_array, unpack
from .server import Server
from .stored import RunLike, run_ids
from .values import Array, shown


@dataclass(frozen=True)
class Densities:
    """The spectra of R runs at one moment of their trainings, on one grid of P points and with one kernel."""

    position: float
    """The moment, in the unit of the alignment."""
    runs: List[str]
    """Ids of the runs that have a spectrum there; rows of everything below are in this order."""
    names: List[str]
    steps: List[int]
    """Where each of the spectra really stands."""
    grid: Array
    """[P], ascending, in units of the eigenvalues."""
    density: Array
    """[R][P]: share of the eigenvalues per unit of eigenvalue."""
    lower: Array
    """[R][P]: the band of 95 % confidence over the probes."""
    upper: Array
    sigma: Optional[float]
    """Standard deviation of the kernel."""
    wasserstein1: Array
    """[R][R], in units of the eigenvalues."""
    l1: Array
    """[R][R], 0 to 2."""
    jensen_shannon: Array
    """[R][R], 0 to 1."""
    missing: List[str]
    """Names of the runs without a spectrum there."""
    warnings: List[str]
    """Differences in how the spectra were measured, which play a part in how they differ."""
    differing: Dict[str, List[Optional[str]]]
    """Settings in which the runs differ: a value for each run that was asked for."""


_COMPARE = """query ($runs: [ID!]!, $align: Alignment, $at: [Float!], $tolerance: Float, $operator: CurvatureOperator,
    $block: String, $smoothing: SmoothingInput, $kernel: KernelName, $method: QuadratureMethod, $grid: GridInput) {
  compare(runs: $runs, align: $align, at: $at, tolerance: $tolerance, operator: $operator, block: $block,
      smoothing: $smoothing, kernel: $kernel, method: $method, grid: $grid) {
    differingSettings { name values: typedValues { shown } }
    points {
      position lambda sigma
      entries { run { id name } spectrum { step { number } } density { packedDensity packedLower packedUpper } }
      missing { name }
      distances { wasserstein1 l1 jensenShannon }
      warnings { first { name } second { name } field
        firstValue: firstTypedValue { shown } secondValue: secondTypedValue { shown } consequence }
    }
  }
}"""


def densities(
    runs: Union[RunLike, Sequence[RunLike]],
    *,
    at: Optional[float] = None,
    align: str = "step",
    tolerance: Optional[float] = None,
    sigma: Optional[float] = None,
    points: int = 1024,
    low: Optional[float] = None,
    high: Optional[float] = None,
    operator: str = "hessian",
    block: str = "all",
    kernel: str = "gaussian",
    method: str = "variance_reduced",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> Densities:
    """Spectral densities of runs at the same moment, on one grid and with one kernel, and the distances between them.

    at: the moment, in the unit of `align` ("step", "epoch", "loss" or "lr_phase"); the farthest that every run has reached unless
    given. tolerance: how far from it a spectrum may stand. sigma: width of the kernel, chosen from the spectra unless given.
    points, low, high: of the grid.
    """
    server = Server.named(url, token)
    grid = {"points": points, "min": low, "max": high}
    variables: Dict[str, Any] = {
        "runs": run_ids(server, runs),
        "align": align.upper(),
        "operator": operator.upper(),
        "block": block,
        "kernel": kernel.upper(),
        "method": method.upper(),
        "grid": {name: value for name, value in grid.items() if value is not None},
    }
    optional = {
        "at": None if at is None else [at],
        "tolerance": tolerance,
        "smoothing": None if sigma is None else {"kind": "ABSOLUTE", "sigma": sigma},
    }
    variables.update({name: value for name, value in optional.items() if value is not None})
    comparison = query_server(server, _COMPARE, variables)["compare"]
    if not comparison["points"] or not comparison["points"][0]["entries"]:
        raise RitzError(f"None of these runs has a {operator} spectrum of block {block!r} there.")
    point = comparison["points"][0]
    entries = point["entries"]

    def curves(name: str) -> Array:
        return to_array([unpack(entry["density"][name]) for entry in entries])

    return Densities(
        position=point["position"],
        runs=[entry["run"]["id"] for entry in entries],
        names=[entry["run"]["name"] for entry in entries],
        steps=[entry["spectrum"]["step"]["number"] for entry in entries],
        grid=to_array(list(map(float, point["lambda"]))),
        density=curves("packedDensity"),
        lower=curves("packedLower"),
        upper=curves("packedUpper"),
        sigma=point["sigma"],
        wasserstein1=to_array(point["distances"]["wasserstein1"]),
        l1=to_array(point["distances"]["l1"]),
        jensen_shannon=to_array(point["distances"]["jensenShannon"]),
        missing=[run["name"] for run in point["missing"]],
        warnings=[
            f"{warning['field']} differs ({warning['first']['name']}: {warning['firstValue']['shown']}, "
            f"{warning['second']['name']}: {warning['secondValue']['shown']}). {warning['consequence']}"
            for warning in point["warnings"]
        ],
        differing={
            setting["name"]: [value and value["shown"] for value in setting["values"]]
            for setting in comparison["differingSettings"]
        },
    )


def distances(runs: Sequence[RunLike], metric: str = "wasserstein1", **options: Any) -> Array:
    """The matrix of distances between the spectra of runs, [R][R]; options as of `densities`.

    metric: "wasserstein1" (units of the eigenvalues), "l1" (0 to 2) or "jensen_shannon" (0 to 1). Raises RitzError when one of
    the runs has no spectrum there, for then rows and runs would not match.
    """
    if metric not in ("wasserstein1", "l1", "jensen_shannon"):
        raise RitzError(f"metric: expected wasserstein1 or l1 or jensen_shannon, got {shown(metric)}.")
    compared = densities(runs, **options)
    if compared.missing:
        raise RitzError(f"{', '.join(map(repr, compared.missing))} has no spectrum there. Leave it out.")
    return getattr(compared, metric)
