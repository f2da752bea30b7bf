# The picture, the start page of each role, and the public register of calculations.
picture-title = Veiligheidsbeeld
picture-lead = Waar, wanneer en wat is er nodig? Is het nieuw? En hoe zeker weten we dat?
picture-period = Periode
picture-own-days = Zelf dagen kiezen
picture-from-day = Van
picture-to-day = Tot en met
picture-days-hint = Alleen als u zelf dagen kiest
picture-wrong-days = Kies twee dagen: eerst de eerste dag, dan de laatste dag. Nu ziet u de laatste 4 weken.
picture-priority = Prioriteit van het plan
picture-source = Bron
picture-area = Buurt
picture-show = Toon
picture-clear = Wis filters
picture-all-priorities = Alle prioriteiten
picture-all-areas = Alle buurten
picture-last-weeks = { $n ->
    [13] Laatste 3 maanden (13 weken)
    [52] Laatste 12 maanden (52 weken)
   *[other] Laatste { $number } weken
 }
# dynamic: picture-source-*
picture-source-reports = Alle meldingen, zonder eigen waarnemingen
picture-source-all = Alles
picture-source-resident = Inwoners
picture-source-officer = Eigen waarnemingen van handhavers
picture-source-police = Politie
picture-source-partner = Partners
picture-source-import = Ingelezen bestand

picture-short = In het kort
picture-in-weeks = { $n ->
    [1] In de afgelopen week
    [13] In de afgelopen 3 maanden
    [52] In de afgelopen 12 maanden
   *[other] In de afgelopen { $number } weken
 }
picture-in-days = Van { $from } tot en met { $to }
picture-about = { " " }over ‘{ $name }’
picture-in = { " " }in { $name }
# dynamic: picture-came*
picture-came = { $n ->
    [one] { $period } kwam { $number } melding{ $of } binnen
   *[other] { $period } kwamen { $number } meldingen{ $of } binnen
 }
picture-came-officer = { $n ->
    [one] { $period } deden handhavers zelf { $number } waarneming{ $of }
   *[other] { $period } deden handhavers zelf { $number } waarnemingen{ $of }
 }
picture-came-police = { $n ->
    [one] { $period } kwam { $number } registratie van de politie{ $of } binnen
   *[other] { $period } kwamen { $number } registraties van de politie{ $of } binnen
 }
picture-ratio-more = { $pct } meer
picture-ratio-less = { $pct } minder
picture-ratio-same = even veel
picture-ratio-times = { $n } keer zoveel
picture-than-expected = { $ratio } dan verwacht
picture-as-expected = { $ratio } als verwacht
picture-ground-season = voor deze tijd van het jaar
picture-ground-level = op grond van de weken ervoor
picture-between = tussen { $low } en { $high }
picture-at-least = minstens { $low }
picture-compared = { $expected } { $ground } ({ $between }): { $verdict }.
picture-since = Waarschijnlijk sinds de week van { $day }.
picture-too-few = Dat is te weinig om iets te zeggen over meer of minder.
# dynamic: picture-verdict-*
picture-verdict-higher = Duidelijk meer
picture-verdict-lower = Duidelijk minder
picture-verdict-same = Geen duidelijk verschil
picture-verdict-few = Te weinig om te vergelijken
picture-verdict-none = Niet vergeleken
picture-most = De meeste gingen over { $what } ({ $whatcount }). De buurt met de meeste is { $area } ({ $areacount }).
picture-most-what = De meeste gingen over { $what } ({ $count }).
picture-busiest = Het drukst is { $moment } ({ $count }).
picture-moment = { $day } van { $from } tot { $to } uur
picture-hidden = Er zijn er te weinig om te tonen: zo kan niemand worden herkend.
picture-since-monday = { $n ->
    [0] Deze week nog geen.
    [one] Deze week tot nu toe { $number }.
   *[other] Deze week tot nu toe { $number }.
 }
picture-empty = Nog geen meldingen
picture-empty-text = Zodra er meldingen zijn, ziet u hier waar, wanneer en wat er nodig is.
picture-other = Overig
picture-no-area = Buurt onbekend
picture-cell = { $area }, vak { $cell }
picture-suppressed = te klein
picture-missing = niet bekend
picture-numbers = Bekijk de cijfers
picture-unit = aantal
picture-count = Aantal
picture-interval95 = Tussen (95 %)
picture-interval90 = Tussen (90 %)
picture-from = Vanaf

picture-news-heading = Wat is nieuw?
picture-news-lead = Hier wordt duidelijk meer gemeld dan verwacht. Open een alarm om te zien wat er is gemeld en te zeggen wat er aan de hand is.
picture-news-quiet = Er zijn geen open alarmen. Nergens is duidelijk meer gemeld dan verwacht, of de alarmen zijn al gewogen.
picture-news-none = Er zijn geen open alarmen.
picture-to-measures = Maatregelen
picture-to-alarms-short = Alarmen
picture-to-alarms = Alle alarmen, ook eerdere
picture-news-some = { $n ->
    [one] Er is één ding nieuw: { $first }.
   *[other] Er zijn { $number } dingen nieuw. Het duidelijkst: { $first }.
 }

picture-where = Waar?
picture-map-areas = Aantal per buurt
picture-map-areas-note = In de gekozen periode. Kies een buurt om in te zoomen.
picture-map-cells = Verwacht in de komende 7 dagen
picture-map-cells-note = Per vak van 200 bij 200 meter.
picture-map-place = Ligging van dit vak
picture-rate = Per 1.000 inwoners
picture-no-forecast = Er zijn te weinig meldingen voor een verwachting.
picture-no-forecast-officers = Van eigen waarnemingen maken we geen verwachting. Wie ergens vaak kijkt, vindt daar ook vaak iets.
picture-top = Plekken waar we de meeste meldingen verwachten
picture-top-note = Overlappen de getallen bij ‘tussen’? Dan is er geen duidelijk verschil tussen die plekken.
picture-counts-only = U ziet aantallen. De meldingen zelf zijn voor wie ze behandelt.
picture-place = Plek
picture-in-period = In deze periode
picture-next-week = Komende 7 dagen

picture-when-heading = Wanneer?
picture-hours-title = Uur en dag van de week
picture-hour-label = Uur
# dynamic: picture-day-*
picture-day-0 = ma
picture-day-1 = di
picture-day-2 = wo
picture-day-3 = do
picture-day-4 = vr
picture-day-5 = za
picture-day-6 = zo
# dynamic: picture-month-*
picture-month-1 = jan
picture-month-2 = feb
picture-month-3 = mrt
picture-month-4 = apr
picture-month-5 = mei
picture-month-6 = jun
picture-month-7 = jul
picture-month-8 = aug
picture-month-9 = sep
picture-month-10 = okt
picture-month-11 = nov
picture-month-12 = dec
picture-trend-weeks = Aantal per week
picture-trend-months = Aantal per maand

picture-what-priorities = Wat?
picture-priorities = Prioriteiten van het plan in deze periode
picture-spark = Per week
picture-against = Vergeleken met verwacht
picture-conclusion = Conclusie
picture-rise = { $priority }: { $number }, { $text }

picture-sure = Hoe zeker is dit?
picture-sure-forecast = Hoe vaak klopte de verwachting?
picture-made = De laatste berekening is van { $at }. Zij rust op { $events } meldingen (model: { $model }).
picture-made-at = Berekend op { $at }.
picture-not-made = De verwachting voor de rondes is nog niet berekend. Dat gebeurt vannacht.
# dynamic: picture-model-*
picture-model-blend = samenspel van kaarten
picture-model-ewma = gewogen telling
picture-no-score = Er zijn nog te weinig weken om te zeggen hoe vaak de verwachting klopte.
picture-score-how = We toetsten { $weeks } weken, vanaf { $from }, met { $events } meldingen. Voor elke week gebruikte het model alleen meldingen van daarvoor.
picture-score-hit = Het model wees steeds { $share } van de vakken aan ({ $cells } van { $all }). Daar viel { $hit } van alle meldingen. Wie de laatste 52 weken telt, haalt { $year }. Wie de laatste 4 weken telt, haalt { $month }. Vooraf weten kan niet; van wat haalbaar was, haalde het model { $possible }.
# dynamic: picture-score-*
picture-score-better = Het model wees de plekken aantoonbaar beter aan dan de tellingen van het laatste jaar.
picture-score-equal = Geen aantoonbaar verschil met de tellingen van het laatste jaar: voor het kiezen van plekken kunt u net zo goed tellen.
picture-score-worse = Het model wees de plekken slechter aan dan de tellingen van het laatste jaar. Gebruik de verwachting met voorzichtigheid.
picture-score-level = Bij elkaar verwachtte het model { $level } van wat er kwam.
picture-score-inside = In drukke vakken lag { $share } van de uitkomsten tussen de grenzen die het model noemde.
picture-score-caption = Toets op weken die het model niet kende
picture-score-way = Manier
picture-score-model = Model
picture-score-year = Tellen: laatste 52 weken
picture-score-month = Tellen: laatste 4 weken
picture-score-hits = Raak
picture-score-pei = Deel van het haalbare (PEI*)
picture-score-within = Binnen de grenzen
picture-to-algorithms = Lees hoe de berekening werkt
picture-willingness = Hoe volledig is dit beeld?
picture-willingness-text = Een aantal meldingen zegt ook iets over hoe graag mensen melden. Minder meldingen kan minder overlast zijn, of minder zin om te melden. Vraag dus ook in de buurt na wat er speelt.
picture-officers-title = Wat handhavers zelf zien
picture-officers-text = Wat handhavers zelf zien, telt niet mee in de verwachting. Wie ergens vaak kijkt, ziet daar ook vaak iets. Daarom staan hun uren erbij.
picture-officers-none = In deze periode zijn er geen waarnemingen of uren van handhavers.
picture-officers-caption = Waarnemingen en uren van handhavers per buurt
picture-officers-seen = Waarnemingen
picture-officers-hours = Uren aanwezig
picture-officers-per-hour = Per uur

picture-place-lead = In de afgelopen 4 weken { $month } en in de afgelopen 52 weken { $year } meldingen. In de komende 7 dagen verwachten we er { $expected } (tussen { $interval }).
picture-place-empty = Hier is het rustig
picture-place-empty-text = In dit vak kwam in het afgelopen jaar geen melding binnen.
picture-place-expected = Verwacht in de komende 7 dagen
picture-why = Waarom verwachten we dit?
# dynamic: picture-why-*
picture-why-month = { $n ->
    [one] { $number } melding in de afgelopen 4 weken.
   *[other] { $number } meldingen in de afgelopen 4 weken.
 }
picture-why-year = { $n ->
    [one] { $number } melding in de afgelopen 52 weken.
   *[other] { $number } meldingen in de afgelopen 52 weken.
 }
picture-why-season = { $n ->
    [one] { $number } melding in de vier weken rond deze datum een jaar geleden.
   *[other] { $number } meldingen in de vier weken rond deze datum een jaar geleden.
 }
picture-why-neighbours = { $n ->
    [one] { $number } melding in de acht vakken eromheen in de afgelopen 4 weken.
   *[other] { $number } meldingen in de acht vakken eromheen in de afgelopen 4 weken.
 }
picture-why-busiest = { $n ->
    [one] Drukste moment in twee jaar: { $moment } ({ $number } melding).
   *[other] Drukste moment in twee jaar: { $moment } ({ $number } meldingen).
 }
picture-why-officers = { $n ->
    [one] { $number } waarneming van handhavers in 52 weken; die telt niet mee.
   *[other] { $number } waarnemingen van handhavers in 52 weken; die tellen niet mee.
 }
picture-place-basis = { $n ->
    [one] De verwachting rust op { $number } melding in de hele gemeente.
   *[other] De verwachting rust op { $number } meldingen in de hele gemeente.
 }
picture-place-reports = Meldingen op deze plek
picture-place-reports-caption = De nieuwste meldingen van het afgelopen jaar
picture-place-no-reports = Er zijn geen meldingen in het afgelopen jaar.
picture-reference = Nummer
picture-category = Soort
picture-when = Wanneer
picture-state = Stand
# dynamic: picture-state-*
picture-state-open = Open
picture-state-closed = Afgehandeld
picture-what = Wat?
picture-place-categories = Aantal per soort
picture-month = Laatste 4 weken
picture-year = Laatste 52 weken
picture-other-kinds = Andere soorten
picture-expected = Verwacht

desk-title = Mijn werk
desk-hello = Welkom, { $name }
# dynamic: desk-*
desk-lead-officer = Uw ronde van vandaag, en wat u onderweg ziet.
desk-lead-coordinator = Wat wacht er, wat is nieuw, en wie gaat waarheen?
desk-lead-adviser = Hoe staat het met het plan, en wat vraagt aandacht?
desk-lead-mayor = Het beeld in drie zinnen, en de besluiten die op u wachten.
desk-lead-council-member = Het plan, het programma van dit jaar en de verantwoording.
desk-lead-privacy-officer = Wie deed wat, en klopt het logboek?
desk-lead-administrator = Wie heeft toegang?
desk-lead-intake = Wat vraagt nu om een antwoord?
desk-lead-process-director = Welke zaken vragen uw aandacht?
desk-lead-partner = Zaken waar u aan meewerkt.
desk-lead-bibob-officer = Uw onderzoeken.
desk-lead-social-officer = Gegevens uit het sociaal domein.
desk-lead-care-officer = Crisismaatregelen en verkennend onderzoek.
desk-lead-crisis-officer = Klaar voor als het nodig is.
desk-to-round = Naar mijn ronde
desk-to-observe = Leg een waarneming vast
desk-to-rounds = Plan de rondes
desk-to-signals = Bekijk de meldingen
desk-to-decisions = Bekijk de besluiten
desk-to-picture = Bekijk het beeld
desk-waits = Wat wacht er?
desk-open = Open meldingen
desk-open-note = Nog niet afgehandeld
desk-deeds = Akten
desk-deeds-note = Handhavers met een akte of opleiding die afloopt
desk-late = Te laat
desk-late-note = De termijn is voorbij
desk-today = Vandaag binnen
desk-today-note = Nog open
desk-issues = Kwesties
desk-issues-note = Meer meldingen over hetzelfde
desk-accounts = Accounts
desk-accounts-note = Mensen die kunnen inloggen
desk-picture = Het beeld van nu
desk-picture-none = Het beeld is nog niet berekend. Dat gebeurt vannacht.
desk-rises = Prioriteiten met een duidelijke stijging
desk-audit-whole = { $n ->
    [one] Het logboek is heel: { $number } regel, niets gewijzigd of weggehaald.
   *[other] Het logboek is heel: { $number } regels, niets gewijzigd of weggehaald.
 }
desk-audit-broken = Het logboek klopt niet vanaf regel { $seq }. Bekijk het logboek en waarschuw de beheerder.
desk-ways = Verder
desk-mails = Mail die wacht
desk-mails-note = nog geen melding
desk-waiting = Wachten op openbaar maken
desk-waiting-note = mag iedereen dit zien?
desk-suspect = Verdacht
desk-suspect-note = misschien rommel
desk-reviews = Terugblik nodig
desk-reviews-note = Campagnes om op terug te kijken
desk-way-campaigns = Campagnes
desk-way-campaigns-text = Wat pakken we samen aan, en hoe ver is het?
desk-way-youth = Jongeren op straat
desk-way-youth-text = Plekken, contacten en afspraken.
desk-way-intake = Melding aannemen
desk-way-intake-text = Telefoon, balie en mail op één scherm.
desk-way-moderation = Openbaar maken
desk-way-moderation-text = Welke meldingen mag iedereen zien?
desk-way-figures = Cijfers van anderen
desk-way-figures-text = Politie, CBS, monitor en ongevallen.
desk-way-forms = Vragen en stops
desk-way-forms-text = Wat vraagt het formulier, en wat neemt u even niet aan?
desk-way-templates = Berichten
desk-way-templates-text = Wat krijgt de melder te lezen?
desk-way-surveys = Vragenlijsten
desk-way-surveys-text = Wat vinden inwoners?
desk-way-neighbours = Buurtgroepen
desk-way-neighbours-text = Wie vertelt u wat er speelt?
desk-way-exchange = Andere systemen
desk-way-exchange-text = Koppelingen, en de overstap van Signalen.
desk-way-webhooks = Berichten aan systemen
desk-way-webhooks-text = Wie krijgt een seintje als er iets verandert?
desk-way-picture = Veiligheidsbeeld
desk-way-picture-text = Waar, wanneer en wat is er nodig?
desk-way-signals = Meldingen
desk-way-signals-text = Zoek, bekijk en behandel meldingen.
desk-way-issues = Kwesties
desk-way-issues-text = Meer meldingen over hetzelfde, in één keer behandeld.
desk-way-roster = Roosters
desk-way-roster-text = Wie werkt wanneer, verlof en ruilen.
desk-way-rounds = Rondes
desk-way-rounds-text = Diensten, voorstellen en gelopen rondes.
desk-way-results = Resultaten van de week
desk-way-results-text = Uren per buurt, uitkomsten van bezoeken en campagnes.
desk-way-sanctions = Sancties
desk-way-sanctions-text = Schrijven, controleren en versturen.
desk-way-wrecks = Wrakken
desk-way-wrecks-text = Van label tot einde van de opslag.
desk-way-plan = Het plan
desk-way-plan-text = Doelen, aanpak en partners van het veiligheidsplan.
desk-way-programme = Programma van dit jaar
desk-way-programme-text = Wat doen we dit jaar, en wat is al klaar?
desk-way-report = Jaarverslag
desk-way-report-text = Wat is er gedaan, en wat hielp?
desk-way-audit = Logboek
desk-way-audit-text = Wie deed wat, wanneer en waarvoor?
desk-way-accounts = Accounts
desk-way-accounts-text = Wie heeft toegang, en met welke rol?
desk-way-records = Dossierstukken
desk-way-records-text = Gegevens achter een wettelijke grens. U noemt eerst het doel.
desk-way-partners = Partners en convenanten
desk-way-partners-text = Met wie werken wij samen, en op welke grond?
desk-way-authorisations = Autorisaties
desk-way-authorisations-text = Wie mag met welke gegevens werken?
desk-way-disclosures = Verstrekkingen
desk-way-disclosures-text = Wat ging naar wie, en waarom?
desk-way-rights = Verzoeken van betrokkenen
desk-way-rights-text = Inzage, correctie en bezwaar, met de termijn.
desk-way-retention = Bewaren en vernietigen
desk-way-retention-text = Wat gaat er volgende maand weg?
desk-way-register = Verwerkingsregister
desk-way-register-text = Wat doet Regie met persoonsgegevens?
desk-way-algorithms = Rekenmodellen
desk-way-algorithms-text = Welke berekeningen gebruiken we, en hoe vaak kloppen ze?

algorithms-title = Rekenmodellen
algorithms-lead = Dit zijn de berekeningen die de gemeente als advies gebruikt. U leest waarvoor, hoe ze werken en wat ze niet doen.
algorithms-never = De berekeningen gaan over plekken en tijden. Zij geven nooit een score aan een mens, een huishouden of een adres. Een mens besluit.
# dynamic: algorithms-*
algorithms-label-purpose = Doel
algorithms-label-basis = Grondslag
algorithms-label-data = Gegevens
algorithms-label-logic = Hoe het werkt
algorithms-label-human = Rol van mensen
algorithms-label-risks = Risico’s en maatregelen
algorithms-label-not = Wat het niet doet
algorithms-forecast-title = Verwachting per vak
algorithms-forecast-purpose = Handhavers inzetten op de plek en de tijd waar dat het meest nodig is.
algorithms-forecast-basis = Integraal Veiligheids- en Handhavingsplan; taak van algemeen belang (AVG artikel 6, eerste lid, onder e).
algorithms-forecast-data = Het aantal meldingen per vak van 200 bij 200 meter, per uur en per soort. Geen namen, geen adressen en geen kenmerken van mensen of buurten.
algorithms-forecast-logic-ewma = Meldingen worden per vak en soort geteld. Nieuwe wegen zwaarder dan oude. Het totaal wordt verdeeld over de uren van de week zoals die de laatste twee jaar waren. Bij elk getal staat hoe zeker het is.
algorithms-forecast-human = De coördinator beslist waar de ronde heen gaat, mag altijd afwijken en schrijft op waarom.
algorithms-forecast-risks = Wie ergens vaak kijkt, vindt daar ook vaak iets. Daarom tellen waarnemingen van handhavers niet mee, en gaat een vast deel van de bezoeken naar plekken door het lot. Meldingen hangen af van hoe graag mensen melden; daarom staat dat erbij.
algorithms-forecast-not = Het voorspelt niet wie iets doet. Het kent geen mensen, huishoudens, woningen, inkomens of afkomst.
algorithms-warning-title = Alarm per buurt en week
algorithms-warning-purpose = Op tijd zien dat een buurt opeens, of weken achter elkaar, veel meer meldingen van een soort heeft dan normaal.
algorithms-warning-basis = Integraal Veiligheids- en Handhavingsplan; taak van algemeen belang (AVG artikel 6, eerste lid, onder e).
algorithms-warning-data = Het aantal meldingen per week, per buurt en per soort. Geen namen en geen adressen. Wat handhavers zelf vinden, telt niet mee.
algorithms-warning-logic = Per buurt en soort schatten we wat we deze week verwachten, uit de laatste jaren, met seizoen en trend. Weken die eerder opvielen wegen minder. Met kleine aantallen houdt de berekening rekening. We kijken naar één opvallende week en naar een stijging die aanhoudt. Het deel vals alarm in de hele lijst is begrensd (Benjamini en Hochberg, 1995; Noufaily en anderen, 2013).
algorithms-warning-human = Een coördinator of adviseur bekijkt elk alarm en schrijft op: echt, verklaard of volgen. Zonder dat oordeel gebeurt er niets.
algorithms-warning-risks = Vals alarm komt voor; bij elk alarm staat hoe vaak. Waar mensen weinig melden, ziet het niets. Kleine aantallen over personen en groepen worden niet getoond.
algorithms-warning-not = Het zegt niet wie meldt of over wie het gaat.
algorithms-rounds-title = Voorstel voor een ronde
algorithms-rounds-purpose = Een ronde voorstellen langs open meldingen en drukke plekken binnen de tijd van een dienst.
algorithms-rounds-basis = Integraal Veiligheids- en Handhavingsplan; taak van algemeen belang (AVG artikel 6, eerste lid, onder e).
algorithms-rounds-data = Open meldingen met hun termijn, de verwachting per vak, wat campagnes vragen, hoe vaak elke buurt bezoek kreeg, de reistijd en de dienst.
algorithms-rounds-logic = Elke plek krijgt punten volgens vaste, openbare gewichten. Daarna worden de rondes gezocht die binnen de tijd samen de meeste punten halen. Een vast deel van de bezoeken wordt geloot. Een buurt met weinig bezoeken krijgt extra punten, en een plek komt niet te snel weer aan de beurt.
algorithms-rounds-human = De coördinator keurt het voorstel goed, past het aan of wijst het af, met een reden.
algorithms-rounds-risks = Een gewicht kan verkeerd gekozen zijn. De gewichten staan in de instellingen, met uitleg en een datum.
algorithms-rounds-not = Het meet niet hoe snel of hoe goed een handhaver werkt.
algorithms-suggest-title = Voorstel voor een categorie
algorithms-suggest-purpose = Melders en medewerkers sneller de juiste categorie laten kiezen.
algorithms-suggest-basis = Taak van algemeen belang: meldingen goed en op tijd oppakken (AVG artikel 6, eerste lid, onder e).
algorithms-suggest-data = De namen, uitleg en trefwoorden van de categorieën, en de woorden van afgehandelde meldingen met de categorie die medewerkers kozen. Woorden met cijfers tellen niet mee.
algorithms-suggest-logic = Een lineair model (logistische regressie) over woorden en stukken van woorden, elke nacht opnieuw geleerd. Alleen woorden die in meerdere meldingen staan komen in het model. Bij elk voorstel staan de woorden die het meest telden. Is het niet zeker genoeg, dan zegt het niets.
algorithms-suggest-human = De melder kiest zelf; het voorstel vult niets in. Een medewerker kan de categorie altijd verbeteren, en daarvan leert het model.
algorithms-suggest-risks = Het voorstel kan fout zijn, vooral bij korte of ongewone teksten. Hoe vaak wordt gemeten op meldingen waarvan het niet leerde, naast simpele manieren van raden.
algorithms-suggest-not = Het zegt niets over wie meldt of over wie het gaat, en bepaalt niet hoe snel iets wordt opgepakt.
algorithms-right = Hoe vaak klopt de verwachting?
algorithms-who = Wie is verantwoordelijk?
algorithms-owner = Eigenaar
algorithms-contact = Vragen of bezwaar
algorithms-assessment = Toets op privacy en grondrechten
algorithms-version = Versie
algorithms-code = Broncode
algorithms-code-text = Open, onder de EUPL 1.2. Iedereen mag de berekening nalezen en narekenen.
