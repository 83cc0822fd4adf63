"""Blocks of the parameters of stored runs: their statistics along a training, their densities, and the distances between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence

from .errors import RitzError
from .graphql import to_array, unpack
from .server import Server
from .settings import OPERATOR, PRECONDITIONER
from .stored import RunLike, fetch_run, run_ids
from .values import Array, camel_case, shown, to_step

_STATISTICS = (
    "lambda_max",
    "lambda_min",
    "lambda_k",
    "ratio",
    "outlier_count",
    "negative_mass",
    "mass_near_zero",
    "trace",
    "trace_per_parameter",
    "frobenius_norm",
    "effective_rank",
)


@dataclass(frozen=True)
class BlockStatistics:
    """Statistics of the B blocks of one matrix at the S measured steps of a run."""

    run: str
    name: str
    blocks: List[str]
    parameter_count: Array
    """[B]"""
    steps: Array
    """[S]"""
    value: Dict[str, Array]
    """By the name of the statistic, [B][S]: NaN (or None) where a block was not measured."""
    standard_error: Dict[str, Array]
    """The same of the standard errors over the probes."""


def block_statistics(
    run: RunLike,
    statistics: Sequence[str] = ("lambda_max", "trace", "trace_per_parameter", "effective_rank"),
    *,
    operator: str = "hessian",
    preconditioner: str = "none",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> BlockStatistics:
    """Statistics of all blocks of a run at all of its measured steps, such as a layer by step heat map is drawn of."""
    for name in statistics:
        if name not in _STATISTICS:
            raise RitzError(f"block_statistics.statistics: expected among {', '.join(_STATISTICS)}, got {shown(name)}.")
    columns = " ".join(f"{camel_case(name)} {{ value standardError }}" for name in statistics)
    query = f"""query ($id: ID!, $operator: CurvatureOperator, $preconditioner: Preconditioner) {{
  run(id: $id) {{
    name
    blockStatistics(operator: $operator, preconditioner: $preconditioner) {{ blocks steps parameterCount {columns} }}
  }}
}}"""
    server = Server.named(url, token)
    (run_id,) = run_ids(server, run)
    found = fetch_run(server, query, {"id": run_id, **_matrix("block_statistics", operator, preconditioner)})
    stored = found["blockStatistics"]

    def column(part: str) -> Dict[str, Array]:
        return {name: to_array(stored[camel_case(name)][part]) for name in statistics}

    counts, steps = to_array(stored["parameterCount"]), to_array(stored["steps"])
    return BlockStatistics(run_id, found["name"], stored["blocks"], counts, steps, column("value"), column("standardError"))


@dataclass(frozen=True)
class BlockDensities:
    """The spectra of the B blocks of one matrix at one step, on one grid of P points and with one kernel."""

    run: str
    name: str
    step: int
    blocks: List[str]
    """Rows of everything below are in this order."""
    grid: Array
    """[P], ascending, in units of the eigenvalues."""
    density: Array
    """[B][P]: share of the eigenvalues per unit of eigenvalue."""
    lower: Array
    """[B][P]: the band of 95 % confidence over the probes."""
    upper: Array
    sigma: float
    """Standard deviation of the kernel."""
    wasserstein1: Array
    """[B][B], in units of the eigenvalues."""
    l1: Array
    """[B][B], 0 to 2."""
    jensen_shannon: Array
    """[B][B], 0 to 1."""


_COMPARISON = """query ($id: ID!, $step: Int!, $operator: CurvatureOperator, $preconditioner: Preconditioner, $blocks: [String!],
    $smoothing: SmoothingInput, $grid: GridInput) {
  run(id: $id) {
    name
    blockComparison(step: $step, operator: $operator, preconditioner: $preconditioner, blocks: $blocks, smoothing: $smoothing, grid: $grid) {
      lambda sigma
      entries { spectrum { block } density { packedDensity packedLower packedUpper } }
      distances { wasserstein1 l1 jensenShannon }
    }
  }
}"""


def block_densities(
    run: RunLike,
    step: int,
    *,
    blocks: Optional[Sequence[str]] = None,
    sigma: Optional[float] = None,
    points: int = 1024,
    operator: str = "hessian",
    preconditioner: str = "none",
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> BlockDensities:
    """Densities of the blocks of a run at one step on one grid, and the distances between them.

    blocks: only these. sigma: width of the kernel, chosen from the spectra unless given. points: of the grid.
    """
    server = Server.named(url, token)
    (run_id,) = run_ids(server, run)
    variables: Dict[str, Any] = {
        "id": run_id,
        "step": to_step("block_densities.step", step),
        **_matrix("block_densities", operator, preconditioner),
        "grid": {"points": points},
    }
    if blocks is not None:
        variables["blocks"] = list(blocks)
    if sigma is not None:
        variables["smoothing"] = {"kind": "ABSOLUTE", "sigma": sigma}
    found = fetch_run(server, _COMPARISON, variables)
    compared = found["blockComparison"]
    if compared is None:
        raise RitzError(f"The run has no {operator} spectra of blocks at step {step}.")
    entries = compared["entries"]

    def curves(name: str) -> Array:
        return to_array([unpack(entry["density"][name]) for entry in entries])

    return BlockDensities(
        run=run_id,
        name=found["name"],
        step=step,
        blocks=[entry["spectrum"]["block"] for entry in entries],
        grid=to_array(list(map(float, compared["lambda"]))),
        density=curves("packedDensity"),
        lower=curves("packedLower"),
        upper=curves("packedUpper"),
        sigma=compared["sigma"],
        wasserstein1=to_array(compared["distances"]["wasserstein1"]),
        l1=to_array(compared["distances"]["l1"]),
        jensen_shannon=to_array(compared["distances"]["jensenShannon"]),
    )


def _matrix(where: str, operator: str, preconditioner: str) -> Dict[str, str]:
    return {
        "operator": OPERATOR(f"{where}.operator", operator),
        "preconditioner": PRECONDITIONER(f"{where}.preconditioner", preconditioner),
    }
