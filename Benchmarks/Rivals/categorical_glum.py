"""glum's logistic regression on the categories of a data frame."""

import numpy as np
import pandas as pd
from glum import GeneralizedLinearRegressor

import measure


def prepare(codes, numbers):
    levels = range(codes.max() + 1)
    return pd.DataFrame(
        {f"c{k}": pd.Categorical.from_codes(c, categories=levels) for k, c in enumerate(codes)}
        | {f"x{j}": column for j, column in enumerate(numbers.T)})


def fit(frame, y):
    model = GeneralizedLinearRegressor(
        family="binomial", alpha=0, solver="irls-ls", gradient_tol=measure.GRADIENT,
        drop_first=True, copy_X=False,
    ).fit(frame, y)
    beta = np.append(model.intercept_, model.coef_)
    return beta, measure.glum_errors(model, frame, y, len(beta))


measure.categorical("glum irls-ls", prepare, fit)
