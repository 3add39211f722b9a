"""Makes uplift.json: python uplift.py > uplift.json

scikit-uplift 0.5.1 (curves, areas, uplift at k), statsmodels 0.14 or later (least squares, HC3), and
numpy sums of the definition of AUTOC and Qini with ties averaged, as in grf's rank_average_treatment_effect.
"""
import json

import numpy as np
import sklift
import statsmodels
import statsmodels.api as sm
from sklift.metrics import (qini_auc_score, qini_curve, uplift_at_k, uplift_auc_score,
                            uplift_curve)

n = 240
i = np.arange(n)
x = (i * 7 % 13) / 3.0
plan = i * 5 % 3
treated = (i * 11 % 17 < 8).astype(int)
saved = ((i * 13 % 29) + 4 * treated * (plan == 1) + plan > 17).astype(int)
tied = plan * 2 + (x > 2)
fine = ((i * 101) % 257) / 7.0 + 3 * (plan == 1)
contrast = np.where(treated == 1, saved / 0.5, -saved / 0.5) + x / 10


def curve(score):
    q, u = qini_curve(saved, score, treated), uplift_curve(saved, score, treated)
    return {
        "sessions": q[0].tolist(), "qini": q[1].tolist(), "uplift": u[1].tolist(),
        "qiniCoefficient": qini_auc_score(saved, score, treated),
        "upliftCoefficient": uplift_auc_score(saved, score, treated),
    }


def rate(score):
    order = np.argsort(-score, kind="stable")
    gains = contrast[order].astype(float)
    for value in np.unique(score):
        same = score[order] == value
        gains[same] = gains[same].mean()
    taken = np.arange(1, n + 1)
    toc = np.cumsum(gains) / taken - gains.mean()
    return {"autoc": toc.mean(), "qini": (toc * taken / n).mean()}


fine_curve = curve(fine)
# No two sessions of one score lie on both sides of this share: theirs then depends on the order.
fine_curve["top35Overall"] = uplift_at_k(saved, fine, treated, "overall", 0.35)
fine_curve["top35ByArm"] = uplift_at_k(saved, fine, treated, "by_group", 0.35)
blp = sm.OLS(contrast, np.column_stack([np.ones(n), x, plan == 1, plan == 2])).fit(cov_type="HC3")
prediction = fine / 40 + 0.1
mean = prediction.mean()
cal = sm.OLS(contrast, np.column_stack([np.full(n, mean), prediction - mean])).fit(cov_type="HC3")
print(json.dumps({
    "versions": {"scikit-uplift": sklift.__version__, "statsmodels": statsmodels.__version__},
    "tied": curve(tied), "fine": fine_curve,
    "rateTied": rate(tied), "rateFine": rate(fine),
    "projection": {"coefficients": blp.params.tolist(), "errors": blp.bse.tolist()},
    "calibration": {"coefficients": cal.params.tolist(), "errors": cal.bse.tolist()},
}, indent=1))
