create index signal_open_category on signal (municipality, category, reported_at, id) where closed_at is null;
create index signal_open_area on signal (municipality, area, reported_at, id) where closed_at is null;
create index issue_new on issue (municipality, opened_at, id) where closed_at is null;
