"""glum's logistic regression by iteratively reweighted least squares, rows or columns side by side."""

from glum import GeneralizedLinearRegressor

import measure


def fit(x, y):
    model = GeneralizedLinearRegressor(
        family="binomial", alpha=0, solver="irls-ls", gradient_tol=measure.GRADIENT,
        fit_intercept=False, copy_X=False,
    ).fit(x, y)
    return model.coef_, measure.glum_errors(model, x, y, len(model.coef_))


measure.logistic("glum irls-ls, by columns", fit, order="F")
measure.logistic("glum irls-ls, by rows", fit)
