# The real days up to 1 January 2005 are in the project; nothing was done with them yet.
lab collect --dataset chicago_ridership
