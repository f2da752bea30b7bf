# Rounds and shifts: the coordinator's pages and the officer's phone page.
patrol-title = Shifts and rounds
patrol-mine = My rounds
patrol-weeks = Weeks
patrol-week-of = Week of { $day }
patrol-week-before = Week earlier
patrol-week-this = This week
patrol-week-after = Week later
patrol-today = today
patrol-now = now
patrol-no-shifts = No shifts.
patrol-time = Time
patrol-team = Team
patrol-officers = Officers
patrol-rounds = Rounds
patrol-round = Round
patrol-no-round = no round
patrol-propose = Propose a round
patrol-mine-none = You have no shifts
patrol-mine-none-text = Your next shifts appear here as soon as the coordinator has planned them.
patrol-mine-no-round = No round has been approved for this shift yet.
patrol-to-round = Go to the round
patrol-to-walk = Go to the page for on the way
patrol-visits-done = { $done } of { $of } visits done
patrol-of = { $done } of { $of }
patrol-shift-new = New shift
patrol-shift-save = Save shift
patrol-cancel = Cancel
patrol-day = Day
patrol-day-missing = Fill in a day.
patrol-day-past = This shift is already over. Choose a later day.
patrol-kind = Kind of shift
patrol-kind-missing = Choose a kind of shift.
patrol-start = Starts at
patrol-start-hint = Only for hours of its own.
patrol-start-missing = Fill in when the shift starts, for example 09:30.
patrol-length = Number of hours
patrol-hours = { $n ->
    [one] one hour
   *[other] { $number } hours
 }
patrol-hours-missing = Fill in a number of hours from 1 to { $most }.
patrol-team-missing = Choose a team.
patrol-officers-missing = Choose at least one officer.
patrol-officers-busy = Already on a shift then: { $names }. Choose other hours or somebody else.
patrol-base = Starting point
patrol-base-hint = Where the round starts and ends.
patrol-base-unknown = Choose a starting point from the list.
patrol-new = Propose a round
patrol-new-open = Open reports
patrol-new-reports = { $n ->
    [one] One place with open reports where an officer can do something
   *[other] { $number } places with open reports where an officer can do something
 }
patrol-new-forecast = Forecast
patrol-new-squares = { $n } squares of 200 by 200 metres, computed on { $at }
patrol-new-no-forecast = There is no forecast for this shift. Regie then only looks at open reports. Random control is not possible then.
patrol-no-forecast = none
patrol-new-nothing = There is nothing to visit
patrol-max = How many visits at most for each crew?
patrol-max-hint = From 1 to { $most }. A visit lasts 10 to 16 minutes: staying longer does not help more.
patrol-visits-number = Fill in a number from 1 to { $most }.
patrol-how = How does Regie choose?
patrol-how-text = Regie adds up the points in the table for each place. Then it looks for the order with the most points that fits in the shift.
patrol-how-control = A small part of the visits is drawn by lot. That way we can measure later whether choosing works better than chance.
patrol-how-spread = Every neighbourhood gets a minimum of visits, and a place does not come up again too soon. Squares move a little by lot. So a round cannot be predicted.
patrol-how-person = Regie weighs places and times. It knows nothing about persons, households or origin.
patrol-weights = All points, explained
patrol-weight = What for
patrol-weight-value = Points
patrol-weight-why = Why
# dynamic: patrol-weight-*
patrol-weight-base = Open report
patrol-weight-urgency-high = Urgency: today
patrol-weight-urgency-normal = Urgency: normal
patrol-weight-urgency-low = Urgency: can wait
patrol-weight-term = Per handling term that has passed
patrol-weight-term-most = At most for the term
patrol-weight-report = Per further report
patrol-weight-report-most = At most for the number of reports
patrol-weight-cell = Busy square
patrol-weight-cell-full = Expected reports for all points
patrol-weight-campaign = Visit for a campaign
patrol-weight-floor = Neighbourhood with few visits
patrol-plan = Proposal for rounds
patrol-plan-advice = This is advice. You decide: remove places, keep them, give them to another crew or change the order. Regie says what it costs. Then you approve the rounds with a reason.
patrol-plan-late = This does not fit: a crew is too late somewhere or back after the end time. Remove a visit or compute again.
patrol-too-late = too late
patrol-stops = Visits in order
patrol-stops-none = There are no visits in it
patrol-stops-none-text = Add a place below, or compute again.
patrol-changed = changed by you
patrol-locked = fixed
patrol-up = Earlier
patrol-down = Later
patrol-lock = Fix
patrol-unlock = Release
patrol-remove = Remove
patrol-add = Add
patrol-solve = Compute the rest again
# dynamic: patrol-way-*
patrol-way-word = The way there
patrol-way-foot = { $n ->
    [one] One minute on foot
   *[other] { $number } minutes on foot
 }
patrol-way-bicycle = { $n ->
    [one] One minute by bicycle
   *[other] { $number } minutes by bicycle
 }
patrol-way-car = { $n ->
    [one] One minute by car
   *[other] { $number } minutes by car
 }
patrol-way-wait = { $way }; then { $min } minutes free for other work
patrol-crew = Crew { $letter }
patrol-crew-word = Crew
patrol-crew-none = Does not go along
patrol-crew-mode = How does crew { $letter } go?
patrol-crew-times = { $visits ->
    [one] One visit
   *[other] { $visits } visits
 }, leaves { $leave }, back { $back }, { $min } minutes on the way.
patrol-crews = Who goes with whom?
patrol-crews-hint = Each crew gets a round of its own. A crew without people does not count.
patrol-crews-none = Put at least one officer in a crew.
patrol-mode = Transport
# dynamic: patrol-mode-*
patrol-mode-foot = on foot
patrol-mode-bicycle = by bicycle
patrol-mode-car = by car
patrol-hours-of = Hours for { $categories }
patrol-rest = Break
patrol-rest-base = At the base.
patrol-rest-house = At a fixed place for the break.
patrol-rest-here = Where the crew is then. It takes no extra way.
patrol-rest-at = { $min } minutes, at { $time }
patrol-ordered = fixed order
patrol-loosen = Let the order go
patrol-give = To crew
patrol-explain = Why now, and what falls away?
patrol-now-word = Why now
patrol-now-window = A visit makes sense between { $from } and { $to }.
patrol-now-rest = The break begins between { $from } and { $to }.
patrol-now-slack = { $n ->
    [one] It can be one minute later without anything falling away.
   *[other] It can be { $number } minutes later without anything falling away.
 }
patrol-now-tight = It just fits: later is not possible.
patrol-now-late = This is too late.
patrol-gain-word = Without this visit
patrol-gain = The plan then has { $points } points less.
patrol-gain-instead = Then { $places } is added. The plan then has { $points } points less.
patrol-cost-of-pin = Kept:
patrol-cost = Costs { $points } points.
patrol-cost-none = Costs nothing.
patrol-points = Points of the plan
patrol-times = Travel times
patrol-straight = In a straight line, with a surcharge for the detour. There is a street network, but this plan does not use it: the plan is older, or every place lies too far from a street.
patrol-beside = { $n ->
    [one] One place lies too far from every street: { $places }. The way there is a straight line, with a surcharge for the detour.
   *[other] These places lie too far from every street: { $places }. The way there is a straight line, with a surcharge for the detour.
 }
patrol-search = Searching for a better plan
patrol-search-going = Regie searches for { $sec } more seconds. { $n } plans tried.
patrol-search-done = Searched: { $sec } seconds, { $n } plans.
patrol-search-none = Nothing was searched since your last change.
patrol-search-better = This plan is { $better } per cent better than the first.
patrol-search-same = Nothing better was found than the first plan.
patrol-search-on = Search on
patrol-search-show = Show the best plan so far
patrol-new-asked = Campaigns
patrol-new-campaigns = { $n ->
    [0] No campaign asks for a visit now
    [one] One visit that a campaign still asks for this week
   *[other] { $number } visits that campaigns still ask for this week
 }
patrol-map = The round on the map
patrol-maps = The rounds on the map
patrol-weighed = Places weighed
patrol-seed = Number of the draw
patrol-left-title = What is left out, and why
patrol-left-none = Everything is in the round.
# dynamic: patrol-left-*
patrol-left-over-maximum = Every crew has the highest number of visits.
patrol-left-no-time = No time beside the chosen visits.
patrol-left-window-closed = Not in the hours in which a visit makes sense.
patrol-left-no-value = A visit gains nothing now.
patrol-left-removed = You removed this place.
patrol-left-out = Not chosen.
patrol-left-more = { $n ->
    [one] And one more place with fewer points.
   *[other] And { $number } more places with fewer points.
 }
patrol-place = Place
patrol-subject = Subject
patrol-why = Why go there
patrol-why-not = Why not now
patrol-why-days = { $n ->
    [one] one day
   *[other] { $number } days
 }
patrol-why-reports = { $n ->
    [one] one report in { $days }
   *[other] { $number } reports in { $days }
 }
patrol-why-due-today = the term ends today
patrol-why-due-tomorrow = the term ends tomorrow
patrol-why-due = the term runs until { $day }
patrol-why-late = the term ended on { $day }
patrol-why-urgent = must be today
patrol-why-priority = priority of the plan: { $name }
patrol-why-expected = a busy square between { $from }:00 and { $to }:00: we expect { $expected } reports ({ $low } to { $high })
patrol-why-hours = in the hours in which this happens
patrol-why-campaign = campaign { $title }: { $n ->
    [one] one more visit
   *[other] { $n } more visits
 } this week
patrol-why-floor = this neighbourhood had { $n ->
    [0] no visit
    [one] only one visit
   *[other] only { $n } visits
 } in { $weeks } weeks
patrol-why-now = cannot wait
patrol-why-control = random control: chosen by lot
patrol-why-added = added by the coordinator
# dynamic: patrol-kind-*
patrol-kind-own = Hours of its own
patrol-kind-issue = Issue
patrol-kind-signal = Report
patrol-kind-cell = Busy square
patrol-kind-control = Random control
patrol-kind-campaign = Campaign
patrol-kind-area = Neighbourhood with few visits
patrol-approve-title = Approve
patrol-approve-text = The round goes to the officers only when you approve it. Your reason is kept.
patrol-decision = Do you follow the proposal?
# dynamic: patrol-decision-*
patrol-decision-follow = I follow the proposal
patrol-decision-deviate = I deviate from the proposal
patrol-decision-missing = Choose whether you follow the proposal or deviate from it.
patrol-decision-changed = You changed the proposal. Choose that you deviate, and write why.
patrol-reason = Reason
patrol-reason-hint = Why is this the right round now? Name no persons.
patrol-reason-short = Write a reason of at least { $least } characters.
patrol-reason-long = The reason is too long. Use at most { $most } characters.
patrol-approve = Approve round
patrol-approved = Approved on
patrol-withdraw = Withdraw round
patrol-withdraw-hint = Why does this round not go on?
# dynamic: patrol-state-*
patrol-state-proposed = Proposal
patrol-state-approved = Approved
patrol-state-running = On the way
patrol-state-finished = Finished
patrol-state-withdrawn = Withdrawn
patrol-rule-team = The team { $team } is no longer in the settings. Ask the administrator to put it back.
patrol-rule-empty = There are no open reports for this team and there is no forecast for this shift.
patrol-rule-decided = This round has been decided already. Open the round again.
patrol-rule-no-stops = You cannot approve a round without visits. Add a place.
patrol-rule-not-going = This round does not run any more. Only a round that was approved and is not finished can be planned anew.
patrol-rule-begun = The officers have already begun or the round is finished. It can no longer be withdrawn.
patrol-rule-not-approved = This round is not approved or was withdrawn. Ask the coordinator.
patrol-rule-finished = This round is already finished.
patrol-rule-elsewhere = You are still at { $place }. First press Left there.
patrol-other = Other crew
patrol-other-round = Round of { $names }
patrol-replan = Plan anew
patrol-replan-urgent = Something urgent comes
patrol-replan-text = Choose a place that cannot wait. What is done stays. Regie plans the rest anew and lets as little as possible fall out. The officers see what changes.
patrol-replan-rounds = { $n ->
    [one] It is about one round that is not over.
   *[other] It is about { $number } rounds that are not over.
 }
patrol-replan-place = Which place?
patrol-replan-place-missing = Choose a place from the list.
patrol-replan-within = How soon must somebody be there?
patrol-replan-within-missing = Choose how soon somebody must be there.
patrol-replan-min = Within { $min } minutes
patrol-replan-any = Some time in this shift
patrol-replan-not-in-time = No crew can make that. Choose more time.
patrol-replan-do = Plan anew
patrol-replan-stale = Something changed meanwhile, or too much time went by. Below is a new plan from now on. Look again.
patrol-replan-none = There is no other place
patrol-replan-none-text = All open reports are in a round already.
patrol-replan-dropped = Fell out for something urgent elsewhere
patrol-anew = The rest of the shift
patrol-anew-text = Is there free time, or did something come in? Regie plans from now on and from where every crew is, by the same rules as at first. What is done stays, and what you pinned. Nothing changes until you approve a plan.
patrol-anew-late = Cannot be made in this shift any more: { $places }.
patrol-anew-none = As it is now, it is good
patrol-anew-none-text = There is no free time, or no place that brings more.
# dynamic: patrol-anew-*
patrol-anew-fill = Fill free time
patrol-anew-fill-text = Every crew keeps its visits and its order. The best open places come into the free time.
patrol-anew-anew = Everything anew
patrol-anew-anew-text = Visits may give way to places that bring more, and the order may change.
patrol-anew-gain = { $gain } points more: from { $from } to { $to } for the rest of the shift.
patrol-anew-cost = { $gain } points fewer: from { $from } to { $to }. It brings back a random control by lot.
patrol-anew-in = Comes in
patrol-anew-out = Falls out
patrol-anew-moved = To another crew
patrol-anew-for = At { $time }, { $names }
patrol-anew-was = Stood at { $time }
patrol-anew-new = new
patrol-anew-all = What every crew does then
patrol-anew-back = Back at { $time }.
patrol-anew-do = Approve this plan
patrol-anew-dropped = Fell out: the rest of the shift was planned anew
patrol-change-at = Changed at { $time }.
patrol-change-added = New: { $places }.
patrol-change-taken = From a colleague: { $places }.
patrol-change-given = To a colleague: { $places }.
patrol-change-dropped = Falls out: { $places }.
patrol-change-order = The order is another.
patrol-plan-done = Plan and what was done
patrol-visits = Visits
patrol-present = Present
patrol-with-action = Visits with an action
patrol-with-action-note = Everything but nothing found
patrol-decided = Decision
# dynamic: patrol-decided-*
patrol-decided-follow = Proposal followed
patrol-decided-deviate = Deviated from the proposal
patrol-result = Outcome
patrol-seq = No.
patrol-planned = Planned
patrol-done = Done
patrol-not-yet = not yet
patrol-minutes = { $n ->
    [one] one minute
   *[other] { $number } minutes
 }
patrol-stay = { $n ->
    [one] Stay one minute
   *[other] Stay { $number } minutes
 }
patrol-minutes-of = { $min } minutes (planned { $of })
# dynamic: patrol-visit-*
patrol-visit-planned = To be done
patrol-visit-arrived = Under way
patrol-visit-left = Done
patrol-visit-skipped = Skipped
patrol-walk = Walk the round
patrol-walk-stale = A colleague was first. The new state is below.
patrol-walk-finished = The round is finished. Thank you.
patrol-typed = What you had typed
patrol-arrive = Arrived
patrol-here = You are here since
patrol-leave-now = Left
patrol-outcome = What did you find and do?
# dynamic: patrol-outcome-*
patrol-outcome-nothing-found = Nothing found
patrol-outcome-talk = Talk
patrol-outcome-warning = Warning
patrol-outcome-solved = Solved
patrol-outcome-sanction-follows = Sanction follows
patrol-outcome-missing = Choose what you found and did.
patrol-sanction-hint = With 'Sanction follows' you record nothing about a person here. The sanction itself belongs in another, fenced system (Police Data Act, Wpg).
patrol-sanction-link = Write a sanction for this visit
patrol-note = Explanation
patrol-note-hint = Write down no names, number plates or addresses of persons. With 'Solved' this text goes to the reporter.
patrol-note-missing = Write down how it was solved. The reporter reads this.
patrol-note-long = The text is too long. Use at most { $most } characters.
patrol-becomes = How does the report go on?
patrol-becomes-hint = Not needed with 'Solved'.
patrol-skip = Skip
patrol-skip-why = Why do you skip this place?
patrol-skip-do = Skip this place
patrol-why-missing = Write briefly why.
patrol-finish = Done with the round?
patrol-finish-rest = Why were the other places not visited?
patrol-finish-do = Finish round
patrol-to = { $way } to the { $direction }
# dynamic: patrol-dir-*
patrol-dir-n = north
patrol-dir-ne = north-east
patrol-dir-e = east
patrol-dir-se = south-east
patrol-dir-s = south
patrol-dir-sw = south-west
patrol-dir-w = west
patrol-dir-nw = north-west
# What a phone tells later
patrol-late-withdrawn = The round with { $place } had been withdrawn. Your visit was kept.
patrol-late-finished = The round was finished already. Your visit to { $place } was kept all the same.
patrol-late-moved = { $place } was in another round by then. Your visit was kept there.
patrol-late-matched = The round had changed. Your visit to { $place } was kept with the same report.
patrol-late-extra = { $place } was no longer in the round. Your visit was kept as an extra one.
patrol-late-outside = This place is not in the municipality.
patrol-late-no-round = The round no longer exists. It was kept that you were at { $place }. The coordinator sees what you filled in.
patrol-late-was-skipped = { $place } had been crossed off. Your visit was kept after all.
patrol-late-there = A colleague was already at { $place }. You are with the same visit.
patrol-late-visited = A colleague already visited { $place }. Your words were added there.
patrol-late-skipped = { $place } had already been crossed off.
patrol-late-solved = The report at { $place } was solved already. Your visit was kept.
patrol-late-not-on-phone = Put in later, was not on the phone.
patrol-late-rest = Places were put in meanwhile. They stand as not visited: { $place }.
patrol-late-finished-before = The round was finished already.
patrol-late-withdrawn-round = The round had been withdrawn.

# Results of a week
patrol-results = Results of the week
patrol-results-link = Results of this week
patrol-results-summary = In short
patrol-results-none = There are no approved rounds in this week.
patrol-results-none-text = Choose another week, or approve a round first.
patrol-results-rounds = Rounds walked
patrol-results-present = Hours present
patrol-results-planned = Hours planned
patrol-results-hours-of = { $done } of { $of }
patrol-results-areas = Hours by neighbourhood
patrol-results-areas-lead = Hours at the places of approved rounds, without the way between them.
patrol-results-nobody = No visit planned in: { $areas }.
patrol-results-area = Neighbourhood
patrol-results-all = All neighbourhoods
patrol-results-outside = Outside the neighbourhoods
patrol-results-kinds = Outcomes by kind of visit
patrol-results-kinds-lead = An issue or report was known already. At a busy square or a random check the officer went to look.
patrol-results-kind = Kind of visit
patrol-results-campaigns = Visits for campaigns
patrol-results-campaigns-none = No campaign asked for visits in this week.
patrol-results-made = Visits made
patrol-results-left = Still to make
patrol-results-note = This page counts places and hours of the whole team. There is no table by officer.
