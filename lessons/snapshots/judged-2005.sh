# The real days up to 2004; the constant answer and a plain line have learned from 2001 to 2003 and were judged on 2004.
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-01-01
lab train --model dummy --name constant
lab evaluate
lab train --model linear --name plain
lab evaluate
