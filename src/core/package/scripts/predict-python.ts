/** `predict.py` of an ONNX export: asks ONNX Runtime about the rows of `example.json` and compares. */
export const PREDICT_PYTHON = `"""Predictions of model.onnx. Run it: pip install numpy onnxruntime, then python predict.py"""
import json
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).parent
session = onnxruntime.InferenceSession(str(HERE / "model.onnx"), providers=["CPUExecutionProvider"])
# How columns of text are cut into terms, when there are any.
CHOICES = json.loads((HERE / "terms.json").read_text(encoding="utf-8")) if (HERE / "terms.json").exists() else {}
if CHOICES:
    from terms import term_rows


def number(value):
    """A number; ISO dates as milliseconds since 1970-01-01 UTC; NaN for None."""
    if isinstance(value, str):
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
        return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).timestamp() * 1000
    return np.nan if value is None else value


def column_of(column, rows):
    """The tensor of one input."""
    name = column.name
    if name.endswith(":terms") and name[:-6] in CHOICES:
        return np.array(term_rows([row.get(name[:-6]) for row in rows], CHOICES[name[:-6]]), dtype=object)
    if name == "pixels" and isinstance(column.shape[1], int) and column.shape[1] > 1:
        return np.array([[number(row.get(f"p{at}")) for at in range(column.shape[1])] for row in rows], dtype=np.float32)
    values = [row.get(name) for row in rows]
    if column.type == "tensor(string)":
        return np.array([["" if value is None else str(value)] for value in values], dtype=object)
    return np.array([[number(value)] for value in values], dtype=np.float64 if column.type == "tensor(double)" else np.float32)


def predict(rows):
    """rows: list of dicts by column; None is missing. Gives a dict of arrays by output."""
    feeds = {column.name: column_of(column, rows) for column in session.get_inputs()}
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds)))


if __name__ == "__main__":
    example = json.loads((HERE / "example.json").read_text(encoding="utf-8"))
    found = predict(example["rows"])
    for at, expected in enumerate(example["expected"]):
        print({name: values[at].tolist() if hasattr(values[at], "tolist") else values[at] for name, values in found.items()}, "expected", expected)
`;
