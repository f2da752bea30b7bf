# Handling and bundling of signals: list, map, one signal, issues.
# dynamic: state-*
state-reported = New
state-waiting = Waiting
state-in-progress = In progress
state-planned = Planned
state-done = Handled
state-cancelled = Not taken up
state-reaction-requested = Reporter was asked something
state-reaction-received = Reporter answered
state-forwarded = Forwarded
state-completion-requested = Ready, says the other organisation
state-reopen-requested = Reporter is not satisfied
state-reopened = Taken up again
# dynamic: source-*
source-resident = Resident
source-officer = Officer
source-police = Police
source-partner = Partner
source-import = Imported file
# dynamic: urgency-*
urgency-low = Can wait
urgency-normal = Normal
urgency-high = Urgent
signals-title = Reports
signals-tabs = View reports as
signals-tab-list = List
signals-tab-map = Map
signals-tab-issues = Issues
signals-new = New observation
signals-caption = Reports, newest first
signals-empty = No reports found
signals-empty-text = Choose other filters. Or search in all reports, also those that are closed.
signals-count = { $n ->
    [one] One report
   *[other] { $number } reports
 }
signals-count-more = More than { $number } reports
signals-before = Reports from before { $at }
signals-looked = Searched in reports since { $day }. Choose Older to search further back.
signals-reference = Number
signals-category = Category
signals-place = Place
signals-place-unknown = Place not known
signals-when = Reported
signals-term = Term
signals-state = State
signals-source = Source
signals-issue = Issue
signals-area = Neighbourhood
signals-area-none = Neighbourhood not known
signals-priority = Priority of the plan
signals-urgency = Urgency
signals-filter-q = Search for a word or number
signals-filter-main = Main category
signals-filter-from = Reported from
signals-filter-to = Reported up to and including
signals-filter-any = All
signals-filter-open = All open reports
signals-filter-all = All reports
signals-filter-late = Late
signals-filter-not-late = Not late
signals-filter-show = Show reports
signals-filter-clear = Clear filters
signals-filter-unknown = This choice does not exist. Choose one from the list.
signals-filter-date = This date is not right. Fill in a date like 2024-05-31.
signals-filter-order = The last day is before the first day. Swap the days.
signals-term-none = No term
signals-term-on-time = On time, up to { $day }
signals-term-soon = Almost late, up to { $day }
signals-term-late = Late, was up to { $day }
signals-term-met = Closed on time
signals-term-missed = Closed late, was up to { $day }
signals-map-title = Map of reports
signals-map-caption = Each dot is a report. Its colour says how the term stands: green is on time, orange is almost late, red is late. The list says this in words.
signals-map-count = { $n ->
    [one] One report with a place
   *[other] { $number } reports with a place
 }
signals-map-most = The newest { $number } reports with a place
signals-map-list = View these reports as a list
signals-map-here = Place of this report
signals-words = What the reporter writes
signals-words-none = There is no text with this report.
signals-photo = Photo { $number } of this report
signals-reported = Reported at
signals-occurred = Seen at
signals-presence = Officer was here
signals-closed = Closed at
signals-contact = Reporter
signals-contact-name = Name
signals-contact-email = E-mail
signals-contact-phone = Telephone
signals-contact-secret = Do not pass this on to the person whom the report is about.
signals-change-state = Change the state
signals-new-state = New state
signals-note = Note
signals-note-hint = Needed when you handle, forward, do not take up the report, or ask something.
signals-tell = Tell the reporter
signals-tell-hint = The reporter reads your note on the status page. If there is an e-mail address, we also send an e-mail.
signals-save-state = Save the state
signals-change-rest = Change details
signals-save-urgency = Save the urgency
signals-category-hint = The term counts again from the day of the report.
signals-save-category = Save the category
signals-address = Address or place
signals-area-hint = Is a point filled in? Then the point decides the neighbourhood.
signals-lon = Longitude
signals-lat = Latitude
signals-save-place = Save the place
signals-remark = Note for colleagues
signals-remark-hint = The reporter does not see this note.
signals-save-remark = Save the note
signals-history = History
signals-event-opened = Came in with state { $becomes }
signals-event-state = State from { $was } to { $becomes }
signals-event-urgency = Urgency from { $was } to { $becomes }
signals-event-category = Category from { $was } to { $becomes }
signals-event-place = Place from { $was } to { $becomes }
signals-event-linked = Added to issue { $becomes }
signals-event-left = Taken out of issue { $was }
signals-event-note = Note
signals-event-told = the reporter reads this too
signals-actor-none = Reporter or system
signals-state-missing = Choose a new state.
signals-note-missing = Write a note.
signals-note-long = Your text is { $have } characters long. Make it shorter: no more than { $most } characters.
signals-point-wrong = Fill in two numbers, like 4.668 and 52.5105. Or leave both fields empty.
signals-stale = A colleague changed this report after you opened the page. Below you see how it stands now. Your text is still in the form: check it and save again.
signals-rule-state = The state cannot go from { $from } to { $to }. Choose another state.
signals-rule-linked = This report belongs to issue { $issue }. First take the report out of the issue, then change the category.
signals-api-id = Send a new id: a UUID of version 7.
signals-api-field = The field { $name } does not exist. Remove it or correct its name.
signals-api-text = This field must be text.
signals-api-number = This field must be a number.
signals-api-object = This field must be an object.
signals-api-point = Send both lon and lat, or neither.
signals-api-time = This is no moment. Write it like this: 2024-05-31T14:05:00Z.
signals-mail-subject = News about your report { $reference }
signals-mail-body =
    Dear resident,

    The state of your report { $reference } is now: { $state }.

    { $note }

    See how your report stands:
    { $link }

    Municipality of { $municipality }
issues-title = Issues
issues-lead = Reports about the same matter are kept together here.
issues-empty = There are no open issues
issues-empty-text = Open a report. Is another report near? Then you can join them.
issues-reference = Issue
issues-reports = Reports
issues-first = First report
issues-last = Last report
issues-open = Open
issues-closed = Closed
issues-map = Place of the reports
issues-count = { $n ->
    [one] One report in this issue
   *[other] { $number } reports in this issue
 }
issues-close = Close the issue
issues-close-note = What was done?
issues-close-hint = All open reports of this issue are handled. Each reporter reads this text.
issues-closed-already = A colleague has already closed this issue.
issues-near-title = Is this about the same matter?
issues-near-lead = These reports are near and have the same category. Choose one if it is the same issue.
issues-near-issue = Issue { $reference }
issues-near-signal = Report { $reference }
issues-near-detail = { $n ->
    [one] At { $metres } metres, reported on { $day }
   *[other] At { $metres } metres, { $n } reports, the last on { $day }
 }
issues-same = Same issue
issues-leave-title = Belongs to an issue
issues-leave = Take out of the issue
issues-reason = Why does this report not belong to it?
issues-rule-linked = This report already belongs to another issue. First take it out of that one.
issues-rule-closed = Issue { $issue } is closed. Choose an open issue.
issues-rule-signal-closed = This report is closed. Only open reports can join issue { $issue }.
issues-rule-category = Issue { $issue } has another category. First change the category of the report.
issues-rule-self = A report cannot be joined with itself.
issues-rule-none = This report belongs to no issue.
