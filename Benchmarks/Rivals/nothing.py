"""The control: does nothing, in no time, and answers zero. It has to fail the check of answers."""

import sys

import measure

ANSWERS = {"read": 13, "contextual": 200, "logistic": 100, "categorical": 402, "lift": 5, "offpolicy": 6, "enet": 100}
ANSWERS |= dict.fromkeys(measure.EXACT, 1)
ANSWERS |= dict.fromkeys(measure.SPECIAL, 1000)

case = sys.argv[1]
groups = {"sample": measure.LAWS, "exact": measure.EXACT, "special": measure.SPECIAL}
groups["offpolicy"] = ["offpolicy", "offpolicy interval"]
for name in groups.get(case, [case]):
    # Of no units: the table counts ours.
    _, cpu, wall = measure.fastest(lambda: None, 3)
    answers = [0.0] * ANSWERS.get(name, 2)
    measure.report(name, "nothing", 0, cpu, wall, answers, "the control: must disagree")
