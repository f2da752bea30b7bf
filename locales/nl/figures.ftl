# Cijfers van anderen: politie, CBS, monitor en ongevallen.
figures-title = Cijfers van anderen
figures-lead = Cijfers van de politie, het CBS en anderen. Bij elk cijfer staat waar het vandaan komt.
figures-none = Er zijn nog geen cijfers ingesteld
figures-none-text = De beheerder stelt in figures.toml in welke cijfers de gemeente gebruikt.
figures-import = Cijfers inlezen
figures-empty = Er zijn nog geen cijfers ingelezen
figures-empty-text = Zodra een bestand is ingelezen en gebruikt, staan de cijfers hier.
figures-covers = Jaren
figures-cells = Aantal cijfers
figures-refreshed = Laatst vernieuwd
figures-mind = Let op:
figures-source = Bron: { $publisher }. Licentie: { $licence }.
figures-every =
    { $n ->
        [one] Regie kijkt elke dag of er nieuwe cijfers zijn.
       *[other] Regie kijkt elke { $number } dagen of er nieuwe cijfers zijn.
    }
figures-failed = Ophalen mislukte op { $when }. { $why } De cijfers die er al waren, blijven staan.
figures-failure-look = In het nieuwe bestand zijn regels geweigerd of codes veranderd. Iemand moet er eerst naar kijken. Open het bestand bij “Cijfers inlezen”.

# Reading
figures-choose = Kies wat u wilt zien
figures-measure = Wat is gemeten
figures-category = Soort
figures-area = Gebied
figures-kind = Periode
# dynamic: figures-kind-*
figures-kind-month = Per maand
figures-kind-quarter = Per kwartaal
figures-kind-year = Per jaar
figures-kind-survey = Per meting
figures-show = Toon
figures-what = Wat telt hier mee?
figures-no-series = Over deze keuze zijn er geen cijfers.
figures-breaks = In { $years } veranderde de manier van meten. Cijfers van voor en na dat jaar kunt u niet vergelijken. Daarom is de lijn onderbroken.
figures-table = { $what }, per periode
figures-period = Periode
figures-figure = Cijfer
figures-margins = Marge (95%)
figures-answers = Aantal antwoorden
figures-change = Verschil met een jaar eerder
figures-not-compared = niet vergeleken
figures-state = Status
figures-preliminary = voorlopig
figures-final = definitief
figures-few = weinig antwoorden
figures-by-area = Gebieden naast elkaar, { $period }
figures-revised = Herzien door de bron
figures-revised-text = Wat er eerder stond
figures-was = Was
figures-becomes = Wordt
figures-when = Veranderd op
figures-from-where = Waar komt dit vandaan?
figures-download = Download alle cijfers (CSV)
figures-chart-text = Alle cijfers staan ook in de tabel.
figures-method-from = vanaf { $year }
figures-quarter = { $n }e kwartaal { $year }
figures-missing = niet bekend
figures-suppressed = afgeschermd
figures-unspecified = niet bekend of geheim
figures-small = 1 tot en met { $most }
figures-file-line = { $name }, { $when } ({ $state })

# The form
figures-import-lead = Upload een bestand of geef een adres. U ziet eerst wat er verandert. Pas daarna beslist u of de cijfers gebruikt worden.
figures-form-choose = Kies
figures-form-dataset = Welke cijfers?
figures-form-dataset-fault = Kies over welke cijfers het bestand gaat.
figures-form-file = Bestand
figures-form-file-hint = CSV, JSON of zip, hoogstens { $most } MB. Ging er iets mis? Kies dan het bestand opnieuw.
figures-form-url = Adres om op te halen
figures-form-url-hint = In plaats van een bestand. Een adres begint met https://.
figures-form-reference-hint = De dag waarop de bron de cijfers vaststelde, als u die weet.
figures-form-period-label = Periode van alle cijfers
figures-form-period-hint = Alleen als de periode niet in het bestand staat. Bijvoorbeeld 2023, 2023-04 of 2023-Q2.
figures-form-send = Controleer
figures-form-nothing = Kies een bestand, of vul een adres in.
figures-form-both = Kies een bestand of vul een adres in, niet allebei.
figures-form-large = Het bestand is groter dan { $most } MB. Vraag bij de bron een kleinere selectie op.
figures-form-date = Vul een dag in als jaar-maand-dag, bijvoorbeeld 2024-05-31.
figures-form-period = Vul de periode in, bijvoorbeeld 2023, 2023-04 of 2023-Q2.
figures-form-unchanged = De bron heeft niets nieuws: dit is wat Regie al heeft.
figures-files = Laatste bestanden

# A file
# dynamic: figures-state-*
figures-state-checked = wacht op besluit
figures-state-stopped = niet te lezen
figures-state-applied = in gebruik
figures-known = Dit bestand was er al. Er is niets veranderd.
figures-use-title = Gebruikt u deze cijfers?
figures-use-text = Er is nog niets veranderd. Bekijk hieronder wat dit bestand doet. Cijfers die veranderen, blijven terug te zien.
figures-use = Gebruik deze cijfers
figures-moved = Codes met een andere betekenis
figures-moved-text = In dit bestand betekenen bekende codes iets anders dan eerder. Oude en nieuwe cijfers zijn dan niet te vergelijken.
figures-moved-looked = Ik heb gekeken: het is dezelfde soort met een andere naam.
figures-code = Code
figures-stopped-text = Er is niets van dit bestand gebruikt. Maak het bestand in orde en lees het opnieuw in.
figures-report = Wat staat erin?
figures-count-rows = Rijen gelezen
figures-count-cells = Cijfers
figures-count-new = Nieuw
figures-count-changed = Herzien
figures-count-same = Gelijk gebleven
figures-count-refused = Rijen geweigerd
figures-count-confirmed = Nu definitief of weer voorlopig
figures-count-gone = Eerder wel, nu niet (blijft staan)
figures-count-twice = Dubbel (één keer geteld)
figures-count-elsewhere = Van andere gebieden (overgeslagen)
figures-count-kept-back = Alleen voor de hele gemeente (overgeslagen)
figures-count-names = Namen nieuw of anders
figures-count-missing = Niet bekend
figures-count-suppressed = Afgeschermd
figures-count-unspecified = Niet bekend of geheim
figures-notes = Wat opvalt
figures-unknown = Onbekende codes
figures-unknown-text = Deze codes hebben geen naam, of het gebied staat niet op de kaart van nu. De cijfers zijn wel gelezen.
figures-refused = Geweigerde rijen
figures-row = Rij
figures-why = Waarom
figures-more-refused = En nog { $number } rijen.
figures-changes = Herziene cijfers
figures-sums = Controle: som van alles in het bestand
figures-sums-text = Vergelijk deze som met het bestand van de bron. Totalen en delen zijn hier bij elkaar opgeteld: het is geen cijfer om te gebruiken.
figures-publisher = Bron
figures-licence = Licentie
figures-reference = Peildatum
figures-origin = Herkomst
figures-uploaded = geüpload
figures-received = Ontvangen
figures-used = In gebruik sinds
figures-size = Grootte
figures-kilobytes = { $number } kB
figures-media = Soort bestand
figures-sha = SHA-256
figures-raw = Download het bestand zoals het binnenkwam
figures-discard = Gooi dit bestand weg
figures-rule-stopped = Dit bestand kon niet worden gelezen. Lees een goed bestand in.
figures-rule-moved = Codes in dit bestand hebben een andere betekenis gekregen. Bekijk ze en zet een vinkje dat u dat gedaan heeft.
figures-rule-used = De cijfers van dit bestand zijn in gebruik. Het bestand blijft bewaard, zodat te zien is waar ze vandaan komen.

# Why a whole file is not read
figures-stop-empty = Er staan geen cijfers in het bestand.
figures-stop-cut-off = Het bestand is afgebroken bij rij { $row }. Haal het opnieuw op.
figures-stop-cut-short = Het bestand is niet compleet. Haal het opnieuw op.
figures-stop-large = Uitgepakt is het bestand groter dan { $most } MB. Vraag bij de bron een kleinere selectie op.
figures-stop-unreadable = Het bestand is niet te lezen ({ $why }). Haal het opnieuw op.
figures-stop-encoding = Rij { $row } is geen { $encoding }. Sla het bestand op als UTF-8, of stel in figures.toml de goede `encoding` in.
figures-stop-binary = Dit is geen tekst. Sla het bestand op als CSV of JSON.
figures-stop-html = Er kwam een webpagina in plaats van cijfers. Controleer het adres, of probeer het later opnieuw.
figures-stop-html-title = Er kwam een webpagina in plaats van cijfers: “{ $title }”. Controleer het adres, of probeer het later opnieuw.
figures-stop-xml = Er kwam XML in plaats van cijfers. Vraag bij de bron JSON of CSV op.
figures-stop-zip = Dit is een zip of Excel-bestand. Pak het uit, of sla het op als CSV.
figures-stop-no-mapping = Voor deze cijfers staat in figures.toml niet welke kolom wat is.
figures-stop-columns = De kolommen zijn veranderd. Dit ontbreekt: { $gone }. Dit staat er: { $found }. Er is niets ingelezen; pas figures.toml aan als dit klopt.
figures-stop-new-columns = Er zijn kolommen bij gekomen: { $columns }. Er is niets ingelezen; zeg in figures.toml wat het zijn.
figures-stop-column-twice = De kolom “{ $column }” staat er twee keer. Geef elke kolom een eigen naam.
figures-stop-delimiter = De kolommen zijn niet gescheiden door “{ $delimiter }”. Stel in figures.toml het goede teken in.
figures-stop-no-period = In het bestand staat geen periode. Vul de periode in op het formulier.
figures-stop-no-rows = In “{ $part }” staan geen rijen. Dit is geen tabel van OData.
figures-stop-no-metadata = Het bestand zegt niet welke kolom gebied, periode en cijfer is. Lees de metadata mee in, of stel de kolommen in figures.toml in.
figures-stop-server = De bron gaf een fout: { $why }
figures-stop-other-server = De volgende bladzijde ligt bij een andere server ({ $url }). Die wordt niet opgehaald.
figures-stop-pages = De tabel heeft meer dan { $most } bladzijden. Vraag een kleinere selectie op.

# Why a row is not read
figures-row-no-area = Er staat geen gebied.
figures-row-no-code = Er staat geen code of geen naam.
figures-row-code-twice = De code { $code } staat al in rij { $first }.
figures-row-no-category = De kolom “{ $column }” is leeg.
figures-row-no-measure = Er staat niet wat gemeten is.
figures-row-two-areas = “{ $name }” is de naam van meer gebieden: { $codes }. Gebruik de code.
figures-row-period = “{ $period }” is geen jaar, kwartaal of maand.
figures-row-number = In de kolom “{ $column }” staat “{ $cell }”. Dat is geen getal.
figures-row-fields = De rij heeft { $fields } velden; er zijn { $columns } kolommen.
figures-row-margins = De marge klopt niet: { $value } ligt niet tussen { $low } en { $high }.
figures-row-margin-code = “{ $code }” is geen waarde of marge.
figures-row-unknown-code = De code { $code } staat niet in de codelijst van het bestand.
figures-row-contradiction = De rijen { $rows } zeggen iets anders over hetzelfde cijfer ({ $area } { $category } { $period }). Geen van beide is gebruikt.

# What stands out
figures-note-below = Onder de tabel staat: “{ $text }” (rij { $row }).
figures-note-total = Rij { $row } ({ $area }): het totaal is { $total }, de delen zijn samen { $sum }.
figures-note-total-parts = Op { $n } plaatsen is het totaal niet de som van de soorten. Voorbeeld: { $area }, { $period }: totaal { $total }, som { $sum }. Van sommige soorten geeft de bron geen maandcijfers.
figures-note-months-year = Op { $n } plaatsen is het jaar niet de som van de maanden. Voorbeeld: { $area } { $category } { $period }: jaar { $total }, maanden samen { $sum }.
figures-note-half-year = Van { $year } zijn er { $months } van de 12 maanden. Dat jaar wordt niet met andere jaren vergeleken.
figures-note-more-pages = De bron heeft nog meer bladzijden. Dit bestand is een deel van de tabel.
figures-note-codes-gone = Deze codes staan niet meer in de codelijst: { $codes }. Hun cijfers blijven staan.
figures-note-left-out = Met opzet niet gelezen: { $columns }. Regie gebruikt geen cijfers over de herkomst van inwoners.
