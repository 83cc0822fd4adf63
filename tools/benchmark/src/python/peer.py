"""One side of `npm run bench:python`: measures a spectrum and prints seconds, processor seconds and peak memory as JSON.

    python peer.py mlp|conv|resnet20 ours|kept|rebuilt|pyhessian|curvlinops|eigenthings probes steps examples threads
    python peer.py --published

The second prints which of the last three can be imported: the packages as published, through the calls that they document. The other
peers are loops written here, for machines without them. `kept` keeps the graph of the gradient, multiplies one vector at a time and
orthogonalises lists of tensors against each other one by one; `rebuilt` differentiates anew for every product and orthogonalises flat
vectors by matrix products.
"""

import importlib.util

import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, entering, channels, stride):
        super().__init__()
        self.first, self.norm1 = nn.Conv2d(entering, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels)
        self.second, self.norm2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels)
        self.short = nn.Conv2d(entering, channels, 1, stride, bias=False) if stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.norm2(self.second(F.relu(self.norm1(self.first(x))))) + self.short(x))


def network(name):
    if name == "mlp":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10)), (1, 28, 28)
    if name == "conv":
        layers = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU()]
        return nn.Sequential(*layers, nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * 49, 10)), (1, 28, 28)
    widths = [(16, 16, 1)] * 3 + [(16, 32, 2), (32, 32, 1), (32, 32, 1), (32, 64, 2), (64, 64, 1), (64, 64, 1)]
    stem = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]
    return nn.Sequential(*stem, *(Block(*width) for width in widths), *head), (3, 32, 32)


def ours(model, x, y, probes, steps):
    import ritz.torch

    options = {"batch_norm": "batch", "mode": "train", "top": 0, "gradient": False, "progress": False}
    found = ritz.torch.measure(model, F.cross_entropy, [(x, y)], probes=probes, steps=steps, **options)
    return found.lambda_max


def kept(model, x, y, probes, steps):
    parameters = list(model.parameters())
    gradient = torch.autograd.grad(F.cross_entropy(model(x), y), parameters, create_graph=True)

    def product(a, b):
        return sum(torch.sum(one * other) for one, other in zip(a, b))

    def normalised(v):
        norm = product(v, v) ** 0.5
        return [one / (norm + 1e-6) for one in v]

    top = []
    for _ in range(probes):
        v = normalised([torch.randint_like(p, 0, 2) * 2 - 1 for p in parameters])
        basis, alpha, beta = [v], [], []
        for step in range(steps):
            if step > 0:
                beta.append(product(w, w).sqrt().item())  # noqa: F821
                for known in basis:
                    share = product(w, known)  # noqa: F821
                    w = [one - share * other for one, other in zip(w, known)]
                previous, v = v, normalised(w)
                basis.append(v)
            w_full = torch.autograd.grad(gradient, parameters, v, retain_graph=True)
            alpha.append(product(w_full, v).item())
            w = [one - alpha[-1] * other for one, other in zip(w_full, v)]
            if step > 0:
                w = [one - beta[-1] * other for one, other in zip(w, previous)]
        t = torch.diag(torch.tensor(alpha)) + torch.diag(torch.tensor(beta), 1) + torch.diag(torch.tensor(beta), -1)
        top.append(torch.linalg.eigvalsh(t)[-1].item())
    return sorted(top)[len(top) // 2]


def rebuilt(model, x, y, probes, steps):
    parameters = list(model.parameters())
    sizes = [p.numel() for p in parameters]

    def multiply(v):
        parts = [part.reshape(p.shape) for part, p in zip(v.split(sizes), parameters)]
        gradient = torch.autograd.grad(F.cross_entropy(model(x), y), parameters, create_graph=True)
        return torch.cat([one.reshape(-1) for one in torch.autograd.grad(gradient, parameters, parts)])

    top = []
    for _ in range(probes):
        v = torch.randn(sum(sizes))
        basis, alpha, beta = torch.zeros(steps, sum(sizes)), [], []
        v = v / v.norm()
        for step in range(steps):
            basis[step] = v
            w = multiply(v)
            alpha.append((w @ v).item())
            for _ in range(2):
                w = w - basis[: step + 1].T @ (basis[: step + 1] @ w)
            beta.append(w.norm().item())
            v = w / beta[-1]
        off = torch.tensor(beta[:-1])
        top.append(torch.linalg.eigvalsh(torch.diag(torch.tensor(alpha)) + torch.diag(off, 1) + torch.diag(off, -1))[-1].item())
    return sorted(top)[len(top) // 2]


def pyhessian(model, x, y, probes, steps):
    """Rademacher vectors, one at a time; the package puts the model into eval(), which is undone here, as the others are measured so."""
    from pyhessian import hessian

    model.eval = lambda: model
    values, _ = hessian(model, F.cross_entropy, data=(x, y), cuda=False).density(iter=steps, n_v=probes)
    return sorted(max(float(value) for value in one) for one in values)[probes // 2]


def curvlinops(model, x, y, probes, steps):
    """Without reorthogonalisation, as the package has it."""
    from curvlinops import HessianLinearOperator
    from curvlinops.papyan2020traces.spectrum import fast_lanczos

    for norm in (one for one in model.modules() if isinstance(one, nn.BatchNorm2d)):  # it refuses to update running statistics
        norm.track_running_stats, norm.running_mean, norm.running_var, norm.num_batches_tracked = False, None, None, None
    hessian = HessianLinearOperator(model, nn.CrossEntropyLoss(), dict(model.named_parameters()), [(x, y)], check_deterministic=False)
    return sorted(float(fast_lanczos(hessian, steps)[0].max()) for _ in range(probes))[probes // 2]


def eigenthings(model, x, y, probes, steps):
    from hessian_eigenthings import HessianOperator, spectral_density

    hessian = HessianOperator(model, [(x, y)], lambda net, batch: F.cross_entropy(net(batch[0]), batch[1]))
    found = spectral_density(hessian, num_runs=probes, lanczos_steps=steps, num_grid_points=1024)
    return sorted(found.raw_eigenvalues.max(dim=1).values.tolist())[probes // 2]


SIDES = {one.__name__: one for one in (ours, kept, rebuilt, pyhessian, curvlinops, eigenthings)}
PUBLISHED = {"pyhessian": "pyhessian", "curvlinops": "curvlinops", "eigenthings": "hessian_eigenthings"}


def main():
    if sys.argv[1:] == ["--published"]:
        return print(json.dumps([side for side, package in PUBLISHED.items() if importlib.util.find_spec(package)]))
    net, side = sys.argv[1:3]
    probes, steps, examples, threads = map(int, sys.argv[3:])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model, shape = network(net)
    x, y = torch.randn(examples, *shape), torch.randint(0, 10, (examples,))
    measured = SIDES[side]
    # Imports that PyTorch leaves until they are needed, and the first allocations, are nobody's measurement.
    tiny = nn.Sequential(nn.Flatten(), nn.Linear(4, 3))
    measured(tiny, torch.randn(8, 4), torch.randint(0, 3, (8,)), 5, 10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, processor = time.perf_counter(), time.process_time()
    top = measured(model, x, y, probes, steps)
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    print(json.dumps({"seconds": seconds, "processor": busy, "peakBytes": peak, "lambdaMax": top, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
