"""What the machine allows: one Gram matrix of all indicators at its rate of dsyrk, and one reading of X."""

import measure

measure.limits("categorical", columns=201, numbers=11.25)
