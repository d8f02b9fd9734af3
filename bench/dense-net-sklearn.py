"""Times steps of scikit-learn's MLPClassifier on one thread, for bench/dense-net.ts. Usage: python3 dense-net-sklearn.py <batch> <epochs>

Prints one JSON line: steps for each CPU second, median of five fits of 10,000 rows, and the version.
"""
import json
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
batch, epochs = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(1)
x = random.randn(10000, 20)
y = (x[:, 0] - x[:, 1] + x[:, 2] * x[:, 3] + random.randn(10000) > 0).astype(int)
rates = []
for _ in range(5):
    model = MLPClassifier(hidden_layer_sizes=(64, 32), batch_size=batch, max_iter=epochs, tol=0, n_iter_no_change=10**6, alpha=0)
    started = time.process_time()
    model.fit(x, y)
    rates.append(epochs * -(-10000 // batch) / (time.process_time() - started))
print(json.dumps({"rate": sorted(rates)[2], "version": sklearn.__version__}))
