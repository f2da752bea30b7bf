# Contact with the reporter: messages, questions, satisfaction, following, texts.
contact-title = Messages with the reporter
contact-none = There are no messages yet.
contact-read = Read the message
contact-write = Message to the reporter
contact-write-hint = The reporter gets this by e-mail and reads it on the status page.
contact-send = Send the message
contact-again = Send again
contact-unsure-hint = The connection to the mail server broke while sending. This message probably arrived. If you send it again, the reporter may get it twice.
contact-bad-address = The last message did not arrive. Check the e-mail address or call the reporter.
contact-muted = The reporter wants no e-mails about this report.
contact-said-title = What the reporter thinks of the result
contact-said-yes = Satisfied, on { $day }.
contact-said-no = Not satisfied, on { $day }.
contact-said-reachable = We may get in touch about it.
contact-rule-no-address = The reporter gave no e-mail address. Call the reporter, or write your note with the state.
contact-rule-muted = The reporter wants no e-mails about this report.
contact-rule-not-unsure = This message need not go again: it was sent or it still waits.
contact-rule-answered = You answered this question already, or it is no longer needed.
contact-rule-said = You told us already, or the time for it is over.
contact-rule-id-taken = This id belongs to another report already. Make a new id.
# dynamic: contact-state-*
contact-state-waiting = Waits to be sent
contact-state-sent = Sent
contact-state-failed = Not sent
contact-state-bounced = Came back
contact-state-unsure = Unsure whether it arrived
contact-state-in = Received
# dynamic: contact-event-*
contact-event-received = Confirmation of a report
contact-event-received-enforcement-request = Confirmation of a request to enforce
contact-event-received-complaint = Confirmation of a complaint
contact-event-received-question = Confirmation of a question
contact-event-in-progress = In progress
contact-event-planned = Planned
contact-event-done = Handled
contact-event-cancelled = Not taken up
contact-event-forwarded = Forwarded
contact-event-reopened = Taken up again
contact-event-reopen-refused = Not taken up again
contact-event-asked = Question to the reporter
contact-event-reminder = Reminder of the question
contact-event-free = Free message
contact-event-follow-confirm = Follower confirms the address
contact-event-follow-news = News for followers
contact-event-reaction = Answer of the reporter
contact-words-missing = Write your answer in the box.
contact-words-long = Make your text shorter: at most { $most } characters. You have { $have }.
contact-question-title = We have a question for you
contact-answer = Your answer
contact-answer-hint = Do not mention names or number plates of others.
contact-answer-photo = Photos
contact-answer-send = Send your answer
contact-status-asked = We asked a question
contact-status-answered = You answered
contact-status-written = We wrote to you
contact-satisfied-title = Are you satisfied?
contact-satisfied = Are you satisfied with the result?
contact-satisfied-yes = Yes
contact-satisfied-no = No, please look again
contact-satisfied-missing = Choose yes or no.
contact-satisfied-send = Send
contact-reason = What fits best?
contact-reason-none = No choice
contact-reason-other = This reason does not fit your answer. Choose another one.
contact-why = Tell us why
contact-why-hint = Needed if you are not satisfied.
contact-reachable = You may get in touch with me
contact-mails-title = E-mails about this report
contact-mails-on = We e-mail you when there is news.
contact-mails-off = You get no e-mails about this report. You still see everything on this page.
contact-mails-stop = Stop the e-mails
contact-mails-start = Send me e-mails again
contact-follow-title = Follow a report
contact-follow-lead = Report { $reference }: { $category }. We e-mail you when its state changes.
contact-follow-email = E-mail address
contact-follow-hint = You first get an e-mail to confirm your address.
contact-follow-button = Follow this report
contact-follow-privacy = We use your address for this only. When you stop, or the report is done, we remove it.
contact-follow-sent = Look in your e-mail. We sent a link to { $email }. Open it to confirm.
contact-follow-closed = This report is done. It cannot be followed any more.
contact-email-shape = Fill in an e-mail address, for example name@example.org.
contact-followed-confirm = Do you want to follow report { $reference }?
contact-followed-now = You follow report { $reference }.
contact-followed-ended = You no longer follow this report.
contact-followed-hidden = This report is no longer on the map. You will get no more news about it.
contact-followed-old = This link is too old. Ask again to follow the report.
contact-followed-button-confirm = Yes, follow this report
contact-followed-button-stop = Stop following
contact-no-answer-note = We asked you a question and had no answer.
contact-templates-title = Texts of messages
contact-templates-lead = Change the e-mails that reporters and followers get. Each change counts at once.
contact-templates-caption = Each message in each language
# dynamic: contact-language-*
contact-language-nl = Dutch
contact-language-en = English
contact-template-event = Message
contact-template-title = Text: { $name }
contact-template-all = All categories
contact-template-built-in = Built-in text
contact-template-own = Own text
contact-template-standing-own = This is the municipality's own text.
contact-template-standing-general = This category uses the own text for all categories.
contact-template-standing-built-in = This is the built-in text.
contact-template-language = Language
contact-template-category = Category
contact-template-category-hint = A text for one category goes before the text for all categories.
contact-template-choose = Choose
contact-template-subject = Subject
contact-template-body = Text
contact-template-body-hint = Plain text. A line with an empty variable is left out.
contact-template-preview = Preview
contact-template-preview-title = Preview with a made-up report
contact-template-save = Save
contact-template-restore = Back to the built-in text
contact-template-history = Earlier texts
contact-template-history-none = The text was never changed.
contact-template-changed = Changed
contact-template-restored = Set back to the built-in text
contact-template-empty = Fill in a text.
contact-template-long = Make the text shorter: at most { $most } characters.
contact-template-subject-line = The subject is one line.
contact-template-brace = Line { $line }: a brace belongs to a variable. Write for example open brace, $reference, close brace.
contact-template-unknown = Line { $line }: the variable { $name } does not exist. Choose one from the list.
contact-example-note = The container was emptied. Thank you for your report.
contact-variables-title = Variables
contact-variables-lead = Put a variable in the text. We fill it in for each report.
# dynamic: contact-variable-*
contact-variable-reference = Number of the report
contact-variable-category = Category of the report
contact-variable-state = State in words
contact-variable-received = Day on which the report came in
contact-variable-due = Last day of the term; empty when there is none or when the report is done
contact-variable-note = What the colleague wrote, or the question
contact-variable-days = Days in which the reporter can say whether they are satisfied
contact-variable-link = The page of the reporter or the follower
contact-variable-municipality = Name of the municipality
contact-variable-organisation = Name of the organisation
contact-variable-email = E-mail address of the municipality
contact-variable-phone = Telephone number of the municipality
# dynamic: contact-mail-*
contact-mail-received-subject = Your report { $reference } came in
contact-mail-received-body =
    Dear resident,

    Thank you for your report about { $category }.
    The number of your report is { $reference }.
    We will handle your report by { $due }.

    See how your report is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-received-enforcement-request-subject = Your request to enforce { $reference } came in
contact-mail-received-enforcement-request-body =
    Dear resident,

    We received your request to enforce on { $received }. Its number is { $reference }.
    This is an application. You will get a decision by { $due }.

    See how your request is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-received-complaint-subject = Your complaint { $reference } came in
contact-mail-received-complaint-body =
    Dear resident,

    We received your complaint on { $received }. Its number is { $reference }.
    Somebody who was not involved will handle it. You will get an answer by { $due }.

    See how your complaint is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-received-question-subject = Your question { $reference } came in
contact-mail-received-question-body =
    Dear resident,

    We received your question. Its number is { $reference }.
    You will get an answer by { $due }.

    See how your question is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-in-progress-subject = News about your report { $reference }
contact-mail-in-progress-body =
    Dear resident,

    The status of your report { $reference } is now: { $state }.

    { $note }

    We will handle your report by { $due }.

    See how your report is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-planned-subject = Your report { $reference } is planned
contact-mail-planned-body =
    Dear resident,

    The status of your report { $reference } is now: { $state }.

    { $note }

    We will handle your report by { $due }.

    See how your report is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-done-subject = Your report { $reference } was handled
contact-mail-done-body =
    Dear resident,

    The status of your report { $reference } is now: { $state }.

    { $note }

    Are you satisfied? Tell us within { $days } days. Is the problem not gone? Then you can ask us on the same page to look again.
    { $link }

    Municipality of { $municipality }
contact-mail-cancelled-subject = We do not take up your report { $reference }
contact-mail-cancelled-body =
    Dear resident,

    The status of your report { $reference } is now: { $state }.

    { $note }

    See your report:
    { $link }

    Municipality of { $municipality }
contact-mail-forwarded-subject = Your report { $reference } was forwarded
contact-mail-forwarded-body =
    Dear resident,

    The status of your report { $reference } is now: { $state }. Another organisation goes on with it.

    { $note }

    See how your report is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-reopened-subject = We look at your report { $reference } again
contact-mail-reopened-body =
    Dear resident,

    We take up your report { $reference } again.

    { $note }

    See how your report is doing:
    { $link }

    Municipality of { $municipality }
contact-mail-reopen-refused-subject = Your question about report { $reference }
contact-mail-reopen-refused-body =
    Dear resident,

    You asked us to look at your report { $reference } again. We will not do that.

    { $note }

    See your report:
    { $link }

    Municipality of { $municipality }
contact-mail-asked-subject = A question about your report { $reference }
contact-mail-asked-body =
    Dear resident,

    We have a question about your report { $reference }:

    { $note }

    Please answer on this page. You can also reply to this e-mail.
    { $link }

    Municipality of { $municipality }
contact-mail-reminder-subject = Reminder: a question about your report { $reference }
contact-mail-reminder-body =
    Dear resident,

    We asked you a question about your report { $reference } and had no answer yet:

    { $note }

    Please answer on this page. You can also reply to this e-mail.
    { $link }

    Municipality of { $municipality }
contact-mail-free-subject = Message about your report { $reference }
contact-mail-free-body =
    Dear resident,

    { $note }

    See your report { $reference }:
    { $link }

    Municipality of { $municipality }
contact-mail-follow-confirm-subject = Do you want to follow report { $reference }?
contact-mail-follow-confirm-body =
    Dear resident,

    Somebody typed your e-mail address to follow report { $reference } about { $category }. Was it you? Then confirm it on this page:
    { $link }

    Was it not you? Then you need not do anything. You will get no e-mails.

    Municipality of { $municipality }
contact-mail-follow-news-subject = News about report { $reference }
contact-mail-follow-news-body =
    Dear resident,

    The status of report { $reference } about { $category } is now: { $state }.

    Do you want no more e-mails about this report? Stop them on this page:
    { $link }

    Municipality of { $municipality }
