# An empty project: nothing was done yet, and nobody knows what day it is.
