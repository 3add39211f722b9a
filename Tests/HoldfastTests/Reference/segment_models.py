"""Writes segment_models.csv, a log made of remainders, and what statsmodels and NumPy say of it.

Run with numpy 2, scipy, pandas and statsmodels installed:  python segment_models.py
"""

import json
import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.miscmodels.ordinal_model import OrderedModel

n = 900
i = np.arange(n)
offer = np.where(i % 2 == 0, "none", "call")
plan = np.array(["annual", "monthly", "weekly"])[(i // 2) % 3]
tenure = (i * 37) % 61
known = (i // 6) % 7 != 0
# Outcomes by a fixed rule with a remainder for luck: the call works on annual customers.
luck = (i * 7919) % 1000 / 1000
chance = 0.25 + 0.3 * ((offer == "call") & (plan == "annual")) + 0.003 * tenure
kept = (luck < chance).astype(int)
spend = np.round(10 + 5 * (offer == "call") + tenure / 4 + ((i * 104729) % 97) / 10, 2)
months = (i * 31) % 5 + 2 * kept
log = pd.DataFrame(
    dict(
        session=[f"s{k:04d}" for k in i],
        offer=offer,
        plan=plan,
        tenure=[str(t) if k else "" for t, k in zip(tenure, known)],
        kept=kept,
        spend=spend,
        months=months,
    )
)
log.to_csv("segment_models.csv", index=False)

# The columns of R's model.matrix, the baseline of the arms first, a missing number at zero beside an indicator.
one = np.ones(n)
call = (offer == "call") * 1.0
monthly, weekly = (plan == "monthly") * 1.0, (plan == "weekly") * 1.0
filled, missing = np.where(known, tenure, 0.0), (~known) * 1.0
product = np.column_stack([one, call, monthly, weekly, call * monthly, call * weekly])
main = np.column_stack([one, call, filled, missing])


def rows(fit):
    ends = fit.conf_int(0.05)
    return [
        dict(estimate=float(b), se=float(s), lower=float(l), upper=float(u), p=float(p))
        for b, s, (l, u), p in zip(fit.params, fit.bse, ends, fit.pvalues)
    ]


logit = sm.Logit(kept, product).fit(method="newton", tol=1e-14, disp=0)
joint = logit.wald_test(np.eye(6)[4:], scalar=True, use_f=False)
reduced = sm.Logit(kept, product[:, :4]).fit(method="newton", tol=1e-14, disp=0)
ols = sm.OLS(spend, main).fit(cov_type="HC3", use_t=False)
poisson = sm.GLM(months, main, family=sm.families.Poisson()).fit(tol=1e-14)
cells = []
for level in ["annual", "monthly", "weekly"]:
    a, b = kept[(offer == "call") & (plan == level)], kept[(offer == "none") & (plan == level)]
    cells.append(
        dict(
            plan=level,
            n=len(a) + len(b),
            estimate=float(a.mean() - b.mean()),
            se=float(np.sqrt(a.var() / len(a) + b.var() / len(b))),
        )
    )


# Outcomes of several levels, and strata. The levels in byte order, or from rare to frequent billing.
places = dict(annual=0, monthly=1, weekly=2)
scaled = np.column_stack([one, call, spend])
multinomial = sm.MNLogit([places[p] for p in plan], scaled).fit(
    method="newton", tol=1e-14, maxiter=100, disp=0
)
ordinal = OrderedModel([places[p] for p in plan], scaled[:, 1:], distr="logit").fit(
    method="newton", tol=1e-14, maxiter=100, disp=0
)
conditional = ConditionalLogit(kept, scaled[:, 1:], groups=np.array([places[p] for p in plan])).fit(
    method="newton", disp=0
)


def pairs(estimates, errors):
    return [dict(estimate=float(b), se=float(s)) for b, s in zip(estimates, errors)]


out = dict(
    logistic=rows(logit),
    joint=dict(statistic=float(joint.statistic), p=float(joint.pvalue)),
    interaction=dict(statistic=float(2 * (logit.llf - reduced.llf)), df=2),
    aic=float(logit.aic),
    deviance=float(-2 * logit.llf),
    normal=rows(ols),
    poisson=rows(poisson),
    cells=cells,
    multinomial=pairs(multinomial.params.T.ravel(), multinomial.bse.T.ravel()),
    ordinal=pairs(ordinal.params[:2], ordinal.bse[:2]),
    cuts=[float(c) for c in ordinal.model.transform_threshold_params(ordinal.params)[1:-1]],
    conditional=pairs(conditional.params, conditional.bse),
)
json.dump(out, open("segment_models.json", "w"), indent=1)
