with n(i) as (select cast(g as bigint) from generate_series(1, 1000000) g)
insert into signal (municipality, id, reference, source, source_ref, category, state, urgency, words, address, lon, lat,
    cell_x, cell_y, area, occurred_at, reported_at, day, hour, due_at, closed_at, issue_id, presence_id, language,
    version, search)
select $1, gen_random_uuid(), 'R' || i,
    case when i % 50000 = 0 then 'partner' when i % 10 = 0 then 'officer' else 'resident' end, null,
    case i % 20 when 0 then 'litter' when 1 then 'dog-mess' when 2 then 'speeding' when 3 then 'asbestos' else 'parking' end,
    case when i < 30000 or i % 40 = 0 then 'in-progress' when i % 9 = 0 then 'cancelled' else 'done' end,
    'normal', 'Zwerfvuil ligt hier al een week en niemand ruimt het op, zegt nummer ' || i, 'Maerelaan ' || i % 200,
    4.60 + (i % 1000) / 9000.0, 52.49 + (i % 777) / 20000.0, 1, 1,
    case i % 3 when 0 then 'BU03960001' else 'BU03960002' end,
    $2 - i * 144000000, $2 - i * 144000000, 19000, 12, $2 - i * 144000000 + 259200000000,
    case when i < 30000 or i % 40 = 0 then null else $2 - i * 144000000 + (i % 5) * 86400000000 end,
    null, null, 'nl', 1, 'zwerfvuil ligt hier al een week en niemand ruimt het op, zegt nummer ' || i
from n
