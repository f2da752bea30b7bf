# What everybody may see: map, list, open data, feeds and calendar.
opendata-map-title = Reports on the map
opendata-list-title = Reports in a list
opendata-map-lead = See what is going on in public space and how it stands. You never see who reported something.
opendata-map-svg = Map of the reports
opendata-map-caption = Reports by place. A number is a number of reports near each other.
opendata-one-map = Roughly the place
opendata-rounded = The place is rounded: nobody can see which house a report belongs to.
opendata-tabs = View reports as
opendata-tab-map = Map
opendata-tab-list = List
opendata-filters = Filters
opendata-filter = Show
opendata-reset = Clear all
opendata-category = Subject
opendata-category-any = All subjects
opendata-state = State
opendata-state-any = Any state
# dynamic: opendata-state-*
opendata-state-received = Received
opendata-state-busy = In progress
opendata-state-done = Done
opendata-state-cancelled = Not taken up
opendata-area = Neighbourhood
opendata-area-any = All neighbourhoods
opendata-period = Reported in
opendata-period-days = { $n ->
    [one] The last day
   *[other] The last { $number } days
 }
opendata-period-all = All years
opendata-since = Reported
opendata-updated = Last changed
opendata-closed = Handled
opendata-reference = Number
opendata-photos = Photos
opendata-photo = Photo
opendata-follow = Follow this report
opendata-report = Report something
opendata-count = { $n ->
    [0] No reports found
    [one] One report
   *[other] { $number } reports
 }
opendata-count-most = The newest { $number } reports. Choose a neighbourhood or a shorter period to see everything.
opendata-mark = { $number } reports near each other. Open to see them.
opendata-as-list = Show as a list
opendata-whole = Show the whole municipality
opendata-caption = Reports, newest first
opendata-empty = No reports found
opendata-empty-text = Choose another subject, another neighbourhood or a longer period.
opendata-live-new = New report: {"{"}category{"}"}, {"{"}area{"}"}.
opendata-live-changed = Changed: {"{"}category{"}"}, {"{"}area{"}"}. State: {"{"}state{"}"}.
opendata-live-many = {"{"}n{"}"} reports are new or changed.
opendata-live-on = New reports come in by themselves.
opendata-live-off = Paused.
opendata-live-lost = No connection. Regie tries again.
opendata-live-pause = Pause
opendata-live-resume = Go on
opendata-feed = Follow with a feed reader (Atom)
opendata-feed-title = Reports as a feed
opendata-feed-of = Reports in { $municipality }
opendata-data-title = Open data
opendata-data-lead = Take the public data and use it as you like. There are no persons in it.
opendata-download = Download
opendata-features = Open in a GIS or see the rows
opendata-machines = For programs
opendata-licence = Licence:
opendata-api = Description of the API (OpenAPI)
# dynamic: opendata-dataset-*
opendata-dataset-reports = Reports about public space
opendata-dataset-reports-text = Reports that the municipality shows to everybody: subject, state, neighbourhood, rounded place and dates. No persons, no addresses, and no words that were not released.
opendata-dataset-neighbourhoods = Neighbourhoods
opendata-dataset-neighbourhoods-text = Boundaries of the neighbourhoods, with code, name, and number of inhabitants where it is known.
opendata-dataset-districts = Districts
opendata-dataset-districts-text = Boundaries of the districts, with code, name, and number of inhabitants where it is known.
opendata-catalog = Catalogue (DCAT-AP-NL)
opendata-catalog-title = Open data of { $municipality }
opendata-catalog-text = Public data about reports and areas in { $municipality }.
opendata-ogc = OGC API Features
opendata-ogc-lead = Public map layers by OGC API Features. Open this address in QGIS or another GIS.
opendata-ogc-as-json = This as JSON
opendata-ogc-as-html = This as a page
opendata-ogc-api = Description of this service (OpenAPI)
opendata-ogc-conformance = What this service conforms to
opendata-ogc-class = Class
opendata-ogc-collections = Collections
opendata-ogc-collection = Collection
opendata-ogc-about = What is in it
opendata-ogc-items = The rows
opendata-ogc-next = Next page
opendata-ogc-links = Links
opendata-calendar = Calendar of days on which the municipality does not work
opendata-calendar-name = Days on which { $municipality } does not work
opendata-calendar-day = Municipality of { $municipality } does not work
opendata-calendar-holiday = Public holiday (Algemene termijnenwet). A statutory term does not end on this day but on the next working day.
opendata-calendar-own = The municipality's own day off. Statutory terms run on.
