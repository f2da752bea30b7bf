# Rights of data subjects: requests on one's own data.
rights-title = Requests of data subjects
rights-lead = Somebody asks what we know about them, or wants us to correct or erase it. Here stands every request, with the day on which the answer must be there.
rights-new = New request
rights-open = Requests that wait for an answer
rights-answered-list = Answered requests
rights-none = No request waits for an answer
rights-none-text = Write down a new request with the button above.
rights-late = { $n ->
    [one] One request is past its term. Answer it today.
   *[other] { $number } requests are past their term. Answer them today.
 }
rights-reference = Reference
rights-name = Name
rights-name-hint = First and last name, as they can stand in our data.
rights-birth = Date of birth
rights-birth-hint = Without a date of birth we cannot tell people of the same name apart.
rights-email = E-mail address
rights-contact-hint = Fill in an e-mail address or a postal address. The answer goes there.
rights-phone = Telephone number
rights-address = Postal address
rights-words = The request, in the person’s own words
rights-words-hint = Copy what somebody asks. Name no other persons.
rights-kind = Kind of request
# dynamic: rights-kind-*
rights-kind-access = Access
rights-kind-rectification = Rectification
rights-kind-erasure = Erasure or destruction
rights-kind-restriction = Restriction or shielding
rights-kind-objection = Objection to the use
rights-kind-access-lower = access to your data
rights-kind-rectification-lower = rectification of your data
rights-kind-erasure-lower = erasure of your data
rights-kind-restriction-lower = restriction of the use of your data
rights-kind-objection-lower = an end to the use of your data
rights-laws = About which data?
rights-laws-hint = This decides in which vaults you must search.
# dynamic: rights-laws-*
rights-laws-avg = Personal data only (GDPR)
rights-laws-wpg = Police data only (Wpg)
rights-laws-both = All data
rights-received = Received on
rights-received-hint = The day on which the request came in. The term runs from that day.
rights-due = Answer at the latest
rights-state = State
# dynamic: rights-state-*
rights-state-received = Received
rights-state-identified = Identity checked
rights-state-searched = Searched
rights-state-decided = Decided
rights-state-answered = Answered
rights-term = Term
rights-term-met = Answered in time
rights-term-missed = Answered too late
rights-term-late = Too late
rights-term-soon = Almost too late
rights-term-open = Running
rights-save = Save
rights-cancel = Cancel
rights-kind-missing = Choose what somebody asks.
rights-laws-missing = Choose about which data it is.
rights-received-wrong = Fill in the day on which the request came in. That day cannot lie in the future.
rights-name-missing = Fill in the name of who makes the request.
rights-birth-wrong = Fill in an existing date of birth, or leave the field empty.
rights-contact-missing = Fill in an e-mail address or a postal address, or the answer has nowhere to go.
rights-email-wrong = This is no e-mail address. Check it.
rights-too-long = Make this text shorter: at most { $most } characters.
rights-dossier-title = Request { $reference }
rights-identify = Who makes the request?
rights-identity = How was the identity checked?
rights-identity-hint = Keep no copy of an identity document.
# dynamic: rights-identity-*
rights-identity-desk = At the desk, with an identity document
rights-identity-digital = By DigiD or another means of sign-in
rights-identity-known = By contact details that we knew already
rights-identity-agent = By an agent or lawyer
rights-identity-missing = Choose how the identity was checked.
rights-identify-save = Identity is in order
rights-extend = Extend the term
rights-extension = Why is more time needed?
rights-extension-hint = It is allowed once, within the first month, by two months. The person gets this text.
rights-extension-missing = Write why more time is needed. The person will read it.
rights-extend-save = Extend and tell
rights-extended-by-post = There is no e-mail address. Send a letter: the answer comes on { $day } at the latest, because: { $reason }
rights-refuse = Refuse the whole request
rights-refuse-text = Do this only when no search is needed, for instance because it cannot be established who makes the request.
rights-refusal = Refused
rights-ground = Ground
rights-ground-choose = Choose a ground
rights-ground-missing = Choose a ground from the list. Without a ground you may not refuse.
rights-reason = Why
rights-reason-hint = This text stands in the answer. Name no source and no other persons.
rights-reason-missing = Write why. The person will read it.
rights-refuse-save = Refuse the request
rights-answered = Answered on
rights-letter-hash = Check number of the answer
rights-vaults = Search the vaults
rights-vaults-text = You search one vault at a time. Every search stands in the log of that vault. A protected vault needs your second factor.
rights-vaults-caption = Vaults of this request
rights-vault = Vault
# dynamic: rights-vault-*
rights-vault-main = Ordinary data of the municipality
rights-vault-wpg = Police data of officers
rights-vault-police = Police data for the mayor
rights-vault-partnership = Partnerships
rights-vault-radicalisation = Case meeting on radicalisation
rights-vault-bibob = Bibob
rights-vault-social = Social domain
rights-vault-ggz = Compulsory care
rights-vault-victims = Victims and relatives
rights-searched = Searched on
rights-not-searched = Not yet
rights-do = What you can do
rights-search = Search
rights-search-again = Search again
rights-open-sheet = Look and decide
rights-sheet-title = Found: { $vault }
rights-right = Right
rights-no-right = The law does not know this right for these data
rights-guarded = Even that there is data can be secret here. So refusal is proposed, without the answer saying so. Do you deviate? Weigh it with the source first.
rights-nothing = Nothing was found in this vault
rights-nothing-text = You need not decide anything here.
# dynamic: rights-what-*
rights-what-record = Record
rights-what-reporter = Report
rights-what-account = Account
rights-what-trace = Follower or mail
rights-what-neighbour = Neighbourhood group or follower
rights-what-request = Earlier request
rights-what-roster = Rosters and leave
rights-what-deed = Deeds and training
rights-what-phone = App on the phone
rights-what-rounds = Shifts, rounds and presence
# dynamic: rights-stage-*
rights-stage-removed = Removed from daily work
rights-stage-held = May not be destroyed yet
rights-undecided = To be decided
rights-decided-on = { $act }, { $day }
rights-unsure = Only the name is the same
rights-gone = This is no longer there.
rights-processing = Processing
rights-origin = Origin
rights-origin-own = Recorded by the municipality itself
rights-origin-received = Received from another organisation
rights-receivers = Who received it
rights-receivers-none = Nobody
rights-kept = How long it is kept
rights-kept-until = { $rule }: destroyed on { $day }
rights-kept-rule = { $rule }
rights-left = What still stays
rights-deed = Deed { $number }, domain { $domain }, in { $territory }, valid from { $first } up to and including { $last }.
rights-deed-trained = Training valid up to and including { $what }.
rights-deed-offences = Extra offences: { $what }.
rights-deed-means = Means of force: { $what }.
# dynamic: rights-field-*
rights-field-title = Title
rights-field-text = Text
rights-field-conclusion = Conclusion
rights-field-persons = Your details
rights-field-place = Place
rights-field-special-reason = Why it holds special data
rights-field-trace = What it is
rights-field-reference = Reference
rights-field-words = What you wrote
rights-field-answers = What you answered to extra questions
rights-field-address = Place in words
rights-field-name = Name
rights-field-email = E-mail address
rights-field-phone = Telephone number
rights-field-postal = Postal address
rights-field-username = Sign-in name
rights-field-role = Role
rights-field-authorisations = Number of authorisations
rights-field-seen = Last worked
rights-field-request = Kind of request
rights-field-deeds = Deeds
rights-field-roster-profile = Team, contract and agreements
rights-field-roster-skills = Trainings
rights-field-roster-loans = Loans to other municipalities
rights-field-roster-feed = Calendar
rights-field-roster-requests = Leave, wishes and absence
rights-field-roster-swaps = Swaps of shifts
rights-field-roster-duties = Shifts in rosters
rights-field-roster-changes = Changes in your roster
rights-field-field-phones = Phones
rights-field-field-messages = Messages of your phone
rights-field-field-voices = Spoken notes with reports
rights-field-field-calls = Calls for assistance
rights-field-field-place = Last place
rights-field-patrol-shifts = Shifts
rights-field-patrol-rounds = Rounds
rights-field-patrol-presence = Where you were, and when
rights-act = Your decision
# dynamic: rights-act-*
rights-act-give = Give
rights-act-correct = Correct
rights-act-erase = Erase
rights-act-restrict = Restrict: keep, no longer use
rights-act-stop = Stop the use
rights-act-withhold = Refuse
rights-act-no-right = This right does not exist here
rights-act-missing = Choose a decision.
rights-act-save = Keep the decision
rights-fields = What you give
rights-fields-missing = Tick what you give. Do you give nothing? Then choose to refuse.
rights-correct-field = What must be corrected?
rights-correct-text = This is right
rights-correct-hint = Write the whole new text. For a person: name; yyyy-mm-dd.
rights-field-missing = Choose what must be corrected.
rights-text-missing = Write what is right.
rights-persons-wrong = Write one person per line: name; yyyy-mm-dd.
rights-if-withheld = if you refuse something
rights-mention = Say in the answer that we do not give something
rights-mention-hint = Not ticked: the answer is the same as that of somebody about whom nothing can be found.
rights-tasks = Still to be told
rights-task-tell = Tell { $receiver }
rights-task-by-hand = Do this yourself in the system or file where it stands
rights-task-done = Done
rights-decide-text = Is everything decided? Then close the decision. Nothing can be changed afterwards.
rights-decide = Close the decision
rights-answer-text = Send the answer safely and keep it in the archive. Then write down that it was sent.
rights-answer = Answer was sent
rights-letter-see = See the answer
rights-letter-pdf = Answer as PDF
rights-letter-json = Data as JSON
rights-letter-draft = This is a draft. It was not sent yet.
rights-rule-identity = First check who makes the request.
rights-rule-state = This is not possible in this state of the request. Go back and refresh the page.
rights-rule-extend = Extending is possible once, as long as the first term runs.
rights-rule-undecided = In the vault “{ $vault }” you must still search or decide.
rights-rule-done = This decision was carried out and cannot be changed any more.
rights-rule-gone = This is no longer there. Search this vault again.
rights-rule-held = This may not be destroyed now. First lift the hold, or choose to restrict.
rights-rule-account-open = The account of { $name } is still open. Close it first.
rights-rule-stays = This may not go yet. The rule is: { $rule }. Choose to refuse, with the ground and the reason.
rights-mail-received-subject = Your request { $reference } was received
rights-mail-received-body = We received your request on your data. Its reference is { $reference }.
    
    You get an answer on { $day } at the latest. We may first ask you to show who you are.
    
    Do you have a question? Mail { $officer }: { $email }.
    
    Municipality of { $municipality }
rights-mail-extended-subject = The answer to your request { $reference } takes longer
rights-mail-extended-body = We need more time for the answer to your request { $reference }. You get an answer on { $day } at the latest.
    
    The reason: { $reason }
    
    Do you disagree? Then you can complain to the data protection authority or go to court.
    
    Do you have a question? Mail { $officer }: { $email }.
    
    Municipality of { $municipality }
rights-letter-title = Answer to the request
rights-letter-reference = Our reference
rights-letter-date = Date
rights-letter-subject = Subject
rights-letter-page = Page
rights-letter-what = What
rights-letter-content = Content
rights-letter-not-given = What we do not give or do
rights-letter-subject-of = Answer to your request: { $kind }
rights-letter-received = You asked us for { $kind }. We received your request on { $day }. In this letter you read our answer.
rights-letter-extended = The answer took longer than a month. The reason was: { $reason }
rights-letter-refused = We refuse your request. Below you read why.
rights-letter-nothing = We found no data that we can give you or with which we can do something on your request.
rights-letter-given = Below stands which data we have on you, what we use them for and who got them.
rights-letter-done = Below stands what we did with your data.
rights-letter-whole = Your whole request
rights-letter-no-right = The law does not give this right for these data
rights-letter-part-of = A part of: { $what }
rights-letter-item = { $what } of { $day }
rights-letter-item-gone = Something that no longer exists
# dynamic: rights-letter-act-*
rights-letter-act-give = These are the data.
rights-letter-act-correct = We corrected this on { $day }. We tell it to who got the data before.
rights-letter-act-erase = We erased these data on { $day }. We tell it to who got the data before.
rights-letter-act-restrict = We have not used these data since { $day }. We do keep them. We tell it to who got the data before.
rights-letter-act-stop = You objected. We have not used these data since { $day }. We tell it to who got the data before.
rights-letter-silent-title = What this letter does not always say
rights-letter-silent = Sometimes we may not say whether we have certain data, for instance in the detection of offences or to protect others (article 27 Wpg, article 41 UAVG). This stands in every letter. So you cannot tell from it whether it is so with you.
rights-letter-rights-title = Your other rights
rights-letter-rights = You may ask us to show, correct, erase or restrict your data. For ordinary personal data you may also object to the use. Send your question to { $officer }: { $email }.
rights-letter-disagree-title = Do you disagree?
rights-letter-disagree-officer = Call or mail us first when something is not clear or not right: { $email }.
rights-letter-disagree-objection = You can object within { $weeks } weeks. Send your objection with your name, address, the date and your reasons to { $body }.
rights-letter-disagree-ap = You can complain to the Dutch data protection authority (Autoriteit Persoonsgegevens): autoriteitpersoonsgegevens.nl, telephone +31 88 180 52 50. For police data you can also ask the authority to check for you whether we follow the law.
rights-letter-disagree-court = Do you disagree with the decision on your objection? Then you can go to the { $court }.

# dynamic: rights-trace-*
rights-trace-follower = follows a report
rights-trace-mail = mail that waits at the intake desk
rights-trace-neighbourhood = follows the neighbourhood
rights-trace-group = coordinator of a neighbourhood group
