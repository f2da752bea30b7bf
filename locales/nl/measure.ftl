# Maatregelen en hun effect.
# dynamic: measure-stage-*
measure-title = Maatregelen
measure-lead = Hielp het? Schrijf een maatregel op voor hij begint. Dan ziet u vooraf wat er te zien kan zijn, en daarna wat de meldingen laten zien.
measure-new = Nieuwe maatregel
measure-empty = Nog geen maatregelen
measure-empty-text = Hier komen maatregelen te staan waarvan u het effect wilt volgen, zoals een aanpak van een gebied, een actie of een camera.
measure-has-conclusion = met conclusie
measure-stage-planned = gepland
measure-stage-running = loopt
measure-stage-ended = afgelopen
measure-stage-withdrawn = ging niet door
measure-period = { $from } tot en met { $to }
measure-period-open = sinds { $from }

measure-name = Naam van de maatregel
measure-name-hint = Bijvoorbeeld: Jongeren in het winkelcentrum, zomer.
measure-kind = Soort maatregel
measure-goal = Wat moet er anders worden?
measure-goal-hint = Schrijf dit op voor de maatregel begint. Dan kan niemand het doel later aanpassen aan de uitkomst.
measure-subjects = Waarover zijn de meldingen?
measure-subjects-hint = We tellen alleen meldingen van bewoners en partners, niet wat handhavers zelf vinden: waar je kijkt, vind je iets.
measure-areas = In welke buurten?
measure-start = Eerste dag
measure-end = Laatste dag
measure-when = Wanneer
measure-ring = Buurten eromheen
measure-look = Wat kunnen we zien?
measure-save = Maatregel opslaan
measure-cancel = Annuleren
measure-saved = Opgeslagen.

measure-title-missing = Geef de maatregel een naam.
measure-too-long = Deze tekst is te lang. Gebruik hooguit { $most } tekens.
measure-goal-missing = Schrijf op wat er anders moet worden.
measure-kind-missing = Kies een soort maatregel.
measure-areas-missing = Kies een of meer buurten.
measure-subjects-missing = Kies een of meer onderwerpen.
measure-start-missing = Vul de eerste dag in, bijvoorbeeld 2026-06-01.
measure-end-wrong = De laatste dag moet een datum zijn op of na de eerste dag.
measure-conclusion-missing = Schrijf eerst uw conclusie op.

measure-outlook = Wat kunnen we straks zien?
measure-outlook-then = Wat vooraf te zien kon zijn
measure-outlook-advice = Is dit te weinig? Neem een groter gebied, meer onderwerpen of een langere tijd. Nog niets is opgeslagen.
measure-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weken
}
measure-power = Dit gebied is te klein om na { $weeks } een daling van minder dan { $pct } te kunnen zien.
measure-power-none = In dit gebied zijn zo weinig meldingen dat zelfs een daling tot nul na { $weeks } niet is aan te tonen.
measure-power-none-short = niet te zien
measure-power-expected = Zonder maatregel verwachten we in die tijd ongeveer { $n } meldingen.
measure-power-table = Kleinste daling die we met 80 % kans zien
measure-power-weeks = Na
measure-power-fall = Daling
measure-why-short-before = Er zijn te weinig weken van voor de maatregel om mee te vergelijken.
measure-why-short-after = De maatregel loopt nog te kort om iets over het effect te zeggen.
measure-why-few-events = Er waren voor de maatregel te weinig meldingen om iets over het effect te kunnen zeggen.
measure-why-few-donors = Er zijn te weinig andere buurten met meldingen om mee te vergelijken.
measure-why-uneven = De tellingen van de buurten passen niet bij elkaar. Meld dit aan de beheerder.

measure-effect-heading = Wat laten de meldingen zien?
measure-untold-withdrawn = Deze maatregel ging niet door.
measure-untold-planned = De maatregel is nog niet begonnen.
measure-untold-small = Er zijn minder dan { $n } meldingen. Over personen en groepen tonen we zulke kleine aantallen niet.
measure-verdict-fewer = aantoonbaar minder
measure-verdict-more = aantoonbaar meer
measure-verdict-none = geen aantoonbaar verschil
measure-verdict-little = te weinig om iets te zien
measure-change-same = even veel
measure-change-less = { $pct } minder
measure-change-more = { $pct } meer
measure-between = tussen { $low } en { $high }
measure-counted = Sinds het begin kwamen er { $n } meldingen. Zonder de maatregel verwachtten we er ongeveer { $expected } (door toeval tussen { $low } en { $high }).
measure-effect = Dat is { $change } dan zonder de maatregel; het echte verschil ligt { $between }.
measure-no-difference = Dat is geen aantoonbaar verschil. Het echte verschil ligt { $between }; dat de maatregel niets deed kan dus ook.
measure-too-little = Zelfs als er geen enkele melding was gekomen, hadden we niets kunnen aantonen.
measure-not-cause = Dat kan door de maatregel komen. Iets anders dat alleen in dit gebied veranderde, kunnen we met deze vergelijking niet uitsluiten.
measure-chart = Meldingen per week
measure-chart-unit = meldingen per week
measure-chart-note = De lijn is wat er geteld is, de streep wat we zonder de maatregel verwachtten. Na het begin ligt negentien van de twintig weken binnen de band als er niets verandert.
measure-week = Week van
measure-seen = Geteld
measure-without = Zonder maatregel
measure-chance = Door toeval
measure-ring-heading = In de buurten eromheen
measure-ring-unknown = Er zijn geen buurten eromheen met genoeg meldingen.
measure-ring-fewer = Ook eromheen kwamen er aantoonbaar minder meldingen: { $change } ({ $between }). De omgeving lijkt mee te profiteren.
measure-ring-more = Eromheen kwamen er aantoonbaar meer meldingen: { $change } ({ $between }). De overlast kan zijn verplaatst.
measure-ring-none = Eromheen is er geen aantoonbaar verschil ({ $between }).
measure-ring-little = Eromheen zijn te weinig meldingen om iets te zien.
measure-ring-worse = Eromheen kwam er meer bij dan er in het gebied af ging.
measure-sure = Hoe zeker is dit?
measure-placebo = We deden dezelfde som voor { $of } buurten zonder maatregel. Daarvan weken er { $odd } minstens zo veel af.
measure-fit = In de { $weeks } voor het begin zat de vergelijking er per vier weken ongeveer { $pct } naast.
measure-donors = Met welke buurten vergelijken we?
measure-donors-text = Deze buurten bewogen voor de maatregel het meest zoals dit gebied. Buurten eromheen en buurten met een eigen maatregel doen niet mee.
measure-about = De maatregel

measure-conclusion = Conclusie
measure-no-conclusion = Er is nog geen conclusie opgeschreven.
measure-concluded = Opgeschreven op { $date }.
measure-conclude-label = Uw conclusie
measure-conclude-hint = Wat vindt u ervan, wat weet u dat de cijfers niet weten, en wat gaat u doen? Geen namen van personen.
measure-conclude = Conclusie opslaan
measure-change = Wijzigen
measure-end-save = Laatste dag opslaan
measure-withdraw = Ging niet door
measure-withdraw-hint = Kies dit als de maatregel nooit is uitgevoerd. Hij telt dan nergens meer mee. Dit kunt u niet terugdraaien.

measure-demo-approach = Jongeren rond het winkelcentrum
measure-demo-approach-goal = Minder meldingen van overlast door jongeren: met afspraken, een jeugdboa en beter licht.
measure-demo-campaign = Schoon het seizoen in
measure-demo-campaign-goal = Minder zwerfvuil en minder afval naast de bak, zonder dat het naar andere buurten gaat.
