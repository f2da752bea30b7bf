# The page of the picture: what changed, the map, the small charts, reporting. The rest of its texts is in insight.ftl.
picture-to-week = For the weekly meeting
picture-to-compare = Compare
picture-to-record = How often was it right?
picture-to-download = Figures and pictures
picture-chip-remove = remove
picture-files = Take along:
picture-group = Main category
picture-all-groups = All main categories

picture-changed = What changed last week?
picture-changed-note = Compared with what we expected: the usual number at this time of the year. Numbers do not say why something changes. Ask that in the neighbourhood.
picture-changed-short = There are too few weeks yet to say what changed.
picture-changed-few = Last week's number is too small to show.
picture-changed-officers = We do not compare officers' own observations with an expectation. Who looks often somewhere, also finds often.
# dynamic: picture-changed-*
picture-changed-all-more = { $n ->
    [one] From { $from } up to and including { $to } { $number } report came in. That is more than we expected: between { $low } and { $high }.
   *[other] From { $from } up to and including { $to } { $number } reports came in. That is more than we expected: between { $low } and { $high }.
 }
picture-changed-all-less = { $n ->
    [one] From { $from } up to and including { $to } { $number } report came in. That is less than we expected: between { $low } and { $high }.
   *[other] From { $from } up to and including { $to } { $number } reports came in. That is less than we expected: between { $low } and { $high }.
 }
picture-changed-all-same = { $n ->
    [one] From { $from } up to and including { $to } { $number } report came in. No clear difference from what we expect: between { $low } and { $high }.
   *[other] From { $from } up to and including { $to } { $number } reports came in. No clear difference from what we expect: between { $low } and { $high }.
 }
picture-changed-what-more = { $n ->
    [one] Most clearly more: { $name }, { $number } report. We expected between { $low } and { $high }.
   *[other] Most clearly more: { $name }, { $number } reports. We expected between { $low } and { $high }.
 }
picture-changed-what-less = { $n ->
    [one] Most clearly less: { $name }, { $number } report. We expected between { $low } and { $high }.
   *[other] Most clearly less: { $name }, { $number } reports. We expected between { $low } and { $high }.
 }
picture-changed-what-same = In no main category do we see a clear difference.
picture-changed-where-more = { $n ->
    [one] The neighbourhood with the clearest difference is { $name }: { $number } report, more than the { $low } to { $high } that we expected.
   *[other] The neighbourhood with the clearest difference is { $name }: { $number } reports, more than the { $low } to { $high } that we expected.
 }
picture-changed-where-less = { $n ->
    [one] The neighbourhood with the clearest difference is { $name }: { $number } report, less than the { $low } to { $high } that we expected.
   *[other] The neighbourhood with the clearest difference is { $name }: { $number } reports, less than the { $low } to { $high } that we expected.
 }
picture-changed-where-same = In no neighbourhood do we see a clear difference.

picture-no-forecast-yet = The expectation has not been worked out yet. That happens tonight.
picture-no-forecast-choice = We make no expectation of this choice. Choose all reports, and a priority or a main category.
picture-legend-cells = Expected number per square, from light (few) to dark (many):
picture-square = { $name }: expected { $expected } (between { $between }); in this period { $count }
picture-contour = Within this line we expect { $share } of the reports: about { $n }, in { $squares } of the { $all } squares.
picture-hours-note = In the chosen period. Each square is one hour; the number is the count.
picture-grid-unit = reported
picture-trend-band = Complete weeks only. The band shows what we expected per week, from the weeks before only. Nine of ten usual weeks fall in it.
picture-trend-plain = Complete weeks and months only.
picture-legend-count = Number
picture-legend-band = What we expected (90%)
picture-legend-alarm = Alarm
picture-week-title = { $label }: { $n } (expected { $band })
picture-week-plain = { $label }: { $n }
picture-week-more = more
picture-week-less = less
picture-week-same = no clear difference

picture-kinds = Per main category
picture-kinds-text = The last 52 weeks per main category, with what we expected.
# dynamic: picture-scale-*
picture-scale-own = Each chart has a scale of its own.
picture-scale-same = All charts have the same scale.
picture-scale-to-own = Give each chart its own scale
picture-scale-to-same = Put them on the same scale
picture-small-of = { $name }: number per week
picture-in-period-short = in this period
picture-per-week = Mean per week
picture-last-week = Last week
picture-last-week-expected = Expected last week (90%)

picture-willing-caption = Residents' reports beside what officers find themselves
picture-willing-reports = Residents' reports
picture-willing-ratio = Reporting (1 is usual)
picture-willing-note = Reports per inhabitant beside what officers find per hour. Below 1 fewer reports come in than that makes you expect, above 1 more. It does not say why. The numbers on this page are not changed by it.
picture-willing-unknown = { $n ->
    [0] {""}
    [one] Of { $number } neighbourhood we do not know this: there were no officers, or the number of inhabitants is not known.
   *[other] Of { $number } neighbourhoods we do not know this: there were no officers, or the number of inhabitants is not known.
 }
picture-willing-none = How readily people report, we cannot say now. For that, officers must have been in at least three neighbourhoods in this period.
picture-willing-less = less than usual
picture-willing-same = no clear difference
picture-willing-more = more than usual
picture-news-unmade = What is new is worked out tonight.
