# Moderating: what everybody sees of reports, and what to do with junk.
moderation-title = Publication
moderation-lead = You decide what everybody sees of a report. The public map always shows only the category, the state and an approximate place; never the reporter's name or own words.
moderation-tabs = Reports to look at
moderation-tab-waiting = Waiting
moderation-tab-suspect = Suspect
moderation-tab-shown = Shown
moderation-tab-hidden = Hidden
moderation-tab-junk = Clear up
moderation-keys = Keys: j next, k previous, s show without words, w show with words, h hide.
moderation-empty = Nothing here
moderation-empty-text = No reports wait for you now.
moderation-words = The reporter's words
moderation-words-none = The reporter wrote no words.
moderation-photo = Cover and release
moderation-public-words = Words that everybody may read
moderation-public-words-hint = This is a proposal: the computer took out what looks like people's data. Read it and change it.
moderation-private = Reports of this kind are never public.
moderation-reason = Reason when you hide
# dynamic: moderation-reason-*
moderation-reason-person = Is about a person, household or address
moderation-reason-not-public = Does not belong on the public map
moderation-reason-double = Is there already
moderation-reason-wrong-place = The place is wrong
moderation-reason-other = Something else
moderation-why = Explanation
moderation-show = Show without words
moderation-show-words = Show with these words
moderation-hide = Hide
moderation-clear = Is no junk
moderation-wait = Back to waiting
moderation-undo = Undo
moderation-map-alt = Map with the place as everybody sees it
moderation-done-shown = Report { $reference } is on the public map.
moderation-done-hidden = Report { $reference } is hidden.
moderation-done-waiting = Report { $reference } waits again.
moderation-done-clear = Report { $reference } is no junk. The mail to the reporter was sent.
moderation-rule-private = Reports of this kind are never public. Is the category wrong? Then change it with the report first.
moderation-rule-not-public = This report is not public; there is nothing to hide.
moderation-rules = What the computer takes out of the proposal
moderation-rules-lead = These are simple rules. They miss something now and then. You decide.
# dynamic: moderation-blank-*
moderation-blank-name = [name]
moderation-blank-name-rule = Words after Mr, Mrs or family, the reporter's own name, and words with a capital within a sentence that are no street or neighbourhood.
moderation-blank-phone = [telephone number]
moderation-blank-phone-rule = Nine to fifteen digits that begin with 0 or +.
moderation-blank-email = [e-mail address]
moderation-blank-email-rule = Words with an @ and a full stop.
moderation-blank-plate = [number plate]
moderation-blank-plate-rule = Three groups of letters or digits with dashes, six signs together.
moderation-blank-house = [house number]
moderation-blank-house-rule = A number after a street or after "number", and postcodes.
moderation-blank-number = [number]
moderation-blank-number-rule = Words with seven digits or more.
moderation-blank-link = [web address]
moderation-blank-link-rule = Words that begin with http or www.
# dynamic: moderation-publication-*
moderation-publication-none = Not public
moderation-publication-waiting = Waits for a decision
moderation-publication-shown = Is on the public map
moderation-publication-hidden = Hidden
moderation-event = Publication from "{ $was }" to "{ $becomes }"
moderation-event-clear = Looked at: no junk
moderation-signs = Why suspect
# dynamic: moderation-sign-*
moderation-sign-links = Many web addresses
moderation-sign-same = The same words came in often
moderation-sign-script = Piece of a program or web page
moderation-sign-words = Word of the municipality's list
moderation-junk-title = Clear up junk
moderation-junk-lead = Put thousands of junk reports aside in one act. They disappear from lists, maps and figures. You can bring them back in one act.
moderation-junk-which = Which reports
moderation-junk-only = Only new reports from outside that nobody worked on.
moderation-junk-from = Came in from
moderation-junk-to = Came in until
moderation-junk-channel = Came in by
# dynamic: moderation-channel-*
moderation-channel-web = Form on the site
moderation-channel-api = Connection (API)
moderation-channel-open311 = Open311
moderation-channel-mail = E-mail
moderation-junk-text = With this text in it
moderation-junk-text-hint = We search the words, the place and the reference.
moderation-junk-same = With exactly these words
moderation-junk-same-hint = Paste the words of a junk report here.
moderation-junk-email = From this e-mail address
moderation-junk-suspect = Only reports that are suspect
moderation-junk-look = Count and look
moderation-junk-found = Found
moderation-junk-count = { $number ->
    [0] No report fits.
    [one] One report fits.
   *[other] { $number } reports fit.
}
moderation-junk-count-more = More than { $number } reports fit. { $number } go aside at a time, the oldest first.
moderation-junk-newest = The newest of these reports
moderation-junk-note = Why do you put them aside?
moderation-junk-note-hint = This goes into the log.
moderation-junk-note-missing = Write why you put these reports aside.
moderation-junk-open = First choose which reports: a time, a way, a text or an address.
moderation-junk-time = Write the day and time like this: 2026-05-31 14:30.
moderation-junk-put-aside = Put aside
moderation-junk-batches = Put aside
moderation-junk-batches-none = Nothing was put aside yet.
moderation-junk-batch = { $number } reports on { $at }
moderation-junk-undo = Bring back
moderation-junk-undone-at = brought back on { $at }
moderation-junk-undone = These reports were brought back before.
moderation-junk-again = { $number } of these reports were sent again meanwhile. First put the new ones aside.
moderation-junk-done = { $number ->
    [one] One report was put aside.
   *[other] { $number } reports were put aside.
}
