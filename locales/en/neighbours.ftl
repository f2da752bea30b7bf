# Neighbourhood groups and followers: who coordinates, and what the municipality tells them.
neighbours-title = Neighbourhood groups
neighbours-lead = Groups of residents and entrepreneurs who look out for their neighbourhood. We know the coordinator only, not the members.
neighbours-new = Add a group
neighbours-edit = Change the group
neighbours-filter = Choose which groups you see
neighbours-show = Show
neighbours-area = Neighbourhood
neighbours-areas = Neighbourhoods
neighbours-areas-hint = Where is the group active? Choose at least one neighbourhood.
neighbours-any-area = All neighbourhoods
neighbours-any-kind = All kinds
neighbours-kind = Kind of group
# dynamic: neighbours-kind-*
neighbours-kind-chat = WhatsApp neighbourhood group
neighbours-kind-watch = Neighbourhood watch
neighbours-kind-burgernet = Burgernet
neighbours-kind-residents = Residents' association
neighbours-kind-business = Entrepreneurs
neighbours-name = Name
neighbours-topics = Wants messages about
neighbours-topics-hint = If you choose nothing, the group gets messages about everything.
neighbours-all-topics = All subjects
neighbours-coordinator = Coordinator
neighbours-coordinator-hint = One person with whom the municipality has contact. Write nothing about members.
neighbours-coordinator-name = Name of the coordinator
neighbours-email = E-mail address
neighbours-phone = Telephone number
neighbours-consent = Consent given on
neighbours-consent-hint = The day on which the coordinator said that we may keep these data. Without consent we send nothing.
neighbours-language = Language of messages
# dynamic: neighbours-language-*
neighbours-language-nl = Dutch
neighbours-language-en = English
neighbours-since = Active since
neighbours-ended = Ended on
neighbours-note = Remark
neighbours-note-hint = About the group as a whole, for instance when it meets.
neighbours-save = Save
neighbours-saved = Your change has been saved.
neighbours-too-long = Make the text shorter: no more than { $most } characters.
neighbours-name-missing = Fill in the name of the group.
neighbours-areas-missing = Choose at least one neighbourhood in the list.
neighbours-areas-wrong = Choose neighbourhoods in the list.
neighbours-topics-wrong = Choose subjects in the list.
neighbours-coordinator-missing = Fill in the name of the coordinator.
neighbours-email-wrong = Fill in an e-mail address, such as name@example.org.
neighbours-consent-missing = Fill in the day on which the coordinator gave consent: today or earlier.
neighbours-since-wrong = Fill in a day: today or earlier.
neighbours-ended-rule = This group has ended and cannot be changed any more. Add a new group.
neighbours-state = State
neighbours-state-active = Active
neighbours-state-ended = Ended
neighbours-state-unreachable = Cannot be reached
neighbours-none = No groups found
neighbours-none-text = Add a group, or choose another neighbourhood or kind.
neighbours-map = Where are groups?
neighbours-map-desc = Number of active groups in each neighbourhood
neighbours-groups = Groups
neighbours-no-groups = no group
neighbours-followers = { $n ->
    [one] { $number } resident follows a neighbourhood or subject by e-mail.
   *[other] { $number } residents follow a neighbourhood or subject by e-mail.
 }
neighbours-contact-gone = The data of the coordinator have been removed.
neighbours-told = What we told this group
neighbours-told-none = No messages yet.
neighbours-end = End the group
neighbours-end-text = The group gets no more messages. The data of the coordinator go after 30 days.
neighbours-message-new = Message to groups
neighbours-message-lead = Tell groups what happens in their neighbourhood. First you see what each coordinator reads.
neighbours-messages = Messages sent
neighbours-templates = Start with a text
neighbours-to-areas = To groups in
neighbours-to-areas-hint = If you choose nothing, the message goes to all neighbourhoods.
neighbours-topic = Subject
neighbours-topic-hint = Only groups that want to hear of this get the message.
neighbours-no-topic = No subject in particular
neighbours-some-topic = nuisance
neighbours-subject = Subject line
neighbours-subject-missing = Fill in the subject line.
neighbours-body = Text
neighbours-body-hint = Give no names or addresses of people.
neighbours-body-missing = Write the text of the message.
neighbours-variables = In the text you can use these; they are filled in for each group:
neighbours-variable-wrong = We do not know “{ $word }” between braces. Use one of the words below the text, or take the braces away.
neighbours-nobody = No group at all would get this message. Choose other neighbourhoods or another subject.
neighbours-preview = Look at the message
neighbours-preview-count = { $n ->
    [one] This message goes to { $number } coordinator. Read it through and send it.
   *[other] This message goes to { $number } coordinators. Read it through and send it.
 }
neighbours-send = Send
neighbours-change-text = Change the text
neighbours-sent = The message is on its way to the coordinators.
neighbours-when = When
neighbours-receivers = Receivers
neighbours-receivers-n = { $n ->
    [one] { $number } group
   *[other] { $number } groups
 }
neighbours-delivered = sent
neighbours-on-its-way = on its way
neighbours-letter-why = You get this message from { $organisation } because you are the coordinator of { $group }. Is that no longer right, or do you want no messages? Mail { $email }.
neighbours-public-title = Your neighbourhood
neighbours-public-lead = Follow what is reported and solved in your neighbourhood, or join a neighbourhood group.
neighbours-follow = News by e-mail
neighbours-follow-text = We mail you which reports come in from your neighbourhood and what happens to them. You read what the public map shows too: never who reported something.
neighbours-your-email = Your e-mail address
neighbours-your-email-hint = First we send you a mail to confirm. We use your address for this only.
neighbours-rhythm = How often do you want news?
# dynamic: neighbours-rhythm-*
neighbours-rhythm-soon = As soon as there is news
neighbours-rhythm-weekly = Once a week
neighbours-rhythm-missing = Choose how often you want news.
neighbours-about = About what?
neighbours-about-hint = If you choose nothing, you get news about everything.
neighbours-where = Which neighbourhoods?
neighbours-where-hint = If you choose nothing, you get news about the whole municipality.
neighbours-follow-send = Ask for news
neighbours-feed = Rather without an e-mail address? Use a feed reader:
neighbours-feed-link = reports as an Atom feed
neighbours-public-groups = Neighbourhood groups
neighbours-public-groups-text = In these neighbourhoods residents look out together. Do you want to join or to start a group? Mail us:
neighbours-public-none = No neighbourhood groups are known yet.
neighbours-groups-n = { $n ->
    [one] { $number } group
   *[other] { $number } groups
 }
neighbours-asked = Look in your mail
neighbours-asked-text = We sent you a mail. Open the link in it to confirm. No mail? Look in your spam folder, or try again later.
neighbours-confirm-subject = Confirm that you want news from { $municipality }
neighbours-confirm-body =
    You asked for news about reports in { $municipality }.

    Confirm your address within { $hours } hours:
    { $link }

    Did you not ask for this? Then you need not do anything. We forget your address by ourselves.
neighbours-link-confirm = Confirm your request
neighbours-link-stop = Stop the news
neighbours-confirm = Yes, send me news
neighbours-stop = Stop and forget my address
neighbours-confirmed = You get news
neighbours-confirmed-text = Your address has been confirmed. Each mail has a link to stop.
neighbours-stopped = You get no more news
neighbours-stopped-text = We have forgotten your address.
neighbours-news-subject = { $n ->
    [one] News from your neighbourhood: { $number } report
   *[other] News from your neighbourhood: { $number } reports
 }
neighbours-news-lead = These reports in { $municipality } are new or changed:
neighbours-news-line = - { $category }, { $area }: { $state } (reported on { $day })
neighbours-news-more = And { $number } more.
# dynamic: neighbours-signal-*
neighbours-signal-received = received
neighbours-signal-busy = in progress
neighbours-signal-done = handled
neighbours-signal-cancelled = not taken up
neighbours-news-map = All reports on the map: { $link }
neighbours-news-stop = No more news? { $link }
