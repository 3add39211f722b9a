"""scikit-learn's logistic regression by Newton's method on sparse indicators."""

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

import measure


def prepare(codes, numbers):
    rows = np.arange(codes.shape[1])
    blocks = [
        sparse.csr_matrix((np.ones(len(rows)), (rows, c)), shape=(len(rows), c.max() + 1))[:, 1:]
        for c in codes
    ]
    ones = sparse.csr_matrix(np.ones((len(rows), 1)))
    return sparse.hstack([ones, *blocks, sparse.csr_matrix(numbers)], format="csr")


def fit(x, y):
    model = LogisticRegression(
        C=np.inf, solver="newton-cholesky", fit_intercept=False, tol=measure.GRADIENT
    )
    beta = model.fit(x, y).coef_[0]
    return beta, measure.standard_errors(x, beta)


measure.categorical("sklearn newton-cholesky, sparse", prepare, fit)
