# Registers: verwerkingen, algoritmes, incidenten.
registers-title = Register van verwerkingen
registers-lead = Wat de gemeente in Regie met persoonsgegevens doet, waarom, hoe lang en met welke bescherming. Dit register komt rechtstreeks uit het programma.
registers-controller = Verwerkingsverantwoordelijke
registers-officer = Functionaris voor gegevensbescherming
registers-privacy-page = Meer over privacy
registers-json = Als gegevens (JSON)
registers-algorithms = Register van algoritmes
registers-purpose = Doel
registers-basis = Grondslag
registers-laws = Wet
registers-subjects = Over wie
registers-data = Welke gegevens
registers-receivers = Wie ze krijgt
registers-transfers = Buiten de Europese Unie
registers-transfers-none = Geen. Alle gegevens blijven in de Europese Unie.
registers-dpia = Toets op privacy (DPIA)
registers-dpia-none = Nog niet gedaan. De gemeente doet dit voor zij hiermee in het echt gaat werken.
registers-retention = Hoe lang we het bewaren
registers-measures = Hoe we het beschermen
# dynamic: registers-trigger-*
registers-trigger-created = vanaf het begin
registers-trigger-closed = nadat de zaak is gesloten
registers-trigger-ended = nadat het doel is bereikt
registers-free = Vrij te gebruiken: { $term } { $trigger }.
registers-removed = Verwijderd uit het dagelijks werk: { $term } { $trigger }.
registers-removed-at-once = Verwijderd uit het dagelijks werk: direct { $trigger }.
registers-locked = Daarna nog { $term } achter slot, en dan vernietigd.
registers-archive = Gaat naar het archief en wordt niet vernietigd.
registers-anonymise = Alleen wat naar een persoon wijst, wordt gewist. De rest blijft.
registers-hours = { $n ->
    [one] één uur
   *[other] { $number } uur
 }
registers-working-days = { $n ->
    [one] één werkdag
   *[other] { $number } werkdagen
 }
registers-days = { $n ->
    [one] één dag
   *[other] { $number } dagen
 }
registers-weeks = { $n ->
    [one] één week
   *[other] { $number } weken
 }
registers-months = { $n ->
    [one] één maand
   *[other] { $number } maanden
 }
registers-years = { $n ->
    [one] één jaar
   *[other] { $number } jaar
 }
registers-incidents = Incidenten
registers-incidents-lead = Vermoedens van onrechtmatige verwerking en datalekken. Een datalek meldt u binnen 72 uur bij de Autoriteit Persoonsgegevens.
registers-incidents-none = Er is geen incident vastgelegd
registers-incidents-none-text = Is er iets misgegaan? Leg het dan meteen vast.
registers-incident-new = Nieuw incident
registers-incident-title = Incident
registers-incident-what = Wat is er gebeurd?
registers-incident-what-hint = Noem geen namen van betrokkenen.
registers-incident-vault = In welke kluis?
registers-incident-happened = Wanneer gebeurde het?
registers-incident-noticed = Wanneer is het ontdekt?
registers-incident-noticed-hint = Vanaf dit moment loopt de termijn om te melden.
registers-incident-noticed-by = Wie ontdekte het?
registers-incident-breach = Dit is een datalek
registers-incident-breach-hint = Gegevens zijn kwijt, gewijzigd of gezien door wie ze niet mocht zien.
registers-incident-reported = Gemeld bij de Autoriteit Persoonsgegevens op
registers-incident-no-report = Waarom niet gemeld?
registers-incident-measures = Wat is er gedaan?
registers-incident-close = Incident is afgehandeld
registers-incident-state = Stand
registers-incident-due = Melden voor { $at }.
registers-incident-closed = Afgehandeld
registers-incident-in-time = Op tijd gemeld
registers-incident-too-late = Te laat gemeld
registers-incident-not-reported = Niet gemeld, met reden
registers-incident-late = Melden is te laat
registers-incident-to-report = Nog melden
registers-incident-open = In onderzoek
registers-incident-moment-wrong = Vul een dag en een tijd in. Die kunnen niet in de toekomst liggen.
registers-incident-vault-missing = Kies de kluis waar het over gaat.
registers-incident-text-missing = Vul dit in.
registers-incident-measures-missing = Schrijf op wat er is gedaan voordat u het incident sluit.
registers-incident-report-missing = Vul in wanneer het datalek is gemeld, of schrijf op waarom niet.
registers-incident-order = Het incident kan niet zijn ontdekt voordat het gebeurde.
# De velden van het Algoritmeregister (publicatiestandaard 1.0).
# dynamic: registers-algorithm-*
registers-algorithm-label-organization = Organisatie
registers-algorithm-label-department = Afdeling
registers-algorithm-label-description_short = In het kort
registers-algorithm-label-type = Soort
registers-algorithm-label-category = Thema
registers-algorithm-label-publication_category = Categorie van publicatie
registers-algorithm-label-status = Status
registers-algorithm-label-begin_date = In gebruik sinds
registers-algorithm-label-website = Website
registers-algorithm-label-contact_email = Contact
registers-algorithm-label-goal = Doel en impact
registers-algorithm-label-proportionality = Afwegingen
registers-algorithm-label-human_intervention = Menselijke tussenkomst
registers-algorithm-label-risks = Risicobeheer
registers-algorithm-label-lawful_basis = Wettelijke basis
registers-algorithm-label-impacttoetsen = Impacttoetsen
registers-algorithm-label-source_data = Gegevens
registers-algorithm-label-methods_and_models = Technische werking
registers-algorithm-label-provider = Leverancier
registers-algorithm-label-publiccode = Broncode
registers-algorithm-label-revision_date = Laatst herzien
registers-algorithm-label-lang = Taal
registers-algorithm-type = Statistische telling met vaste, openbare regels. Het model leert niet zelf van personen.
registers-algorithm-provider = De gemeente zelf, met de open software Regie
registers-algorithm-department-none = Nog niet ingevuld
registers-algorithm-begin-none = Nog niet in gebruik
registers-algorithm-forecast-short = Berekent per vak van 200 bij 200 meter hoeveel meldingen we de komende week verwachten.
registers-algorithm-warning-short = Laat zien waar plotseling meer meldingen zijn dan normaal.
registers-algorithm-rounds-short = Stelt een looproute voor handhavers voor langs open meldingen en drukke plekken.
registers-algorithm-suggest-short = Stelt aan de hand van de woorden van een melding hoogstens drie categorieën voor.
registers-algorithm-forecast-weighing = Zonder berekening kiest men op gevoel of naar wie het hardst roept. Tellingen per plek en tijd zijn genoeg; gegevens over personen zijn niet nodig. De voorspelling wordt elke nacht vergeleken met gewoon tellen.
registers-algorithm-warning-weighing = Een mens ziet een verandering in honderden plekken te laat. De lijst is kort en beperkt het aantal keer vals alarm. Gegevens over personen zijn niet nodig.
registers-algorithm-rounds-weighing = De tijd van een dienst is beperkt. Een voorstel met vaste, openbare gewichten is beter na te gaan dan een keuze zonder uitleg. De coördinator kan altijd afwijken.
registers-algorithm-suggest-weighing = Een verkeerde categorie kost dagen. Een voorstel met uitleg helpt zonder gegevens over personen: er wordt geleerd binnen de eigen database en zeldzame woorden, zoals namen, komen niet in het model.
registers-algorithm-more = Alle velden van het Algoritmeregister
registers-algorithm-json = Dit register als gegevens (JSON)
