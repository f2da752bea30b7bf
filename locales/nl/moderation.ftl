# Modereren: wat iedereen van meldingen ziet, en wat doen wij met ongewenste meldingen.
moderation-title = Openbaar maken
moderation-lead = U bepaalt wat iedereen van een melding ziet. Op de openbare kaart staan altijd alleen de categorie, de status en een plek bij benadering; nooit de naam van de melder of zijn eigen woorden.
moderation-tabs = Meldingen om te bekijken
moderation-tab-waiting = Wachten
moderation-tab-suspect = Verdacht
moderation-tab-shown = Getoond
moderation-tab-hidden = Verborgen
moderation-tab-junk = Opruimen
moderation-keys = Toetsen: j volgende, k vorige, s tonen zonder woorden, w tonen met woorden, h verbergen.
moderation-empty = Hier staat niets
moderation-empty-text = Er zijn nu geen meldingen die op u wachten.
moderation-words = Woorden van de melder
moderation-words-none = De melder schreef geen woorden.
moderation-photo = Afdekken en vrijgeven
moderation-public-words = Woorden die iedereen mag lezen
moderation-public-words-hint = Dit is een voorstel: de computer haalde weg wat op gegevens van mensen lijkt. Lees het na en pas het aan.
moderation-private = Meldingen van deze soort zijn nooit openbaar.
moderation-reason = Reden als u verbergt
# dynamic: moderation-reason-*
moderation-reason-person = Gaat over een persoon, huishouden of adres
moderation-reason-not-public = Hoort niet op de openbare kaart
moderation-reason-double = Is er al
moderation-reason-wrong-place = De plek klopt niet
moderation-reason-other = Iets anders
moderation-why = Toelichting
moderation-show = Tonen zonder woorden
moderation-show-words = Tonen met deze woorden
moderation-hide = Verbergen
moderation-clear = Is geen ongewenste melding
moderation-wait = Terug naar wachten
moderation-undo = Ongedaan maken
moderation-map-alt = Kaart met de plek zoals iedereen die ziet
moderation-done-shown = Melding { $reference } staat op de openbare kaart.
moderation-done-hidden = Melding { $reference } is verborgen.
moderation-done-waiting = Melding { $reference } wacht weer.
moderation-done-clear = Melding { $reference } is geen ongewenste melding. De mail aan de melder is verstuurd.
moderation-rule-private = Meldingen van deze soort zijn nooit openbaar. Klopt de categorie niet? Verander die dan eerst bij de melding.
moderation-rule-not-public = Deze melding is niet openbaar; er valt niets te verbergen.
moderation-rules = Wat de computer weghaalt uit het voorstel
moderation-rules-lead = Dit zijn eenvoudige regels. Ze missen wel eens iets. U beslist.
# dynamic: moderation-blank-*
moderation-blank-name = [naam]
moderation-blank-name-rule = Woorden na meneer, mevrouw of familie, de naam van de melder zelf, en woorden met een hoofdletter midden in een zin die geen straat of buurt zijn.
moderation-blank-phone = [telefoonnummer]
moderation-blank-phone-rule = Negen tot vijftien cijfers die beginnen met 0 of +.
moderation-blank-email = [e-mailadres]
moderation-blank-email-rule = Woorden met een @ en een punt.
moderation-blank-plate = [kenteken]
moderation-blank-plate-rule = Drie groepjes letters of cijfers met streepjes, samen zes tekens.
moderation-blank-house = [huisnummer]
moderation-blank-house-rule = Een getal na een straat of na "nummer", en postcodes.
moderation-blank-number = [nummer]
moderation-blank-number-rule = Woorden met zeven cijfers of meer.
moderation-blank-link = [webadres]
moderation-blank-link-rule = Woorden die beginnen met http of www.
# dynamic: moderation-publication-*
moderation-publication-none = Niet openbaar
moderation-publication-waiting = Wacht op een besluit
moderation-publication-shown = Staat op de openbare kaart
moderation-publication-hidden = Verborgen
moderation-event = Openbaarheid van "{ $was }" naar "{ $becomes }"
moderation-event-clear = Nagekeken: geen ongewenste melding
moderation-signs = Waarom verdacht
# dynamic: moderation-sign-*
moderation-sign-links = Veel webadressen
moderation-sign-same = Zelfde woorden kwamen vaak binnen
moderation-sign-script = Stukje van een programma of webpagina
moderation-sign-words = Woord van de lijst van de gemeente
moderation-junk-title = Ongewenste meldingen opruimen
moderation-junk-lead = Zet duizenden ongewenste meldingen in één keer opzij. Ze verdwijnen uit lijsten, kaarten en cijfers. U kunt ze in één keer terughalen.
moderation-junk-which = Welke meldingen
moderation-junk-only = Alleen nieuwe meldingen van buiten waar nog niemand aan werkte.
moderation-junk-from = Binnengekomen vanaf
moderation-junk-to = Binnengekomen tot
moderation-junk-channel = Binnengekomen via
# dynamic: moderation-channel-*
moderation-channel-web = Formulier op de site
moderation-channel-api = Koppeling (API)
moderation-channel-open311 = Open311
moderation-channel-mail = E-mail
moderation-junk-text = Met deze tekst erin
moderation-junk-text-hint = Wij zoeken in de woorden, de plaats en het kenmerk.
moderation-junk-same = Met precies deze woorden
moderation-junk-same-hint = Plak hier de woorden van een ongewenste melding.
moderation-junk-email = Van dit e-mailadres
moderation-junk-suspect = Alleen meldingen die verdacht zijn
moderation-junk-look = Tellen en bekijken
moderation-junk-found = Gevonden
moderation-junk-count = { $number ->
    [0] Geen enkele melding past hierbij.
    [one] Eén melding past hierbij.
   *[other] { $number } meldingen passen hierbij.
}
moderation-junk-count-more = Meer dan { $number } meldingen passen hierbij. Er gaan er { $number } tegelijk opzij, de oudste eerst.
moderation-junk-newest = De nieuwste van deze meldingen
moderation-junk-note = Waarom zet u ze opzij?
moderation-junk-note-hint = Dit komt in het logboek.
moderation-junk-note-missing = Schrijf waarom u deze meldingen opzij zet.
moderation-junk-open = Kies eerst welke meldingen: een tijd, een weg, een tekst of een adres.
moderation-junk-time = Schrijf de dag en de tijd zo: 2026-05-31 14:30.
moderation-junk-put-aside = Opzij zetten
moderation-junk-batches = Opzij gezet
moderation-junk-batches-none = Er is nog niets opzij gezet.
moderation-junk-batch = { $number } meldingen op { $at }
moderation-junk-undo = Terughalen
moderation-junk-undone-at = teruggehaald op { $at }
moderation-junk-undone = Deze meldingen zijn al teruggehaald.
moderation-junk-again = { $number } van deze meldingen zijn intussen opnieuw verstuurd. Zet eerst de nieuwe opzij.
moderation-junk-done = { $number ->
    [one] Eén melding is opzij gezet.
   *[other] { $number } meldingen zijn opzij gezet.
}
