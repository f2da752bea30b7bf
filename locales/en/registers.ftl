# Registers: processings, algorithms, incidents.
registers-title = Register of processing
registers-lead = What the municipality does with personal data in Regie, why, for how long and with which protection. This register comes straight from the program.
registers-controller = Controller
registers-officer = Data protection officer
registers-privacy-page = More about privacy
registers-json = As data (JSON)
registers-algorithms = Register of algorithms
registers-purpose = Purpose
registers-basis = Legal basis
registers-laws = Law
registers-subjects = About whom
registers-data = Which data
registers-receivers = Who receives it
registers-transfers = Outside the European Union
registers-transfers-none = None. All data stays in the European Union.
registers-dpia = Impact assessment (DPIA)
registers-dpia-none = Not done yet. The municipality does this before it works with it for real.
registers-retention = How long we keep it
registers-measures = How we protect it
# dynamic: registers-trigger-*
registers-trigger-created = from the start
registers-trigger-closed = after the case was closed
registers-trigger-ended = after the purpose was reached
registers-free = Free to use: { $term } { $trigger }.
registers-removed = Removed from daily work: { $term } { $trigger }.
registers-removed-at-once = Removed from daily work: at once { $trigger }.
registers-locked = Then locked for { $term }, and then destroyed.
registers-archive = Goes to the archive and is not destroyed.
registers-anonymise = Only what points to a person is wiped. The rest stays.
registers-hours = { $n ->
    [one] one hour
   *[other] { $number } hours
 }
registers-working-days = { $n ->
    [one] one working day
   *[other] { $number } working days
 }
registers-days = { $n ->
    [one] one day
   *[other] { $number } days
 }
registers-weeks = { $n ->
    [one] one week
   *[other] { $number } weeks
 }
registers-months = { $n ->
    [one] one month
   *[other] { $number } months
 }
registers-years = { $n ->
    [one] one year
   *[other] { $number } years
 }
registers-incidents = Incidents
registers-incidents-lead = Suspected unlawful processing and data breaches. Report a breach to the data protection authority within 72 hours.
registers-incidents-none = No incident was written down
registers-incidents-none-text = Did something go wrong? Write it down at once.
registers-incident-new = New incident
registers-incident-title = Incident
registers-incident-what = What happened?
registers-incident-what-hint = Name no data subjects.
registers-incident-vault = In which vault?
registers-incident-happened = When did it happen?
registers-incident-noticed = When was it noticed?
registers-incident-noticed-hint = The term for the report runs from this moment.
registers-incident-noticed-by = Who noticed it?
registers-incident-breach = This is a data breach
registers-incident-breach-hint = Data was lost, changed, or seen by somebody who may not see it.
registers-incident-reported = Reported to the data protection authority on
registers-incident-no-report = Why was it not reported?
registers-incident-measures = What was done?
registers-incident-close = Incident is settled
registers-incident-state = State
registers-incident-due = Report before { $at }.
registers-incident-closed = Settled
registers-incident-in-time = Reported in time
registers-incident-too-late = Reported too late
registers-incident-not-reported = Not reported, with a reason
registers-incident-late = Report is late
registers-incident-to-report = To be reported
registers-incident-open = Being looked into
registers-incident-moment-wrong = Fill in a day and a time. They cannot lie in the future.
registers-incident-vault-missing = Choose the vault that it is about.
registers-incident-text-missing = Fill this in.
registers-incident-measures-missing = Write what was done before you close the incident.
registers-incident-report-missing = Fill in when the breach was reported, or write why not.
registers-incident-order = The incident cannot have been noticed before it happened.
# The fields of the Dutch Algorithm Register (publication standard 1.0).
# dynamic: registers-algorithm-*
registers-algorithm-label-organization = Organisation
registers-algorithm-label-department = Department
registers-algorithm-label-description_short = In short
registers-algorithm-label-type = Type
registers-algorithm-label-category = Theme
registers-algorithm-label-publication_category = Category of publication
registers-algorithm-label-status = Status
registers-algorithm-label-begin_date = In use since
registers-algorithm-label-website = Website
registers-algorithm-label-contact_email = Contact
registers-algorithm-label-goal = Goal and impact
registers-algorithm-label-proportionality = Considerations
registers-algorithm-label-human_intervention = Human intervention
registers-algorithm-label-risks = Risk management
registers-algorithm-label-lawful_basis = Lawful basis
registers-algorithm-label-impacttoetsen = Impact assessments
registers-algorithm-label-source_data = Data
registers-algorithm-label-methods_and_models = Technical operation
registers-algorithm-label-provider = Supplier
registers-algorithm-label-publiccode = Source code
registers-algorithm-label-revision_date = Last revised
registers-algorithm-label-lang = Language
registers-algorithm-type = Statistical count with fixed, public rules. The model does not learn from persons.
registers-algorithm-provider = The municipality itself, with the open software Regie
registers-algorithm-department-none = Not filled in yet
registers-algorithm-begin-none = Not in use yet
registers-algorithm-forecast-short = Calculates per square of 200 by 200 metres how many reports we expect in the coming week.
registers-algorithm-warning-short = Shows where there are suddenly more reports than normal.
registers-algorithm-rounds-short = Proposes a walking route for officers along open reports and busy places.
registers-algorithm-suggest-short = Suggests at most three categories by the words of a report.
registers-algorithm-forecast-weighing = Without a calculation one chooses by feeling, or by who shouts loudest. Counts per place and time are enough; data on persons is not needed. The forecast is compared with plain counting every night.
registers-algorithm-warning-weighing = A human sees a change in hundreds of places too late. The list is short and limits false alarms. Data on persons is not needed.
registers-algorithm-rounds-weighing = The time of a shift is limited. A proposal with fixed, public weights can be checked better than a choice without an explanation. The coordinator can always deviate.
registers-algorithm-suggest-weighing = A wrong category costs days. A suggestion with its reason helps without data about persons: it learns within the municipality’s own database, and rare words, such as names, do not come into the model.
registers-algorithm-more = All fields of the Algorithm Register
registers-algorithm-json = This register as data (JSON)
