"""Open Bandit Pipeline's estimators, with the standard errors of their terms, and its bootstrap, of which 20
resamples run: its time is in proportion.

Its tables have a row a session and a column an action; making them is outside the time, their memory is not.
It has no standard error of a ratio. What it loads but does not need here is stood in for: PyTorch alone would be
a gigabyte."""

import importlib.metadata
import sys
import types

import numpy as np

import measure


class Unused(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing


class Nothing(metaclass=Unused):
    pass


class StandIn(types.ModuleType):
    __getattr__ = Unused.__getattr__


for missing in (
    "torch", "torch.nn", "torch.nn.functional", "torch.optim", "matplotlib", "matplotlib.pyplot", "seaborn",
):
    sys.modules[missing] = StandIn(missing)

from obp.ope import (  # noqa: E402
    DoublyRobust, InverseProbabilityWeighting, SelfNormalizedInverseProbabilityWeighting)

NAME = f"obp {importlib.metadata.version('sb-obp')}"


def inputs(log, target, model):
    return {
        "reward": log["reward"], "action": log["arm"], "pscore": log["propensity"],
        "position": np.zeros(len(log["arm"]), dtype=int),
        "action_dist": target[log["cell"]][:, :, None],
        "estimated_rewards_by_reg_model": model[log["cell"]][:, :, None],
    }


def estimates(arguments):
    own = {name: arguments[name] for name in arguments if not name.startswith("estimated")}
    answers = []
    for estimator, given in [
        (InverseProbabilityWeighting(), own), (SelfNormalizedInverseProbabilityWeighting(), own),
        (DoublyRobust(), arguments),
    ]:
        answers.append(estimator.estimate_policy_value(**given))
        if isinstance(estimator, SelfNormalizedInverseProbabilityWeighting):
            answers.append(None)
        else:
            terms = estimator._estimate_round_rewards(**given)
            answers.append(terms.std(ddof=1) / np.sqrt(len(terms)))
    return answers


def interval(arguments, resamples):
    found = DoublyRobust().estimate_interval(
        **arguments, n_bootstrap_samples=resamples, random_state=12345)
    return found["mean"], found["95.0% CI (upper)"] - found["95.0% CI (lower)"]


measure.offpolicy(NAME, estimates, inputs)
measure.offpolicy_interval(NAME, interval, inputs, share=0.002)
