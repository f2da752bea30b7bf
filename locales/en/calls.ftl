# The screen for a call, the counter and mail.
calls-title = Take a report
calls-lead = Write along while the caller speaks. Regie searches along.
calls-mails-waiting =
    { $n ->
        [0] No mail is waiting.
        [one] 1 mail is waiting.
       *[other] { $number } mails are waiting.
    }
calls-saved = Report { $reference } is saved. You can take the next one.
calls-read-out = This is not for the municipality. Read out to the caller:
calls-not-stored = Regie keeps nothing of this. Is it about something else after all? Then choose another category.
calls-words = What is going on?
calls-guesses = Does this fit?
calls-category = Category
calls-category-none = Choose a category
calls-elsewhere = Not for the municipality
calls-address = Where is it?
calls-address-hint = Street and number, or postcode and number
calls-places = Choose the address
calls-near = Already known nearby
calls-near-one = { $reference }, reported on { $day }, { $metres } metres away
calls-area = Or only the neighbourhood
calls-who = Who reports it?
calls-name = Name
calls-phone = Telephone
calls-email = E-mail
calls-email-hint = Then the reporter is kept informed.
calls-postal = Postal address
calls-postal-hint = Needed for a complaint or a request to enforce
calls-channel = How did it come in?
# dynamic: calls-channel-*
calls-channel-phone = Telephone
calls-channel-desk = Counter or letter
calls-channel-mail = E-mail
calls-kind = What does the reporter ask?
# dynamic: calls-kind-*
calls-kind-report = Report
calls-kind-enforcement-request = Request to enforce
calls-kind-complaint = Complaint about an employee
calls-kind-question = Question
calls-urgency = How soon?
calls-save = Save
calls-look = Search along
calls-keys = Shortcuts: Alt+1, 2 or 3 picks a proposal. Ctrl+Enter saves.
calls-mails-title = Mail for the intake desk
calls-mails-lead = Mail that was no answer to a message of ours. Make a report of it, or throw it away.
calls-mails-none = No mail is waiting.
calls-mail-no-subject = Without a subject
calls-mail-take = Make a report
calls-mail-drop = Throw away
calls-mail-check = Check the text. Take out names of others and telephone numbers.
