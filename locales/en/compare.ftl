# Two periods or two neighbourhoods side by side.
compare-title = Compare
compare-lead = Put two periods or two neighbourhoods side by side. You see what differs, and whether that is more than chance.
compare-presets = Often chosen
# dynamic: compare-preset-*
compare-preset-year = 4 weeks, with a year ago
compare-preset-before = 4 weeks, with the 4 before
compare-preset-quarter = 3 months, with a year ago
compare-choose = Choose periods and neighbourhoods yourself
compare-first = First
compare-second = Second
compare-show = Compare
compare-whole = Whole municipality
compare-fault-day = Give a day, with day, month and year.
compare-fault-order = Choose a last day that comes after the first day.
compare-fault-future = Choose a first day before today ({ $day }). Nothing is known of later days yet.
compare-fault-before = Choose a last day from { $day } on. Nothing is known of the days before.
compare-fault-area = Choose a neighbourhood from the list.
compare-fault-priority = Choose a priority from the list.
compare-fault-source = Choose a source from the list.
compare-fault-same = Choose another period or another neighbourhood for the second. Now they are the same.
# dynamic: compare-name-*
compare-name-period-1 = First period
compare-name-period-2 = Second period
compare-name-both-1 = First choice
compare-name-both-2 = Second choice
compare-about = { $place }, from { $from } up to and including { $to }.
compare-about-rate = Per 1,000 inhabitants { $rate }.
compare-of = Only reports about ‘{ $name }’.
compare-says-than = { $first } counts { $ratio } than { $second }{ $base } ({ $between }).
compare-says-as = { $first } counts { $ratio } as { $second }{ $base } ({ $between }).
compare-says-only = { $second }: nothing came in there. So there is no ratio.
compare-base-day = { " " }per day
compare-base-people = { " " }per inhabitant and per day
compare-means-clear = That is more than chance: by chance alone ‘no difference’ lies between these ends in { $level } of cases, and now it does not. It does not say what the cause is.
compare-means-none = No demonstrable difference: such differences also arise by chance. That does not mean that there is no difference.
compare-means-few = There are too few to say anything about a difference.
compare-bar = The ratio of the first to the second. The line is ‘no difference’ (1).
# dynamic: compare-verdict-*
compare-verdict-more = Clearly more
compare-verdict-less = Clearly fewer
compare-verdict-none = No demonstrable difference
compare-verdict-few = Too few to compare
compare-cautions = Mind this in the comparison
compare-caution-before = { $name }: nothing is known before { $day }. The days before do not count.
compare-caution-running = { $name }: the period is still going on. Counted up to and including { $day }.
compare-caution-gap = { $name }: from { $from } up to and including { $to } nothing came in anywhere. Those days were probably not imported.
compare-caution-break = From { $day } on counting is different: { $what }
compare-caution-source = The source ‘{ $source }’ is there for { $with } and not for { $without }. So the totals cannot simply be compared.
compare-caution-category = The kind ‘{ $kind }’ exists only since { $day }. Before, nobody could choose it.
compare-caution-length = The periods are not equally long. So we compare the number per day.
compare-caution-season = The periods are not in the same time of the year. A difference may come from the season.
compare-caution-weekdays = Not every day of the week occurs equally often. One weekend more or less counts in the difference.
compare-caution-both = You choose another neighbourhood and another period. A difference may come from either.
compare-caution-inhabitants = The number of inhabitants of one of the two is not known. So we compare the counts themselves, not per inhabitant.
compare-caution-willing = People are not equally willing to report everywhere. More reports are not always more nuisance.
compare-by-group = Per main kind
compare-by-category = Per kind
compare-ratio = First compared with second
compare-strict = { $n ->
    [one] The ends hold with { $level } certainty.
   *[other] We compare { $n } kinds at once. So we are stricter: the ends hold with { $level } certainty for all kinds together.
 }
compare-per-1000 = per 1,000 inhabitants
compare-trend = { $n ->
    [1] Development per day
    [7] Development per week
   *[other] Development per 4 weeks
 }
compare-trend-note = Counted from the first day of the period, whole parts only. The band shows how much chance can do.
# dynamic: compare-block-*
compare-block-1 = day { $number }
compare-block-7 = week { $number }
compare-block-28 = part { $number }
compare-hours-of = Hour and day of the week: { $name }
compare-hours-note = Hour and day of the week. The colours belong to this grid; compare the numbers.
compare-coarse = This choice is about people in one neighbourhood. So we show no hours and no development: nobody can be recognised.
compare-how = The ends allow for chance and for busy and quiet weeks: the more the number varies from week to week, the wider they are.
# dynamic: compare-in-*
compare-in-period-1 = the first period
compare-in-period-2 = the second period
compare-in-both-1 = the first choice
compare-in-both-2 = the second choice
compare-in-whole = the whole municipality
