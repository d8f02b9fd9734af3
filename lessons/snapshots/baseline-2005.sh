# The days up to 1 January 2005 are divided by time, and the mean is judged on 2004: whatever is built must beat it.
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-01-01
lab train --model dummy --name mean
lab evaluate
