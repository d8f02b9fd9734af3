/** Statements to begin with. */
export const EXAMPLES = {
  join: `select s.date, p.name as airport, p.state, w.name as species,
  s.speed_knots, s.cost_total, s.damaged
from strikes s
join airports p on p.id = s.airport_id
join species w on w.id = s.species_id
order by s.date`,
  group: `select state, count(*) as strikes, avg(damaged) as damaged
from strike_details
where state is not null
group by state
order by strikes desc`,
  plan: `explain query plan
select * from strikes where airport_id = 3`,
} as const;
export type Example = keyof typeof EXAMPLES;
