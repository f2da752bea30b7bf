# Reports as they come in: what can be wrong, and the confirmation.
signal-category-missing = Choose what your report is about.
signal-category-unknown = This category does not exist. Choose one from the list.
signal-category-stopped = { $message }
signal-words-short = Tell us in a few words what is wrong.
signal-words-long = Your text has { $have } characters. Make it shorter: at most { $most } characters.
signal-address-long = This text is too long. Use at most { $most } characters.
signal-place-missing = Fill in where it is: a street or place, or choose a point on the map.
signal-place-outside = This place is not in the municipality of { $municipality }. Choose a point inside it.
signal-area-unknown = This neighbourhood does not exist. Choose one from the list.
signal-time-future = This moment is in the future. Fill in when you saw it.
signal-time-old = This moment is too long ago. Fill in when you saw it.
signal-email-shape = This e-mail address is not right. It should look like name@example.com.
signal-name-needed = Fill in your name. The law asks it for a request or a complaint.
signal-postal-needed = Fill in your postal address. The law asks it for a request or a complaint.
signal-phone-shape = This telephone number is not right. Fill in 6 to 15 digits.
# Kind of a message.
# dynamic: kind-*
kind-report = Report
kind-enforcement-request = Request to enforce
kind-complaint = Complaint about the municipality
kind-question = Question
