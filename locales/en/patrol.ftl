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
patrol-max = How many visits at most?
patrol-max-hint = From 1 to { $most }. A visit lasts 10 to 16 minutes: staying longer does not help more.
patrol-visits-number = Fill in a number from 1 to { $most }.
patrol-how = How does Regie choose?
patrol-how-text = Regie adds up the points in the table for each place. Then it looks for the order with the most points that fits in the shift.
patrol-how-control = A small part of the visits is drawn by lot. That way we can measure later whether choosing works better than chance.
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
patrol-plan = Proposal for a round
patrol-plan-advice = This is advice. You decide: remove places, add places, change the order. Then you approve the round with a reason.
patrol-plan-late = This round is back after its end time. Remove a visit or compute again.
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
patrol-solve = Compute again
patrol-way = { $way } from the place before
patrol-way-wait = { $way } from the place before; { $min } minutes free for other work
patrol-map = The round on the map
patrol-leave = Departure
patrol-back = Back
patrol-distance = Distance
patrol-weighed = Places weighed
patrol-seed = Number of the draw
patrol-left-title = What is left out, and why
patrol-left-none = Everything is in the round.
# dynamic: patrol-left-*
patrol-left-over-maximum = The highest number of visits is reached.
patrol-left-no-time = No time beside the chosen visits.
patrol-left-window-closed = Not reachable in the busy hours there.
patrol-left-unreachable = Too far away for this shift.
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
patrol-why-control = random control: chosen by lot
patrol-why-added = added by the coordinator
# dynamic: patrol-kind-*
patrol-kind-own = Hours of its own
patrol-kind-issue = Issue
patrol-kind-signal = Report
patrol-kind-cell = Busy square
patrol-kind-control = Random control
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
patrol-rule-begun = The officers have already begun or the round is finished. It can no longer be withdrawn.
patrol-rule-not-approved = This round is not approved or was withdrawn. Ask the coordinator.
patrol-rule-finished = This round is already finished.
patrol-rule-elsewhere = You are still at { $place }. First press Left there.
patrol-plan-done = Plan and what was done
patrol-visits = Visits
patrol-present = Present
patrol-with-action = Visits with an action
patrol-with-action-note = Everything but nothing found
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
