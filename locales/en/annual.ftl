# The fixed texts of the annual report (plan/account). The names are in LABELS.
# dynamic: annual-*
annual-action = Action
annual-actions = Actions from the year programme
annual-actions-table = Actions
annual-adjust = What should change?
annual-adjust-note = These are proposals. The executive decides. Does a proposal depart from the main line or from the budget? Then the council decides.
annual-ambition = Ambition
annual-axis-note = Note: the vertical axis does not start at zero.
annual-baseline = Start of the plan
annual-budget = Budget
annual-contents = Contents
annual-decimal-mark = .
annual-done = What did we do?
annual-draft-note = Draft
annual-drawn-up-on = Figures gathered on
annual-figure = Indicator
annual-figures = What do the figures say?
annual-figures-table = Indicators
annual-glance = The year by priority
annual-glance-table = Each priority in one sentence
annual-headline = The year in one sentence
annual-interval = 95% interval
annual-key-figures = Key figures
annual-method = How to read the figures
annual-method-break = Other method
annual-municipality = Municipality of
annual-no-actions = The programme of this year had no actions for this priority.
annual-no-adjust = There are no proposals for change.
annual-no-done = Nothing was recorded this year.
annual-no-figures = There are no indicators for this priority yet.
annual-owner = Lead
annual-page = Page
annual-partners = Partners
annual-period = Period
annual-plan = Plan
annual-planning = Planning
annual-previous = Year before
annual-priority = Priority
annual-proposal = Proposal
annual-source = Source
annual-source-period = Period
annual-source-use = Used for
annual-sources = Sources
annual-state = State
annual-status = Status
annual-summary = Summary
annual-target = Target
annual-themes = Themes
annual-unit = Unit
annual-value = Value
annual-verdict = Verdict
# The sentences that the annual report makes from the figures.
year-title = Annual report on safety and enforcement
year-file-name = annual-report-safety
year-status-draft = Draft, not yet adopted by the executive
year-status-decided = Adopted by the executive
year-status-decided-on = Adopted by the executive on { $day }
year-summary-demo = This is a demonstration: all reports, rounds and figures are made up.
year-summary-what = This report shows for each priority what the ambition was, what the municipality did in { $year }, what the figures say and what could change.
year-summary-after = The period of the plan ran up to and including { $year }. This report is about a later year.
year-summary-running = The year is not over. The figures are provisional and are not compared with a whole year.
year-summary-patrol = Officers walked { $rounds } rounds. They visited a place { $visits } times and acted there { $acted } times, such as a talk, clearing or a warning. Together they were present at those places for { $hours } hours.
year-summary-indicators = The plan follows { $all } indicators. For { $known } of them there is a figure for { $year }. The others were not measured, not filled in or are hidden; each says so.
year-summary-certainty = Each figure says how certain it is. Does a goal lie within the interval, or is a difference not demonstrable? Then we draw no conclusion.
year-key-reports = reports by residents and partners
year-key-in-term = reports and observations handled in time
year-key-hours = hours present at places
year-key-visits = visits on rounds
year-key-issues = issues closed
year-key-actions = actions are running or done
year-key-actions-detail = { $done } done, { $running } running
year-key-of = { $n } of { $of }
year-key-before = in { $year }: { $value }
year-key-no-before = no figure for { $year }
year-done-reports = { $n ->
    [one] One report of a resident or partner came in; handled: { $done }.
   *[other] { $number } reports of residents and partners came in; { $done } of them have been handled by now.
 }
year-done-observations = { $n ->
    [one] Officers recorded one observation of their own.
   *[other] Officers recorded { $number } observations of their own.
 }
year-done-issues = { $n ->
    [one] The municipality closed one issue (one problem at one place).
   *[other] The municipality closed { $number } issues (each one problem at one place).
 }
year-done-visits = Officers visited a place for this priority { $number } times; { $acted } times they acted, such as a talk or a warning.
year-method-intervals = Intervals. A count always varies by chance, and so does a percentage. The 95% interval shows how far. For counts we use the interval of Poisson, or a wider one (negative binomial) when they vary more within a year than by chance. For percentages we use the interval of Wilson, for the median the rank of the values. What makes a whole year different from the one before is not in the interval: take it as a minimum. Hours and visits are counted in full and have no interval.
year-method-verdict = Verdict. We call a goal reached or not reached only when the whole interval lies on one side of the goal. Otherwise it says: no conclusion.
year-method-difference = Difference from another year. We call a figure higher or lower only when the interval of the difference does not hold zero. Otherwise it says: no demonstrable difference.
year-method-missing = Missing, hidden or zero. Zero is a count: it did not occur. No records means that nothing was recorded. Hidden means that the number is too small to show, so that nobody can be recognised.
year-method-break = Other method. Did the way of measuring change? Then the figure says so and we do not compare it with the years before.
year-method-years = A report counts in the year in which it came in. In time means: handled before the term of the category was over. Reports that were cancelled or are still open within their term are left out of that. The median is about handled reports.
year-method-reports = Reports are no measure of all nuisance. More reports can also mean that residents find us more easily. We do not add up reports of residents, observations of officers and figures of the police, unless the indicator says so.
year-source-signals = Own records of reports, observations and issues
year-source-signals-use = Counts, terms and handling
year-source-patrol = Own records of rounds
year-source-patrol-use = Hours and visits
year-source-inhabitants = Inhabitants. { $source }
year-source-inhabitants-use = Figures per 1,000 inhabitants
year-source-inhabitants-period = { $n } inhabitants ({ $year })
year-period-whole = All of { $year }
year-period-until = Up to { $day }
