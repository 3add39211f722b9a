"""glmnet's lasso path, in R; passed over where Rscript or glmnet is missing (Debian: r-cran-glmnet).

At its default threshold glmnet stops where deviance ratios are still wrong by more than is allowed: that run is
timed too, but its answers are not compared."""

import json
import shutil
import subprocess
import sys

import numpy as np

import measure

DEFAULT = 1e-7
PEERS = {"glmnet": 1e-9, "glmnet, default threshold": DEFAULT}

SCRIPT = """
suppressMessages(library(glmnet))
arguments <- commandArgs(TRUE)
y <- readBin(file.path(arguments[1], "y.f64"), "double", 1e8)
x <- t(matrix(readBin(file.path(arguments[1], "x.f64"), "double", 1e9), 500))
threshold <- as.double(arguments[4])
times <- c(Inf, Inf)
for (run in seq_len(as.integer(arguments[2]))) {
  # All hundred penalties: no early stop.
  glmnet.control(fdev = 0, devmax = 1)
  time <- system.time(
    fit <- glmnet(x, y, family = "binomial", lambda.min.ratio = 1e-3, thresh = threshold))
  times <- pmin(times, c(time[["user.self"]] + time[["sys.self"]], time[["elapsed"]]))
}
writeBin(c(times, rbind(fit$lambda, fit$dev.ratio, fit$a0, as.matrix(fit$beta))), arguments[3])
"""


def gap(x, y, penalty, intercept, beta):
    """The duality gap of a lasso fit: the dual point is the residuals, those of one sign scaled so
    that they are orthogonal to the intercept, and then all so that they are feasible."""
    eta = x @ beta + intercept
    mean, deviation = x.mean(0), x.std(0)
    deviation[deviation == 0] = np.inf
    sizes = np.where(np.isfinite(deviation), deviation, 0)
    primal = np.mean(np.logaddexp(0, eta) - y * eta) + penalty * sizes @ abs(beta)
    residual = y - 1 / (1 + np.exp(-eta))
    up, down = residual.clip(min=0).sum(), -residual.clip(max=0).sum()
    dual = np.where(residual > 0, residual * min(1, down / up), residual * min(1, up / down))
    score = abs((x.T @ dual - mean * dual.sum()) / len(y) / deviation).max()
    p = np.clip(y - dual * min(1, penalty / score), 1e-300, 1 - 1e-16)
    return primal + np.mean(p * np.log(p) + (1 - p) * np.log1p(-p))


def main():
    folder, repeats = sys.argv[1], sys.argv[2]
    check = ["Rscript", "-e", "library(glmnet)"]
    if not shutil.which("Rscript") or subprocess.run(check, capture_output=True).returncode:
        print("enet_glmnet: R or glmnet is missing", file=sys.stderr)
        return
    y = np.fromfile(f"{folder}/y.f64")
    x = np.fromfile(f"{folder}/x.f64").reshape(len(y), 500)
    for peer, threshold in PEERS.items():
        result = f"{folder}/glmnet.f64"
        subprocess.run(
            ["Rscript", "-e", SCRIPT, folder, repeats, result, str(threshold)], check=True, stdout=2)
        cpu, wall, *numbers = np.fromfile(result)
        fits = np.reshape(numbers, (-1, 503))
        worst = max(gap(x, y, fit[0], fit[2], fit[3:]) for fit in fits)
        answers = None if threshold == DEFAULT else list(fits[:, 1])
        line = {"case": "enet", "peer": peer, "units": 1, "cpu": cpu, "wall": wall}
        line |= {"answers": answers, "note": f"duality gap at most {worst:.1e}"}
        print(json.dumps(line))


main()
