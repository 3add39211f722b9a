"""glum's logistic regression by iteratively reweighted least squares."""

from glum import GeneralizedLinearRegressor

import measure


def fit(x, y):
    model = GeneralizedLinearRegressor(
        family="binomial", alpha=0, solver="irls-ls", gradient_tol=measure.GRADIENT,
        fit_intercept=False, copy_X=False,
    )
    return model.fit(x, y).coef_


measure.logistic("glum irls-ls", fit, order="F")
