# Rosters: the coordinator plans, the officer reads, asks and swaps.
# dynamic: roster-law-* roster-state-* roster-change-* roster-cap-* roster-condition-* roster-deed-*
# dynamic: roster-kind-* roster-ask-* roster-swap-state-* roster-mail-swap-*
roster-title = Rosters
roster-lead = Who works when. Rosters keep labour-time law and share evenings, nights and weekends fairly.
roster-new = New roster
roster-roster = Roster
roster-of = { $team }, { $first } to { $last }
roster-state = Standing
roster-state-draft = draft
roster-state-published = published
roster-see = See
roster-none = No rosters yet
roster-none-text = As soon as there is a roster, it stands here.
roster-requests = Requests
roster-officers = Officers
roster-officer = Officer
roster-mine = My roster
roster-open-title = Somebody is still missing here
roster-open = { $n ->
    [one] one place open
   *[other] { $number } places open
 }
roster-cancel = Cancel
roster-save = Save

# new
roster-new-lead = Regie makes the shifts from the weekly pattern of the team. Then you fill the roster.
roster-team = Team
roster-team-missing = Choose a team.
roster-first-day = First day
roster-first-day-hint = A roster begins on a Monday.
roster-monday-missing = Choose a Monday.
roster-past = This roster is over already. Choose a later Monday.
roster-overlap = This team already has a roster on these days. Choose a Monday after it.
roster-no-template = This team has no weekly pattern yet. Ask the administrator to set it.
roster-weeks = Number of weeks
roster-weeks-wrong = Fill in a number of weeks from 1 to { $most }.
roster-make = Make roster

# filling
roster-fill-title = Fill the roster
roster-fill-lead = Regie divides the open places. You see a first roster at once; then Regie looks for a fairer division.
roster-fill = Fill the roster
roster-fill-again = Fill again
roster-stop = Stop searching
roster-refresh = Refresh
roster-searching = Regie is still looking for a better division.
roster-searched = The search is done.
roster-best = This division is the best possible.
roster-gap = Another division can be at most { $percent } % better than this one. That is proved.
roster-publish = Publish the roster
roster-published-rule = This roster is published already. Change it shift by shift.
roster-forbidden-rule = This roster cannot be published yet: something in it is not allowed ({ $n }). Solve that first.
roster-no-officers = There are no officers to plan yet. Fill in first, under Officers, who works in this team.
roster-no-shifts = This roster has no shifts.

# the roster on the screen
roster-screens = Weeks
roster-week = Week { $first }
roster-weeks-two = Weeks { $first } and { $second }
roster-grid = Who works when
roster-hours-short = Hours
roster-slot = { $shift }: { $have } of { $staff }
roster-away = not available
roster-wish = wish
roster-own-hours = Shift with hours of its own
roster-hours-whole = { $n ->
    [one] one hour
   *[other] { $number } hours
 }
roster-minutes = { $n ->
    [one] one minute
   *[other] { $number } minutes
 }
roster-hours-and = { $hours } and { $minutes }
roster-history = What changed
roster-days = { $first } to { $last }
roster-change-published = The roster was published by { $changer }.
roster-change-on = { $person } is on { $shift } now.
roster-change-off = { $person } is no longer on { $shift }.
roster-change-away = { $person } is not available and is no longer on { $shift }.
roster-change-staff = Needed on { $shift }:

# what is wrong
roster-found-forbidden = This is not allowed
roster-found-shorts = Too few officers here
roster-found-notes = Good to know
roster-found-none = This roster is right: all shifts are staffed and everything is allowed.
roster-found-rest = { $n ->
    [one] And one more point.
   *[other] And { $number } more points.
 }
roster-found-unable = { $name } cannot work { $shift }. { $why }
roster-found-unlawful = { $name }: { $why }
roster-found-over = On { $shift } there are { $n } too many.
roster-found-not-fixed = { $name } was put by hand on { $shift }, but is not on it.
roster-found-short = { $shift }: { $n } more needed.
roster-found-skill = { $shift }: { $n } more needed with { $skill }.
roster-found-more = { $name } works { $by } more than the contract ({ $target }).
roster-found-less = { $name } works { $by } less than the contract ({ $target }).
roster-found-wish-free = The wish of { $name } to be free on { $day } is not granted.
roster-found-wish-shift = The wish of { $name } for { $kind } on { $day } is not granted.

# a shift
roster-staffing = { $have } of { $staff } places taken.
roster-asks-domain = Everyone needs a deed for domain { $domain }.
roster-asks-all = Everyone needs: { $skill }.
roster-asks-some = At least { $n } with { $skill }.
roster-on = On this shift
roster-nobody = Nobody yet.
roster-by-hand = Put here by hand. Regie leaves it.
roster-free = Let Regie choose
roster-take = Take off
roster-replace = Replace
roster-in-place-of = In place of
roster-can = Who can
roster-can-nobody = Nobody can work this shift. Below it says why.
roster-can-hours = Then has { $hours } of { $target } hours.
roster-can-burden = { $what }: { $n } (fair share { $fair }).
roster-can-wish = Wanted to be free that day.
roster-can-lacking = Then the shift lacks: { $skill }.
roster-cannot-title = Who cannot, and why
roster-why = Why
roster-do = Do
roster-put = Put on
roster-full-hint = This shift is full. Replace somebody, or change how many are needed.
roster-is-full = full
roster-full = This shift is full. Replace somebody, or change how many are needed.
roster-cannot = { $name } cannot work this shift. { $why }
roster-cannot-deed = Has no valid deed on that day.
roster-cannot-domain = The deed is for another domain.
roster-cannot-territory = The deed is not valid in this municipality.
roster-cannot-agreement = Is employed by another municipality, and no agreement lends on that day.
roster-cannot-absent = Is not available then.
roster-cannot-on-it = Is on this shift already.
roster-cannot-training = Lacks: { $skill }.
roster-cannot-training-over = { $skill } ended on { $day }.
roster-training = permanent training
roster-reason = Reason
roster-reason-hint = Needed when the roster is published, or when you go against a wish.
roster-reason-missing = Write down why you change this. The roster is published already.
roster-reason-long = Keep the reason shorter: at most { $most } characters.
roster-wish-reason = { $name } asked for a free day. Write down why it is needed all the same.
roster-staff = How many officers needed
roster-staff-change = Change how many are needed
roster-staff-wrong = Fill in a number from { $least } to { $most }.

# labour-time law
roster-about = It is about { $first } and { $last }.
roster-about-one = It is about { $shift }.
roster-before = a shift before this roster
roster-after = a shift after this roster
roster-law-doubt = The reading of this rule is in doubt. Regie takes the strict reading.
roster-law-overlap = Two shifts at the same time: { $found } overlap.
roster-law-daily-rest = Too little daily rest: { $found }. There must be { $limit } of rest.
roster-law-weekly-rest = Too little weekly rest: { $found } in a row. There must be { $limit }.
roster-law-break = Too little break: { $found }. A shift this long asks { $limit }.
roster-law-shift-hours = Shift too long: { $found } of work. It may be { $limit }.
roster-law-week-hours = Too many hours in one week: { $found }. It may be { $limit }.
roster-law-average-hours = Too many hours a week on average over { $weeks } weeks: { $found }. It may be { $limit }.
roster-law-night-hours = Too much work in a night shift: { $found }. It may be { $limit }.
roster-law-long-night-rest = Too little rest after a long night shift: { $found }. There must be { $limit }.
roster-law-late-night-rest = Too little rest after a night shift that ends late: { $found }. There must be { $limit }.
roster-law-night-row-rest = Too little rest after a row of night shifts: { $found }. There must be { $limit }.
roster-law-row-with-night = Too many shifts in a row with a night shift among them: { $found }. It may be { $limit }.
roster-law-night-average = Too many hours a week on average for somebody with many night shifts: { $found }. It may be { $limit }.
roster-law-late-nights = Too many night shifts that end late: { $found } in { $weeks } weeks. It may be { $limit }.
roster-law-night-time = Too many hours between midnight and 6 am: { $found } in { $weeks } weeks. It may be { $limit }.
roster-law-sunday-work = Work on Sunday was not agreed.
roster-law-free-sundays = Too few free Sundays in a year: { $found }. There must be { $limit }.
roster-law-youth-night = Night work under 18: { $found }. That is not allowed.

# sharing fairly
roster-fairness = Division
roster-fairness-lead = How hours, evenings, nights and weekends are shared in { $roster }. Everyone of the team sees this.
roster-fairness-table = Shifts per officer, and in brackets the fair share
roster-fairness-note = The fair share follows contract hours, without leave. Who had more than his share before has less to do now.
roster-fairness-chart = Evening, night and weekend shifts
roster-fairness-unit = per 100 hours of contract
roster-fairness-chart-desc = How many evenings, nights and weekend shifts each officer has per 100 hours of contract in this roster.
roster-hours-of = Hours / contract
roster-evenings = Evenings
roster-nights = Nights
roster-weekends = Weekend
roster-wishes = Wishes granted

# officers
roster-warn-title = This needs attention
roster-warn-deed = The deed of { $name } ends on { $day }.
roster-warn-training = The training of { $name } is valid until { $day }.
roster-warn-skill = { $skill } of { $name } is valid until { $day }.
roster-warn-loan = The agreement { $agreement } to borrow { $name } ends on { $day }.
roster-warn-no-deed = { $name } has no valid deed.
roster-warn-profile = Team and hours of { $name } are not filled in yet.
roster-profile = For the roster
roster-deed = Deed
roster-deeds = Deeds
roster-no-deed = No valid deed.
roster-no-deeds = No deed was written down yet.
roster-deed-until = { $number }, until { $day }
roster-deed-line = Domain { $domain }, in { $territory }, from { $from } to { $until }
roster-deed-later = later
roster-deed-ended = ended
roster-deed-untrained = training ended
roster-deed-valid = valid
roster-not-filled = not filled in
roster-contract = Contract hours a week
roster-contract-hint = For instance 36 or 28.8.
roster-hours-wrong = Fill in the contract hours a week, from 0 to { $most }.
roster-employer = Employed by
roster-employer-wrong = Choose a municipality from the list.
roster-skills = Skills
roster-skill-until = Valid until (empty: always)
roster-skill-wrong = Choose skills from the list, with a day or without.
roster-conditions = Agreements on working hours
roster-conditions-hint = Tick only what was really agreed. Labour-time law depends on it.
roster-condition-short-rest = Shorter rest, once a week, is necessary for the work (ATW art. 5:3)
roster-condition-collective = The collective agreement allows what the law leaves to it
roster-condition-sunday-work = Work on Sunday was agreed (ATW art. 5:6)
roster-condition-few-sundays = Fewer than 13 free Sundays a year was agreed (ATW art. 5:6)
roster-cap = Limit on night work
roster-cap-count = Number of night shifts in 16 weeks
roster-cap-collective-count = Number of night shifts in 52 weeks, by collective agreement
roster-cap-collective-hours = Hours between midnight and 6 am in 2 weeks, by collective agreement
roster-night-cap-missing = Choose a limit on night work.
roster-adult = First day as an 18-year-old
roster-adult-hint = Only for who is not 18 yet. Regie keeps no date of birth.
roster-adult-wrong = Fill in a day, or leave the field empty.
roster-is-planned = Takes part in the roster
roster-loans = Lending to other municipalities
roster-loans-lead = Another municipality can borrow this officer when there is an agreement and the deed is valid there.
roster-loan-line = { $place }, agreement { $agreement }, from { $from } to { $until }
roster-loan-new = Add an agreement
roster-loan-end = Ends today
roster-borrower = Municipality that borrows
roster-borrower-wrong = Choose another municipality than the employer.
roster-agreement = Number of the agreement
roster-agreement-missing = Fill in the number of the agreement.
roster-from = From
roster-until = Until
roster-until-hint = Empty: one day.
roster-day-missing = Fill in a day.
roster-day-past = This day is over. Choose a later day.
roster-last-day-wrong = Fill in a last day that is not before the first.
roster-days-many = Ask for at most { $most } days at a time.

# requests
roster-nothing-waits = Nothing waits.
roster-leave-waiting = Leave that waits for you
roster-leave-granted = Leave that was granted
roster-leave-shifts = { $name } still has { $n } published shifts on those days. Put somebody else on them first.
roster-grant = Grant
roster-refuse = Refuse
roster-approve = Approve
roster-refusal = Reason when you refuse
roster-refusal-missing = Write down why you refuse.
roster-swaps-waiting = Swaps that wait for you
roster-swap-checked = Both officers say yes. Powers, training and labour-time law were checked, and are checked again when you approve.
roster-away-title = Not available
roster-away-lead = Does somebody call in? Fill in the days only. The reason does not belong here. The officer comes off the shifts and you see at once who can come instead.
roster-away-save = Report not available
roster-back = Available again
roster-choose = Choose an officer
roster-officer-missing = Choose an officer.
roster-kind-missing = Choose what you ask.
roster-kind-leave = leave
roster-kind-free = would like to be free
roster-kind-shift = would like a kind of shift
roster-kind-away = not available
roster-shift-kind-missing = Choose which shift you would like to work.
roster-ask = Send
roster-ask-what = What do you ask?
roster-ask-shift = Which shift
roster-ask-shift-hint = Only with a wish for a kind of shift.
roster-ask-wish = noted
roster-ask-asked = waits for the coordinator
roster-ask-granted = granted
roster-ask-refused = refused
roster-ask-withdrawn = taken back
roster-withdraw = Take back
roster-withdraw-late = You can no longer take this back. Talk to the coordinator.

# my roster
roster-my-shifts = My shifts
roster-my-later = Later shifts
roster-my-none = You have no shifts yet.
roster-my-requests = Leave and wishes
roster-my-powers = My deed and training
roster-powers = { $number }: domain { $domain }, in { $territory }, valid until { $until }.
roster-training-until = Training valid until { $day }.
roster-training-unknown = No valid training was written down.
roster-team-rosters = Rosters of the team:
roster-changed = Something changed
roster-away-mine = I cannot come
roster-away-mine-lead = Fill in the days only, no reason. You come off your shifts at once. Also ring the coordinator when it is today.
roster-feed = In your calendar
roster-feed-lead = With a secret address your calendar reads your shifts. Give the address to nobody.
roster-feed-address = Address for your calendar
roster-feed-make = Make an address
roster-feed-renew = Make a new address
roster-feed-stop = Stop it
roster-feed-name = My shifts
roster-feed-base = Starts from: { $base }

# swaps
roster-swap = Swap
roster-swaps = Swaps
roster-swap-lead = These colleagues may take the shift over. Then the colleague says yes or no, and then the coordinator.
roster-swap-nobody = Nobody can swap
roster-swap-nobody-text = No colleague may take this shift over. Talk to the coordinator.
roster-swap-give = Ask to take it over
roster-swap-against = Swap for a shift
roster-swap-late = You can no longer swap this shift.
roster-swap-waits = You offered this shift already. Take that offer back first.
roster-swap-cannot = This swap cannot be. { $why }
roster-swap-not = For one of you it is not allowed. The coordinator sees why.
roster-swap-giver = Who offers: { $why }
roster-swap-taker = Who takes over: { $why }
roster-swap-lacking = { $shift } would then lack { $skill }.
roster-swap-gift = { $officer } wants to give { $shift } to { $other }.
roster-swap-both = { $officer } wants to swap { $shift } with { $other }, for { $back }.
roster-swap-reason = Swapped
roster-swap-yes = Yes, I will
roster-swap-no = No
roster-swap-state-offered = The colleague has not answered yet.
roster-swap-state-accepted = The colleague says yes. The coordinator has yet to decide.
roster-swap-state-approved = Done.
roster-swap-state-declined = The colleague says no.
roster-swap-state-refused = The coordinator says no.
roster-swap-state-withdrawn = Taken back.

# mail
roster-mail-hello = Dear { $name },
roster-mail-changed = Your roster changed
roster-mail-on = You are now on: { $shift }
roster-mail-off = You are no longer on: { $shift }
roster-mail-published = Your roster from { $day } is ready
roster-mail-leave = Your leave
roster-mail-granted = Your leave from { $first } to { $last } was granted.
roster-mail-refused = Your leave from { $first } to { $last } was refused. Reason: { $why }
roster-mail-swap = Swap of a shift
roster-mail-swap-offered = { $officer } asks whether { $other } takes this shift over: { $shift }. Answer on your own page.
roster-mail-swap-accepted = { $other } says yes to the swap of { $shift }. The coordinator has yet to decide.
roster-mail-swap-declined = { $other } says no to the swap of { $shift }.
roster-mail-swap-refused = The coordinator does not approve the swap of { $shift }.
roster-mail-swap-withdrawn = { $officer } took the swap of { $shift } back.

# What is known of an officer, for a request for access.
roster-subject-contract = Team { $team }, contract of { $hours } a week.
roster-subject-employer = Employed by { $employer }.
roster-subject-adult = Turns 18 on { $day }.
roster-subject-skill = { $skill }, valid up to and including { $day }
roster-subject-loan = To { $borrower }, agreement { $agreement }, from { $first } up to and including { $last }
roster-subject-feed = You have a secret calendar address since { $day }.
