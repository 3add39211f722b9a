"""scikit-learn's logistic regression by Newton's method."""

import numpy as np
from sklearn.linear_model import LogisticRegression

import measure


def fit(x, y):
    model = LogisticRegression(
        C=np.inf, solver="newton-cholesky", fit_intercept=False, tol=measure.GRADIENT
    )
    beta = model.fit(x, y).coef_[0]
    return beta, measure.standard_errors(x, beta)


measure.logistic("sklearn newton-cholesky", fit)
