# January 2005: several models are trained and judged, and one of them is shown to the board. Then three months pass, newer days are
# collected, and whoever prepared them has moved the first test day and changed the scaling.
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-01-01
lab train --model dummy --name mean
lab evaluate
lab train --model linear --set l2=1 --name line-a
lab evaluate
lab train --model linear --set l2=30 --name line-b
lab evaluate
lab train --model linear --set l2=1000 --name line-c
lab evaluate
lab train --model random-forest --set trees=12,maxDepth=4 --seed 11 --name forest-a
lab evaluate
lab train --model random-forest --set trees=20,maxDepth=8 --seed 11 --name forest-b
lab evaluate
lab train --model random-forest --set trees=12,maxDepth=10 --seed 5 --name forest-c
lab evaluate
lab note --run forest-b --text "Shown to the board in January. Says nothing about snow."
lab note --run forest-c --text "Tried with deeper trees. Not shown to anybody."
lab advance --to 2005-04-15
lab collect --dataset chicago_ridership
lab prepare --target ridership --split time --test-from 2004-07-01 --scale robust
lab train --model linear --set l2=1 --name line-april
lab evaluate
