import numpy as np

from copydesk.pipeline.extraction.html.body import block_trees
from copydesk.pipeline.extraction.html.features.features import names
from copydesk.pipeline.extraction.trees import Trees


def test_each_tree_adds_the_leaf_its_answers_lead_to():
    trees = Trees(
        columns=np.array([[0, 1]]),
        thresholds=np.array([[0.5, 10.0]], dtype=np.float32),
        leaves=np.array([[-4.0, -2.0, 2.0, 4.0]], dtype=np.float32),
        bias=0.0,
        names=("x", "y"),
    )
    rows = np.array([[0, 0], [1, 0], [0, 20], [1, 20]], dtype=np.float32)
    assert np.allclose(trees.probabilities(rows), 1 / (1 + np.exp([4, 2, -2, -4])))


def test_the_shipped_trees_were_trained_on_these_features():
    assert block_trees().names == names()
