"""Trees of effects by CausalML on the logs of `segment-studies export`.

    segments_causalml.py FOLDER [--depth 2] [--replications R] [--sessions N ...]

CausalTreeRegressor on every session of the discovery half, without its own honest half: the other half of the log
is that.
"""

import segments
from causalml.inference.tree import CausalTreeRegressor


def grow(x, arm, reward, depth, seed):
    tree = CausalTreeRegressor(
        criterion="causal_mse", max_depth=depth, min_samples_leaf=200, honesty=False,
        control_name=0, random_state=seed)
    tree.fit(x, treatment=arm.astype(int), y=reward)
    return tree.tree_


segments.run("CausalML", {"tree": grow})
