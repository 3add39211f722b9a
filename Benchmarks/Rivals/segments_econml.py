"""Trees of effects by EconML on the logs of `segment-studies export`.

    segments_econml.py FOLDER [--grower tree|forest] [--depth 2] [--replications R] [--sessions N ...]

`tree` is a causal tree: econml.grf of one tree, criterion "het", on every session of the discovery half. `forest` is
what EconML's notebooks show: CausalForestDML on that half, made into one tree by SingleTreeCateInterpreter.
"""

import segments
from econml.cate_interpreter import SingleTreeCateInterpreter
from econml.dml import CausalForestDML
from econml.grf import CausalForest
from sklearn.dummy import DummyClassifier


def grow_tree(x, arm, reward, depth, seed):
    forest = CausalForest(
        n_estimators=1, criterion="het", max_depth=depth, min_samples_leaf=200, max_samples=1.0,
        honest=False, inference=False, subforest_size=1, n_jobs=1, random_state=seed)
    forest.fit(x, arm, reward)
    return forest.estimators_[0].tree_


def grow_forest(x, arm, reward, depth, seed):
    forest = CausalForestDML(
        model_y="linear", model_t=DummyClassifier(), discrete_treatment=True, n_estimators=200,
        min_samples_leaf=50, cv=2, n_jobs=1, random_state=seed)
    forest.fit(reward, arm, X=x)
    interpreter = SingleTreeCateInterpreter(
        include_model_uncertainty=False, max_depth=depth, min_samples_leaf=200, random_state=seed)
    interpreter.interpret(forest, x)
    return interpreter.tree_model_.tree_


segments.run("EconML", {"tree": grow_tree, "forest": grow_forest})
