# Webhooks: andere systemen die meteen bericht krijgen.
webhook-title = Berichten naar andere systemen
webhook-lead = Regie stuurt een kort, ondertekend bericht zodra er iets verandert. Er staan geen woorden en geen personen in: het andere systeem haalt de rest zelf op, met zijn eigen rechten.
webhook-new = Ontvanger toevoegen
webhook-none = Nog geen ontvangers
webhook-none-text = Voeg een systeem toe dat bericht wil krijgen van nieuwe en gewijzigde meldingen.
webhook-name = Naam
webhook-name-hint = Zoals collega’s het systeem kennen, bijvoorbeeld Afvalbeheer
webhook-name-missing = Vul een naam in.
webhook-name-long = Maak de naam korter: hoogstens 100 tekens.
webhook-host = Server
webhook-state = Stand
webhook-last = Laatste antwoord
webhook-waiting = Wacht
webhook-source = Afzender in elk bericht:
webhook-url = Webadres
webhook-url-hint = Begint met https://. U krijgt dit adres van de beheerder van het andere systeem.
webhook-url-missing = Vul het webadres in.
webhook-url-wrong = Vul een webadres in dat begint met https://, zonder gebruikersnaam of wachtwoord.
webhook-url-private = Dit adres ligt in een besloten netwerk. Daar stuurt Regie niets heen. Kies een adres op internet.
webhook-url-refused = De server op dit adres zegt dat hij van Regie geen berichten wil. Vraag de beheerder van dat systeem om Regie toe te laten.
webhook-types = Welke berichten
webhook-types-missing = Kies minstens één soort bericht.
webhook-types-all = Alle
# dynamic: webhook-type-*
webhook-type-signal-created = Nieuwe melding
webhook-type-signal-changed = Melding gewijzigd
webhook-type-webhook-test = Proefbericht
webhook-add = Toevoegen
webhook-cancel = Annuleren
webhook-active = Actief
webhook-failing = Lukt niet sinds { $since }
webhook-paused = Gepauzeerd
webhook-given-up = Gestopt, lukte niet sinds { $since }
webhook-never = Nog niets gestuurd
webhook-answered = Antwoord { $status }
# dynamic: webhook-said-*
webhook-said-slow = Geen antwoord binnen de tijd
webhook-said-down = Server niet bereikbaar
webhook-said-private = Adres ligt in een besloten netwerk
webhook-said-address = Geen goed webadres
webhook-said-too-long = Antwoord te lang
webhook-secret-title = Het geheim van deze ontvanger
webhook-secret-once = U ziet dit geheim maar één keer. Bewaar het nu in het andere systeem.
webhook-secret = Geheim
webhook-secret-text = Met dit geheim controleert het andere systeem dat een bericht echt van Regie komt. Bent u het kwijt? Maak dan een nieuw geheim.
webhook-overlap = { $n ->
    [one] Het oude geheim blijft nog één uur geldig.
   *[other] Het oude geheim blijft nog { $number } uur geldig.
 }
webhook-secret-kept = Ik heb het bewaard
webhook-welcome = Bij het toevoegen
webhook-welcome-allowed = De server liet weten dat hij berichten van Regie wil.
webhook-welcome-silent = De server kent deze vraag niet. De beheerder staat ervoor in.
webhook-welcome-unreachable = De server was niet bereikbaar. Stuur een proefbericht.
webhook-test = Proefbericht sturen
webhook-pause = Pauzeren
webhook-resume = Weer aanzetten
webhook-rotate = Nieuw geheim maken
webhook-deliveries = Laatste berichten
webhook-no-deliveries = Nog geen berichten
webhook-no-deliveries-text = Stuur een proefbericht om te zien of het werkt.
webhook-when = Wanneer
webhook-what = Bericht
webhook-tries = Pogingen
# dynamic: webhook-notice-*
webhook-notice-waiting = Volgende poging { $next }
webhook-notice-done = Aangekomen
webhook-notice-given-up = Opgegeven
webhook-delete = Ontvanger verwijderen
webhook-delete-sure = Ja, verwijder deze ontvanger en de lijst van berichten
webhook-delete-unsure = Vink eerst aan dat u het zeker weet. Ga terug en probeer het opnieuw.
