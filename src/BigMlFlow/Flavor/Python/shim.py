"""What MLflow needs of Python to open this model beyond BigML's bindings: a fusion that has its components with it.

Written by BigMlFlow beside the model's pickle. It asks nothing of BigML's API.
"""
from bigml.api import BigML
from bigml.fusion import Fusion


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
