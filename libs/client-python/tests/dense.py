"""Dense float64 matrices that measurements are compared with, by torch.autograd.functional and nothing of Ritz."""

import contextlib

import numpy
import torch

import ritz

OPTIONS = {"precision": "float64", "probes": 2, "seed": 3}


def math_attention():
    """Flash attention has no second derivative."""
    try:
        from torch.nn.attention import SDPBackend, sdpa_kernel

        return sdpa_kernel(SDPBackend.MATH)
    except ImportError:
        return contextlib.nullcontext()


def dense_hessian(model, loss, weighted, chosen=None):
    """Of Σ weight · loss(model, batch) over (weight, batch) pairs, row by row, in the order of the parameters that require a gradient."""
    parameters = [p for name, p in model.named_parameters() if p.requires_grad and (chosen is None or chosen(name))]
    with math_attention(), torch.backends.mkldnn.flags(enabled=False):
        total = sum(weight * loss(model, batch) for weight, batch in weighted)
        parts = torch.autograd.grad(total, parameters, create_graph=True)
        gradient = torch.cat([part.reshape(-1) for part in parts])
        rows = []
        for entry in gradient:
            found = torch.autograd.grad(entry, parameters, retain_graph=True, allow_unused=True)
            rows.append(torch.cat([(torch.zeros_like(p) if g is None else g).reshape(-1) for g, p in zip(found, parameters)]))
    return torch.stack(rows).numpy()


def assert_same_spectrum(test, spectrum, matrix, tolerance=1e-9, count=5):
    """Every probe's Ritz values are the eigenvalues that it can see, and its moments are those of its start vector."""
    exact = numpy.linalg.eigvalsh(matrix)
    scale = numpy.abs(exact).max()
    test.assertEqual(spectrum.parameter_count, len(exact))
    count = min(count, len(exact))
    numpy.testing.assert_allclose(spectrum.top.values[:count], exact[::-1][:count], atol=tolerance * scale, rtol=0)
    for index, probe in enumerate(spectrum.probes):
        start = ritz.numerics.probe_vector.probe_vector("sphere", spectrum.seed, index, len(exact))
        vector, moments = start, []
        for _ in range(4):
            vector = matrix @ vector
            moments.append(start @ vector)
        nodes, weights = spectrum.quadratures[index].values, spectrum.quadratures[index].weights
        for power, moment in enumerate(moments, 1):
            numpy.testing.assert_allclose(weights @ nodes**power, moment, atol=tolerance * scale**power)
