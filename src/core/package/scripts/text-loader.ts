/** `code/looplab_text.py` of an MLflow model that takes texts: cuts them, then asks ONNX Runtime. */
export const TEXT_LOADER = `"""Loads the model for mlflow.pyfunc: texts are cut into terms, then ONNX Runtime answers."""
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd

from terms import term_rows


class TextModel:
    """Takes a data frame of raw columns and gives one of the graph's outputs."""

    def __init__(self, folder):
        self.choices = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def column_of(self, column, frame):
        name = column.name
        if name.endswith(":terms") and name[:-6] in self.choices:
            return np.array(term_rows(list(frame[name[:-6]]), self.choices[name[:-6]]), dtype=object)
        if column.type == "tensor(string)":
            return np.array(["" if value is None or value != value else str(value) for value in frame[name]], dtype=object)
        return frame[name].to_numpy(dtype=np.float64 if column.type == "tensor(double)" else np.float32)

    def predict(self, frame, params=None):
        feeds = {column.name: self.column_of(column, frame) for column in self.session.get_inputs()}
        names = [output.name for output in self.session.get_outputs()]
        return pd.DataFrame(dict(zip(names, self.session.run(names, feeds))), index=frame.index)


def _load_pyfunc(path):
    return TextModel(Path(path))
`;
