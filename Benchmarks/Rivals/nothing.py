"""The control: does nothing, in no time, and answers zero. It has to fail the check of answers."""

import sys

import measure

ANSWERS = {"read": 13, "thompson": 2, "logistic": 50}

case = sys.argv[1]
# Of no units: the table counts ours.
_, cpu, wall = measure.fastest(lambda: None, 3)
measure.report(case, "nothing", 0, cpu, wall, [0.0] * ANSWERS[case], "the control: must disagree")
