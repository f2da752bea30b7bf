# Keeping and destroying.
retention-title = Keeping and destroying
retention-lead = Data stays no longer than it may. Every night what is too old goes: first locked away, later gone for good.
retention-tab-overview = Overview
retention-tab-rules = Terms
retention-tab-holds = What must wait
retention-tab-proofs = Proofs
retention-tab-backups = Backups
retention-next = What goes next month?
retention-period = From { $from } up to and including { $to }. You see numbers only.
retention-next-none = Nothing goes in the coming month
retention-next-none-text = Look again later. Every day counts.
retention-next-caption = What goes, by vault and by term
retention-by-day = By day
retention-vault = Vault
retention-what = What
retention-rule = Term
retention-becomes = What happens
retention-becomes-removed = locked
retention-becomes-destroyed = destroyed
retention-becomes-anonymised = goes on without a name
retention-count = Number
retention-now = How much is there now?
retention-now-none = There are no records yet
retention-now-none-text = As soon as somebody records something, it counts here.
retention-now-caption = Records by vault and by stage
retention-now-text = What must wait also counts in its own stage.
retention-free = Free to use
retention-targeted = Targeted queries only
retention-removed = Locked
retention-held = Must wait
retention-other = What else is kept
retention-other-caption = Reports, accounts and logs, by vault
retention-term = Kept for
retention-locked = locked
retention-missing = No term yet
retention-missing-text = No term was set for this yet. Regie does not throw it away. Decide how long it may stay.
retention-none-audit = Security audit trail: the term is set, but Regie does not clear it yet, because its lines hold on to each other
retention-none-decisions = Decisions on the plan and the yearly programme: to the archive
retention-none-visits = Rounds, visits and the note with them
retention-none-organisations = Partners and their contact persons
retention-no-rule = no term yet
retention-vault-main = Ordinary data
retention-vault-wpg = Police data of officers
retention-vault-police = Police data for the mayor
retention-vault-partnership = Partnerships
retention-vault-radicalisation = Radicalisation
retention-vault-bibob = Bibob
retention-vault-social = Social domain
retention-vault-ggz = Compulsory care
retention-vault-victims = Victims
retention-kind-note = record
retention-kind-opening = Reason with which somebody opened a vault
retention-kind-targeted-query = Targeted query
retention-kind-disclosure = Disclosure
retention-kind-processing-log = Line of the processing log
retention-kind-handled-request = Form that was sent (its number only)
retention-kind-mail = Mail that was sent (without its content)
retention-kind-job = Job that failed
retention-kind-throttle = Failed sign-in (a count)
retention-kind-report = Report
retention-kind-issue = Bundle of reports
retention-kind-reporter-contact = Contact data of a reporter
retention-kind-presence = Where an officer was
retention-kind-roster = Who was on duty
retention-kind-session = Sign-in
retention-kind-sign-in-attempt = Half of a sign-in
retention-kind-welcome-link = Unused link for a password
retention-kind-authorisation = Authorisation
retention-kind-covenant = Covenant
retention-kind-account = Account
retention-kind-assistance-call = Call for assistance
retention-kind-calendar-address = Secret address of a calendar
retention-kind-deed = Deed of an officer
retention-kind-duty = Who worked which shift
retention-kind-field-device = Phone of an officer
retention-kind-field-event = Message of a phone
retention-kind-follower = E-mail address of a follower
retention-kind-group-contact = Coordinator of a neighbourhood group
retention-kind-roster-change = Change in a roster
retention-kind-roster-officer = Contract and skills for the roster
retention-kind-roster-request = Leave, wish or absence
retention-kind-roster-wish = Leave or wish of somebody who left
retention-kind-roster-swap = Swap of a shift
retention-kind-sanction = sanction
retention-kind-subject-request = Request on one's own data
retention-kind-survey-answer = Answer to a questionnaire
retention-kind-wreck = Wreck or other object
retention-kind-youth-contact = Note about a contact with a group of young people
retention-rules-title = Terms
retention-rules-lead = How long may what stay, and where does it say so?
retention-rules-caption = All terms
retention-longest = { $n ->
    [one] The longest term is one day. A backup that is older must go.
   *[other] The longest term is { $number } days. A backup that is older must go.
 }
retention-trigger = Counts from
retention-trigger-created = the recording
retention-trigger-closed = the closing
retention-trigger-ended = the end of the purpose
retention-until-targeted = After that targeted queries only
retention-until-removed = Locked after
retention-end = And then
retention-no-step = not
retention-end-archive = is kept in the archive
retention-end-destroyed = destroyed after { $term } more
retention-end-anonymised = without a name after { $term } more
retention-article = Article
retention-by-law = from the law
retention-by-policy = own choice within the law
retention-checked = Checked
retention-verified = checked
retention-unverified = have it checked
retention-since = since
retention-term-hours = { $n ->
    [one] 1 hour
   *[other] { $number } hours
 }
retention-term-days = { $n ->
    [0] at once
    [one] 1 day
   *[other] { $number } days
 }
retention-term-weeks = { $n ->
    [one] 1 week
   *[other] { $number } weeks
 }
retention-term-months = { $n ->
    [one] 1 month
   *[other] { $number } months
 }
retention-term-years = { $n ->
    [one] 1 year
   *[other] { $number } years
 }
retention-holds-title = What must wait
retention-holds-lead = Is there a complaint, an audit or a court case? Put the record on hold here. Then it is not locked and not destroyed.
retention-holds-none = Nothing is on hold
retention-holds-none-text = Everything follows its ordinary term.
retention-holds-caption = Records that are or were on hold
retention-record = Record
retention-reason = Reason
retention-placed = Put on hold
retention-lifted = Released
retention-lift = Release
retention-hold-open = on hold
retention-hold-new = Put a record on hold
retention-hold-record = Number of the record
retention-hold-record-hint = The long number in the address of the record. For a report its reference will do too.
retention-hold-reason-hint = For example: objection to the decision of 3 May. Do not write down names.
retention-hold-place = Put on hold
retention-hold-no-reason = Write down why this record must wait.
retention-hold-unknown = This vault has no record with this number. Check the number and the vault.
retention-proofs-title = Proofs of destruction
retention-proofs-lead = What was destroyed, when and why? Without personal data. This list is kept.
retention-proofs-csv = Download everything as CSV
retention-proofs-none = Nothing was destroyed yet
retention-proofs-none-text = Nothing was destroyed in this vault yet.
retention-proofs-caption = Destroyed in:
retention-show = Show
retention-day = Day
retention-trigger-month = Term began in
retention-act = How
retention-act-destroyed = destroyed
retention-act-anonymised = name taken away
retention-backups-title = Backups
retention-backups-lead = A backup still holds data that is gone from Regie. That is why an old backup must go too.
retention-backups-wpg = Mind: destroyed police data (Wpg), too, still lies in a backup from before the destruction, until that backup itself is destroyed. Never restore a backup to look something up. After a restore Regie clears again in the first night what had to go.
retention-backups-old = { $n ->
    [one] One backup is older than the longest term. Destroy the file and every copy of it. Then press ‘Was destroyed’.
   *[other] { $number } backups are older than the longest term. Destroy the files and every copy of them. Then press ‘Was destroyed’.
 }
retention-backups-none = No backup was made yet
retention-backups-none-text = A backup that was made with ‘regie backup’ appears here by itself.
retention-backups-caption = Backups, the oldest first
retention-backup-at = Made
retention-backup-file = File
retention-backup-until = Gone at the latest on
retention-backup-state = State
retention-backup-do = Confirm
retention-backup-confirm = Was destroyed
retention-backup-size = { $number } MB
retention-backup-gone = destroyed on { $day }
retention-backup-late = too old: destroy this file
retention-backup-kept = may still exist
