"""Thompson sampling by the Open Bandit Pipeline, one session at a time."""

import importlib
import importlib.util
import sys
import types

import numpy as np

import measure

# The packages around the policy import torch, which it does not need: they are passed by.
for name in ("obp", "obp.policy"):
    package = types.ModuleType(name)
    package.__path__ = list(importlib.util.find_spec(name).submodule_search_locations)
    sys.modules[name] = package
BernoulliTS = importlib.import_module("obp.policy.contextfree").BernoulliTS


def simulate(replications, horizon):
    rng = np.random.default_rng(20260101)
    rates, best = measure.RATES, measure.RATES.max()
    regret = np.zeros(replications)
    for replication in range(replications):
        policy = BernoulliTS(n_actions=len(rates), random_state=replication)
        for _ in range(horizon):
            arm = policy.select_action()[0]
            saved = rng.random() < rates[arm]
            regret[replication] += best - rates[arm]
            policy.update_params(arm, float(saved))
    return regret


measure.thompson("obp", simulate, share=0.02)
