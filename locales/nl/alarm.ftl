# Alarmen: waar duidelijk meer wordt gemeld dan verwacht, en wat mensen daarvan vinden.
# dynamic: alarm-kind-*
# dynamic: alarm-state-*
# dynamic: alarm-verdict-*
alarm-title = Alarmen
alarm-lead = Plekken waar duidelijk meer wordt gemeld dan we verwachten. U kijkt wat er aan de hand is en weegt het alarm. Daarna blijft het stil.
alarm-open = Nu open
alarm-none = Geen open alarmen
alarm-none-text = Nergens is duidelijk meer gemeld dan verwacht, of alle alarmen zijn al gewogen.
alarm-watched = In de gaten
alarm-kind-sudden = Plotseling, in een buurt
alarm-kind-lasting = Houdt aan, in een buurt
alarm-kind-cluster = Op één plek, in de laatste dagen
alarm-state-open = nieuw
alarm-state-back = weer gestegen
alarm-state-watch = in de gaten
alarm-state-real = echt
alarm-state-explained = verklaard
alarm-state-past = vanzelf voorbij
alarm-all-kinds = Alle soorten meldingen samen
alarm-name = { $group } in { $place }
alarm-and-more = { $n ->
    [one] { $names } en nog een buurt
   *[other] { $names } en nog { $n } buurten
 }
alarm-text = { $observed } meldingen; we verwachtten er ongeveer { $expected }. Dat is { $ratio } keer zoveel (tussen { $low } en { $high } keer).
alarm-text-rare = { $observed } meldingen; we verwachtten er bijna geen ({ $expected }).
alarm-since-week = Waarschijnlijk sinds de week van { $day }.
alarm-since-cluster = { $n ->
    [one] Waarschijnlijk sinds { $day }, in één vak van 200 bij 200 meter.
   *[other] Waarschijnlijk sinds { $day }, in { $n } vakken van 200 bij 200 meter die aan elkaar grenzen.
 }
alarm-sure = Bijna zeker geen toeval: minder dan 1 op de 100 van zulke alarmen is vals.
alarm-q = Van 100 van zulke alarmen zijn er ongeveer { $n } vals.
alarm-back = Dit alarm was al gewogen. Het kwam terug op { $day }, omdat het aantal opnieuw duidelijk steeg of omdat het lang aanhield.

alarm-record-title = Hoe goed zijn de alarmen?
alarm-record-none = Er is nog geen alarm beoordeeld. Zodra u alarmen weegt, staat hier welk deel echt was.
alarm-record = { $n ->
    [one] Er is 1 alarm beoordeeld; { $real } daarvan was echt. Dat is te weinig om iets te zeggen over de volgende.
   *[other] Van de { $judged } beoordeelde alarmen waren er { $real } echt: { $share }. Door toeval kan het echte deel tussen { $low } en { $high } liggen.
 }
alarm-accepted = Van de weeklijst mag hooguit { $weekly } vals alarm zijn, van de plekken van een nacht hooguit { $cluster }.
alarm-how = Elke nacht tellen we opnieuw, per buurt en per soort, en zoeken we plekken van aaneengesloten vakken. We houden rekening met seizoen, dag van de week en toeval. Wat handhavers zelf vinden telt niet mee: waar je kijkt, vind je iets.
alarm-past = Eerdere alarmen
alarm-past-caption = Alarmen die gewogen zijn of vanzelf voorbijgingen, de nieuwste bovenaan
alarm-what = Wat en waar
alarm-found = Gevonden
alarm-outcome = Uitkomst
alarm-how-much = Hoeveel

alarm-chart = Meldingen per week
alarm-chart-note = Met wat we verwachtten, en tot hoever het aantal gewoon is.
alarm-chart-unit = meldingen
alarm-chart-mark = meer dan verwacht, sinds het begin van het alarm
alarm-no-chart = Geen grafiek: dit gaat over personen of groepen en de aantallen per week zijn klein, of er zijn te weinig hele weken.
alarm-week = Week van
alarm-seen = Meldingen
alarm-expected = Verwacht
alarm-usual = Gewoon tot
alarm-place = Waar
alarm-map = De plek van het alarm
alarm-reports = Welke meldingen
alarm-reports-in = Meldingen in
alarm-squares = De vakken van deze plek
alarm-square = Vak

alarm-weigh = Wegen
alarm-not-weighed = Nog niemand heeft dit alarm gewogen.
alarm-verdict = Wat is er aan de hand?
alarm-verdict-hint = Bij ‘echt’ en ‘verklaard’ komt dit alarm niet terug, behalve als het opnieuw duidelijk stijgt of lang aanhoudt.
alarm-verdict-real = Echt: er is iets aan de hand
alarm-verdict-explained = Verklaard: er is een andere oorzaak
alarm-verdict-watch = In de gaten: nog niet duidelijk
alarm-verdict-missing = Kies wat er aan de hand is.
alarm-reason = Waarom?
alarm-reason-hint = Schrijf op waarop u dit baseert, bijvoorbeeld een wegafsluiting, een oproep om te melden of een gesprek met de wijkagent. Schrijf geen namen van mensen op.
alarm-reason-missing = Schrijf op waarom u dit vindt.
alarm-reason-long = Schrijf hooguit { $most } tekens.
alarm-save = Alarm wegen
alarm-saved = Uw oordeel is opgeslagen.
alarm-somebody = een collega van wie het account weg is
alarm-tile = Open alarmen
alarm-tile-note = om te wegen
