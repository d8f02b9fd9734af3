# A linear model has learned from 2001 to 2003, was judged on 2004, and goes live on 1 January 2005.
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-01-01
lab train --model dummy
lab evaluate
lab train --model linear --set l2=1
lab evaluate
lab register --name ridership --alias champion
lab deploy --service ridership --name ridership --alias champion
