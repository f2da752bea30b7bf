# One square: what made the night expect what it expects, and when.
place-lead-before = { $month } reports in the last 4 weeks and { $year } in the last 52 weeks. The forecast has not been made yet; that happens tonight.
place-quiet = Here we expect next to nothing in the coming 7 days.
place-parts = What is the expectation made of?
place-parts-note = What each part of the model adds, in reports in the coming 7 days. Together that is the expectation.
place-part = Part
place-part-adds = Adds
place-part-share = Share
# dynamic: place-part-*
place-part-recent = Reports here in the last months
place-part-years = Reports here over the years
place-part-neighbours = Reports in the squares around
place-part-season = The same weeks of last year
place-part-all-kinds = Reports of all kinds together
place-part-everywhere = What every square gets
place-part-trend = Correction: it is rising or falling
place-coming = When in the coming 7 days?
place-coming-note = Expected reports per day and per four hours.
place-day = Day
place-groups = Expected in the coming 7 days, per main kind
