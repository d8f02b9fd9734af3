# A linear model went live on 1 January 2005; four years have passed since, and the project holds the days up to the end of 2008.
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-01-01
lab train --model linear --set l2=1
lab evaluate
lab register --name ridership --alias champion
lab deploy --service ridership --name ridership --alias champion
lab advance --to 2009-01-01
lab collect --dataset chicago_ridership
