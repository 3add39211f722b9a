"""Logistic Thompson sampling by bayesianbandits: Laplace's law after each session, one model an arm."""

import numpy as np
from bayesianbandits import Arm, BayesianGLM, ContextualAgent, ThompsonSampling

import measure


def simulate(features, cells, shown, saved):
    arms = [Arm(arm, learner=BayesianGLM(alpha=1.0, link="logit")) for arm in range(10)]
    agent = ContextualAgent(arms, ThompsonSampling(), random_seed=20260101)
    for cell, arm, reward in zip(cells, shown, saved, strict=True):
        x = features[cell : cell + 1]
        agent.pull(x)
        agent.select_for_update(int(arm)).update(x, np.array([reward]))
    return np.concatenate([arm.learner.coef_ for arm in agent.arms])


measure.contextual("bayesianbandits", simulate)
