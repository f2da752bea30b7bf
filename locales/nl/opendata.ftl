# Wat iedereen mag zien: kaart, lijst, open data, feeds en kalender.
opendata-map-title = Meldingen op de kaart
opendata-list-title = Meldingen in een lijst
opendata-map-lead = Zie wat er speelt in de openbare ruimte en hoe het ermee staat. U ziet nooit wie iets meldde.
opendata-map-svg = Kaart van de meldingen
opendata-map-caption = Meldingen per plek. Een getal is een aantal meldingen dicht bij elkaar.
opendata-one-map = De plek ongeveer
opendata-rounded = De plek is afgerond: zo is niet te zien bij welk huis een melding hoort.
opendata-tabs = Meldingen bekijken als
opendata-tab-map = Kaart
opendata-tab-list = Lijst
opendata-filters = Filters
opendata-filter = Toon
opendata-reset = Alles wissen
opendata-category = Onderwerp
opendata-category-any = Alle onderwerpen
opendata-state = Status
opendata-state-any = Elke status
# dynamic: opendata-state-*
opendata-state-received = Ontvangen
opendata-state-busy = Mee bezig
opendata-state-done = Klaar
opendata-state-cancelled = Niet opgepakt
opendata-area = Buurt
opendata-area-any = Alle buurten
opendata-period = Gemeld in
opendata-period-days = { $n ->
    [one] De laatste dag
   *[other] De laatste { $number } dagen
 }
opendata-period-all = Alle jaren
opendata-since = Gemeld
opendata-updated = Laatst gewijzigd
opendata-closed = Afgehandeld
opendata-reference = Nummer
opendata-photos = Foto’s
opendata-photo = Foto
opendata-follow = Volg deze melding
opendata-report = Meld iets
opendata-count = { $n ->
    [0] Geen meldingen gevonden
    [one] Eén melding
   *[other] { $number } meldingen
 }
opendata-count-most = De nieuwste { $number } meldingen. Kies een buurt of een kortere periode om alles te zien.
opendata-mark = { $number } meldingen dicht bij elkaar. Open om ze te zien.
opendata-as-list = Toon als lijst
opendata-whole = Toon de hele gemeente
opendata-caption = Meldingen, de nieuwste eerst
opendata-empty = Geen meldingen gevonden
opendata-empty-text = Kies een ander onderwerp, een andere buurt of een langere periode.
opendata-live-new = Nieuwe melding: {"{"}category{"}"}, {"{"}area{"}"}.
opendata-live-changed = Gewijzigd: {"{"}category{"}"}, {"{"}area{"}"}. Status: {"{"}state{"}"}.
opendata-live-many = {"{"}n{"}"} meldingen zijn nieuw of gewijzigd.
opendata-live-on = Nieuwe meldingen komen vanzelf binnen.
opendata-live-off = Gepauzeerd.
opendata-live-lost = Geen verbinding. Regie probeert het opnieuw.
opendata-live-pause = Pauzeer
opendata-live-resume = Ga verder
opendata-feed = Volg met een feedlezer (Atom)
opendata-feed-title = Meldingen als feed
opendata-feed-of = Meldingen in { $municipality }
opendata-data-title = Open data
opendata-data-lead = Haal de openbare gegevens op en gebruik ze zoals u wilt. Er staan geen personen in.
opendata-download = Download
opendata-features = Open in een GIS of bekijk de rijen
opendata-machines = Voor programma’s
opendata-licence = Licentie:
opendata-api = Beschrijving van de API (OpenAPI)
# dynamic: opendata-dataset-*
opendata-dataset-reports = Meldingen openbare ruimte
opendata-dataset-reports-text = Meldingen die de gemeente openbaar toont: onderwerp, status, buurt, afgeronde plek en datums. Geen personen, geen adressen en geen woorden die niet zijn vrijgegeven.
opendata-dataset-neighbourhoods = Buurten
opendata-dataset-neighbourhoods-text = Grenzen van de buurten, met code, naam en aantal inwoners als dat bekend is.
opendata-dataset-districts = Wijken
opendata-dataset-districts-text = Grenzen van de wijken, met code, naam en aantal inwoners als dat bekend is.
opendata-catalog = Catalogus (DCAT-AP-NL)
opendata-catalog-title = Open data van { $municipality }
opendata-catalog-text = Openbare gegevens over meldingen en gebieden in { $municipality }.
opendata-ogc = OGC API Features
opendata-ogc-lead = Openbare kaartlagen volgens OGC API Features. Open dit adres in QGIS of een ander GIS.
opendata-ogc-as-json = Dit als JSON
opendata-ogc-as-html = Dit als webpagina
opendata-ogc-api = Beschrijving van deze dienst (OpenAPI)
opendata-ogc-conformance = Waaraan deze dienst voldoet
opendata-ogc-class = Klasse
opendata-ogc-collections = Verzamelingen
opendata-ogc-collection = Verzameling
opendata-ogc-about = Wat erin staat
opendata-ogc-items = De rijen
opendata-ogc-next = Volgende bladzijde
opendata-ogc-links = Verwijzingen
opendata-calendar = Kalender van dagen waarop de gemeente niet werkt
opendata-calendar-name = Dagen waarop { $municipality } niet werkt
opendata-calendar-day = Gemeente { $municipality } werkt niet
opendata-calendar-holiday = Algemeen erkende feestdag (Algemene termijnenwet). Een wettelijke termijn eindigt niet op deze dag, maar op de volgende werkdag.
opendata-calendar-own = Eigen vrije dag van de gemeente. Wettelijke termijnen lopen gewoon door.
