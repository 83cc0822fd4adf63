"""PyTorch's side of one case: peer.py <directory>. Prints {"seconds", "processor", "peakBytes"}, as stepTimes.ts has them."""

import json
import pathlib
import resource
import sys
import time

import numpy
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from torch_resnet20 import resnet20

WARM_UP = 2
directory = pathlib.Path(sys.argv[1])
case = json.loads((directory / "case.json").read_text())
torch.set_num_threads(case["threads"])


def read(name, kind):
    return torch.from_numpy(numpy.fromfile(directory / f"{name}.bin", dtype=kind))


def split(vector, tensors):
    parts = vector.split([int(numpy.prod(t["shape"])) for t in tensors])
    return {t["name"]: part.reshape(t["shape"]) for t, part in zip(tensors, parts)}


p = {name: t.clone().requires_grad_() for name, t in split(read("parameters", "<f4"), case["parameters"]).items()}
x = read("inputs", "<f4").reshape(case["examples"], 3, 32, 32)
targets = read("targets", "<i4").long()
order = read("order", "<i4").long().reshape(case["steps"], case["batchSize"])
norms = [name.removesuffix(".scale") for name in p if name.endswith(".scale")]
running = {name: (torch.zeros_like(p[f"{name}.scale"]), torch.ones_like(p[f"{name}.scale"])) for name in norms}
optimiser = torch.optim.SGD(p.values(), lr=case["rate"], momentum=case["momentum"])


def normalise(name, y):
    mean, variance = running[name]
    return F.batch_norm(y, mean, variance, p[f"{name}.scale"], p[f"{name}.shift"], training=True, momentum=0.1)


clock, processor = [], []
for batch in order:
    clock.append(time.perf_counter())
    processor.append(time.process_time())
    optimiser.zero_grad()
    loss = F.cross_entropy(resnet20(p, x[batch], normalise), targets[batch])
    loss.backward()
    optimiser.step()
    # Both sides look at the loss of every step.
    if not torch.isfinite(loss):
        sys.exit(f"the loss is {loss.item()}")
torch.cat([t.detach().reshape(-1) for t in p.values()]).numpy().astype("<f4").tofile(directory / "pytorch.bin")
steps = sorted(b - a for a, b in zip(clock[WARM_UP:], clock[WARM_UP + 1 :]))
middle = len(steps) // 2
seconds = steps[middle] if len(steps) % 2 else (steps[middle - 1] + steps[middle]) / 2
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "processor": (processor[-1] - processor[WARM_UP]) / len(steps), "peakBytes": peak}))
