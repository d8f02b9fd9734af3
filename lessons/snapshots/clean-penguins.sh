# The penguins, with a cleaning recipe that mends what a rule can mend.
lab collect --dataset penguins_messy
lab clean --step deduplicate --by row_id --keep first
lab clean --step trim --columns species,island,sex --case lower
lab clean --step replace --columns species --map 'adelie penguin=Adelie,adelie=Adelie,gentoo=Gentoo,chinstrap=Chinstrap'
lab clean --step replace --columns island --map biscoe=Biscoe,dream=Dream,torgersen=Torgersen
lab clean --step replace --columns sex --map m=male,f=female,femal=female
lab clean --step missing --columns bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g --values -
lab clean --step convert --columns bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g --to number --decimal comma
lab clean --step missing --columns bill_depth_mm --values 999
lab clean --step rescale --columns body_mass_g --unit change-sign --below 0
lab clean --step rescale --columns body_mass_g --unit thousandfold --below 100
lab clean --step rescale --columns flipper_length_mm --unit tenfold --below 100
lab clean --step rescale --columns bill_length_mm --unit a-tenth --above 100
