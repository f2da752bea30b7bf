-- How many people answered the survey behind a value that was filled in by hand, and its design effect: the margin is
-- computed from them when the source gives none.
alter table measured_value add column respondents bigint;
alter table measured_value add column design_effect double precision;
