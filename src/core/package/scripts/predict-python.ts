/** `predict.py` of an ONNX export: asks ONNX Runtime about the rows of `example.json` and compares. */
export const PREDICT_PYTHON = `"""Predictions of model.onnx. Run it: pip install numpy onnxruntime, then python predict.py"""
import json
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).parent
session = onnxruntime.InferenceSession(str(HERE / "model.onnx"), providers=["CPUExecutionProvider"])


def predict(rows):
    """rows: list of dicts by column; None is missing. Gives a dict of arrays by output."""
    feeds = {}
    for column in session.get_inputs():
        values = [row.get(column.name) for row in rows]
        if column.type == "tensor(string)":
            feeds[column.name] = np.array([["" if value is None else str(value)] for value in values], dtype=object)
        else:
            feeds[column.name] = np.array([[np.nan if value is None else value] for value in values], dtype=np.float32)
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds)))


if __name__ == "__main__":
    example = json.loads((HERE / "example.json").read_text(encoding="utf-8"))
    found = predict(example["rows"])
    for at, expected in enumerate(example["expected"]):
        print({name: values[at].tolist() if hasattr(values[at], "tolist") else values[at] for name, values in found.items()}, "expected", expected)
`;
