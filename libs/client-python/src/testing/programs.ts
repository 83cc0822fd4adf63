/** Beginnings of Python programs that tests go on with. */

/** Logs to the standard error with the time left out, imports, and starts a run called `run`. */
export function start(settings = ''): string {
  return `
import json, logging, os, sys, threading, time
import ritz
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
run = ritz.init("a run", architecture="mlp", dataset="mnist", optimiser="sgd", learning_rate=0.1,
                parameter_count=1000, data_size=64${settings && `, ${settings}`})
alpha = [[2.0, 1.0, 0.5], [1.5, 1.25, 0.25]]
beta = [[1.0, 0.5, 0.125], [0.75, 0.5, 0.0625]]
`;
}
