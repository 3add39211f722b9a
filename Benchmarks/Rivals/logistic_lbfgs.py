"""scikit-learn's logistic regression by its default solver."""

import numpy as np
from sklearn.linear_model import LogisticRegression

import measure


def fit(x, y):
    model = LogisticRegression(
        C=np.inf, solver="lbfgs", fit_intercept=False, tol=measure.GRADIENT, max_iter=1_000
    )
    beta = model.fit(x, y).coef_[0]
    return beta, measure.standard_errors(x, beta)


measure.logistic("sklearn lbfgs", fit)
