"""Spectra along trainings: the context manager, the callbacks of trainers, what is recorded and mirrored."""

import importlib.util
import json
import logging
import os
import pathlib
import tempfile
import unittest

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import ritz
import ritz.torch
from ritz.torch.when import When, log_spaced_steps

SETTINGS = {"architecture": "mlp", "dataset": "points", "optimiser": "sgd", "learning_rate": 0.5, "classes": 3}
FAST = {"probes": 2, "steps": 8, "top": 5}


def has(name):
    return importlib.util.find_spec(name) is not None


def cross_entropy(model, batch):
    return F.cross_entropy(model(batch[0]), batch[1])


def problem():
    torch.manual_seed(0)
    x, y = torch.randn(24, 4), torch.randint(0, 3, (24,))
    return nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3)), [(x[:16], y[:16]), (x[16:], y[16:])]


class Recording(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, **settings):
        run = ritz.init("watched", directory=self.folder, offline=True, **{**SETTINGS, **settings})
        self.addCleanup(lambda: run.status == "RUNNING" and run.finish())
        return run

    def records(self, run, kind):
        return [one for one in map(json.loads, run.file.read_text().splitlines()) if one["kind"] == kind]

    def train(self, model, data, optimizer, steps, scheduler=None):
        for step in range(steps):
            batch = data[step % len(data)]
            optimizer.zero_grad()
            cross_entropy(model, batch).backward()
            optimizer.step()
            if scheduler is not None:
                scheduler.step()

    def sgd(self, model):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
        return optimizer, torch.optim.lr_scheduler.MultiStepLR(optimizer, [4], gamma=0.1)


class Watching(Recording):
    def test_every_and_around_drops_with_the_optimiser(self):
        model, data = problem()
        run = self.start()
        optimizer, scheduler = self.sgd(model)
        with ritz.torch.watch(model, cross_entropy, data, every=5, around_drops=2, optimizer=optimizer, **FAST) as watch:
            self.train(model, data, optimizer, 7, scheduler)
        run.finish()
        spectra = self.records(run, "spectrum")
        self.assertEqual([one["step"] for one in spectra], [0, 4, 5, 6])
        self.assertEqual(len(watch.spectra), 4)
        self.assertEqual([one["alpha"] for one in spectra[1]["probes"]], [one.tolist() for one in watch.spectra[1].alpha])
        self.assertEqual(len(spectra[0]["gradientEnergy"]), 1)
        rates = {one["number"]: one["learningRate"] for one in self.records(run, "step")}
        self.assertEqual(rates, {0: 0.5, 4: 0.05, 5: 0.05, 6: 0.05})
        overlaps = self.records(run, "overlap")
        self.assertEqual({(one["k"], one["gradient"]) for one in overlaps if one["step"] == 4},
                         {(k, kind) for k in (1, 2, 3, 5) for kind in ("FULL_BATCH", "MINI_BATCH")})
        state = json.loads((self.folder / f"{run.id}-optimiser" / "step-4.json").read_text())
        self.assertEqual((state["kind"], state["momentum"], state["steps"]), ("SGD", 0.9, 0))

    def test_the_training_is_the_same_with_and_without(self):
        ends = []
        for measuring in (False, True):
            model, data = problem()
            optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
            if measuring:
                with ritz.torch.watch(model, cross_entropy, data, every=2, optimizer=optimizer, run=False, **FAST):
                    self.train(model, data, optimizer, 5)
            else:
                self.train(model, data, optimizer, 5)
            ends.append(torch.cat([p.detach().reshape(-1) for p in model.parameters()]))
        self.assertTrue(torch.equal(*ends))

    def test_second_moments_of_adam(self):
        model, data = problem()
        run = self.start()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01, betas=(0.8, 0.95))
        with ritz.torch.watch(model, cross_entropy, data, steps_at=[3], optimizer=optimizer, **FAST):
            self.train(model, data, optimizer, 3)
        folder = self.folder / f"{run.id}-optimiser"
        state = json.loads((folder / "step-3.json").read_text())
        self.assertEqual((state["momentum"], state["second_moment_decay"], state["steps"]), (0.8, 0.95, 3))
        expected = torch.cat([optimizer.state[p]["exp_avg_sq"].reshape(-1) for p in model.parameters()])
        self.assertEqual(numpy.load(folder / "second-moments-3.npy").tolist(), expected.tolist())

    def test_any_optimiser_of_the_model_where_pytorch_tells_of_them(self):
        model, data = problem()
        call = ritz.torch.watch(model, cross_entropy, data, every=2, run=False, **FAST)
        try:
            from torch.optim.optimizer import register_optimizer_step_pre_hook as hook
        except ImportError:  # PyTorch 1.13
            hook = None
        if hook is None:
            with self.assertRaisesRegex(ritz.RitzError, "optimizer: expected one, as PyTorch"):
                call.__enter__()
            return
        other = nn.Linear(2, 2)
        with call as watch:
            optimizer, _ = self.sgd(model)
            elsewhere = torch.optim.SGD(other.parameters(), lr=0.1)
            for _ in range(4):
                self.train(model, data, optimizer, 1)
                elsewhere.step()
        self.assertEqual(len(watch.spectra), 3)

    def test_a_later_failure_does_not_end_the_training(self):
        model, data = problem()
        optimizer, _ = self.sgd(model)
        with self.assertLogs("ritz", logging.ERROR) as logs:
            with ritz.torch.watch(model, cross_entropy, data, every=1, optimizer=optimizer, run=False, **FAST) as watch:
                self.train(model, data, optimizer, 1)
                with torch.no_grad():
                    model[0].weight.fill_(float("nan"))
                self.train(model, data, optimizer, 1)
        self.assertEqual(len(watch.spectra), 1)
        self.assertRegex(logs.output[0], r"No spectrum at step 1: loss_fn: expected a finite loss, got nan")
        model, data = problem()
        with self.assertRaisesRegex(ritz.RitzError, "matrix: expected"):
            with ritz.torch.watch(model, cross_entropy, data, every=1, optimizer=self.sgd(model)[0], run=False, matrix="x"):
                pass

    def test_when(self):
        self.assertEqual(sorted(log_spaced_steps(1000, 4)), [0, 1, 32, 1000])
        when = When(None, None, 3, (), None)
        self.assertEqual([when.due(step, rate) for step, rate in enumerate([1, 0.99, 0.1, 0.1, 0.1, 0.1])], [False, False, True, False, False, True])
        for arguments, message in (
            ((0, None, None, (), None), "every: expected an integer of at least 1, got 0"),
            ((None, None, None, (), None), "watch: expected one of every, log_spaced, around_drops and steps_at, got none"),
            ((None, 5, None, (), None), "log_spaced: expected the number of training steps too"),
        ):
            with self.assertRaisesRegex(ritz.RitzError, message):
                When(*arguments)


class LoggingResults(Recording):
    def test_a_measurement_is_logged_where_a_run_is_active(self):
        model, data = problem()
        run = self.start()
        with self.assertRaisesRegex(ritz.RitzError, "step: expected the training step, as run 'watched' is to be logged to"):
            ritz.torch.measure(model, cross_entropy, data, **FAST)
        ritz.torch.measure(model, cross_entropy, data, run=False, **FAST)
        self.assertEqual(self.records(run, "spectrum"), [])
        found = ritz.torch.measure(model, cross_entropy, data, step=3, blocks={"head": "2.*"}, matrix="ggn", **FAST)
        logged = self.records(run, "spectrum")
        self.assertEqual([(one["step"], one["operator"], one["block"]) for one in logged], [(3, "GGN", "all"), (3, "GGN", "head")])
        self.assertEqual(logged[0]["dataFingerprint"], found.data_fingerprint)
        self.assertEqual((logged[0]["parameterCount"], logged[1]["parameterCount"], logged[0]["dataSize"]), (51, 21, 24))

    def test_other_matrices_and_preconditioners(self):
        model, data = problem()
        run = self.start()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        self.train(model, data, optimizer, 2)
        for step, options in enumerate(({"matrix": "fisher"}, {"matrix": "residual"}, {"optimizer": optimizer, "preconditioner": "optimizer"})):
            found = ritz.torch.measure(model, cross_entropy, data, step=step, **options, **FAST)
            self.assertEqual(found.notices, [])
        logged = self.records(run, "spectrum")
        self.assertEqual(
            [(one["operator"], one.get("preconditioner", "NONE")) for one in logged],
            [("FISHER", "NONE"), ("RESIDUAL", "NONE"), ("HESSIAN", "ADAM")],
        )
        self.assertEqual({one["preconditioner"] for one in self.records(run, "overlap") if one["step"] == 2}, {"ADAM"})

    def test_a_mini_batch_is_as_large_as_it_was(self):
        _, data = problem()
        model = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Linear(6, 3))
        run = self.start(batch_norm="minibatch")
        for step, norm in enumerate(("batch", "running")):
            ritz.torch.measure(model, cross_entropy, data, step=step, batch_norm=norm, **FAST)
        self.assertEqual([(one["batchNorm"], one.get("batchSize")) for one in self.records(run, "spectrum")], [("MINIBATCH", 16), ("RUNNING", None)])

    def test_limits_of_stability(self):
        from ritz.torch.optimiser import state_of

        model, _ = problem()
        for kind, options, preconditioner, expected in (
            (torch.optim.SGD, {"momentum": 0.9}, "none", 38.0),
            (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, "none", None),
            (torch.optim.Adam, {}, "none", None),
            (torch.optim.Adam, {}, "adam", 380.0),
            (torch.optim.RMSprop, {"momentum": 0.5}, "rmsprop", 30.0),
            (torch.optim.Adagrad, {}, "adagrad", 20.0),
            (torch.optim.Adagrad, {}, "none", None),
            (torch.optim.Adam, {}, "custom", None),
        ):
            state = state_of(kind(model.parameters(), lr=0.1, **options), list(model.parameters()))
            edge = state.edge_of(preconditioner)
            self.assertEqual(None if edge is None else round(edge, 9), expected, (kind, options, preconditioner))


class Mirrors(Recording):
    def test_scalars(self):
        from ritz.mirror import scalars

        model, data = problem()
        run = self.start(mirror=True)
        found = ritz.torch.measure(model, cross_entropy, data, step=0, **FAST)
        values = scalars(run, found, edge=4.0)
        self.assertEqual(
            set(values),
            {"ritz/lambda_1", "ritz/negative_mass", "ritz/lambda_1_over_lambda_3", "ritz/distance_to_edge"}
            | {f"ritz/overlap_{k}" for k in (1, 2, 3, 5)},
        )
        self.assertEqual(values["ritz/distance_to_edge"], 4 - found.lambda_max)

    @unittest.skipUnless(has("tensorboard") and has("tensorboard.backend"), "no tensorboard")
    def test_tensorboard(self):
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        from torch.utils.tensorboard import SummaryWriter

        model, data = problem()
        run = self.start(mirror=True)
        writer = SummaryWriter(str(self.folder / "board"))
        optimizer, _ = self.sgd(model)
        with ritz.torch.watch(model, cross_entropy, data, every=2, optimizer=optimizer, **FAST) as watch:
            self.train(model, data, optimizer, 2)
        writer.close()
        board = EventAccumulator(str(self.folder / "board"))
        board.Reload()
        sharpness = board.Scalars("ritz/lambda_1")
        self.assertEqual([one.step for one in sharpness], [0, 2])
        self.assertAlmostEqual(sharpness[1].value, watch.spectra[1].lambda_max, places=4)
        self.assertAlmostEqual(board.Scalars("ritz/distance_to_edge")[0].value, 3.8 / 0.5 - watch.spectra[0].lambda_max, places=4)
        self.assertIn(run.id, board.Tensors("ritz/run/text_summary")[0].tensor_proto.string_val[0].decode())


    @unittest.skipUnless(has("tensorboardX") and has("tensorboard.backend"), "no tensorboardX")
    def test_tensorboard_x(self):
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        from tensorboardX import SummaryWriter

        model, data = problem()
        self.start(mirror=True)
        with SummaryWriter(str(self.folder / "board")):
            found = ritz.torch.measure(model, cross_entropy, data, step=3, **FAST)
        board = EventAccumulator(str(self.folder / "board"))
        board.Reload()
        self.assertEqual([one.step for one in board.Scalars("ritz/lambda_1")], [3])
        self.assertAlmostEqual(board.Scalars("ritz/lambda_1")[0].value, found.lambda_max, places=4)

    @unittest.skipUnless(has("wandb"), "no wandb")
    def test_wandb(self):
        os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=str(self.folder), WANDB_CONSOLE="off")
        import wandb

        model, data = problem()
        run = self.start(mirror=True)
        other = wandb.init(project="mirror", dir=str(self.folder))
        try:
            spectra = [ritz.torch.measure(model, cross_entropy, data, step=step, **FAST) for step in (0, 5)]
            summary = dict(other.summary)
        finally:
            other.finish()
        self.assertAlmostEqual(summary["ritz/lambda_1"], spectra[1].lambda_max, places=6)
        self.assertEqual((summary["ritz/step"], summary["ritz/run"]), (5, run.id))

    @unittest.skipUnless(has("mlflow"), "no mlflow")
    def test_mlflow(self):
        import mlflow

        mlflow.set_tracking_uri(f"sqlite:///{self.folder / 'mlflow.db'}")
        model, data = problem()
        run = self.start(mirror=True)
        with mlflow.start_run() as other:
            spectra = [ritz.torch.measure(model, cross_entropy, data, step=step, **FAST) for step in (0, 5)]
        client = mlflow.MlflowClient()
        history = client.get_metric_history(other.info.run_id, "ritz/lambda_1")
        self.assertEqual([one.step for one in history], [0, 5])
        self.assertAlmostEqual(history[1].value, spectra[1].lambda_max, places=9)
        self.assertEqual(client.get_run(other.info.run_id).data.tags["ritz.run"], run.id)


class Trainers(Recording):
    @unittest.skipUnless(has("transformers") and has("accelerate"), "no transformers")
    def test_hugging_face(self):
        os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error")
        from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments

        torch.manual_seed(0)
        config = GPT2Config(vocab_size=11, n_positions=8, n_embd=4, n_layer=1, n_head=2)
        model = GPT2LMHeadModel(config)
        ids = torch.randint(0, 11, (6, 8))
        examples = [{"input_ids": one, "labels": one.clone().index_fill(0, torch.tensor([0, 3]), -100)} for one in ids]
        batches = [{key: torch.stack([one[key] for one in part]) for key in examples[0]} for part in (examples[:4], examples[4:])]
        run = self.start()
        callback = ritz.torch.hugging_face_callback(batches, every=2, mode="eval", **FAST)
        arguments = TrainingArguments(
            str(self.folder / "out"), max_steps=3, per_device_train_batch_size=2, report_to=[], save_strategy="no",
            use_cpu=True, disable_tqdm=True, learning_rate=0.01,
        )
        Trainer(model, arguments, train_dataset=examples, callbacks=[callback]).train()
        logged = self.records(run, "spectrum")
        self.assertEqual([one["step"] for one in logged], [0, 2])
        self.assertEqual(logged[0]["parameterCount"], sum(p.numel() for p in model.parameters()))

    @unittest.skipUnless(has("lightning"), "no lightning")
    def test_lightning(self):
        import lightning

        class Module(lightning.LightningModule):
            def __init__(self, inner):
                super().__init__()
                self.inner = inner

            def forward(self, x):
                return self.inner(x)

            def training_step(self, batch, _):
                return cross_entropy(self, batch)

            def configure_optimizers(self):
                return torch.optim.SGD(self.parameters(), lr=0.1)

        model, data = problem()
        run = self.start()
        callback = ritz.torch.lightning_callback(data, cross_entropy, every=2, **FAST)
        trainer = lightning.Trainer(
            max_steps=4, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
            enable_model_summary=False, callbacks=[callback],
        )
        trainer.fit(Module(model), torch.utils.data.DataLoader(data, batch_size=None))
        self.assertEqual([one["step"] for one in self.records(run, "spectrum")], [0, 2, 4])


if __name__ == "__main__":
    unittest.main()
