/** Shipped sets that fill the database, by the name of the stage table that each is loaded into. */
export const DATABASE_STAGES = { stage_strikes: 'birdstrikes', stage_staff: 'hr_attrition' } as const;

/** Makes normal tables with keys, indexes and views of the staged sets: wildlife strikes of aircraft, and the staff of a company. */
export const DATABASE_SCRIPT = `
create table airports (id integer primary key, name text not null, state text);
insert into airports (name, state) select airport, min(state) from stage_strikes where airport is not null group by airport order by airport;
create table operators (id integer primary key, name text not null unique);
insert into operators (name) select distinct operator from stage_strikes where operator is not null order by operator;
create table aircraft (id integer primary key, model text not null unique);
insert into aircraft (model) select distinct aircraft from stage_strikes where aircraft is not null order by aircraft;
create table species (id integer primary key, name text not null unique);
insert into species (name) select distinct species from stage_strikes where species is not null order by species;
create table strikes (
  id integer primary key,
  date text not null,
  airport_id integer references airports (id),
  operator_id integer references operators (id),
  aircraft_id integer references aircraft (id),
  species_id integer references species (id),
  wildlife_size text,
  phase text,
  time_of_day text,
  speed_knots real,
  cost_total real,
  damage_level text,
  damaged integer not null
);
insert into strikes (date, airport_id, operator_id, aircraft_id, species_id, wildlife_size, phase, time_of_day, speed_knots, cost_total, damage_level, damaged)
  select s.date, p.id, o.id, a.id, w.id, s.wildlife_size, s.phase, s.time_of_day, s.speed_knots, s.cost_total, s.damage_level, s.damaged
  from stage_strikes s
  left join airports p on p.name = s.airport
  left join operators o on o.name = s.operator
  left join aircraft a on a.model = s.aircraft
  left join species w on w.name = s.species
  order by s.rowid;
create index strikes_by_airport on strikes (airport_id);
create index strikes_by_date on strikes (date);

create table departments (id integer primary key, name text not null unique);
insert into departments (name) select distinct department from stage_staff order by department;
create table job_roles (id integer primary key, title text not null unique);
insert into job_roles (title) select distinct job_role from stage_staff order by job_role;
create table employees (
  id integer primary key,
  department_id integer not null references departments (id),
  job_role_id integer not null references job_roles (id),
  job_level integer not null,
  age integer not null,
  gender text,
  education text,
  education_field text,
  marital_status text,
  distance_from_home integer,
  business_travel text,
  over_time text,
  years_at_company integer,
  total_working_years integer,
  attrition text not null
);
insert into employees
  select s.rowid, d.id, r.id, s.job_level, s.age, s.gender, s.education, s.education_field, s.marital_status, s.distance_from_home, s.business_travel, s.over_time, s.years_at_company, s.total_working_years, s.attrition
  from stage_staff s join departments d on d.name = s.department join job_roles r on r.title = s.job_role
  order by s.rowid;
create table pay (
  employee_id integer primary key references employees (id),
  monthly_income integer not null,
  hourly_rate integer,
  percent_salary_hike integer,
  stock_option_level integer
);
insert into pay select rowid, monthly_income, hourly_rate, percent_salary_hike, stock_option_level from stage_staff order by rowid;
create table surveys (
  employee_id integer primary key references employees (id),
  job_satisfaction text,
  environment_satisfaction text,
  work_life_balance text,
  job_involvement text
);
insert into surveys select rowid, job_satisfaction, environment_satisfaction, work_life_balance, job_involvement from stage_staff order by rowid;

create view strike_details as
  select s.id, s.date, p.name as airport, p.state, o.name as operator, a.model as aircraft, w.name as species, s.wildlife_size, s.phase, s.time_of_day, s.speed_knots, s.cost_total, s.damaged
  from strikes s
  left join airports p on p.id = s.airport_id
  left join operators o on o.id = s.operator_id
  left join aircraft a on a.id = s.aircraft_id
  left join species w on w.id = s.species_id;
create view staff as
  select e.id, d.name as department, r.title as job_role, e.job_level, e.age, e.gender, e.over_time, e.years_at_company, p.monthly_income, v.job_satisfaction, v.work_life_balance, e.attrition
  from employees e
  join departments d on d.id = e.department_id
  join job_roles r on r.id = e.job_role_id
  join pay p on p.employee_id = e.id
  join surveys v on v.employee_id = e.id;
`;
