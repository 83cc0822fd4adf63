"""PyHessian: records what `density()` returns, as it is or saved as JSON.

In the program that measures:

    eigenvalues, weights = hessian(model, criterion, data=(inputs, targets)).density(iter=100, n_v=10)
    log_density(run, step, eigenvalues, weights)

or, of a file that `json.dump([eigenvalues, weights], file)` wrote:

    python pyhessian_density.py density.json --parameters 464154 --data-size 1000 --architecture resnet-32 \\
        --dataset cifar-10 --optimiser "sgd(momentum=0.9)" --learning-rate 0.1
"""

import argparse
import json

import ritz


def log_density(run, step, eigenvalues, weights, **how):
    """One list of Ritz values and one of weights for each start vector. PyHessian draws signs and keeps no tridiagonals."""
    run.log_ritz(step, eigenvalues, weights, probe_law="rademacher", engine="pyhessian", **how)


def main():
    parser = argparse.ArgumentParser(description="Records a density that PyHessian measured.")
    parser.add_argument("file")
    parser.add_argument("--step", type=int, default=0)
    parser.add_argument("--parameters", type=int, required=True)
    parser.add_argument("--data-size", type=int, required=True)
    parser.add_argument("--architecture", required=True)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--optimiser", required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    options = parser.parse_args()
    with open(options.file) as file:
        eigenvalues, weights = json.load(file)
    with ritz.init(
        options.file,
        architecture=options.architecture,
        dataset=options.dataset,
        optimiser=options.optimiser,
        learning_rate=options.learning_rate,
        parameter_count=options.parameters,
        data_size=options.data_size,
    ) as run:
        log_density(run, options.step, eigenvalues, weights)
    print(run.id)


if __name__ == "__main__":
    main()
