# Measures and their effect.
# dynamic: measure-stage-*
measure-title = Measures
measure-lead = Did it help? Write a measure down before it starts. You then see beforehand what could be seen, and afterwards what the reports show.
measure-new = New measure
measure-empty = No measures yet
measure-empty-text = Measures whose effect you want to follow come here, such as an area approach, a campaign or a camera.
measure-has-conclusion = with conclusion
measure-stage-planned = planned
measure-stage-running = running
measure-stage-ended = ended
measure-stage-withdrawn = not carried out
measure-period = { $from } to { $to }
measure-period-open = since { $from }

measure-name = Name of the measure
measure-name-hint = For example: Youth at the shopping centre, summer.
measure-kind = Kind of measure
measure-goal = What should change?
measure-goal-hint = Write this down before the measure starts. Nobody can then fit the goal to the outcome later.
measure-subjects = What are the reports about?
measure-subjects-hint = We count reports of residents and partners only, not what officers find themselves: where you look, you find.
measure-areas = In which neighbourhoods?
measure-start = First day
measure-end = Last day
measure-when = When
measure-ring = Neighbourhoods around it
measure-look = What could we see?
measure-save = Save measure
measure-cancel = Cancel
measure-saved = Saved.

measure-title-missing = Give the measure a name.
measure-too-long = This text is too long. Use at most { $most } characters.
measure-goal-missing = Write down what should change.
measure-kind-missing = Choose a kind of measure.
measure-areas-missing = Choose one or more neighbourhoods.
measure-subjects-missing = Choose one or more subjects.
measure-start-missing = Fill in the first day, for example 2026-06-01.
measure-end-wrong = The last day must be a date on or after the first day.
measure-conclusion-missing = Write down your conclusion first.

measure-outlook = What could we see later?
measure-outlook-then = What could be seen, told beforehand
measure-outlook-advice = Is this too little? Take a larger area, more subjects or a longer time. Nothing was saved yet.
measure-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
measure-power = This area is too small to see a fall of less than { $pct } after { $weeks }.
measure-power-none = This area has so few reports that not even a fall to nothing could be demonstrated after { $weeks }.
measure-power-none-short = cannot be seen
measure-power-expected = Without a measure we expect about { $n } reports in that time.
measure-power-table = Smallest fall that we see with a chance of 80%
measure-power-weeks = After
measure-power-fall = Fall
measure-why-short-before = There are too few weeks before the measure to compare with.
measure-why-short-after = The measure has run too short a time to say anything about its effect.
measure-why-few-events = There were too few reports before the measure to say anything about its effect.
measure-why-few-donors = There are too few other neighbourhoods with reports to compare with.
measure-why-uneven = The counts of the neighbourhoods do not fit together. Tell the administrator.

measure-effect-heading = What do the reports show?
measure-untold-withdrawn = This measure was not carried out.
measure-untold-planned = The measure has not started yet.
measure-untold-small = There are fewer than { $n } reports. We do not show such small numbers about persons and groups.
measure-verdict-fewer = demonstrably fewer
measure-verdict-more = demonstrably more
measure-verdict-none = no demonstrable difference
measure-verdict-little = too little to see anything
measure-change-same = as many
measure-change-less = { $pct } fewer
measure-change-more = { $pct } more
measure-between = between { $low } and { $high }
measure-counted = Since the start there were { $n } reports. Without the measure we expected about { $expected } (by chance between { $low } and { $high }).
measure-effect = That is { $change } than without the measure; the real difference lies { $between }.
measure-no-difference = That is no demonstrable difference. The real difference lies { $between }, so the measure may also have done nothing.
measure-too-little = Even if not one report had come, nothing could have been demonstrated.
measure-not-cause = This may be due to the measure. Something else that changed in this area only cannot be ruled out by this comparison.
measure-chart = Reports per week
measure-chart-unit = reports per week
measure-chart-note = The line is what was counted, the dashes what we expected without the measure. After the start nineteen weeks in twenty lie within the band if nothing changes.
measure-week = Week of
measure-seen = Counted
measure-without = Without measure
measure-chance = By chance
measure-ring-heading = In the neighbourhoods around it
measure-ring-unknown = There are no neighbourhoods around it with enough reports.
measure-ring-fewer = Around it there were demonstrably fewer reports too: { $change } ({ $between }). The surroundings seem to benefit.
measure-ring-more = Around it there were demonstrably more reports: { $change } ({ $between }). The nuisance may have moved.
measure-ring-none = Around it there is no demonstrable difference ({ $between }).
measure-ring-little = Around it there are too few reports to see anything.
measure-ring-worse = More was added around it than went from the area.
measure-sure = How sure is this?
measure-placebo = We did the same sum for { $of } neighbourhoods without a measure. Of those { $odd } differed at least as much.
measure-fit = In the { $weeks } before the start the comparison was about { $pct } off per four weeks.
measure-donors = Which neighbourhoods do we compare with?
measure-donors-text = Before the measure these neighbourhoods moved most like this area. Neighbourhoods around it and those with a measure of their own take no part.
measure-about = The measure

measure-conclusion = Conclusion
measure-no-conclusion = No conclusion was written down yet.
measure-concluded = Written down on { $date }.
measure-conclude-label = Your conclusion
measure-conclude-hint = What do you think of it, what do you know that the figures do not, and what will you do? No names of persons.
measure-conclude = Save conclusion
measure-change = Change
measure-end-save = Save last day
measure-withdraw = Was not carried out
measure-withdraw-hint = Choose this when the measure was never carried out. It then counts nowhere. You cannot undo this.

measure-demo-approach = Young people around the shopping centre
measure-demo-approach-goal = Fewer reports of nuisance by young people: with agreements, a youth officer and better light.
measure-demo-campaign = Tidy into the new season
measure-demo-campaign-goal = Less litter and less waste beside the bin, without it moving to other neighbourhoods.
