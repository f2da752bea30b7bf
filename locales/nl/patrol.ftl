# Diensten en rondes: de pagina's van de coördinator en de telefoonpagina van de handhaver.
patrol-title = Diensten en rondes
patrol-mine = Mijn rondes
patrol-weeks = Weken
patrol-week-of = Week van { $day }
patrol-week-before = Week eerder
patrol-week-this = Deze week
patrol-week-after = Week later
patrol-today = vandaag
patrol-now = nu
patrol-no-shifts = Geen diensten.
patrol-time = Tijd
patrol-team = Team
patrol-officers = Handhavers
patrol-rounds = Rondes
patrol-round = Ronde
patrol-no-round = geen ronde
patrol-propose = Stel een ronde voor
patrol-mine-none = U hebt geen diensten
patrol-mine-none-text = Uw volgende diensten staan hier zodra de coördinator ze heeft ingepland.
patrol-mine-no-round = Voor deze dienst is nog geen ronde goedgekeurd.
patrol-to-round = Naar de ronde
patrol-to-walk = Naar de pagina voor onderweg
patrol-visits-done = { $done } van { $of } bezoeken gedaan
patrol-of = { $done } van { $of }
patrol-shift-new = Nieuwe dienst
patrol-shift-save = Dienst opslaan
patrol-cancel = Annuleren
patrol-day = Dag
patrol-day-missing = Vul een dag in.
patrol-day-past = Deze dienst is al voorbij. Kies een latere dag.
patrol-kind = Soort dienst
patrol-kind-missing = Kies een soort dienst.
patrol-start = Begint om
patrol-start-hint = Alleen bij eigen tijden.
patrol-start-missing = Vul in hoe laat de dienst begint, bijvoorbeeld 09:30.
patrol-length = Aantal uren
patrol-hours = { $n ->
    [one] één uur
   *[other] { $number } uur
 }
patrol-hours-missing = Vul een aantal uren in van 1 tot en met { $most }.
patrol-team-missing = Kies een team.
patrol-officers-missing = Kies minstens één handhaver.
patrol-officers-busy = Heeft dan al een dienst: { $names }. Kies andere tijden of iemand anders.
patrol-base = Vertrekpunt
patrol-base-hint = Waar de ronde begint en eindigt.
patrol-base-unknown = Kies een vertrekpunt uit de lijst.
patrol-new = Ronde voorstellen
patrol-new-open = Open meldingen
patrol-new-reports = { $n ->
    [one] Eén plek met open meldingen waar een handhaver iets kan doen
   *[other] { $number } plekken met open meldingen waar een handhaver iets kan doen
 }
patrol-new-forecast = Verwachting
patrol-new-squares = { $n } vakken van 200 bij 200 meter, berekend op { $at }
patrol-new-no-forecast = Er is geen verwachting voor deze dienst. Regie kijkt dan alleen naar open meldingen. Een willekeurige controle is dan niet mogelijk.
patrol-no-forecast = geen
patrol-new-nothing = Er is niets om te bezoeken
patrol-max = Hoeveel bezoeken hoogstens per ploeg?
patrol-max-hint = Van 1 tot en met { $most }. Een bezoek duurt 10 tot 16 minuten: langer blijven helpt niet meer.
patrol-visits-number = Vul een getal in van 1 tot en met { $most }.
patrol-how = Hoe kiest Regie?
patrol-how-text = Regie telt per plek de punten in de tabel op. Daarna zoekt het de volgorde met de meeste punten die in de dienst past.
patrol-how-control = Een klein deel van de bezoeken is loting. Zo kunnen we later meten of kiezen beter werkt dan toeval.
patrol-how-spread = Elke buurt krijgt een minimum aan bezoeken, en een plek komt niet te snel weer aan de beurt. Vakken schuiven een beetje door loting. Zo is een ronde niet te voorspellen.
patrol-how-person = Regie weegt plekken en tijden. Het weet niets van personen, huishoudens of herkomst.
patrol-weights = Alle punten, met uitleg
patrol-weight = Waarvoor
patrol-weight-value = Punten
patrol-weight-why = Waarom
# dynamic: patrol-weight-*
patrol-weight-base = Open melding
patrol-weight-urgency-high = Urgentie: vandaag
patrol-weight-urgency-normal = Urgentie: gewoon
patrol-weight-urgency-low = Urgentie: kan wachten
patrol-weight-term = Per verstreken afhandeltermijn
patrol-weight-term-most = Hoogstens voor de termijn
patrol-weight-report = Per volgende melding
patrol-weight-report-most = Hoogstens voor het aantal meldingen
patrol-weight-cell = Druk vak
patrol-weight-cell-full = Verwachte meldingen voor alle punten
patrol-weight-campaign = Bezoek voor een campagne
patrol-weight-floor = Buurt met weinig bezoeken
patrol-plan = Voorstel voor rondes
patrol-plan-advice = Dit is een advies. U beslist: haal plekken weg, zet ze vast, geef ze aan een andere ploeg of verander de volgorde. Regie zegt wat het kost. Daarna keurt u de rondes goed met een reden.
patrol-plan-late = Zo past het niet: een ploeg is ergens te laat of pas na de eindtijd terug. Haal een bezoek weg of laat opnieuw rekenen.
patrol-too-late = te laat
patrol-stops = Bezoeken in volgorde
patrol-stops-none = Er staan geen bezoeken in
patrol-stops-none-text = Voeg hieronder een plek toe, of laat opnieuw rekenen.
patrol-changed = door u gewijzigd
patrol-locked = vast
patrol-up = Eerder
patrol-down = Later
patrol-lock = Vastzetten
patrol-unlock = Losmaken
patrol-remove = Weghalen
patrol-add = Toevoegen
patrol-solve = De rest opnieuw rekenen
# dynamic: patrol-way-*
patrol-way-word = De weg erheen
patrol-way-foot = { $n ->
    [one] Eén minuut lopen
   *[other] { $number } minuten lopen
 }
patrol-way-bicycle = { $n ->
    [one] Eén minuut fietsen
   *[other] { $number } minuten fietsen
 }
patrol-way-car = { $n ->
    [one] Eén minuut rijden
   *[other] { $number } minuten rijden
 }
patrol-way-wait = { $way }; daarna { $min } minuten vrij voor ander werk
patrol-crew = Ploeg { $letter }
patrol-crew-word = Ploeg
patrol-crew-none = Gaat niet mee
patrol-crew-mode = Hoe gaat ploeg { $letter }?
patrol-crew-times = { $visits ->
    [one] Eén bezoek
   *[other] { $visits } bezoeken
 }, vertrek { $leave }, terug { $back }, { $min } minuten onderweg.
patrol-crews = Wie gaat met wie?
patrol-crews-hint = Elke ploeg krijgt een eigen ronde. Een ploeg zonder mensen telt niet mee.
patrol-crews-none = Zet minstens één handhaver in een ploeg.
patrol-mode = Vervoer
# dynamic: patrol-mode-*
patrol-mode-foot = te voet
patrol-mode-bicycle = op de fiets
patrol-mode-car = met de auto
patrol-hours-of = Uren voor { $categories }
patrol-rest = Pauze
patrol-rest-base = Op het vertrekpunt.
patrol-rest-house = Op een vaste plek voor de pauze.
patrol-rest-here = Waar de ploeg dan is. Er is geen extra weg voor nodig.
patrol-rest-at = { $min } minuten, om { $time }
patrol-ordered = vaste volgorde
patrol-loosen = Volgorde loslaten
patrol-give = Naar ploeg
patrol-explain = Waarom nu, en wat valt weg?
patrol-now-word = Waarom nu
patrol-now-window = Een bezoek heeft zin tussen { $from } en { $to }.
patrol-now-rest = De pauze begint tussen { $from } en { $to }.
patrol-now-slack = { $n ->
    [one] Het kan één minuut later zonder dat er iets wegvalt.
   *[other] Het kan { $number } minuten later zonder dat er iets wegvalt.
 }
patrol-now-tight = Het past precies: later kan niet.
patrol-now-late = Zo is het te laat.
patrol-gain-word = Zonder dit bezoek
patrol-gain = Het plan heeft dan { $points } punten minder.
patrol-gain-instead = Dan komt er { $places } bij. Het plan heeft dan { $points } punten minder.
patrol-cost-of-pin = Vast:
patrol-cost = Kost { $points } punten.
patrol-cost-none = Kost niets.
patrol-points = Punten van het plan
patrol-times = Reistijden
patrol-straight = In een rechte lijn, met een toeslag voor de omweg. Er is een stratennet, maar dit plan gebruikt het niet: het plan is ouder, of alle plekken liggen te ver van een straat.
patrol-beside = { $n ->
    [one] Eén plek ligt te ver van elke straat: { $places }. De weg daarheen is een rechte lijn, met een toeslag voor de omweg.
   *[other] Deze plekken liggen te ver van elke straat: { $places }. De weg daarheen is een rechte lijn, met een toeslag voor de omweg.
 }
patrol-search = Zoeken naar een beter plan
patrol-search-going = Regie zoekt nog { $sec } seconden. { $n } plannen geprobeerd.
patrol-search-done = Gezocht: { $sec } seconden, { $n } plannen.
patrol-search-none = Sinds uw laatste wijziging is niet verder gezocht.
patrol-search-better = Dit plan is { $better } procent beter dan het eerste.
patrol-search-same = Er is niets beters gevonden dan het eerste plan.
patrol-search-on = Verder zoeken
patrol-search-show = Toon het beste plan tot nu toe
patrol-new-asked = Campagnes
patrol-new-campaigns = { $n ->
    [0] Geen campagne vraagt nu een bezoek
    [one] Eén bezoek dat een campagne deze week nog vraagt
   *[other] { $number } bezoeken die campagnes deze week nog vragen
 }
patrol-map = De ronde op de kaart
patrol-maps = De rondes op de kaart
patrol-weighed = Plekken gewogen
patrol-seed = Lotnummer
patrol-left-title = Wat gaat niet mee, en waarom
patrol-left-none = Alles gaat mee.
# dynamic: patrol-left-*
patrol-left-over-maximum = Elke ploeg heeft het hoogste aantal bezoeken.
patrol-left-no-time = Geen tijd naast de gekozen bezoeken.
patrol-left-window-closed = Niet in de uren waarop een bezoek zin heeft.
patrol-left-no-value = Een bezoek levert nu niets op.
patrol-left-removed = U haalde deze plek weg.
patrol-left-out = Niet gekozen.
patrol-left-more = { $n ->
    [one] En nog één plek met minder punten.
   *[other] En nog { $number } plekken met minder punten.
 }
patrol-place = Plek
patrol-subject = Onderwerp
patrol-why = Waarom erheen
patrol-why-not = Waarom nu niet
patrol-why-days = { $n ->
    [one] één dag
   *[other] { $number } dagen
 }
patrol-why-reports = { $n ->
    [one] één melding in { $days }
   *[other] { $number } meldingen in { $days }
 }
patrol-why-due-today = de termijn loopt vandaag af
patrol-why-due-tomorrow = de termijn loopt morgen af
patrol-why-due = de termijn loopt tot en met { $day }
patrol-why-late = de termijn liep af op { $day }
patrol-why-urgent = moet vandaag
patrol-why-priority = prioriteit van het plan: { $name }
patrol-why-expected = een druk vak tussen { $from } en { $to } uur: we verwachten { $expected } meldingen ({ $low } tot { $high })
patrol-why-hours = in de uren waarop dit speelt
patrol-why-campaign = campagne { $title }: deze week nog { $n ->
    [one] één bezoek
   *[other] { $n } bezoeken
 }
patrol-why-floor = deze buurt kreeg in { $weeks } weken { $n ->
    [0] geen bezoek
    [one] maar één bezoek
   *[other] maar { $n } bezoeken
 }
patrol-why-now = kan niet wachten
patrol-why-control = willekeurige controle: door loting gekozen
patrol-why-added = toegevoegd door de coördinator
# dynamic: patrol-kind-*
patrol-kind-own = Eigen tijden
patrol-kind-issue = Kwestie
patrol-kind-signal = Melding
patrol-kind-cell = Druk vak
patrol-kind-control = Willekeurige controle
patrol-kind-campaign = Campagne
patrol-kind-area = Buurt met weinig bezoeken
patrol-approve-title = Goedkeuren
patrol-approve-text = De ronde gaat pas naar de handhavers als u haar goedkeurt. Uw reden wordt bewaard.
patrol-decision = Volgt u het voorstel?
# dynamic: patrol-decision-*
patrol-decision-follow = Ik volg het voorstel
patrol-decision-deviate = Ik wijk af van het voorstel
patrol-decision-missing = Kies of u het voorstel volgt of ervan afwijkt.
patrol-decision-changed = U hebt het voorstel gewijzigd. Kies dat u afwijkt, en schrijf waarom.
patrol-reason = Reden
patrol-reason-hint = Waarom is dit nu de goede ronde? Noem geen personen.
patrol-reason-short = Schrijf een reden van minstens { $least } tekens.
patrol-reason-long = De reden is te lang. Gebruik hoogstens { $most } tekens.
patrol-approve = Ronde goedkeuren
patrol-approved = Goedgekeurd op
patrol-withdraw = Ronde intrekken
patrol-withdraw-hint = Waarom gaat deze ronde niet door?
# dynamic: patrol-state-*
patrol-state-proposed = Voorstel
patrol-state-approved = Goedgekeurd
patrol-state-running = Onderweg
patrol-state-finished = Afgerond
patrol-state-withdrawn = Ingetrokken
patrol-rule-team = Het team { $team } staat niet meer in de instellingen. Vraag de beheerder om het terug te zetten.
patrol-rule-empty = Er zijn geen open meldingen voor dit team en er is geen verwachting voor deze dienst.
patrol-rule-decided = Over deze ronde is al besloten. Open de ronde opnieuw.
patrol-rule-no-stops = Een ronde zonder bezoeken kunt u niet goedkeuren. Voeg een plek toe.
patrol-rule-not-going = Deze ronde loopt niet meer. Herplannen kan alleen bij een ronde die is goedgekeurd en nog niet is afgerond.
patrol-rule-begun = De handhavers zijn al begonnen of de ronde is al afgerond. Intrekken kan niet meer.
patrol-rule-not-approved = Deze ronde is niet goedgekeurd of is ingetrokken. Vraag de coördinator.
patrol-rule-finished = Deze ronde is al afgerond.
patrol-rule-elsewhere = U bent nog bij { $place }. Meld u daar eerst af met Vertrokken.
patrol-other = Andere ploeg
patrol-other-round = Ronde van { $names }
patrol-replan = Herplannen
patrol-replan-urgent = Er komt iets tussen
patrol-replan-text = Kies een plek die niet kan wachten. Wat gedaan is, blijft staan. Regie plant de rest opnieuw en laat zo min mogelijk wegvallen. De handhavers zien wat er verandert.
patrol-replan-rounds = { $n ->
    [one] Het gaat om één ronde die nog loopt.
   *[other] Het gaat om { $number } rondes die nog lopen.
 }
patrol-replan-place = Welke plek?
patrol-replan-place-missing = Kies een plek uit de lijst.
patrol-replan-within = Hoe snel moet er iemand zijn?
patrol-replan-within-missing = Kies hoe snel er iemand moet zijn.
patrol-replan-min = Binnen { $min } minuten
patrol-replan-any = Ergens in deze dienst
patrol-replan-not-in-time = Geen ploeg haalt dat. Kies meer tijd.
patrol-replan-do = Plan opnieuw
patrol-replan-stale = Er is intussen iets veranderd, of er ging te veel tijd voorbij. Hieronder staat een nieuw plan vanaf nu. Kijk nog eens.
patrol-replan-none = Er is geen andere plek
patrol-replan-none-text = Alle open meldingen zitten al in een ronde.
patrol-replan-dropped = Vervallen door spoed elders
patrol-anew = De rest van de dienst
patrol-anew-text = Is er tijd vrij, of kwam er iets bij? Regie plant vanaf nu en vanaf de plek waar elke ploeg is, met dezelfde regels als eerst. Wat gedaan is en wat u vastzette, blijft. Er verandert niets tot u een plan goedkeurt.
patrol-anew-late = Niet meer te halen in deze dienst: { $places }.
patrol-anew-none = Zoals het nu is, is het goed
patrol-anew-none-text = Er is geen tijd vrij, of er is geen plek die meer oplevert.
# dynamic: patrol-anew-*
patrol-anew-fill = Vrije tijd vullen
patrol-anew-fill-text = Elke ploeg houdt haar bezoeken en haar volgorde. In de vrije tijd komen de beste open plekken.
patrol-anew-anew = Alles opnieuw
patrol-anew-anew-text = Bezoeken mogen wijken voor plekken die meer opleveren, en de volgorde mag anders.
patrol-anew-gain = { $gain } punten erbij: van { $from } naar { $to } voor de rest van de dienst.
patrol-anew-cost = { $gain } punten eraf: van { $from } naar { $to }. Zo komt er weer een willekeurige controle door loting in.
patrol-anew-in = Komt erbij
patrol-anew-out = Valt weg
patrol-anew-moved = Naar een andere ploeg
patrol-anew-for = Om { $time }, { $names }
patrol-anew-was = Stond om { $time }
patrol-anew-new = nieuw
patrol-anew-all = Zo loopt elke ploeg dan
patrol-anew-back = Terug om { $time }.
patrol-anew-do = Dit plan goedkeuren
patrol-anew-dropped = Vervallen: de rest van de dienst is opnieuw gepland
patrol-change-at = Gewijzigd om { $time }.
patrol-change-added = Nieuw: { $places }.
patrol-change-taken = Van een collega: { $places }.
patrol-change-given = Naar een collega: { $places }.
patrol-change-dropped = Vervalt: { $places }.
patrol-change-order = De volgorde is anders.
patrol-plan-done = Plan en uitvoering
patrol-visits = Bezoeken
patrol-present = Aanwezig
patrol-with-action = Bezoeken met een actie
patrol-with-action-note = Alles behalve niets aangetroffen
patrol-decided = Besluit
# dynamic: patrol-decided-*
patrol-decided-follow = Voorstel gevolgd
patrol-decided-deviate = Afgeweken van het voorstel
patrol-result = Uitkomst
patrol-seq = Nr.
patrol-planned = Gepland
patrol-done = Gedaan
patrol-not-yet = nog niet
patrol-minutes = { $n ->
    [one] één minuut
   *[other] { $number } minuten
 }
patrol-stay = { $n ->
    [one] Blijf één minuut
   *[other] Blijf { $number } minuten
 }
patrol-minutes-of = { $min } minuten (gepland { $of })
# dynamic: patrol-visit-*
patrol-visit-planned = Nog te doen
patrol-visit-arrived = Bezig
patrol-visit-left = Gedaan
patrol-visit-skipped = Overgeslagen
patrol-walk = Ronde lopen
patrol-walk-stale = Een collega was u voor. Hieronder staat de nieuwe stand.
patrol-walk-finished = De ronde is afgerond. Dank u wel.
patrol-typed = Wat u had getypt
patrol-arrive = Aangekomen
patrol-here = U bent hier sinds
patrol-leave-now = Vertrokken
patrol-outcome = Wat trof u aan en wat deed u?
# dynamic: patrol-outcome-*
patrol-outcome-nothing-found = Niets aangetroffen
patrol-outcome-talk = Gesprek
patrol-outcome-warning = Waarschuwing
patrol-outcome-solved = Opgelost
patrol-outcome-sanction-follows = Sanctie volgt
patrol-outcome-missing = Kies wat u aantrof en deed.
patrol-sanction-hint = Bij 'Sanctie volgt' legt u hier niets over een persoon vast. De sanctie zelf schrijft u in het afgeschermde deel (Wpg).
patrol-sanction-link = Sanctie schrijven bij dit bezoek
patrol-note = Toelichting
patrol-note-hint = Schrijf geen namen, kentekens of adressen van personen op. Bij 'Opgelost' gaat deze tekst naar de melder.
patrol-note-missing = Schrijf op hoe het is opgelost. De melder leest dit.
patrol-note-long = De tekst is te lang. Gebruik hoogstens { $most } tekens.
patrol-becomes = Hoe gaat de melding verder?
patrol-becomes-hint = Niet nodig bij 'Opgelost'.
patrol-skip = Overslaan
patrol-skip-why = Waarom slaat u deze plek over?
patrol-skip-do = Sla deze plek over
patrol-why-missing = Schrijf kort waarom.
patrol-finish = Klaar met de ronde?
patrol-finish-rest = Waarom zijn de andere plekken niet bezocht?
patrol-finish-do = Ronde afronden
patrol-to = { $way } naar het { $direction }
# dynamic: patrol-dir-*
patrol-dir-n = noorden
patrol-dir-ne = noordoosten
patrol-dir-e = oosten
patrol-dir-se = zuidoosten
patrol-dir-s = zuiden
patrol-dir-sw = zuidwesten
patrol-dir-w = westen
patrol-dir-nw = noordwesten
# Wat een telefoon later vertelt
patrol-late-withdrawn = De ronde met { $place } was ingetrokken. Uw bezoek is wel opgeslagen.
patrol-late-finished = De ronde was al afgerond. Uw bezoek aan { $place } is toch opgeslagen.
patrol-late-moved = { $place } stond intussen in een andere ronde. Uw bezoek is daar opgeslagen.
patrol-late-matched = De ronde was veranderd. Uw bezoek aan { $place } is bij dezelfde melding opgeslagen.
patrol-late-extra = { $place } stond niet meer in de ronde. Uw bezoek is als extra bezoek opgeslagen.
patrol-late-outside = Deze plek ligt niet in de gemeente.
patrol-late-no-round = De ronde bestaat niet meer. Opgeslagen is dat u bij { $place } was. De coördinator ziet wat u invulde.
patrol-late-was-skipped = { $place } was al overgeslagen. Uw bezoek is nu toch opgeslagen.
patrol-late-there = Een collega was al bij { $place }. U staat bij hetzelfde bezoek.
patrol-late-visited = Een collega heeft { $place } al bezocht. Uw woorden zijn daarbij gezet.
patrol-late-skipped = { $place } was al overgeslagen.
patrol-late-solved = De melding bij { $place } was al opgelost. Uw bezoek is wel opgeslagen.
patrol-late-not-on-phone = Later toegevoegd, stond niet op de telefoon.
patrol-late-rest = Intussen kwamen er plekken bij. Die staan op niet bezocht: { $place }.
patrol-late-finished-before = De ronde was al afgerond.
patrol-late-withdrawn-round = De ronde was ingetrokken.

# Resultaten van een week
patrol-results = Resultaten van de week
patrol-results-link = Resultaten van deze week
patrol-results-summary = In het kort
patrol-results-none = In deze week zijn er geen goedgekeurde rondes.
patrol-results-none-text = Kies een andere week, of keur eerst een ronde goed.
patrol-results-rounds = Rondes gelopen
patrol-results-present = Uren aanwezig
patrol-results-planned = Uren gepland
patrol-results-hours-of = { $done } van { $of }
patrol-results-areas = Uren per buurt
patrol-results-areas-lead = De uren op de plekken van goedgekeurde rondes, zonder de weg ertussen.
patrol-results-nobody = Geen bezoek gepland in: { $areas }.
patrol-results-area = Buurt
patrol-results-all = Alle buurten
patrol-results-outside = Buiten de buurten
patrol-results-kinds = Uitkomsten per soort bezoek
patrol-results-kinds-lead = Een kwestie of melding is al bekend. Bij een druk vak of willekeurige controle ging de boa zelf kijken.
patrol-results-kind = Soort bezoek
patrol-results-campaigns = Bezoeken voor campagnes
patrol-results-campaigns-none = In deze week vroeg geen campagne om bezoeken.
patrol-results-made = Bezoeken gedaan
patrol-results-left = Nog te doen
patrol-results-note = Deze pagina telt plekken en uren van het hele team. Er is geen overzicht per boa.
