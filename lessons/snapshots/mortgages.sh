# 2,380 mortgage applications of Boston in 1990 are in the project; nothing was done with them yet.
lab collect --dataset hmda_boston
