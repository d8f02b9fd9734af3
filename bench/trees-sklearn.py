"""Times scikit-learn's fits on one thread, for bench/trees.ts. Usage: python3 trees-sklearn.py <folder> <columns> <model> <fits>

Reads {x,y,tx,ty}.bin (float64, rows by columns) and prints one JSON line: CPU seconds of each fit, and the AUC of the last.
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

folder, columns, kind, fits = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
read = lambda part: np.fromfile(f"{folder}/{part}.bin")
x, y, tx, ty = read("x").reshape(-1, columns), read("y"), read("tx").reshape(-1, columns), read("ty")
make = {
    "gradient-boosting": lambda: HistGradientBoostingClassifier(max_iter=100, early_stopping=False),
    "random-forest": lambda: RandomForestClassifier(n_estimators=100, n_jobs=1),
    "logistic": lambda: LogisticRegression(max_iter=1000),
}[kind]
seconds = []
for _ in range(fits):
    model = make()
    started = time.process_time()
    model.fit(x, y)
    seconds.append(time.process_time() - started)
print(json.dumps({"seconds": seconds, "auc": roc_auc_score(ty, model.predict_proba(tx)[:, 1]), "version": sklearn.__version__}))
