# A pipeline that has run, and a branch on which a colleague has changed the scaling and run it again.
lab collect --dataset chicago_ridership
lab pipeline
dvc repro
git switch -c mona
sed -i 's/    scale: standard/    scale: robust/' params.yaml
dvc repro
git commit -am "Scale by the quartiles: gusts and rain have outliers"
git switch main
