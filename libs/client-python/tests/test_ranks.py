"""Two processes that measure one spectrum, each on its share of the data: as DistributedDataParallel trains it, and as FSDP does."""

import os
import pathlib
import pickle
import tempfile
import time
import unittest

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import ritz
import ritz.torch
from dense import OPTIONS, assert_same_spectrum, dense_hessian

NORMS = ("running", "population")


def cross_entropy(model, batch):
    return F.cross_entropy(model(batch[0]), batch[1])


def problem():
    torch.manual_seed(0)
    x, y = torch.randn(11, 4).double(), torch.randint(0, 3, (11,))
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3)).double(), x, y


def share(rank, x, y):
    return [(x[:4], y[:4]), (x[4:7], y[4:7])] if rank == 0 else [(x[7:], y[7:])]


def fully_sharded(model):
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import fully_shard

    mesh = init_device_mesh("cpu", (2,))
    fully_shard(model[0], mesh=mesh)
    return fully_shard(model, mesh=mesh)


def wrapped(model, **options):
    from torch.distributed.fsdp import FullyShardedDataParallel

    options = {"device_id": torch.device("cpu"), **options}
    model[0] = FullyShardedDataParallel(model[0], **options)
    return FullyShardedDataParallel(model, **options)


KINDS = {
    "fully_shard": fully_sharded,
    "FSDP": wrapped,
    "FSDP of original parameters": lambda model: wrapped(model, use_orig_params=True),
}


def shards_on_the_cpu():
    """PyTorch 2.4 and newer train sharded models on the CPU."""
    return torch.distributed.is_available() and tuple(int(part) for part in torch.__version__.split(".")[:2]) >= (2, 4)


def train(shard, measure):
    """(the parameters of this process after two steps of Adam, the spectra before, between gradient and step, and after)."""
    model, x, y = problem()
    # In training mode the gradient of a bias before a batch norm is rounding alone, which Adam makes a step of.
    model, spectra = shard(model.eval()), []
    optimiser = torch.optim.Adam(model.parameters(), lr=0.05)

    def look():
        if measure:
            spectra.append(measure(model, x, y, optimiser))

    look()
    for _ in range(2):
        optimiser.zero_grad()
        cross_entropy(model, (x, y)).backward()
        look()
        optimiser.step()
    look()
    names = [name for name, _ in model.named_parameters()]
    ends = [getattr(p, "_local_tensor", p).detach().clone() for p in model.parameters()]
    return names, ends, spectra


def measure(model, batches, optimiser, conditioned=True):
    """Preconditioned once the optimiser has taken a step."""
    options = {"preconditioner": "optimizer"} if conditioned and optimiser.state else {}
    return ritz.torch.measure(model, cross_entropy, batches, steps=12, optimizer=optimiser, **options, **OPTIONS)


def saved_and_resumed(model, batches, folder, rank):
    path = pathlib.Path(folder, "state")
    whole = ritz.torch.measure(model, cross_entropy, batches, steps=25, save=path, **OPTIONS)
    torch.distributed.barrier()
    if rank == 0:  # what a process leaves that is killed in the middle
        path.write_bytes(path.read_bytes()[:-20])
    torch.distributed.barrier()
    return whole, ritz.torch.measure(model, cross_entropy, batches, steps=25, save=path, **OPTIONS)


def work(rank, folder):
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=2)
    model, x, y = problem()
    model = nn.parallel.DistributedDataParallel(model)
    found = {"parallel": [ritz.torch.measure(model, cross_entropy, share(rank, x, y), steps=43, batch_norm=norm, **OPTIONS) for norm in NORMS]}
    found["saved"] = saved_and_resumed(model, share(rank, x, y), folder, rank)
    if shards_on_the_cpu():
        for kind, shard in KINDS.items():
            whole = kind == "fully_shard"  # of FSDP the optimiser has pieces of flat parameters
            look = lambda model, x, y, optimiser: measure(model, share(rank, x, y), optimiser, whole)  # noqa: B023, E731
            found[kind] = train(shard, None), train(shard, look)
    unfinished = pathlib.Path(folder, f"{rank}.part")
    unfinished.write_bytes(pickle.dumps(found))
    unfinished.rename(unfinished.with_suffix(".pickle"))
    # Together, and without taking down what gloo's threads still hold: that ends in an abort now and then.
    while not pathlib.Path(folder, f"{1 - rank}.pickle").exists():
        time.sleep(0.01)
    os._exit(0)


@unittest.skipUnless(torch.distributed.is_available() and torch.distributed.is_gloo_available(), "no gloo")
class TwoProcesses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            torch.multiprocessing.spawn(work, (folder,), nprocs=2)
            cls.found = [pickle.loads(pathlib.Path(folder, f"{rank}.pickle").read_bytes()) for rank in range(2)]

    def test_sum_over_their_data(self):
        first, second = (one["parallel"] for one in self.found)
        model, x, y = problem()
        whole = [(x, y)]
        for norm, one, other in zip(NORMS, first, second):
            self.assertEqual([a.tolist() for a in one.alpha], [a.tolist() for a in other.alpha])
            alone = ritz.torch.measure(model, cross_entropy, whole, steps=43, batch_norm=norm, **OPTIONS)
            numpy.testing.assert_allclose(one.top.values, alone.top.values, atol=1e-10)
            self.assertEqual((one.data_size, one.data_fingerprint), (11, other.data_fingerprint))
            self.assertAlmostEqual(one.loss, alone.loss, places=12)
        assert_same_spectrum(self, first[0], dense_hessian(model.eval(), cross_entropy, [(1, (x, y))]))

    def test_go_on_together_from_the_state_of_the_first(self):
        for whole, resumed in (one["saved"] for one in self.found):
            self.assertEqual([one.tolist() for one in whole.alpha], [one.tolist() for one in resumed.alpha])

    @unittest.skipUnless(shards_on_the_cpu(), "no FSDP on the CPU")
    def test_of_shards_is_that_of_the_whole_model(self):
        plain = {}
        for kind in KINDS:
            plain[kind] = train(lambda model: model, lambda model, x, y, o: measure(model, (x, y), o, kind == "fully_shard"))[2]  # noqa: B023
        for kind in KINDS:
            for rank, one in enumerate(self.found):
                with self.subTest(kind=kind, rank=rank):
                    (names, ends, _), (names_after, ends_after, spectra) = one[kind]
                    self.assertEqual(names, names_after)
                    self.assertTrue(all(torch.equal(a, b) for a, b in zip(ends, ends_after)))
                    self.assertEqual(len(spectra), 4)
                    for sharded, whole in zip(spectra, plain[kind]):
                        self.assertEqual(sharded.parameter_count, whole.parameter_count)
                        self.assertEqual(sharded.preconditioner, whole.preconditioner)
                        numpy.testing.assert_allclose(sharded.alpha[1][:4], whole.alpha[1][:4], rtol=1e-9)
                        numpy.testing.assert_allclose(sharded.lambda_max, whole.lambda_max, rtol=1e-9)


if __name__ == "__main__":
    unittest.main()
