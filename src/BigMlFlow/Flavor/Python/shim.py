"""What MLflow needs of Python to open this model beyond BigML's bindings and bigmlflow.

Written by BigMlFlow beside the model's pickle. It asks nothing of BigML's API.
"""
import json
import os
import pickle

import pandas
import yaml
from bigml.api import BigML
from bigml.fusion import Fusion

# What a reader wants who takes one column of an answer: the first that is there.
_FIRST = ("prediction", "centroid_name", "score", "probability", "confidence", "distance")


class _Shelf(BigML):
    """A connection to nowhere, which answers from the resources that it was given."""

    def __init__(self, resources):
        super().__init__("", "")
        self._by_id = {resource["resource"]: resource for resource in resources}

    def retrieve_resource(self, resource_id, query_string=None, check_local_fn=None, retries=None):
        if resource_id not in self._by_id:
            raise ValueError("The model directory does not hold " + str(resource_id) + ".")
        return self._by_id[resource_id]


class CompleteFusion(Fusion):
    """A fusion built of a list: its own resource, then those of its components, and of theirs."""

    def __init__(self, resources):
        super().__init__(resources[0], api=_Shelf(resources[1:]))


def _is_missing(cell):
    """None, NaN, NaT and pandas.NA; a cell that is a list or a dictionary is there."""
    return pandas.api.types.is_scalar(cell) and pandas.isna(cell)


def _cell(value):
    """A value that a column can hold: what is no scalar becomes JSON."""
    if pandas.api.types.is_scalar(value) and hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, (str, int, float)):
        return value
    return json.dumps(value, ensure_ascii=False, default=lambda item: item.item() if hasattr(item, "item") else list(item))


class _Frame:
    """Answers with a DataFrame, a row a row, the prediction first. `output` asks for one column, as an array."""

    def __init__(self, model, output):
        self._model = model
        self._output = output

    def predict(self, model_input, params=None):
        if isinstance(model_input, dict):
            lists = all(isinstance(value, (list, tuple)) for value in model_input.values())
            model_input = pandas.DataFrame(model_input if lists else [model_input])
        elif not isinstance(model_input, pandas.DataFrame):
            model_input = pandas.DataFrame(model_input)
        names = list(model_input.columns)
        answers = []
        for cells in model_input.itertuples(index=False, name=None) if names else ((),) * len(model_input):
            row = {str(name): cell for name, cell in zip(names, cells) if not _is_missing(cell)}
            answers.append({key: _cell(value) for key, value in self._model.predict(row, full=True).items()})
        frame = pandas.DataFrame(answers, index=model_input.index)
        frame = frame[[name for name in _FIRST if name in frame] + [name for name in frame if name not in _FIRST]]
        output = (params or {}).get("output") or self._output
        return frame[output].to_numpy() if output else frame


def _load_pyfunc(path, model_config=None):
    with open(os.path.join(path, "MLmodel"), encoding="utf-8") as handle:
        name = yaml.safe_load(handle)["flavors"]["bigml"]["model_path"]
    with open(os.path.join(path, name), "rb") as handle:
        return _Frame(pickle.load(handle), (model_config or {}).get("output"))
