"""What every rival shares: the clock, the line of JSON it prints, and the data of each case."""

import json
import os
import resource
import sys
import time

import numpy as np

RATES = 0.10 + 0.02 * np.arange(10)
GRADIENT = 1e-8
LAWS = [
    "normal", "exponential", "gamma(2.5)", "beta(0.5, 0.5)", "beta(2, 8)", "beta(120, 880)",
    "binomial(100, 0.3)", "poisson(50)",
]
EXACT = ["boschloo, half", "boschloo", "barnard, half", "barnard"]
# The beta shapes of `special`: the least and the greatest, or posteriors of 1 to 2,000 sessions.
SHAPES = {"small": (0.5, 5), "medium": (5, 100), "large": (100, 2000), "very large": (1e4, 1e6)}
SPECIAL = [
    f"{function}, {shapes}" for function in ("betainc", "betaincinv")
    for shapes in ("posterior", *SHAPES)
]


def fastest(work, repeats):
    """Runs work and returns its last result with the least CPU and wall seconds of a run."""
    cpu = wall = float("inf")
    for _ in range(repeats):
        result = None  # The last run's result is let go of outside the time.
        cpu_start, wall_start = time.process_time(), time.perf_counter()
        result = work()
        cpu = min(cpu, time.process_time() - cpu_start)
        wall = min(wall, time.perf_counter() - wall_start)
    return result, cpu, wall


def report(case, peer, units, cpu, wall, answers, note=""):
    line = {"case": case, "peer": peer, "units": units, "cpu": cpu, "wall": wall}
    print(json.dumps(line | {"answers": [float(answer) for answer in answers], "note": note}))


def read(peer, work, answers, note=""):
    """Times `work(path)`; `answers(table)` are, in this order: rows, distinct sessions, customers,
    arms and reasons, sessions kept, sum of start seconds, later cancellations, sum of their
    seconds, and the sums of tenure, mrr, offer cost and propensity."""
    path, repeats = sys.argv[1], int(sys.argv[2])
    table, cpu, wall = fastest(lambda: work(path), repeats)
    answers = list(answers(table))
    report("read", peer, int(answers[0]), cpu, wall, answers, note)


def thompson(peer, work, share=1.0):
    """Times `work(replications, horizon)`, which returns the regret of each replication.

    A peer that would take minutes runs a share of the replications."""
    replications, horizon, repeats = (int(argument) for argument in sys.argv[1:4])
    replications = max(2, round(replications * share))
    regret, cpu, wall = fastest(lambda: work(replications, horizon), repeats)
    error = regret.std(ddof=1) / np.sqrt(replications)
    report("thompson", peer, replications * horizon, cpu, wall, [regret.mean(), error])


def contextual(peer, work):
    """Times `work(features, cells, shown, saved)`, which decides for each session in turn, among ten
    arms, and then learns the arm that it was shown and whether it was saved; it returns the posterior
    modes of all arms' coefficients, each of prior N(0, 1).

    Every session has one of 251 patterns of twenty features. The numbers are multiples of irrational
    numbers, so that our side makes the same."""
    decisions, repeats = int(sys.argv[1]), int(sys.argv[2])
    numbers = np.modf((20 * np.arange(251)[:, None] + np.arange(20)) * np.sqrt(2))[0]
    features = 2 * numbers - 1
    features[:, 0] = 1
    index = np.arange(decisions)
    cells, shown = index * 7 % 251, index % 10
    rates = 0.15 + 0.02 * shown + 0.1 * features[cells, 1]
    saved = (np.modf((index + 1) * np.sqrt(3))[0] < rates).astype(float)
    modes, cpu, wall = fastest(lambda: work(features, cells, shown, saved), repeats)
    report("contextual", peer, decisions, cpu, wall, modes)


def sample(peer, samplers):
    """Times `samplers[law](count)` for every law; the answer is the mean square of the draws."""
    count, repeats = int(sys.argv[1]), int(sys.argv[2])
    for law in LAWS:
        draws, cpu, wall = fastest(lambda: samplers[law](count), repeats)
        squares = draws.astype(float) ** 2
        error = squares.std(ddof=1) / np.sqrt(count)
        report(law, peer, count, cpu, wall, [squares.mean(), error])


def standard_errors(x, beta):
    """The model's, for peers that have none: from one more matrix at the solution."""
    mu = 1 / (1 + np.exp(-(x @ beta)))
    w = mu * (1 - mu)
    weighted = w[:, None] * x if isinstance(x, np.ndarray) else x.multiply(w[:, None]).tocsr()
    gram = x.T @ weighted
    return np.sqrt(np.diag(np.linalg.inv(gram if isinstance(gram, np.ndarray) else gram.toarray())))


def glum_errors(model, x, y, coefficients):
    """The standard errors of the information, which are those of every other peer: glum multiplies the
    covariance by n / (n - p), as for a variance that is estimated."""
    covariance = model.covariance_matrix(X=x, y=y, robust=False, dispersion=1)
    return np.sqrt(np.diag(covariance) * (1 - coefficients / len(y)))


def fitted(case, peer, work, repeats, gradient):
    """Times `work()`, which returns coefficients and standard errors."""
    before = peak()
    (beta, errors), cpu, wall = fastest(work, repeats)
    note = f"gradient {gradient(beta):.1e}, {peak() - before:.0f} MB more than the data"
    report(case, peer, 1, cpu, wall, [*beta, *errors], note)


def logistic(peer, work, order="C"):
    """Times `work(x, y)`, which returns coefficients and standard errors; x lies in the order asked for."""
    folder, repeats = sys.argv[1], int(sys.argv[2])
    y = np.fromfile(f"{folder}/y.f64")
    x = np.asarray(np.fromfile(f"{folder}/x.f64").reshape(len(y), -1), order=order)
    fitted(
        "logistic", peer, lambda: work(x, y), repeats,
        lambda beta: abs(x.T @ (y - 1 / (1 + np.exp(-(x @ beta))))).max() / len(y))


def categorical(peer, prepare, work):
    """Times `work(prepare(codes, numbers), y)`, which returns coefficients and standard errors: the intercept,
    the levels of each category but the first, and the numbers. Preparing is outside the time."""
    folder, repeats = sys.argv[1], int(sys.argv[2])
    y = np.fromfile(f"{folder}/outcomes.f64")
    codes = np.fromfile(f"{folder}/codes.i32", dtype=np.int32).reshape(-1, len(y))
    numbers = np.fromfile(f"{folder}/numbers.f64").reshape(len(y), -1)
    x = prepare(codes, numbers)

    def gradient(beta):
        eta, place = beta[0] + numbers @ beta[-numbers.shape[1]:], 1
        for c in codes:
            levels = np.append(0, beta[place:place + c.max()])
            eta, place = eta + levels[c], place + c.max()
        residuals = y - 1 / (1 + np.exp(-eta))
        sums = [residuals.sum(), *(numbers.T @ residuals)]
        sums += [sum for c in codes for sum in np.bincount(c, weights=residuals)[1:]]
        return np.abs(sums).max() / len(y)

    fitted("categorical", peer, lambda: work(x, y), repeats, gradient)


def limits(case, columns, numbers):
    """The time of X'WX for a million rows at the greatest rate of dsyrk, and of reading X at the
    greatest rate of reading, `numbers` doubles a row; on one thread. OpenBLAS picks its kernels."""
    from scipy.linalg.blas import dgemv, dsyrk

    folder, repeats = sys.argv[1], int(sys.argv[2])
    rows = os.path.getsize(f"{folder}/{'y' if case == 'logistic' else 'outcomes'}.f64") // 8
    square = np.asfortranarray(np.ones((2048, 2048)))
    _, cpu, wall = fastest(lambda: dsyrk(1.0, square), max(repeats, 3))
    rate = 2048 * 2049 * 2048 / cpu
    seconds = rows * columns * (columns + 1) / rate
    kernel = os.environ.get("OPENBLAS_CORETYPE", "unset")
    note = f"{rate / 1e9:.0f} GFLOP/s a CPU second; OPENBLAS_CORETYPE {kernel}"
    line = {"case": case, "units": 1, "answers": None}
    print(json.dumps(line | {
        "peer": "limit: X'WX at the rate of dsyrk", "cpu": seconds, "wall": seconds, "note": note}))
    long = np.asfortranarray(np.ones((50, 1_000_000)))
    _, cpu, wall = fastest(lambda: dgemv(1.0, long, np.ones(50), trans=1), max(repeats, 3))
    rate = long.nbytes / cpu
    seconds = rows * numbers * 8 / rate
    print(json.dumps(line | {
        "peer": "limit: reading X once", "cpu": seconds, "wall": seconds,
        "note": f"{rate / 1e9:.1f} GB/s a CPU second"}))


def exact(peer, tests):
    """Times `tests[name](table)` for every exact test; the answer is the two-sided p-value.

    The columns of a table are the offer and the control, of which 12 and 17 % are successes, of so
    many sessions an arm, or half as many."""
    sessions, repeats = int(sys.argv[1]), int(sys.argv[2])
    for name in EXACT:
        size = sessions // 2 if name.endswith("half") else sessions
        offer, control = size * 12 // 100, size * 17 // 100
        table = [[offer, control], [size - offer, size - control]]
        p, cpu, wall = fastest(lambda: tests[name.split(",")[0]](table), repeats)
        report(name, peer, 1, cpu, wall, [p], f"{size} v {size}")


def bootstrap(peer, work, share=1.0):
    """Times `work(values, resamples)`, which returns the standard error of the mean.

    A peer that would take minutes runs a share of the resamples."""
    rows, resamples, repeats = (int(argument) for argument in sys.argv[1:4])
    values = (np.arange(rows) % 4 == 0).astype(float)
    resamples = max(20, round(resamples * share))
    error, cpu, wall = fastest(lambda: work(values, resamples), repeats)
    report(
        "bootstrap", peer, resamples, cpu, wall, [error, error / np.sqrt(2 * resamples)],
        f"{resamples} resamples")


def lift(peer, row, share=1.0):
    """Times `row(x1, n1, x0, n0)` for every row; it returns the ends of the interval of the
    difference, the p-value, and the ends of the interval of the relative lift, None for what the
    peer has not.

    A peer that would take minutes computes a share of the rows; its answers are then of the other
    rows too, untimed. The cells are those of our own side."""
    rows, repeats = int(sys.argv[1]), int(sys.argv[2])
    cells = [
        (100 + i * 37 % 101, 1000 + i * 17 % 503, 90 + i * 29 % 97, 1000 + i * 13 % 401)
        for i in range(rows)
    ]
    timed = cells[:max(100, round(rows * share))]
    _, cpu, wall = fastest(lambda: [row(*cell) for cell in timed], repeats)
    columns = zip(*(row(*cell) for cell in cells), strict=True)
    answers = [None if c[0] is None else float(np.mean(c)) for c in columns]
    line = {"case": "lift", "peer": peer, "units": len(timed), "cpu": cpu, "wall": wall}
    print(json.dumps(line | {"answers": answers, "note": f"{len(timed)} rows timed"}))


def special(peer, functions):
    """Times `functions[name](a, b, x)` for every group of shapes; the answers are a thousand of the
    values. Points lie within three standard deviations of the mean.

    The arguments are made of multiples of irrational numbers, without rounding that depends on a
    library, so that our side makes the same."""
    count, repeats = int(sys.argv[1]), int(sys.argv[2])
    index = np.arange(1, count + 1)
    u, v, w = (np.modf(index * step)[0] for step in np.sqrt([2, 3, 5]))
    for name in SPECIAL:
        function, group = name.split(", ")
        if group == "posterior":
            sessions = 1 + np.floor(2000 * u)
            saved = np.floor(sessions * (0.05 + 0.55 * v))
            a, b = 1 + saved, 1 + (sessions - saved)
        else:
            least, greatest = SHAPES[group]
            a = least + (greatest - least) * (u * u * u)
            b = least + (greatest - least) * (v * v * v)
        if function == "betainc":
            mean = a / (a + b)
            point = mean + 6 * (w - 0.5) * np.sqrt(mean * (1 - mean) / (a + b + 1))
            point = np.minimum(np.maximum(point, mean / 8), 1 - (1 - mean) / 8)
        else:
            point = w
        values, cpu, wall = fastest(lambda: functions[function](a, b, point), repeats)
        report(name, peer, count, cpu, wall, values[::count // 1000][:1000])


def peak():
    """The most memory that this process has held, in MB."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def offpolicy_log(rows):
    """A log of 1,000 cells and 20 arms, and tables of a target's probabilities and of expected rewards; as
    with `special`, our own side makes the same."""
    index = np.arange(1, rows + 1)
    u, v, w = (np.modf(index * step)[0] for step in np.sqrt([2, 3, 5]))
    cell, arm = np.floor(1000 * u).astype(int), np.floor(20 * (v * v)).astype(int)
    edges = np.sqrt(np.arange(21) / 20)
    cells, arms = np.arange(1000)[:, None], np.arange(20)[None, :]
    expected = 0.3 * ((7 * cells + 13 * arms) % 20) / 20 + cells / 10_000
    target = (1 + (3 * cells + 11 * arms) % 20) / 210
    reward = (w < 0.1 + expected[cell, arm]).astype(float)
    log = {"cell": cell, "arm": arm, "reward": reward, "propensity": (edges[1:] - edges[:-1])[arm]}
    return log, target, 0.05 + expected


def offpolicy(peer, work, prepare=lambda *arguments: arguments):
    """Times `work(log, target, model)`, or work on what `prepare` makes of these: values and standard errors
    of IPS, SNIPS and DR, None for what the peer has not."""
    rows, repeats = int(sys.argv[1]), int(sys.argv[3])
    arguments = prepare(*offpolicy_log(rows))
    if not isinstance(arguments, tuple):
        arguments = (arguments,)
    answers, cpu, wall = fastest(lambda: work(*arguments), repeats)
    line = {"case": "offpolicy", "peer": peer, "units": 1, "cpu": cpu, "wall": wall}
    answers = [None if answer is None else float(answer) for answer in answers]
    print(json.dumps(line | {"answers": answers, "note": f"peak {peak():.0f} MB"}))


def offpolicy_interval(peer, work, prepare, share):
    """Times `work(arguments, resamples)`, which returns the mean and the length of a 95 % interval of DR
    by the bootstrap, for a share of the resamples."""
    rows, resamples = int(sys.argv[1]), int(sys.argv[2])
    arguments = prepare(*offpolicy_log(rows))
    resamples = max(20, round(resamples * share))
    (mean, length), cpu, wall = fastest(lambda: work(arguments, resamples), 1)
    error = length / (2 * 1.96) / np.sqrt(resamples)
    report(
        "offpolicy interval", peer, resamples, cpu, wall, [mean, error],
        f"{resamples} resamples, peak {peak():.0f} MB")
