"""PyTorch's side of one case: peer.py <directory> <mode>. Prints {"seconds", "processor", "preparation", "peakBytes"}.

reused:    the graph of the gradient is built once and kept, one backward pass per vector (PyHessian on one batch)
rebuilt:   the graph is built anew for every vector (PyHessian with a data loader)
func:      torch.func, forward over reverse: jvp of grad
linearize: torch.func, forward over reverse: grad linearised once, all vectors at once by vmap
"""

import json
import pathlib
import resource
import sys
import time

import numpy
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from torch_nets import network

directory = pathlib.Path(sys.argv[1])
mode = sys.argv[2]
case = json.loads((directory / "case.json").read_text())
torch.set_num_threads(case["threads"])


def floats(name):
    return torch.from_numpy(numpy.fromfile(directory / f"{name}.bin", dtype="<f4"))


def split(vector, tensors):
    parts = vector.split([int(numpy.prod(t["shape"])) for t in tensors])
    return {t["name"]: part.reshape(t["shape"]) for t, part in zip(tensors, parts)}


net = network(case)
flat = floats("parameters")
buffers = split(floats("buffers"), case["buffers"])
x = floats("inputs").reshape([case["examples"], *case["inputShape"]])
targets = torch.from_numpy(numpy.fromfile(directory / "targets.bin", dtype="<i4")).long()
vectors = floats("vectors").reshape(case["vectors"], -1)
parameters = {name: t.clone().requires_grad_() for name, t in split(flat, case["parameters"]).items()}
leaves = list(parameters.values())


def loss(p):
    return F.cross_entropy(net(p, buffers, x), targets)


def gradient():
    return torch.autograd.grad(loss(parameters), leaves, create_graph=True)


kept = gradient() if mode == "reused" else None
fixed = {name: t.detach() for name, t in parameters.items()}
linear = None


def flattened(tensors, k):
    return torch.cat([t.reshape(*k, -1) for t in tensors], -1)


def product(v):
    tangent = split(v, case["parameters"])
    if mode == "func":
        return flattened(torch.func.jvp(torch.func.grad(loss), (fixed,), (tangent,))[1].values(), ())
    gradients = gradient() if kept is None else kept
    result = torch.autograd.grad(gradients, leaves, list(tangent.values()), retain_graph=kept is not None)
    return flattened(result, ())


def products():
    """One after the other, or all at once; each is kept for no longer than the one after it needs."""
    global linear
    if mode != "linearize":
        for v in vectors:
            yield product(v)
        return
    if linear is None:
        linear = torch.func.linearize(torch.func.grad(loss), fixed)[1]
    tangents = {
        t["name"]: part.reshape(len(vectors), *t["shape"])
        for t, part in zip(case["parameters"], vectors.split([t["size"] for t in case["parameters"]], 1))
    }
    yield from flattened(torch.vmap(linear)(tangents).values(), (len(vectors),))


for tensor in case["parameters"]:
    tensor["size"] = int(numpy.prod(tensor["shape"]))
started = time.perf_counter()
first = torch.stack(list(products()))
preparation = time.perf_counter() - started
first.numpy().astype("<f4").tofile(directory / f"{mode}.bin")
del first
times = []
used = time.process_time()
until = time.perf_counter() + case["minSeconds"]
while len(times) < case["repeats"] or time.perf_counter() < until:
    started = time.perf_counter()
    for _ in products():
        pass
    times.append((time.perf_counter() - started) / len(vectors))
processor = (time.process_time() - used) / len(times) / len(vectors)
times.sort()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": times[len(times) // 2], "processor": processor, "preparation": preparation, "peakBytes": peak}))
