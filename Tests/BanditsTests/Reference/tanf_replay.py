"""What if the TANF trial had been a bandit: the figures of TANFReplayTests.swift, by NumPy.

    HOLDFAST_DATASETS=... python3 tanf_replay.py

The trial of letters that datasets/tanf describes: three arms, dealt out evenly on five days of 2017. Left out
are cases recertified before their letter and successes without a date. A case is a success if it was recertified
within 60 days, known from the midnight after; a failure is known 60 days after the letter.

Beta-Bernoulli Thompson sampling is replayed by matching. Its posteriors are made anew on each of the five days
from what it kept before and what is known by that midnight. Written from the definition; shares no code with
Holdfast.
"""

import csv
import datetime
import gzip
import os

import numpy as np

ARMS = ["no_letter", "open_appt", "specific_appt"]
RUNS = 20_000

days, arms, saved, known = [], [], [], []
with gzip.open(os.environ["HOLDFAST_DATASETS"] + "/tanf/tanf.csv.gz", "rt", newline="") as file:
    for row in csv.DictReader(file):
        sent = datetime.date.fromisoformat(row["letter_sent_date"]).toordinal()
        if row["success"] == "1":
            if row["date_of_recert"] == "NA":
                continue
            duration = datetime.date.fromisoformat(row["date_of_recert"]).toordinal() - sent
            if duration < 0:
                continue
        else:
            duration = 10_000
        success = duration < 60
        days.append(sent)
        arms.append(ARMS.index(row["condition"]))
        saved.append(int(success))
        known.append(sent + (duration + 1 if success else 60))
days, arms, saved, known = map(np.array, (days, arms, saved, known))
order = np.argsort(days, kind="stable")
days, arms, saved, known = days[order], arms[order], saved[order], known[order]
waves = np.unique(days)
print("numpy", np.__version__, "sessions", len(days), "by day", [int((days == w).sum()) for w in waves])
for arm, name in enumerate(ARMS):
    print(name, int(saved[arms == arm].sum()), int((arms == arm).sum()))

rng = np.random.default_rng(20171013)
values, finals, matches = [], [], []
shares = np.zeros((RUNS, len(waves), 3))
learnt = np.zeros((RUNS, len(waves)))
for run in range(RUNS):
    kept = np.zeros(len(days), bool)
    for place, wave in enumerate(waves):
        seen = kept & (known <= wave)
        alpha, beta = np.ones(3), np.ones(3)
        np.add.at(alpha, arms[seen], saved[seen])
        np.add.at(beta, arms[seen], 1 - saved[seen])
        today = days == wave
        choice = rng.beta(alpha, beta, size=(today.sum(), 3)).argmax(axis=1)
        kept[today] = choice == arms[today]
        own = arms[today & kept]
        shares[run, place] = np.bincount(own, minlength=3) / len(own)
        learnt[run, place] = (kept & (known <= wave)).sum() - learnt[run, :place].sum()
    values.append(saved[kept].mean())
    matches.append(kept.sum())


def show(name, sample):
    print(name, np.mean(sample, axis=0).tolist(), (np.std(sample, axis=0, ddof=1) / RUNS**0.5).tolist())


show("value", values)
show("matches", matches)
show("learnt", learnt)
for place in range(len(waves)):
    show(f"shares {place}", shares[:, place])
