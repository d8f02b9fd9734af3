# 364 rows about penguins, as several hands have typed them; nothing is cleaned.
lab collect --dataset penguins_messy
