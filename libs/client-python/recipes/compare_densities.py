"""Compares stored runs as the dashboard does, in cells (`# %%`) that an editor or Jupyter runs one by one.

    RITZ_URL=http://127.0.0.1:4000 python compare_densities.py --project default --at 1000

Fetches the runs of a project, puts their densities on one grid, and writes the figure "Spectral densities" of the dashboard's
comparison as densities.svg (logarithmic density, bands of 95 % confidence), with the standard library alone. What is drawn and
measured is printed as JSON.
"""

# %% Which runs, and when
import argparse
import json
import math
from html import escape
from pathlib import Path

import ritz

parser = argparse.ArgumentParser(description="Overlays the spectral densities of the runs of a project.")
parser.add_argument("--project", default="default")
parser.add_argument("--search", help="search words in the name, architecture, data set, notes or tags")
parser.add_argument("--at", type=float, help="step (default: the last that all runs have)")
parser.add_argument("--sigma", type=float, help="kernel width (default: chosen from the spectra)")
parser.add_argument("--output", default="densities.svg")
options = parser.parse_args()

found = [run for run in ritz.runs(project=options.project, search=options.search) if run.spectrum_steps]
if not found:
    raise SystemExit(f"No run of project {options.project!r} that fits has a spectrum.")

# %% Densities on one grid, distances between them, courses of the outliers
compared = ritz.densities(found, at=options.at, sigma=options.sigma, points=512)
courses = ritz.trajectories(found)
for warning in compared.warnings:
    print("Beware:", warning)

# %% The figure
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 16, 40, 50
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]  # Okabe and Ito 2008
DASHES = ["", "6 3", "2 3"]

grid = list(map(float, compared.grid))
curves = [[list(map(float, row)) for row in rows] for rows in (compared.density, compared.lower, compared.upper)]
highest = max(max(row) for row in curves[2])
# A tenth of the peak that a single eigenvalue makes, 1 / (n sigma sqrt(2 pi)): nothing that could be one is cut off.
dimension = max(run.parameter_count or 0 for run in found)
peak = 1 / (dimension * compared.sigma * math.sqrt(2 * math.pi)) if dimension else highest * 1e-7
floor = 10.0 ** math.floor(math.log10(peak / 10))


def x(value):
    return LEFT + (value - grid[0]) / (grid[-1] - grid[0]) * (WIDTH - LEFT - RIGHT)


def y(value):
    share = math.log(max(value, floor) / floor) / math.log(2 * highest / floor)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def points(values, backwards=False):
    pairs = [f"{x(a):.2f},{y(b):.2f}" for a, b in zip(grid, values)]
    return " ".join(reversed(pairs) if backwards else pairs)


title = f"Spectral densities at step {compared.position:g}"
parts = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 20 * len(compared.runs)}" '
    f'font-family="sans-serif" font-size="12" role="img" aria-label="{title}">',
    f'<text x="{LEFT}" y="22" font-size="15">{title}, σ = {compared.sigma:.3g}</text>',
]
for power in range(round(math.log10(floor)), math.floor(math.log10(2 * highest)) + 1):
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10.0**power):.2f}" y2="{y(10.0**power):.2f}" stroke="#ddd"/>')
    parts.append(f'<text x="{LEFT - 6}" y="{y(10.0**power) + 4:.2f}" text-anchor="end">1e{power}</text>')
for part in range(7):
    value = grid[0] + (grid[-1] - grid[0]) * part / 6
    parts.append(f'<text x="{x(value):.2f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:.3g}</text>')
parts.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 10}" text-anchor="middle">eigenvalue λ</text>')
for at, (name, step) in enumerate(zip(compared.names, compared.steps)):
    colour, dash = COLOURS[at % len(COLOURS)], DASHES[at // len(COLOURS) % len(DASHES)]
    density, lower, upper = (rows[at] for rows in curves)
    parts.append(f'<polygon points="{points(upper)} {points(lower, True)}" fill="{colour}" opacity="0.2"/>')
    parts.append(f'<polyline points="{points(density)}" fill="none" stroke="{colour}" stroke-dasharray="{dash}"/>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT + 14 + 20 * at}" fill="{colour}">{escape(name)} (step {step})</text>')
Path(options.output).write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")

# %% The numbers behind it
print(
    json.dumps(
        {
            "runs": compared.runs,
            "sigma": compared.sigma,
            "grid": grid,
            "density": curves[0],
            "lower": curves[1],
            "upper": curves[2],
            "wasserstein1": [list(map(float, row)) for row in compared.wasserstein1],
            "lambdaMax": {course.run: list(map(float, course.lambda_max)) for course in courses},
            "differing": compared.differing,
        }
    )
)
