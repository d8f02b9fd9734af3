# Reports of birds and other animals that were hit by aeroplanes, 1990 to 2002; nothing was done with them yet.
lab collect --dataset birdstrikes
