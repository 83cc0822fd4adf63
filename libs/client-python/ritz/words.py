"""The closed choices of records. Generated from @ritz/records by src/words.test.ts; do not edit."""

BATCH_NORM_MODES = ("NONE", "MINIBATCH", "POPULATION", "RUNNING")
GRADIENT_KINDS = ("FULL_BATCH", "MINI_BATCH")
LOSS_REDUCTIONS = ("MEAN", "SUM")
OPERATORS = ("HESSIAN", "GGN", "RESIDUAL", "FISHER", "GRADIENT_COVARIANCE")
PRECISIONS = ("FLOAT32", "FLOAT64")
PRECONDITIONERS = ("NONE", "ADAM", "RMSPROP", "ADAGRAD", "CUSTOM")
PROBE_LAWS = ("SPHERE", "RADEMACHER")
REORTHOGONALISATIONS = ("FULL", "NONE")
RUN_ENDINGS = ("FINISHED", "FAILED", "INTERRUPTED")
SCHEDULE_KINDS = ("CONSTANT", "STEP", "COSINE", "WARMUP_COSINE", "ONE_CYCLE", "PIECEWISE")

OPERATOR_NAMES = {
    "HESSIAN": "Hessian",
    "GGN": "Gauss–Newton",
    "RESIDUAL": "Residual H − G",
    "FISHER": "Empirical Fisher",
    "GRADIENT_COVARIANCE": "Gradient covariance",
}
PRECONDITIONER_NAMES = {
    "NONE": "none",
    "ADAM": "Adam",
    "RMSPROP": "RMSprop",
    "ADAGRAD": "Adagrad",
    "CUSTOM": "custom",
}
