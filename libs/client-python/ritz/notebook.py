"""How a spectrum shows itself in a notebook: numbers and a density as SVG, without a dependency."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, List, Tuple

from . import words

if TYPE_CHECKING:
    from .spectrum import Spectrum

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 240, 52, 34
_SHOWN_OUTLIERS = 12
_ROUNDING = {"float32": 2.0**-23, "float64": 2.0**-52}


def spectrum_html(spectrum: "Spectrum") -> str:
    rows = [
        ("λ1", _number(spectrum.lambda_max)),
        ("λmin", _number(spectrum.lambda_min)),
        ("negative mass", f"{spectrum.negative_mass:.3g}"),
        ("outliers", f"{spectrum.outliers.count} above {_number(spectrum.outliers.bulk_edge)}"),
        ("trace", _number(spectrum.trace)),
        ("loss", _number(spectrum.loss)),
        ("‖g‖", _number(spectrum.gradient_norm)),
        *((f"‖P<sub>{one.k}</sub>g‖²/‖g‖² ({one.gradient.replace('_', '-')})", f"{one.fraction:.4f}") for one in spectrum.overlaps),
    ]
    cells = "".join(f'<tr><td style="text-align:left">{name}</td><td style="text-align:right">{value}</td></tr>' for name, value in rows)
    # No residual is smaller than the rounding of the products.
    rounding = _ROUNDING[spectrum.precision] * max(abs(spectrum.lambda_max), abs(spectrum.lambda_min))
    values = ", ".join(
        f"{_number(value)} ± {max(residual, rounding):.1g}"
        for value, residual in list(zip(spectrum.outliers.values, spectrum.outliers.residuals))[:_SHOWN_OUTLIERS]
    )
    lines = [f"<p>Outliers: {values}</p>"] if values else []
    lines += [f"<p>Note: {html.escape(notice)}.</p>" for notice in spectrum.notices]
    if spectrum.url is not None:
        address = html.escape(spectrum.url, quote=True)
        lines.append(f'<p><a href="{address}" target="_blank" rel="noopener">Open the run in the dashboard</a></p>')
    title = html.escape(
        f"{_matrix(spectrum)} spectrum, {'all parameters' if spectrum.block == 'all' else spectrum.block}: "
        f"n = {spectrum.parameter_count:,}, {len(spectrum.probes)} probes of {spectrum.steps} steps, {spectrum.data_size:,} examples, "
        f"{spectrum.precision}, {spectrum.seconds:.1f} s"
    )
    return (
        f'<div><p><b>{title}</b></p><div style="display:flex;gap:16px;flex-wrap:wrap">{density_svg(spectrum)}'
        f"<table>{cells}</table></div>{''.join(lines)}</div>"
    )


def density_svg(spectrum: "Spectrum") -> str:
    """The density on a logarithmic axis with its band, and a tick at each outlier."""
    curve = spectrum.density(points=400)
    peak = float(curve.density.max())
    floor = min(peak / 10, 0.05 / spectrum.parameter_count / (curve.sigma * math.sqrt(2 * math.pi)))
    decades = math.log10(peak / floor)
    first, last = float(curve.grid[0]), float(curve.grid[-1])

    def x(value: float) -> float:
        return _LEFT + (value - first) / (last - first) * (_WIDTH - _LEFT - 8)

    def y(value: float) -> float:
        share = max(0.0, math.log10(max(value, floor) / floor) / decades)
        return (_HEIGHT - _BOTTOM) - share * (_HEIGHT - _BOTTOM - 8)

    def points(values: Any, grid: Any) -> List[str]:
        return [f"{x(float(at)):.1f},{y(float(value)):.1f}" for at, value in zip(grid, values)]

    band = " ".join(points(curve.upper, curve.grid) + points(curve.lower[::-1], curve.grid[::-1]))
    base = _HEIGHT - _BOTTOM
    ticks = "".join(
        f'<line x1="{x(float(value)):.1f}" x2="{x(float(value)):.1f}" y1="{base}" y2="{base - 8}" stroke="#b3261e"/>'
        for value in spectrum.outliers.values
    )
    axis = "".join(_tick(place, text) for place, text in _x_ticks(first, last, x))
    powers = range(math.ceil(math.log10(floor)), math.floor(math.log10(peak)) + 1)
    side = "".join(
        f'<text x="{_LEFT - 6}" y="{y(10.0**power) + 4:.1f}" text-anchor="end" font-size="11">1e{power}</text>'
        for power in list(powers)[:: max(1, len(powers) // 5)]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="Spectral density" style="background:#fff;color:#222" fill="#222" font-family="sans-serif">'
        f'<polygon points="{band}" fill="#1f6feb" fill-opacity="0.25"/>'
        f'<polyline points="{" ".join(points(curve.density, curve.grid))}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>'
        f'<line x1="{_LEFT}" x2="{_WIDTH - 8}" y1="{base}" y2="{base}" stroke="#888"/>{ticks}{axis}{side}'
        f'<text x="{(_WIDTH + _LEFT) / 2:.0f}" y="{_HEIGHT - 3}" text-anchor="middle" font-size="11">eigenvalue λ (σ = {curve.sigma:.2g})'
        "</text></svg>"
    )


def _x_ticks(first: float, last: float, x: Any) -> List[Tuple[float, str]]:
    step = 10 ** math.floor(math.log10((last - first) / 4))
    step *= next(factor for factor in (1, 2, 5, 10) if (last - first) / (factor * step) <= 8)
    start = math.ceil(first / step)
    return [(x(index * step), f"{index * step:.6g}") for index in range(start, math.floor(last / step) + 1)]


def _tick(place: float, text: str) -> str:
    return f'<text x="{place:.1f}" y="{_HEIGHT - _BOTTOM + 14}" text-anchor="middle" font-size="11">{text}</text>'


def _number(value: float) -> str:
    return f"{value:.5g}"


def _matrix(spectrum: "Spectrum") -> str:
    name = words.OPERATOR_NAMES[spectrum.matrix.upper()]
    if spectrum.preconditioner == "none":
        return name
    return f"{words.PRECONDITIONER_NAMES[spectrum.preconditioner.upper()]}-preconditioned {name}"
