# The picture, the start page of each role, and the public register of calculations.
picture-title = Safety picture
picture-lead = Where, when and what is needed? Is it new? And how sure are we?
picture-period = Period
picture-own-days = Choose days
picture-from-day = From
picture-to-day = Up to and including
picture-days-hint = Only when you choose days yourself
picture-wrong-days = Choose two days: first the first day, then the last day. You now see the last 4 weeks.
picture-priority = Priority of the plan
picture-source = Source
picture-area = Neighbourhood
picture-show = Show
picture-clear = Clear filters
picture-all-priorities = All priorities
picture-all-areas = All neighbourhoods
picture-last-weeks = { $n ->
    [13] Last 3 months (13 weeks)
    [52] Last 12 months (52 weeks)
   *[other] Last { $number } weeks
 }
# dynamic: picture-source-*
picture-source-reports = All reports, without officers’ own observations
picture-source-all = Everything
picture-source-resident = Residents
picture-source-officer = Officers’ own observations
picture-source-police = Police
picture-source-partner = Partners
picture-source-import = Imported file

picture-short = In short
picture-in-weeks = { $n ->
    [1] In the past week
    [13] In the past 3 months
    [52] In the past 12 months
   *[other] In the past { $number } weeks
 }
picture-in-days = From { $from } up to and including { $to }
picture-about = { " " }about ‘{ $name }’
picture-in = { " " }in { $name }
# dynamic: picture-came*
picture-came = { $n ->
    [one] { $period }, { $number } report{ $of } came in
   *[other] { $period }, { $number } reports{ $of } came in
 }
picture-came-officer = { $n ->
    [one] { $period }, officers themselves made { $number } observation{ $of }
   *[other] { $period }, officers themselves made { $number } observations{ $of }
 }
picture-came-police = { $n ->
    [one] { $period }, { $number } police record{ $of } came in
   *[other] { $period }, { $number } police records{ $of } came in
 }
picture-ratio-more = { $pct } more
picture-ratio-less = { $pct } less
picture-ratio-same = as many
picture-ratio-times = { $n } times as many
picture-than-expected = { $ratio } than expected
picture-as-expected = { $ratio } as expected
picture-ground-season = for this time of the year
picture-ground-level = going by the weeks before
picture-between = between { $low } and { $high }
picture-at-least = at least { $low }
picture-compared = { $expected } { $ground } ({ $between }): { $verdict }.
picture-since = Most likely since the week of { $day }.
picture-too-few = That is too few to say anything about more or less.
# dynamic: picture-verdict-*
picture-verdict-higher = Clearly more
picture-verdict-lower = Clearly less
picture-verdict-same = No clear difference
picture-verdict-few = Too few to compare
picture-verdict-none = Not compared
picture-most = Most were about { $what } ({ $whatcount }). The neighbourhood with most is { $area } ({ $areacount }).
picture-most-what = Most were about { $what } ({ $count }).
picture-busiest = The busiest time is { $moment } ({ $count }).
picture-moment = { $day } from { $from } to { $to } hours
picture-hidden = There are too few to show, so that nobody can be recognised.
picture-since-monday = { $n ->
    [0] None yet this week.
    [one] So far this week { $number }.
   *[other] So far this week { $number }.
 }
picture-empty = No reports yet
picture-empty-text = As soon as there are reports, you will see here where, when and what is needed.
picture-other = Other
picture-no-area = Neighbourhood unknown
picture-cell = { $area }, square { $cell }
picture-suppressed = too small
picture-missing = not known
picture-numbers = See the figures
picture-unit = count
picture-count = Count
picture-interval95 = Between (95%)
picture-interval90 = Between (90%)
picture-from = From

picture-news-heading = What is new?
picture-news-lead = Clearly more is reported here than expected. Open an alarm to see what was reported and to say what is going on.
picture-news-quiet = There are no open alarms. Nowhere is clearly more reported than expected, or the alarms were weighed already.
picture-news-none = There are no open alarms.
picture-to-measures = Measures
picture-to-alarms-short = Alarms
picture-to-alarms = All alarms, earlier ones too
picture-news-some = { $n ->
    [one] One thing is new: { $first }.
   *[other] { $number } things are new. The clearest: { $first }.
 }

picture-where = Where?
picture-map-areas = Count per neighbourhood
picture-map-areas-note = In the chosen period. Choose a neighbourhood to zoom in.
picture-map-cells = Expected in the next 7 days
picture-map-cells-note = Per square of 200 by 200 metres.
picture-map-place = Where this square lies
picture-rate = Per 1,000 inhabitants
picture-no-forecast = There are too few reports to say what to expect.
picture-no-forecast-officers = We make no forecast of officers’ own observations. Who looks somewhere often, often finds something there.
picture-top = Places where we expect most reports
picture-top-note = Do the numbers under ‘between’ overlap? Then there is no clear difference between those places.
picture-counts-only = You see counts. The reports themselves are for those who handle them.
picture-place = Place
picture-in-period = In this period
picture-next-week = Next 7 days

picture-when-heading = When?
picture-hours-title = Hour and day of the week
picture-hour-label = Hour
# dynamic: picture-day-*
picture-day-0 = Mon
picture-day-1 = Tue
picture-day-2 = Wed
picture-day-3 = Thu
picture-day-4 = Fri
picture-day-5 = Sat
picture-day-6 = Sun
# dynamic: picture-month-*
picture-month-1 = Jan
picture-month-2 = Feb
picture-month-3 = Mar
picture-month-4 = Apr
picture-month-5 = May
picture-month-6 = Jun
picture-month-7 = Jul
picture-month-8 = Aug
picture-month-9 = Sep
picture-month-10 = Oct
picture-month-11 = Nov
picture-month-12 = Dec
picture-trend-weeks = Count per week
picture-trend-months = Count per month

picture-what-priorities = What?
picture-priorities = Priorities of the plan in this period
picture-spark = Per week
picture-against = Compared with expected
picture-conclusion = Conclusion
picture-rise = { $priority }: { $number }, { $text }

picture-sure = How sure is this?
picture-sure-forecast = How often was the forecast right?
picture-made = The last calculation is of { $at }. It rests on { $events } reports (model: { $model }).
picture-made-at = Calculated on { $at }.
picture-not-made = The forecast for the rounds has not been made yet. That happens tonight.
# dynamic: picture-model-*
picture-model-blend = blend of many maps
picture-model-ewma = weighted counts
picture-no-score = There are not enough weeks yet to say how often the forecast was right.
picture-score-how = We tested { $weeks } weeks, from { $from }, with { $events } reports. For each week the model used only earlier reports.
picture-score-hit = Each time the model picked { $share } of the squares ({ $cells } of { $all }). Of all reports { $hit } fell there. Counting the last 52 weeks gets { $year }. Counting the last 4 weeks gets { $month }. Nobody knows beforehand; of what was possible, the model got { $possible }.
# dynamic: picture-score-*
picture-score-better = The model pointed out the places demonstrably better than the counts of the last year.
picture-score-equal = No demonstrable difference from the counts of the last year: for choosing places you can count just as well.
picture-score-worse = The model pointed out the places worse than the counts of the last year. Use the forecast with care.
picture-score-level = In all, the model expected { $level } of what came.
picture-score-inside = In busy squares { $share } of the outcomes lay between the bounds that the model gave.
picture-score-caption = Test on weeks that the model did not know
picture-score-way = Way
picture-score-model = Model
picture-score-year = Counting: last 52 weeks
picture-score-month = Counting: last 4 weeks
picture-score-hits = Hit
picture-score-pei = Share of the possible (PEI*)
picture-score-within = Within the bounds
picture-to-algorithms = Read how the calculation works
picture-willingness = How complete is this picture?
picture-willingness-text = A count of reports also says how willing people are to report. Fewer reports can mean less nuisance, or less trust that reporting helps. So ask in the neighbourhood as well.
picture-officers-title = What officers see themselves
picture-officers-text = What officers see themselves does not count in the forecast. Who looks somewhere often, often sees something there. That is why their hours stand beside it.
picture-officers-none = There are no observations or hours of officers in this period.
picture-officers-caption = Observations and hours of officers per neighbourhood
picture-officers-seen = Observations
picture-officers-hours = Hours present
picture-officers-per-hour = Per hour

picture-place-lead = In the past 4 weeks { $month } and in the past 52 weeks { $year } reports. In the next 7 days we expect { $expected } (between { $interval }).
picture-place-empty = It is quiet here
picture-place-empty-text = No report came in for this square in the past year.
picture-place-expected = Expected in the next 7 days
picture-why = Why do we expect this?
# dynamic: picture-why-*
picture-why-month = { $n ->
    [one] { $number } report in the past 4 weeks.
   *[other] { $number } reports in the past 4 weeks.
 }
picture-why-year = { $n ->
    [one] { $number } report in the past 52 weeks.
   *[other] { $number } reports in the past 52 weeks.
 }
picture-why-season = { $n ->
    [one] { $number } report in the four weeks around this date a year ago.
   *[other] { $number } reports in the four weeks around this date a year ago.
 }
picture-why-neighbours = { $n ->
    [one] { $number } report in the eight squares around it in the past 4 weeks.
   *[other] { $number } reports in the eight squares around it in the past 4 weeks.
 }
picture-why-busiest = { $n ->
    [one] Busiest time in two years: { $moment } ({ $number } report).
   *[other] Busiest time in two years: { $moment } ({ $number } reports).
 }
picture-why-officers = { $n ->
    [one] { $number } observation of officers in 52 weeks; it does not count.
   *[other] { $number } observations of officers in 52 weeks; they do not count.
 }
picture-place-basis = { $n ->
    [one] The forecast rests on { $number } report in the whole municipality.
   *[other] The forecast rests on { $number } reports in the whole municipality.
 }
picture-place-reports = Reports at this place
picture-place-reports-caption = The newest reports of the past year
picture-place-no-reports = There are no reports in the past year.
picture-reference = Number
picture-category = Kind
picture-when = When
picture-state = State
# dynamic: picture-state-*
picture-state-open = Open
picture-state-closed = Handled
picture-what = What?
picture-place-categories = Count per kind
picture-month = Last 4 weeks
picture-year = Last 52 weeks
picture-other-kinds = Other kinds
picture-expected = Expected

desk-title = My work
desk-hello = Welcome, { $name }
# dynamic: desk-*
desk-lead-officer = Your round of today, and what you see on the way.
desk-lead-coordinator = What waits, what is new, and who goes where?
desk-lead-adviser = How does the plan stand, and what asks for attention?
desk-lead-mayor = The picture in three sentences, and the decisions that wait for you.
desk-lead-council-member = The plan, this year’s programme and the account.
desk-lead-privacy-officer = Who did what, and is the audit trail right?
desk-lead-administrator = Who has access?
desk-lead-intake = What needs an answer now?
desk-lead-process-director = Which cases need your attention?
desk-lead-partner = Cases that you work on.
desk-lead-bibob-officer = Your inquiries.
desk-lead-social-officer = Data of the social domain.
desk-lead-care-officer = Crisis measures and exploratory inquiries.
desk-lead-crisis-officer = Ready for when it is needed.
desk-to-round = To my round
desk-to-observe = Record an observation
desk-to-rounds = Plan the rounds
desk-to-signals = See the reports
desk-to-decisions = See the decisions
desk-to-picture = See the picture
desk-waits = What waits?
desk-open = Open reports
desk-open-note = Not handled yet
desk-deeds = Deeds
desk-deeds-note = Officers whose deed or training ends
desk-late = Late
desk-late-note = Past their term
desk-today = Came in today
desk-today-note = Still open
desk-issues = Issues
desk-issues-note = Several reports about the same thing
desk-accounts = Accounts
desk-accounts-note = People who can sign in
desk-picture = The picture now
desk-picture-none = The picture has not been made yet. That happens tonight.
desk-rises = Priorities with a clear rise
desk-audit-whole = { $n ->
    [one] The audit trail is whole: { $number } entry, nothing changed or removed.
   *[other] The audit trail is whole: { $number } entries, nothing changed or removed.
 }
desk-audit-broken = The audit trail is wrong from entry { $seq }. See the audit trail and warn the administrator.
desk-ways = Go on
desk-mails = Mail that waits
desk-mails-note = no report yet
desk-waiting = Wait for publication
desk-waiting-note = may everybody see this?
desk-suspect = Suspect
desk-suspect-note = maybe junk
desk-reviews = Review needed
desk-reviews-note = Campaigns to look back on
desk-way-campaigns = Campaigns
desk-way-campaigns-text = What do we take up together, and how far is it?
desk-way-youth = Young people in the street
desk-way-youth-text = Places, contacts and agreements.
desk-way-intake = Take a report
desk-way-intake-text = Telephone, counter and mail on one screen.
desk-way-moderation = Publication
desk-way-moderation-text = Which reports may everybody see?
desk-way-figures = Figures of others
desk-way-figures-text = Police, statistics office, monitor and accidents.
desk-way-forms = Questions and stops
desk-way-forms-text = What does the form ask, and what do you not take for now?
desk-way-templates = Messages
desk-way-templates-text = What does the reporter get to read?
desk-way-surveys = Questionnaires
desk-way-surveys-text = What do residents think?
desk-way-neighbours = Neighbourhood groups
desk-way-neighbours-text = Whom do you tell what is going on?
desk-way-exchange = Other systems
desk-way-exchange-text = Links, and the move from Signalen.
desk-way-webhooks = Notices to systems
desk-way-webhooks-text = Who gets a sign when something changes?
desk-way-picture = Safety picture
desk-way-picture-text = Where, when and what is needed?
desk-way-signals = Reports
desk-way-signals-text = Search, read and handle reports.
desk-way-issues = Issues
desk-way-issues-text = Several reports about the same thing, handled at once.
desk-way-roster = Rosters
desk-way-roster-text = Who works when, leave and swaps.
desk-way-rounds = Rounds
desk-way-rounds-text = Shifts, proposals and rounds walked.
desk-way-results = Results of the week
desk-way-results-text = Hours by neighbourhood, outcomes of visits, and campaigns.
desk-way-sanctions = Sanctions
desk-way-sanctions-text = Write, check and send.
desk-way-wrecks = Wrecks
desk-way-wrecks-text = From label to end of storage.
desk-way-plan = The plan
desk-way-plan-text = Goals, approach and partners of the safety plan.
desk-way-programme = Programme of this year
desk-way-programme-text = What do we do this year, and what is done?
desk-way-report = Annual report
desk-way-report-text = What was done, and what helped?
desk-way-audit = Audit trail
desk-way-audit-text = Who did what, when and what for?
desk-way-accounts = Accounts
desk-way-accounts-text = Who has access, in which role?
desk-way-records = Records
desk-way-records-text = Data behind a legal fence. You state the purpose first.
desk-way-partners = Partners and covenants
desk-way-partners-text = With whom do we work, and on which ground?
desk-way-authorisations = Authorisations
desk-way-authorisations-text = Who may work with which data?
desk-way-disclosures = Disclosures
desk-way-disclosures-text = What went to whom, and why?
desk-way-rights = Requests of data subjects
desk-way-rights-text = Access, correction and objection, with the term.
desk-way-retention = Keeping and destroying
desk-way-retention-text = What goes next month?
desk-way-register = Processing register
desk-way-register-text = What does Regie do with personal data?
desk-way-algorithms = Calculations
desk-way-algorithms-text = Which calculations do we use, and how often are they right?

algorithms-title = Calculations
algorithms-lead = These are the calculations that the municipality uses as advice. You read what for, how they work and what they do not do.
algorithms-never = The calculations are about places and times. They never score a person, a household or an address. A human decides.
# dynamic: algorithms-*
algorithms-label-purpose = Purpose
algorithms-label-basis = Legal basis
algorithms-label-data = Data
algorithms-label-logic = How it works
algorithms-label-human = Role of people
algorithms-label-risks = Risks and measures
algorithms-label-not = What it does not do
algorithms-forecast-title = Forecast per square
algorithms-forecast-purpose = To send officers to the place and the time where they are needed most.
algorithms-forecast-basis = Integral safety and enforcement plan; task in the public interest (GDPR article 6(1)(e)).
algorithms-forecast-data = The number of reports per square of 200 by 200 metres, per hour and per kind. No names, no addresses, and no traits of people or neighbourhoods.
algorithms-forecast-logic-ewma = Reports are counted per square and kind. New ones weigh more than old ones. The total is spread over the hours of the week as they were in the last two years. Each number says how sure it is.
algorithms-forecast-human = The coordinator decides where the round goes, may always deviate and writes down why.
algorithms-forecast-risks = Who looks somewhere often, often finds something there. So officers’ observations do not count, and a fixed share of visits goes to places drawn by lot. Reports depend on how willing people are to report; the page says so.
algorithms-forecast-not = It does not predict who does something. It knows no people, households, dwellings, incomes or origin.
algorithms-warning-title = Alarm per neighbourhood and week
algorithms-warning-purpose = To see in time that a neighbourhood has suddenly, or for weeks, many more reports of a kind than normal.
algorithms-warning-basis = Integral safety and enforcement plan; task in the public interest (GDPR article 6(1)(e)).
algorithms-warning-data = The number of reports per week, per neighbourhood and per kind. No names and no addresses. What officers find themselves does not count.
algorithms-warning-logic = Per neighbourhood and kind we estimate what we expect this week, from the last years, with season and trend. Weeks that stood out before weigh less. Small counts are taken into account. We look at one odd week and at a rise that lasts. The share of false alarms in the whole list is limited (Benjamini and Hochberg, 1995; Noufaily and others, 2013).
algorithms-warning-human = A coordinator or adviser looks at each alarm and writes down: real, explained or watch. Without that judgement nothing happens.
algorithms-warning-risks = False alarms happen; each alarm says how often. Where people report little, it sees nothing. Small counts about persons and groups are not shown.
algorithms-warning-not = It does not say who reports or whom it is about.
algorithms-rounds-title = Proposal for a round
algorithms-rounds-purpose = To propose a round along open reports and busy places within the time of a shift.
algorithms-rounds-basis = Integral safety and enforcement plan; task in the public interest (GDPR article 6(1)(e)).
algorithms-rounds-data = Open reports with their term, the forecast per square, what campaigns ask for, how often each neighbourhood was visited, travel time and the shift.
algorithms-rounds-logic = Each place gets points by fixed, public weights. Then the rounds are sought that together get most points within the time. A fixed share of the visits is drawn by lot. A neighbourhood with few visits gets extra points, and a place does not come up again too soon.
algorithms-rounds-human = The coordinator approves the proposal, changes it or turns it down, with a reason.
algorithms-rounds-risks = A weight can be chosen wrongly. The weights stand in the settings, with an explanation and a date.
algorithms-rounds-not = It does not measure how fast or how well an officer works.
algorithms-suggest-title = Suggested category
algorithms-suggest-purpose = To let reporters and staff choose the right category sooner.
algorithms-suggest-basis = Task in the public interest: dealing with reports well and on time (GDPR article 6(1)(e)).
algorithms-suggest-data = The names, explanations and keywords of the categories, and the words of closed reports with the category that staff chose. Words with digits do not count.
algorithms-suggest-logic = A linear model (logistic regression) over words and pieces of words, learned anew every night. Only words that stand in several reports come into the model. With each suggestion stand the words that counted most. When it is not sure enough, it says nothing.
algorithms-suggest-human = The reporter chooses; the suggestion fills in nothing. Staff can always correct the category, and the model learns from that.
algorithms-suggest-risks = The suggestion can be wrong, above all for short or unusual texts. How often is measured on reports that it did not learn from, beside simple ways of guessing.
algorithms-suggest-not = It says nothing about who reports or who it is about, and does not decide how soon something is dealt with.
algorithms-right = How often is the forecast right?
algorithms-who = Who is responsible?
algorithms-owner = Owner
algorithms-contact = Questions or objections
algorithms-assessment = Check of privacy and fundamental rights
algorithms-version = Version
algorithms-code = Source code
algorithms-code-text = Open, under the EUPL 1.2. Everybody may read the calculation and do it again.
