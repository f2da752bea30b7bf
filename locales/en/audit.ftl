# The audit trail: entries, verification, anchors.
audit-title = Audit trail
audit-lead = Who did what, when and why. Each line is tied to the one before it by a check number. Whoever changes, removes or adds a line is found out.
audit-caption = Newest lines
audit-whole = { $n ->
    [one] The trail is whole: one line verified.
   *[other] The trail is whole: { $number } lines verified.
 }
audit-anchors-whole = { $n ->
    [one] One day stamp is right.
   *[other] { $number } day stamps are right.
 }
audit-since = Whole since the day stamp of { $day }: { $number ->
    [one] one line verified.
   *[other] { $lines } lines verified.
 }
audit-broken = The trail is not whole. The first fault is at line { $number }.
# dynamic: audit-flaw-*
audit-flaw-missing = A line is missing, or there is one too many.
audit-flaw-loose = The line does not follow from the one before it.
audit-flaw-changed = The content of the line was changed.
audit-flaw-unreadable = The content of the line cannot be read.
audit-flaw-tail = The newest lines were removed, or lines were added by hand.
audit-flaw-head = The end of the chain was removed or changed.
audit-flaw-rewritten = This is not the line that was stamped. The chain was written anew later.
audit-flaw-anchor = A day stamp was changed, removed or added by hand.
audit-broken-do = Change nothing more in the database. Call the data protection officer and keep the last backup.
audit-check-all = Verify the whole trail
audit-seq = No.
audit-at = When
audit-who = Who
audit-action = Action
audit-purpose = Purpose
audit-record = What
audit-system = System
audit-stranger = Resident (not signed in)
audit-filter = Search the trail
audit-vault = Vault
audit-kind = Kind
audit-record-id = Number of what it is about
audit-all = All
audit-show = Show
audit-none-title = No lines
audit-none = Nothing in this vault fits what you look for.
# dynamic: audit-vault-*
audit-vault-main = Ordinary data (GDPR)
audit-vault-wpg = Detection by enforcement officers (Wpg)
audit-vault-police = Received from the police
audit-vault-partnership = Partnerships
audit-vault-radicalisation = Radicalisation
audit-vault-bibob = Bibob
audit-vault-social = Social domain
audit-vault-ggz = Compulsory care
audit-vault-victims = Victims of a disaster
audit-anchors-title = Day stamps
audit-anchors-lead = At the end of each day Regie writes the newest line down apart. Print this page, or keep the file where nobody who manages the system can write. Then it shows later when somebody writes the trail anew.
audit-anchors-newest = Newest day stamp of every vault
audit-anchors-of = Day stamps of { $vault }
audit-anchors-csv = Download as CSV
audit-anchors-check = The administrator compares with a kept file by: regie check audit --anchors FILE
audit-anchors-none-title = No day stamps yet
audit-anchors-none = The first one comes at the end of the day.
audit-day = Day
audit-hash = Check number, first and last part
audit-printed = Made on { $at }
