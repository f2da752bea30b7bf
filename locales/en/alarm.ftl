# Alarms: where clearly more is reported than expected, and what people make of it.
# dynamic: alarm-kind-*
# dynamic: alarm-state-*
# dynamic: alarm-verdict-*
alarm-title = Alarms
alarm-lead = Places with clearly more reports than we expect. You look at what is going on and weigh the alarm. After that it stays quiet.
alarm-open = Open now
alarm-none = No open alarms
alarm-none-text = Nowhere is clearly more reported than expected, or all alarms have been weighed.
alarm-watched = Kept an eye on
alarm-kind-sudden = Sudden, in a neighbourhood
alarm-kind-lasting = Lasting, in a neighbourhood
alarm-kind-cluster = In one place, in the last days
alarm-state-open = new
alarm-state-back = risen again
alarm-state-watch = watched
alarm-state-real = real
alarm-state-explained = explained
alarm-state-past = passed by itself
alarm-all-kinds = All kinds of reports together
alarm-name = { $group } in { $place }
alarm-and-more = { $n ->
    [one] { $names } and one more neighbourhood
   *[other] { $names } and { $n } more neighbourhoods
 }
alarm-text = { $observed } reports; we expected about { $expected }. That is { $ratio } times as many (between { $low } and { $high } times).
alarm-text-rare = { $observed } reports; we expected almost none ({ $expected }).
alarm-since-week = Most likely since the week of { $day }.
alarm-since-cluster = { $n ->
    [one] Most likely since { $day }, in one square of 200 by 200 metres.
   *[other] Most likely since { $day }, in { $n } squares of 200 by 200 metres that touch each other.
 }
alarm-sure = Almost certainly not chance: fewer than 1 in 100 of such alarms is false.
alarm-q = Of 100 such alarms about { $n } are false.
alarm-back = This alarm had been weighed. It came back on { $day }, because the number rose clearly again or because it went on for long.

alarm-record-title = How good are the alarms?
alarm-record-none = No alarm has been judged yet. Once you weigh alarms, this says what share was real.
alarm-record = { $n ->
    [one] 1 alarm has been judged; { $real } of it was real. That is too little to say anything about the next.
   *[other] Of the { $judged } alarms that were judged, { $real } were real: { $share }. By chance the true share may lie between { $low } and { $high }.
 }
alarm-accepted = At most { $weekly } of the weekly list may be false alarms, and at most { $cluster } of the places of one night.
alarm-how = Every night we count again, per neighbourhood and per kind, and look for places of connected squares. We take season, day of the week and chance into account. What officers find themselves does not count: where one looks, one finds.
alarm-past = Earlier alarms
alarm-past-caption = Alarms that were weighed or passed by themselves, the newest first
alarm-what = What and where
alarm-found = Found
alarm-outcome = Outcome
alarm-how-much = How much

alarm-chart = Reports per week
alarm-chart-note = With what we expected, and up to where the number is usual.
alarm-chart-unit = reports
alarm-chart-mark = more than expected, since the alarm began
alarm-no-chart = No chart: this is about persons or groups and the numbers per week are small, or there are too few whole weeks.
alarm-week = Week of
alarm-seen = Reports
alarm-expected = Expected
alarm-usual = Usual up to
alarm-place = Where
alarm-map = The place of the alarm
alarm-reports = Which reports
alarm-reports-in = Reports in
alarm-squares = The squares of this place
alarm-square = Square

alarm-weigh = Weighing
alarm-not-weighed = Nobody has weighed this alarm yet.
alarm-verdict = What is going on?
alarm-verdict-hint = After ‘real’ and ‘explained’ this alarm does not come back, unless it clearly rises again or goes on for long.
alarm-verdict-real = Real: something is going on
alarm-verdict-explained = Explained: there is another cause
alarm-verdict-watch = Watch: not clear yet
alarm-verdict-missing = Choose what is going on.
alarm-reason = Why?
alarm-reason-hint = Write down what you base this on, for example a road closure, a call to report, or a talk with the neighbourhood police officer. Do not write names of people.
alarm-reason-missing = Write down why you think so.
alarm-reason-long = Write at most { $most } characters.
alarm-save = Weigh the alarm
alarm-saved = Your judgement has been saved.
alarm-somebody = a colleague whose account is gone
alarm-tile = Open alarms
alarm-tile-note = to weigh
