sanctions-title = Sanctions
sanctions-tabs = Parts
sanctions-lead = What you wrote: first your drafts, then what waits with the coordinator.
sanctions-lead-check = Check what officers signed. After that it can go to the collection agency or the prosecutor.
sanctions-new-title = Record an offence
sanctions-untitled = No offence chosen yet
sanctions-column-what = Offence and place
sanctions-column-day = Day
sanctions-column-state = State
sanctions-older = Older than a year? Then only a targeted search is possible, with a reason.
sanctions-choose = Make a choice
sanctions-go-on = Go on writing

# dynamic: sanctions-part-*
sanctions-part-open = Drafts
sanctions-part-open-none = You have no drafts.
sanctions-part-waiting = Waits for the check
sanctions-part-waiting-none = Nothing waits for the check.
sanctions-part-check = To check
sanctions-part-check-none = Everything was checked.
sanctions-part-returned = Back with the officer
sanctions-part-returned-none = Nothing is with the officer.
sanctions-part-done = Done, newest first
sanctions-part-done-none = Nothing yet in the past year.
sanctions-part-offence = Offence
sanctions-part-when = When, where and how
sanctions-part-vehicle = Vehicle
sanctions-part-person = Person
sanctions-part-findings = What you saw and did
sanctions-part-photos = Photos
# dynamic: sanctions-state-*
sanctions-state-draft = Draft
sanctions-state-signed = Signed
sanctions-state-returned = Given back
sanctions-state-checked = Checked
sanctions-state-exported = Sent
sanctions-state-withdrawn = Withdrawn
# dynamic: sanctions-modality-*
sanctions-modality-traffic-fine = Traffic fine (Mulder)
sanctions-modality-penal-order = Penal order
sanctions-modality-report = Full report
sanctions-modality-nuisance-fine = Administrative fine
sanctions-modality-halt = Halt
# dynamic: sanctions-group-*
sanctions-group-dogs = Dogs and animals
sanctions-group-waste = Offering and dumping waste
sanctions-group-litter = Litter
sanctions-group-hanging-about = Hanging about
sanctions-group-alcohol = Alcohol in the street
sanctions-group-hygiene = Urinating in public
sanctions-group-graffiti = Graffiti and fly-posting
sanctions-group-fire = Fire
sanctions-group-vehicles = Vehicles
sanctions-group-bicycles = Bicycles
sanctions-group-events = Events
sanctions-group-road-use = Use of the road
sanctions-group-hospitality = Hospitality
sanctions-group-parking = Parking
sanctions-group-order = Public order
sanctions-group-fireworks = Fireworks
sanctions-group-other = Other

sanctions-hat-lead = Choose your hat first. Supervision and detection have other rules, and the data stand in other places.
sanctions-hat-detection = Detection
sanctions-hat-detection-text = You suspect somebody of an offence and want to write a sanction. What you record is police data (Wpg).
sanctions-hat-detection-go = Write a sanction
sanctions-hat-supervision = Supervision
sanctions-hat-supervision-text = You look, talk or warn. Record nothing about a person. Put the outcome with the visit of your round.
sanctions-hat-observe = Report what you saw
sanctions-hat-wreck = Report a wreck or object
sanctions-open-reason = Recording and settling an offence in the street
sanctions-write-title = Write a sanction
sanctions-deed = You write with your deed ({ $number }), valid up to and including { $until }.
sanctions-deed-untrained = Your deed is valid, but your training is not. You can save, but not sign.
sanctions-deed-none = On { $day } you have no valid deed. You can save, but not sign.
sanctions-none-yet = Find an offence and choose how you settle it. At most three, all on the same track.
sanctions-none-chosen = Choose at least one offence.
sanctions-drop = Take away
sanctions-search = Find an offence
sanctions-search-hint = A word or a code, for instance: dog, alcohol or F121. Leave it empty to see all that you may write.
sanctions-search-go = Search
sanctions-found = You may write this now
sanctions-found-none = No offence found that you may write now. Search with another word.
sanctions-found-refused = Found but not allowed: why
sanctions-uncertain = Check code and wording: the list is of 2017.
sanctions-halt-note = Halt: talking with Halt and the parents is part of this referral.
sanctions-amount = { $euros } euros
sanctions-amount-half = { $euros } euros, half tariff
sanctions-amount-unsure = { $euros } euros, check the tariff
sanctions-amount-half-unsure = { $euros } euros, half tariff, check the tariff
sanctions-date = Date
sanctions-date-missing = Fill in the date of the offence.
sanctions-date-future = This moment lies in the future. Change the date or the time.
sanctions-time = Time
sanctions-time-missing = Fill in the time, for instance 14:05.
sanctions-place = Place
sanctions-place-hint = Street and number, or where exactly.
sanctions-place-missing = Fill in where it was.
sanctions-area = Neighbourhood
# dynamic: sanctions-began-*
sanctions-began = How did it begin?
sanctions-began-hint = This will stand in the report.
sanctions-began-missing = Choose whether it began during supervision or detection.
sanctions-began-supervision = During supervision; after that I acted as investigator
sanctions-began-detection = I acted as investigator at once
# dynamic: sanctions-caught-*
sanctions-caught = How did you establish it?
sanctions-caught-missing = Choose how you established the offence.
sanctions-caught-in-the-act = Caught in the act
sanctions-caught-technical-means = By technical means
sanctions-caught-afterwards = Afterwards
sanctions-means = Which means?
sanctions-means-missing = Fill in which technical means.
sanctions-reasons = Is there anything special?
sanctions-reasons-hint = With one of these only a full report is allowed.
# dynamic: sanctions-reason-*
sanctions-reason-serious = The offence is serious
sanctions-reason-disputed = The person disputes it
sanctions-reason-damage = There is damage
sanctions-reason-seizure = There is a seizure that is not resolved
sanctions-reason-family = The person is family of mine
sanctions-punished = A sanction was already imposed for this conduct
# dynamic: sanctions-vehicle-*
sanctions-vehicle = Kind of vehicle
sanctions-vehicle-car = Car or van
sanctions-vehicle-moped = Moped or scooter
sanctions-vehicle-bicycle = Bicycle
sanctions-vehicle-trailer = Trailer or caravan
sanctions-plate = Plate
sanctions-vehicle-note = Make and colour
sanctions-person-hint = Leave it empty when nobody was there, as with a parked car. Write only what is needed.
sanctions-surname = Family name
sanctions-first-names = First names
sanctions-birth = Date of birth
sanctions-birth-wrong = This date of birth is not right. Check it.
sanctions-birth-place = Place of birth
sanctions-address = Street and number
sanctions-postcode = Postcode
sanctions-town = Town
# dynamic: sanctions-identity-*
sanctions-identity = How did you verify the identity?
sanctions-identity-hint = Ask for a document (Wet op de identificatieplicht).
sanctions-identity-passport = Passport
sanctions-identity-identity-card = Identity card
sanctions-identity-driving-licence = Driving licence
sanctions-identity-residence-permit = Residence permit
sanctions-identity-known = Known to me from my work
sanctions-identity-register = Enquiry with the police or the register
sanctions-identity-number = Number of the document
sanctions-cautioned = I said first: you need not answer
sanctions-cautioned-hint = Required before you ask about the offence (Sv art. 29, Awb art. 5:10a).
sanctions-statement = Statement
sanctions-statement-hint = As far as possible in the person's own words. Empty when nothing was said.
sanctions-findings = Findings
sanctions-findings-hint = What did you see, where did you stand, what did you do? Facts only.
sanctions-findings-short = Describe what you saw and did, in at least { $min } characters.
sanctions-remarks = Remarks
sanctions-save = Save the draft
sanctions-saved = Saved.
sanctions-sign = Sign
sanctions-sign-hint = By signing you say that this is true. After that you can only correct it, with a reason.
sanctions-photos-hint = Only what shows the offence. Place and time inside the photo are wiped.
sanctions-photo = Photo
sanctions-photo-add = Add a photo
sanctions-photo-send = Save the photo
sanctions-photo-drop = Take the photo away
sanctions-discard-title = No sanction after all
sanctions-discard-reason = Why do you withdraw the draft?
sanctions-discard = Withdraw the draft
sanctions-refused = { $say } ({ $article })
sanctions-refused-unsure = { $say } ({ $article }; our reading is not certain)
sanctions-refused-code = { $code }: { $say } ({ $article })
sanctions-refused-code-unsure = { $code }: { $say } ({ $article }; our reading is not certain)
sanctions-rule-signed = This was signed already. Make a correction.
sanctions-rule-unsigned = A draft has no report yet. Sign it first.
sanctions-rule-own = You wrote this yourself. Somebody else checks it.
sanctions-rule-withdraw = What was signed is withdrawn by the coordinator only. Ask there.
sanctions-rule-correct = This cannot be corrected: it is still a draft, or it was withdrawn.
sanctions-rule-photos = There are { $most } photos already. Take one away first.
sanctions-rule-export = There is nothing to send now.
sanctions-before = What stood there before
sanctions-check-title = Check
sanctions-check-text = Is the offence right, is everything filled in and are the findings clear?
sanctions-check-good = Approve
sanctions-check-back = Give back
sanctions-note = Explanation
sanctions-note-hint = Needed for giving back and withdrawing.
sanctions-withdraw-title = Withdraw
sanctions-withdraw = Withdraw
sanctions-correct-title = Correct
sanctions-correct-reason = Why do you correct this?
sanctions-correct-hint = What stood there before is kept (Wpg art. 4). The coordinator checks it anew.
sanctions-correct-nothing = You have not changed anything yet.
sanctions-correct-go = Sign the correction

# What the app hears about a sanction that was written on the phone.
sanctions-phone-conflict = This draft was changed in Regie too. Both are still there; choose which one to go on with.
sanctions-phone-gone = This sanction is not in Regie any more.
sanctions-phone-purpose = Say first what you open police data for. Until then your sanction waits on this phone.
sanctions-phone-signed = This sanction was signed in Regie already. Correct it there.
sanctions-phone-withdrawn = This sanction was withdrawn in Regie.

# dynamic: sanctions-label-*
sanctions-label-sanctions = Offence and settlement
sanctions-label-when = When
sanctions-label-place = Place
sanctions-label-began = How it began
sanctions-label-caught = Established
sanctions-label-means = Technical means
sanctions-label-reasons = Special
sanctions-label-vehicle = Vehicle
sanctions-label-person = Person
sanctions-label-birth = Born
sanctions-label-address = Address
sanctions-label-identity = Identity verified by
sanctions-label-cautioned = Caution
sanctions-label-statement = Statement
sanctions-label-findings = Findings
sanctions-label-remarks = Remarks
sanctions-caution-yes = Given before questions were asked
sanctions-caution-no = Not given

sanctions-paper-title = Official report of findings
sanctions-paper-file = official-report
sanctions-paper-get = Official report (PDF)
sanctions-paper-sender = Municipality of { $municipality }, enforcement team
sanctions-paper-number = Number
sanctions-paper-version = Version
sanctions-paper-officer = Reporting officer
sanctions-paper-deed = Deed
sanctions-paper-opening = I, { $name }, special investigating officer of the municipality of { $municipality }, competent by my deed ({ $deed }), declare the following.
sanctions-paper-facts = Facts and particulars
sanctions-paper-what = Item
sanctions-paper-content = Content
sanctions-paper-oath = I drew up this report truthfully, on my oath of office, on { $day }.
sanctions-paper-signature = Signature of the reporting officer
sanctions-paper-signed = Signed in the system on { $at }
sanctions-paper-page = Page

sanctions-export-title = To the collection agency
sanctions-export-lead = What was signed and checked goes in a numbered file. Each sanction once.
sanctions-export-next = Next file
sanctions-export-make = Make the file
sanctions-export-format = Our own format, described in the documentation. The agency's own interface is not public.
sanctions-export-batches = Files made
sanctions-export-none = No file was made yet.
sanctions-export-number = Number
sanctions-export-at = Made
sanctions-export-lines = Lines
sanctions-export-file = File
sanctions-export-get = Get

sanctions-figures-title = Figures of sanctions
sanctions-figures-lead = Numbers per month, without persons. Counted anew every night.
sanctions-figures-show = Show
sanctions-figures-group = Kind of offence
sanctions-figures-hidden = too small
sanctions-figures-none = No figures
sanctions-figures-none-text = Nothing was counted here in these months.
sanctions-export-waits = { $n ->
    [one] 1 event waits.
   *[other] { $number } events wait.
 }
sanctions-paper-photos = { $n ->
    [one] Annex: 1 photo, kept sealed with this number.
   *[other] Annexes: { $number } photos, kept sealed with this number.
 }
sanctions-figures-bound = { $n ->
    [one] All numbers are shown.
   *[other] Numbers below { $number } are not shown, nor those by which they could be computed.
 }
