"""The experiment of Hadad et al. (2021), T = 1,000, by NumPy: what HadadStudy.swift says of the two designs with
signal.

    python3 hadad.py

Three arms with uniform noise, Thompson sampling of 20 normal draws a step with a floor of t^-0.7 / 3, each arm first
five times in turn; AIPW with two-point allocation weights. All replications abreast; shares no code with Holdfast.
Prints the bias of the plain means and the coverage of nominal 90 % intervals, each with its standard error.
"""

import numpy as np

T, K, CHUNK, CHUNKS, DECAY = 1_000, 3, 1_000, 4, 0.7


def floored(shares, least):
    raised = np.maximum(shares, least)
    surplus = raised - least
    return raised - (raised.sum(1, keepdims=True) - 1) * surplus / surplus.sum(1, keepdims=True)


def experiment(truth, rng):
    sums, squares, counts = np.zeros((3, CHUNK, K))
    shares, arms, rewards = np.empty((T, CHUNK, K)), np.empty((T, CHUNK), int), np.empty((T, CHUNK))
    rows = np.arange(CHUNK)
    for t in range(T):
        share, arm = np.full((CHUNK, K), 1 / K), np.full(CHUNK, t % K)
        if t >= 5 * K:
            mean = sums / counts
            variance = np.maximum(squares / counts - mean**2, 1e-12)
            center, spread = counts / (variance + counts) * mean, 1 / np.sqrt(counts / variance + 1)
            best = (rng.standard_normal((CHUNK, 20, K)) * spread[:, None] + center[:, None]).argmax(2)
            share = np.stack([(best == k).mean(1) for k in range(K)], 1)
            share = floored(share, (t + 1) ** -DECAY / K)
            arm = (rng.random(CHUNK)[:, None] >= share.cumsum(1)[:, :-1]).sum(1)
        reward = truth[arm] + rng.uniform(-1, 1, CHUNK)
        sums[rows, arm] += reward
        squares[rows, arm] += reward**2
        counts[rows, arm] += 1
        shares[t], arms[t], rewards[t] = share, arm, reward
    return sums / counts - truth, shares, arms, rewards


def two_point_holds(k, truth, shares, arms, rewards):
    shown, share, time = arms == k, shares[:, :, k], np.arange(1, T + 1)
    means = (shown * rewards).cumsum(0) / np.maximum(shown.cumsum(0), 1)
    means = np.vstack([np.zeros(CHUNK), means[:-1]])
    scores = means + shown * (rewards - means) / share
    best = 1 / (T - time + 1)
    other = time**-DECAY / (time**-DECAY + (T ** (1 - DECAY) - time ** (1 - DECAY)) / (1 - DECAY))
    rate = np.minimum(1, share * best[:, None] + (1 - share) * other[:, None])
    left = np.vstack([np.ones(CHUNK), np.cumprod(1 - rate, 0)[:-1]])
    weight = np.sqrt(left * rate * share)
    value = (weight * scores).sum(0) / weight.sum(0)
    error = np.sqrt((weight**2 * (scores - value) ** 2).sum(0)) / weight.sum(0)
    return np.abs(value - truth[k]) < 1.6448536269514722 * error


print("numpy", np.__version__)
for name, truth in [("low SNR", np.array([0.9, 1, 1.1])), ("high SNR", np.array([0.5, 1, 1.5]))]:
    errors, holds = [], []
    for chunk in range(CHUNKS):
        error, *log = experiment(truth, np.random.default_rng(chunk))
        errors.append(error)
        holds.append(np.stack([two_point_holds(k, truth, *log) for k in range(K)], 1))
    for what, sample in [("bias", np.concatenate(errors)), ("coverage", np.concatenate(holds))]:
        print(name, what, sample.mean(0), sample.std(0, ddof=1) / len(sample) ** 0.5)
