"""JAX's side of one case: peer_jax.py <directory> <mode>. Prints {"seconds", "processor", "preparation", "peakBytes"}.

The gradient is linearised once (`linearize`, what does not depend on the vectors is kept); all vectors go through it at once by `vmap`, the
whole compiled by `jit`.
"""

import json
import os
import pathlib
import resource
import sys
import time

directory = pathlib.Path(sys.argv[1])
mode = sys.argv[2]
case = json.loads((directory / "case.json").read_text())
threads = case["threads"]
# Read once, when the library starts: threads of the products, and of everything else.
os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if threads > 1 else 'false'} intra_op_parallelism_threads={threads}"
os.environ["JAX_PLATFORMS"] = "cpu"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])

import jax
import jax.numpy as jnp
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from jax_nets import network


def floats(name):
    return numpy.fromfile(directory / f"{name}.bin", dtype="<f4")


def split(vector, tensors):
    """By name, of the last axis; the axes before it stay."""
    ends = numpy.cumsum([int(numpy.prod(t["shape"])) for t in tensors])[:-1]
    parts = numpy.split(vector, ends, -1)
    return {t["name"]: jnp.asarray(part.reshape(*vector.shape[:-1], *t["shape"])) for t, part in zip(tensors, parts)}


net = network(case)
parameters = split(floats("parameters"), case["parameters"])
buffers = split(floats("buffers"), case["buffers"])
x = jnp.asarray(floats("inputs").reshape(case["examples"], *case["inputShape"]))
targets = jnp.asarray(numpy.fromfile(directory / "targets.bin", dtype="<i4"))
vectors = split(floats("vectors").reshape(case["vectors"], -1), case["parameters"])


def loss(p):
    logits = jax.nn.log_softmax(net(p, buffers, x))
    return -jnp.take_along_axis(logits, targets[:, None], 1).mean()


started = time.perf_counter()
_, linear = jax.linearize(jax.jit(jax.grad(loss)), parameters)
products = jax.jit(jax.vmap(linear))
first = jax.block_until_ready(products(vectors))
preparation = time.perf_counter() - started
flat = [numpy.asarray(first[t["name"]]).reshape(case["vectors"], -1) for t in case["parameters"]]
numpy.concatenate(flat, 1).astype("<f4").tofile(directory / f"{mode}.bin")
times = []
used = time.process_time()
until = time.perf_counter() + case["minSeconds"]
while len(times) < case["repeats"] or time.perf_counter() < until:
    started = time.perf_counter()
    jax.block_until_ready(products(vectors))
    times.append((time.perf_counter() - started) / case["vectors"])
processor = (time.process_time() - used) / len(times) / case["vectors"]
times.sort()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": times[len(times) // 2], "processor": processor, "preparation": preparation, "peakBytes": peak}))
