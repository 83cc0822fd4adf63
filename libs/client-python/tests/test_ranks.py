"""Two processes that measure one spectrum, each on its share of the data, as DistributedDataParallel trains it."""

import pathlib
import pickle
import tempfile
import unittest

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import ritz
import ritz.torch
from dense import OPTIONS, assert_same_spectrum, dense_hessian


def cross_entropy(model, batch):
    return F.cross_entropy(model(batch[0]), batch[1])


def problem():
    torch.manual_seed(0)
    x, y = torch.randn(11, 4).double(), torch.randint(0, 3, (11,))
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3)).double(), x, y


def work(rank, folder):
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=f"file://{folder}/meet", rank=rank, world_size=2)
    model, x, y = problem()
    model = nn.parallel.DistributedDataParallel(model)
    share = [(x[:4], y[:4]), (x[4:7], y[4:7])] if rank == 0 else [(x[7:], y[7:])]
    found = [
        ritz.torch.measure(model, cross_entropy, share, steps=43, batch_norm=norm, **OPTIONS) for norm in ("running", "population")
    ]
    pathlib.Path(folder, f"{rank}.pickle").write_bytes(pickle.dumps(found))
    del model
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


class TwoProcesses(unittest.TestCase):
    @unittest.skipUnless(torch.distributed.is_available() and torch.distributed.is_gloo_available(), "no gloo")
    def test_sum_over_their_data(self):
        with tempfile.TemporaryDirectory() as folder:
            torch.multiprocessing.spawn(work, (folder,), nprocs=2)
            first, second = (pickle.loads(pathlib.Path(folder, f"{rank}.pickle").read_bytes()) for rank in range(2))
        model, x, y = problem()
        whole = [(x, y)]
        for norm, one, other in zip(("running", "population"), first, second):
            self.assertEqual([a.tolist() for a in one.alpha], [a.tolist() for a in other.alpha])
            alone = ritz.torch.measure(model, cross_entropy, whole, steps=43, batch_norm=norm, **OPTIONS)
            numpy.testing.assert_allclose(one.top.values, alone.top.values, atol=1e-10)
            self.assertEqual((one.data_size, one.data_fingerprint), (11, other.data_fingerprint))
            self.assertAlmostEqual(one.loss, alone.loss, places=12)
        assert_same_spectrum(self, first[0], dense_hessian(model.eval(), cross_entropy, [(1, (x, y))]))


if __name__ == "__main__":
    unittest.main()
