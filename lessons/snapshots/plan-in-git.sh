# A small plan for a model lies in git, and nothing else.
printf 'model: linear\nl2: 1\nscale: standard\nsplit: time\ntest_from: 2004-01-01\nimpute: median\nseed: 7\n' > plan.yaml
git add plan.yaml
git commit -m "Plan the first model"
