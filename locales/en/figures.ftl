# Figures of others: police, CBS, monitor and accidents.
figures-title = Figures of others
figures-lead = Figures of the police, Statistics Netherlands and others. Each figure says where it comes from.
figures-none = No figures have been set up yet
figures-none-text = The administrator sets in figures.toml which figures the municipality uses.
figures-import = Import figures
figures-empty = No figures have been imported yet
figures-empty-text = As soon as a file has been imported and used, its figures are here.
figures-covers = Years
figures-cells = Number of figures
figures-refreshed = Last renewed
figures-mind = Note:
figures-source = Source: { $publisher }. Licence: { $licence }.
figures-every =
    { $n ->
        [one] Regie looks for new figures every day.
       *[other] Regie looks for new figures every { $number } days.
    }
figures-failed = Fetching failed on { $when }. { $why } The figures that were there remain.
figures-failure-look = Rows were refused or codes changed in the new file. Somebody must look at it first. Open the file at “Import figures”.

# Reading
figures-choose = Choose what to see
figures-measure = What was measured
figures-category = Kind
figures-area = Area
figures-kind = Period
# dynamic: figures-kind-*
figures-kind-month = By month
figures-kind-quarter = By quarter
figures-kind-year = By year
figures-kind-survey = By survey
figures-show = Show
figures-what = What is counted here?
figures-no-series = There are no figures for this choice.
figures-breaks = The method of measuring changed in { $years }. Figures before and after that year cannot be compared. That is why the line is broken.
figures-table = { $what }, by period
figures-period = Period
figures-figure = Figure
figures-margins = Margin (95%)
figures-answers = Number of answers
figures-change = Difference from a year earlier
figures-not-compared = not compared
figures-state = Status
figures-preliminary = preliminary
figures-final = final
figures-few = few answers
figures-by-area = Areas side by side, { $period }
figures-revised = Revised by the source
figures-revised-text = What stood there before
figures-was = Was
figures-becomes = Becomes
figures-when = Changed on
figures-from-where = Where does this come from?
figures-download = Download all figures (CSV)
figures-chart-text = All figures are also in the table.
figures-method-from = from { $year }
figures-quarter = Quarter { $n } of { $year }
figures-missing = not known
figures-suppressed = withheld
figures-unspecified = not known or secret
figures-small = 1 to { $most }
figures-file-line = { $name }, { $when } ({ $state })

# The form
figures-import-lead = Upload a file or give an address. First you see what changes. Only then do you decide whether the figures are used.
figures-form-choose = Choose
figures-form-dataset = Which figures?
figures-form-dataset-fault = Choose which figures the file is about.
figures-form-file = File
figures-form-file-hint = CSV, JSON or zip, at most { $most } MB. If something went wrong, choose the file again.
figures-form-url = Address to fetch
figures-form-url-hint = Instead of a file. An address begins with https://.
figures-form-reference-hint = The day on which the source settled the figures, if you know it.
figures-form-period-label = Period of all figures
figures-form-period-hint = Only when the file does not say it. For example 2023, 2023-04 or 2023-Q2.
figures-form-send = Check
figures-form-nothing = Choose a file, or fill in an address.
figures-form-both = Choose a file or fill in an address, not both.
figures-form-large = The file is larger than { $most } MB. Ask the source for a smaller selection.
figures-form-date = Fill in a day as year-month-day, for example 2024-05-31.
figures-form-period = Fill in the period, for example 2023, 2023-04 or 2023-Q2.
figures-form-unchanged = The source has nothing new: this is what Regie has already.
figures-files = Latest files

# A file
# dynamic: figures-state-*
figures-state-checked = waits for a decision
figures-state-stopped = cannot be read
figures-state-applied = in use
figures-known = This file was here already. Nothing has changed.
figures-use-title = Do you use these figures?
figures-use-text = Nothing has changed yet. See below what this file does. Figures that change can still be looked up.
figures-use = Use these figures
figures-moved = Codes with another meaning
figures-moved-text = In this file known codes mean something else than before. Old and new figures cannot be compared then.
figures-moved-looked = I have looked: it is the same kind under another name.
figures-code = Code
figures-stopped-text = Nothing of this file was used. Repair the file and import it again.
figures-report = What is in it?
figures-count-rows = Rows read
figures-count-cells = Figures
figures-count-new = New
figures-count-changed = Revised
figures-count-same = Unchanged
figures-count-refused = Rows refused
figures-count-confirmed = Now final, or preliminary again
figures-count-gone = Here before, not in the file (kept)
figures-count-twice = Double (counted once)
figures-count-elsewhere = Of other areas (skipped)
figures-count-kept-back = Only for the whole municipality (skipped)
figures-count-names = Names new or changed
figures-count-missing = Not known
figures-count-suppressed = Withheld
figures-count-unspecified = Not known or secret
figures-notes = What stands out
figures-unknown = Unknown codes
figures-unknown-text = These codes have no name, or the area is not on the present map. The figures were read.
figures-refused = Refused rows
figures-row = Row
figures-why = Why
figures-more-refused = And { $number } more rows.
figures-changes = Revised figures
figures-sums = Check: sum of everything in the file
figures-sums-text = Compare this sum with the file of the source. Totals and parts are added together here: it is no figure to use.
figures-publisher = Source
figures-licence = Licence
figures-reference = Reference date
figures-origin = Origin
figures-uploaded = uploaded
figures-received = Received
figures-used = In use since
figures-size = Size
figures-kilobytes = { $number } kB
figures-media = Kind of file
figures-sha = SHA-256
figures-raw = Download the file as it came
figures-discard = Throw this file away
figures-rule-stopped = This file could not be read. Import a good file.
figures-rule-moved = Codes in this file got another meaning. Look at them and tick that you have done so.
figures-rule-used = The figures of this file are in use. The file is kept, so that one can see where they come from.

# Why a whole file is not read
figures-stop-empty = There are no figures in the file.
figures-stop-cut-off = The file was cut off at row { $row }. Fetch it again.
figures-stop-cut-short = The file is not complete. Fetch it again.
figures-stop-large = Unpacked, the file is larger than { $most } MB. Ask the source for a smaller selection.
figures-stop-unreadable = The file cannot be read ({ $why }). Fetch it again.
figures-stop-encoding = Row { $row } is no { $encoding }. Save the file as UTF-8, or set the right `encoding` in figures.toml.
figures-stop-binary = This is no text. Save the file as CSV or JSON.
figures-stop-html = A web page came instead of figures. Check the address, or try again later.
figures-stop-html-title = A web page came instead of figures: “{ $title }”. Check the address, or try again later.
figures-stop-xml = XML came instead of figures. Ask the source for JSON or CSV.
figures-stop-zip = This is a zip or Excel file. Unpack it, or save it as CSV.
figures-stop-no-mapping = For these figures, figures.toml does not say which column is what.
figures-stop-columns = The columns have changed. Missing: { $gone }. Present: { $found }. Nothing was imported; change figures.toml if this is right.
figures-stop-new-columns = There are new columns: { $columns }. Nothing was imported; say in figures.toml what they are.
figures-stop-column-twice = The column “{ $column }” is there twice. Give each column a name of its own.
figures-stop-delimiter = The columns are not separated by “{ $delimiter }”. Set the right character in figures.toml.
figures-stop-no-period = The file does not say a period. Fill in the period on the form.
figures-stop-no-rows = There are no rows in “{ $part }”. This is no OData table.
figures-stop-no-metadata = The file does not say which column is area, period and figure. Import the metadata with it, or set the columns in figures.toml.
figures-stop-server = The source gave an error: { $why }
figures-stop-other-server = The next page is on another server ({ $url }). It is not fetched.
figures-stop-pages = The table has more than { $most } pages. Ask for a smaller selection.

# Why a row is not read
figures-row-no-area = There is no area.
figures-row-no-code = There is no code or no name.
figures-row-code-twice = The code { $code } already stands in row { $first }.
figures-row-no-category = The column “{ $column }” is empty.
figures-row-no-measure = It does not say what was measured.
figures-row-two-areas = “{ $name }” is the name of several areas: { $codes }. Use the code.
figures-row-period = “{ $period }” is no year, quarter or month.
figures-row-number = The column “{ $column }” holds “{ $cell }”. That is no number.
figures-row-fields = The row has { $fields } fields; there are { $columns } columns.
figures-row-margins = The margin is wrong: { $value } does not lie between { $low } and { $high }.
figures-row-margin-code = “{ $code }” is no value or margin.
figures-row-unknown-code = The code { $code } is not in the code list of the file.
figures-row-contradiction = Rows { $rows } say different things about the same figure ({ $area } { $category } { $period }). None of them was used.

# What stands out
figures-note-below = Below the table stands: “{ $text }” (row { $row }).
figures-note-total = Row { $row } ({ $area }): the total is { $total }, the parts add up to { $sum }.
figures-note-total-parts = In { $n } places the total is not the sum of the kinds. Example: { $area }, { $period }: total { $total }, sum { $sum }. Of some kinds the source gives no monthly figures.
figures-note-months-year = In { $n } places the year is not the sum of the months. Example: { $area } { $category } { $period }: year { $total }, months together { $sum }.
figures-note-half-year = Of { $year } there are { $months } of 12 months. That year is not compared with others.
figures-note-more-pages = The source has more pages. This file is a part of the table.
figures-note-codes-gone = These codes are no longer in the code list: { $codes }. Their figures remain.
figures-note-left-out = Not read on purpose: { $columns }. Regie uses no figures about the origin of residents.
