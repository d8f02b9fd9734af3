# A logistic model without the leak and without the protected columns has learned to refuse mortgages and was judged.
lab collect --dataset hmda_boston
lab prepare --target denied --drop mortgage_insurance_denied,african_american,single --split stratified
lab train --model logistic --name blind
lab evaluate
