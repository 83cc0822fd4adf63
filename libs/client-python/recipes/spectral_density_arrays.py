"""google/spectral-density: records the tridiagonal matrices that its Lanczos keeps, from memory or from .npy and .npz files.

In the program that measures, with `tridiag, _ = lanczos_alg(hvp, dimension, order, key)` for each start vector:

    log_tridiagonals(run, step, [tridiag, ...])

or, of arrays saved with numpy.save or numpy.savez, of shape [m, m] or [k, m, m]:

    python spectral_density_arrays.py tridiagonals.npz --parameters 464154 --data-size 1000 --architecture resnet-32 \\
        --dataset cifar-10 --optimiser "sgd(momentum=0.9)" --learning-rate 0.1
"""

import argparse

import numpy

import ritz


def diagonals(matrices):
    """alpha [k][m] and beta [k][m - 1] of tridiagonal matrices [m, m] or [k, m, m]."""
    stack = numpy.asarray(matrices)
    stack = stack[None] if stack.ndim == 2 else stack
    if stack.ndim != 3 or stack.shape[1] != stack.shape[2]:
        raise ritz.RitzError(f"tridiagonal matrices of shape [m, m] or [k, m, m] are expected, got {list(numpy.shape(matrices))}.")
    return numpy.diagonal(stack, 0, 1, 2), numpy.diagonal(stack, 1, 1, 2)


def log_tridiagonals(run, step, matrices, **how):
    alpha, beta = diagonals(matrices)
    run.log_lanczos(step, alpha, beta, probe_law="sphere", engine="spectral-density", **how)


def load(file):
    """The matrices of a .npy file, or of all arrays of a .npz file in their order."""
    data = numpy.load(file)
    if isinstance(data, numpy.ndarray):
        return data
    return numpy.concatenate([array[None] if array.ndim == 2 else array for array in data.values()])


def main():
    parser = argparse.ArgumentParser(description="Records tridiagonal matrices of google/spectral-density.")
    parser.add_argument("file")
    parser.add_argument("--step", type=int, default=0)
    parser.add_argument("--parameters", type=int, required=True)
    parser.add_argument("--data-size", type=int, required=True)
    parser.add_argument("--architecture", required=True)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--optimiser", required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    options = parser.parse_args()
    with ritz.init(
        options.file,
        architecture=options.architecture,
        dataset=options.dataset,
        optimiser=options.optimiser,
        learning_rate=options.learning_rate,
        parameter_count=options.parameters,
        data_size=options.data_size,
    ) as run:
        log_tridiagonals(run, options.step, load(options.file))
    print(run.id)


if __name__ == "__main__":
    main()
