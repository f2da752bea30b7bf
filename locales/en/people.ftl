# Sign-in, accounts and audit trail.
session-title = Sign in for staff
session-username = User name
session-password = Password
session-username-missing = Enter your user name.
session-password-missing = Enter your password.
session-wrong = The user name or the password is not right. Try again.
session-personas = Demo: choose who you are
session-personas-text = This is a demo with invented data. Choose a person. No password is needed.
session-sign-out = Sign out
# dynamic: persona-*
persona-officer = Walks rounds and records what was found and done.
persona-coordinator = Handles reports and plans the rounds.
persona-adviser = Follows the plan, the yearly programme and the figures.
persona-mayor = Sees the picture and records decisions.
persona-council-member = Reads the plan and the account.
persona-process-director = Leads the approach of people with problems, with partners.
persona-partner = Works on cases that the covenant covers.
persona-bibob-officer = Examines applications under secrecy.
persona-social-officer = Gives conclusions from care and help.
persona-care-officer = Records crisis measures.
persona-crisis-officer = Stands by for a disaster.
persona-privacy-officer = Audits the trail and the access.
persona-administrator = Manages accounts.
account-title = Your account
account-name = Name
account-role = Role
account-municipality = Municipality
account-state = Access
account-active = active
account-inactive = closed
accounts-title = Accounts
accounts-caption = Who has access, and in which role
audit-title = Audit trail
audit-lead = Who did what, when and why. Each line is tied to the one before it by a check number.
audit-caption = Newest lines
audit-whole = { $n ->
    [one] The trail is whole: one line verified.
   *[other] The trail is whole: { $number } lines verified.
 }
audit-broken = The trail is not whole. The first fault is at line { $number }.
audit-seq = No.
audit-at = When
audit-who = Who
audit-action = Action
audit-purpose = Purpose
audit-record = What
audit-system = System
audit-stranger = Resident (not signed in)
# dynamic: purpose-*
purpose-session = Access
purpose-report = Report of a resident
purpose-signal = Handling reports
purpose-issue = Bundling reports
purpose-picture = Making the picture
purpose-shift = Planning shifts
purpose-round = Planning and walking rounds
purpose-plan = Adopting the plan
purpose-programme = Keeping the yearly programme
purpose-area = Loading areas
purpose-import = Reading a file
