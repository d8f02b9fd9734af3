"""Times pandas' read_csv and describe for bench/large-csv.ts. Usage: python3 large-csv-pandas.py <file> plain|full

Prints one JSON line. plain is read_csv and describe as they come; full also reads the dates and describes every column, as the lab does.
"""
import json
import os
import resource
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd

started = time.process_time()
full = sys.argv[2] == "full"
table = pd.read_csv(sys.argv[1], parse_dates=["day"] if full else False)
parsed = time.process_time() - started
profile = table.describe(include="all") if full else table.describe()
seconds = time.process_time() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "parsed": parsed, "rows": len(table), "columns": table.shape[1], "kept": int(table.memory_usage().sum()), "peak": peak, "version": pd.__version__}))
