# Buurtgroepen en volgers: wie coördineert, en wat de gemeente hun vertelt.
neighbours-title = Buurtgroepen
neighbours-lead = Groepen bewoners en ondernemers die meekijken in hun buurt. Wij kennen alleen de coördinator, niet de leden.
neighbours-new = Groep toevoegen
neighbours-edit = Groep wijzigen
neighbours-filter = Kies welke groepen u ziet
neighbours-show = Toon
neighbours-area = Buurt
neighbours-areas = Buurten
neighbours-areas-hint = Waar is de groep actief? Kies minstens één buurt.
neighbours-any-area = Alle buurten
neighbours-any-kind = Alle soorten
neighbours-kind = Soort groep
# dynamic: neighbours-kind-*
neighbours-kind-chat = WhatsApp-buurtgroep
neighbours-kind-watch = Buurtpreventie
neighbours-kind-burgernet = Burgernet
neighbours-kind-residents = Bewonersvereniging
neighbours-kind-business = Ondernemers
neighbours-name = Naam
neighbours-topics = Wil berichten over
neighbours-topics-hint = Kiest u niets, dan krijgt de groep berichten over alles.
neighbours-all-topics = Alle onderwerpen
neighbours-coordinator = Coördinator
neighbours-coordinator-hint = Eén persoon met wie de gemeente contact heeft. Schrijf niets op over leden.
neighbours-coordinator-name = Naam van de coördinator
neighbours-email = E-mailadres
neighbours-phone = Telefoonnummer
neighbours-consent = Toestemming gegeven op
neighbours-consent-hint = De dag waarop de coördinator zei dat wij deze gegevens mogen bewaren. Zonder toestemming sturen wij niets.
neighbours-language = Taal van berichten
# dynamic: neighbours-language-*
neighbours-language-nl = Nederlands
neighbours-language-en = Engels
neighbours-since = Actief sinds
neighbours-ended = Gestopt op
neighbours-note = Opmerking
neighbours-note-hint = Over de groep als geheel, bijvoorbeeld wanneer die vergadert.
neighbours-save = Opslaan
neighbours-saved = Uw wijziging is opgeslagen.
neighbours-too-long = Maak de tekst korter: niet meer dan { $most } tekens.
neighbours-name-missing = Vul de naam van de groep in.
neighbours-areas-missing = Kies minstens één buurt uit de lijst.
neighbours-areas-wrong = Kies buurten uit de lijst.
neighbours-topics-wrong = Kies onderwerpen uit de lijst.
neighbours-coordinator-missing = Vul de naam van de coördinator in.
neighbours-email-wrong = Vul een e-mailadres in, zoals naam@voorbeeld.nl.
neighbours-consent-missing = Vul de dag in waarop de coördinator toestemming gaf: vandaag of eerder.
neighbours-since-wrong = Vul een dag in: vandaag of eerder.
neighbours-ended-rule = Deze groep is gestopt en kan niet meer gewijzigd worden. Voeg een nieuwe groep toe.
neighbours-state = Stand
neighbours-state-active = Actief
neighbours-state-ended = Gestopt
neighbours-state-unreachable = Niet bereikbaar
neighbours-none = Geen groepen gevonden
neighbours-none-text = Voeg een groep toe, of kies een andere buurt of soort.
neighbours-map = Waar zijn groepen?
neighbours-map-desc = Aantal actieve groepen per buurt
neighbours-groups = Groepen
neighbours-no-groups = geen groep
neighbours-followers = { $n ->
    [one] { $number } inwoner volgt een buurt of onderwerp per e-mail.
   *[other] { $number } inwoners volgen een buurt of onderwerp per e-mail.
 }
neighbours-contact-gone = De gegevens van de coördinator zijn verwijderd.
neighbours-told = Wat wij deze groep vertelden
neighbours-told-none = Nog geen berichten.
neighbours-end = Groep stopzetten
neighbours-end-text = De groep krijgt geen berichten meer. De gegevens van de coördinator gaan na 30 dagen weg.
neighbours-message-new = Bericht aan groepen
neighbours-message-lead = Vertel groepen wat er in hun buurt speelt. U ziet eerst wat elke coördinator leest.
neighbours-messages = Verstuurde berichten
neighbours-templates = Begin met een tekst
neighbours-to-areas = Aan groepen in
neighbours-to-areas-hint = Kiest u niets, dan gaat het bericht naar alle buurten.
neighbours-topic = Onderwerp
neighbours-topic-hint = Alleen groepen die hierover willen horen, krijgen het bericht.
neighbours-no-topic = Geen bepaald onderwerp
neighbours-some-topic = overlast
neighbours-subject = Onderwerpregel
neighbours-subject-missing = Vul de onderwerpregel in.
neighbours-body = Tekst
neighbours-body-hint = Noem geen namen of adressen van mensen.
neighbours-body-missing = Schrijf de tekst van het bericht.
neighbours-variables = In de tekst kunt u dit gebruiken; het wordt per groep ingevuld:
neighbours-variable-wrong = “{ $word }” tussen accolades kennen wij niet. Gebruik een van de woorden onder de tekst, of haal de accolades weg.
neighbours-nobody = Geen enkele groep krijgt dit bericht. Kies andere buurten of een ander onderwerp.
neighbours-preview = Bekijk het bericht
neighbours-preview-count = { $n ->
    [one] Dit bericht gaat naar { $number } coördinator. Lees het na en verstuur het.
   *[other] Dit bericht gaat naar { $number } coördinatoren. Lees het na en verstuur het.
 }
neighbours-send = Versturen
neighbours-change-text = Tekst wijzigen
neighbours-sent = Het bericht is onderweg naar de coördinatoren.
neighbours-when = Wanneer
neighbours-receivers = Ontvangers
neighbours-receivers-n = { $n ->
    [one] { $number } groep
   *[other] { $number } groepen
 }
neighbours-delivered = verstuurd
neighbours-on-its-way = onderweg
neighbours-letter-why = U krijgt dit bericht van { $organisation } omdat u coördinator bent van { $group }. Klopt dat niet meer, of wilt u geen berichten? Mail { $email }.
neighbours-public-title = Uw buurt
neighbours-public-lead = Volg wat er in uw buurt gemeld en opgelost wordt, of doe mee met een buurtgroep.
neighbours-follow = Nieuws per e-mail
neighbours-follow-text = Wij mailen u welke meldingen er in uw buurt bij komen en wat ermee gebeurt. U leest wat ook op de openbare kaart staat: nooit wie iets meldde.
neighbours-your-email = Uw e-mailadres
neighbours-your-email-hint = Wij sturen u eerst een mail om te bevestigen. Uw adres gebruiken wij alleen hiervoor.
neighbours-rhythm = Hoe vaak wilt u nieuws?
# dynamic: neighbours-rhythm-*
neighbours-rhythm-soon = Zodra er nieuws is
neighbours-rhythm-weekly = Eén keer per week
neighbours-rhythm-missing = Kies hoe vaak u nieuws wilt.
neighbours-about = Waarover?
neighbours-about-hint = Kiest u niets, dan krijgt u nieuws over alles.
neighbours-where = Welke buurten?
neighbours-where-hint = Kiest u niets, dan krijgt u nieuws over de hele gemeente.
neighbours-follow-send = Nieuws aanvragen
neighbours-feed = Liever zonder e-mailadres? Gebruik een feedlezer:
neighbours-feed-link = meldingen als Atom-feed
neighbours-public-groups = Buurtgroepen
neighbours-public-groups-text = In deze buurten kijken bewoners samen mee. Wilt u meedoen of zelf een groep beginnen? Mail ons:
neighbours-public-none = Er zijn nog geen buurtgroepen bekend.
neighbours-groups-n = { $n ->
    [one] { $number } groep
   *[other] { $number } groepen
 }
neighbours-asked = Kijk in uw mail
neighbours-asked-text = Wij stuurden u een mail. Open de link daarin om te bevestigen. Geen mail gezien? Kijk bij ongewenste post, of probeer het later opnieuw.
neighbours-confirm-subject = Bevestig dat u nieuws van { $municipality } wilt
neighbours-confirm-body =
    U vroeg om nieuws over meldingen in { $municipality }.

    Bevestig uw adres binnen { $hours } uur:
    { $link }

    Vroeg u dit niet zelf? Dan hoeft u niets te doen. Wij vergeten uw adres vanzelf.
neighbours-link-confirm = Bevestig uw aanvraag
neighbours-link-stop = Nieuws stopzetten
neighbours-confirm = Ja, stuur mij nieuws
neighbours-stop = Stop en vergeet mijn adres
neighbours-confirmed = U krijgt nieuws
neighbours-confirmed-text = Uw adres is bevestigd. In elke mail staat een link om te stoppen.
neighbours-stopped = U krijgt geen nieuws meer
neighbours-stopped-text = Wij zijn uw adres vergeten.
neighbours-news-subject = { $n ->
    [one] Nieuws uit uw buurt: { $number } melding
   *[other] Nieuws uit uw buurt: { $number } meldingen
 }
neighbours-news-lead = Deze meldingen in { $municipality } zijn nieuw of gewijzigd:
neighbours-news-line = - { $category }, { $area }: { $state } (gemeld op { $day })
neighbours-news-more = En nog { $number } meer.
# dynamic: neighbours-signal-*
neighbours-signal-received = ontvangen
neighbours-signal-busy = in behandeling
neighbours-signal-done = afgehandeld
neighbours-signal-cancelled = niet in behandeling
neighbours-news-map = Alle meldingen op de kaart: { $link }
neighbours-news-stop = Geen nieuws meer? { $link }
