"""What the machine allows: one weighted Gram matrix at its rate of dsyrk, and one reading of X."""

import measure

measure.limits("logistic", columns=50, numbers=50)
