# Words that every part uses: months, weekdays, roles, the menu, and faults.
# dynamic: month-*
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
# dynamic: weekday-*
weekday-0 = maandag
weekday-1 = dinsdag
weekday-2 = woensdag
weekday-3 = donderdag
weekday-4 = vrijdag
weekday-5 = zaterdag
weekday-6 = zondag
# dynamic: role-*
role-officer = Handhaver (boa)
role-coordinator = Coördinator handhaving
role-adviser = Adviseur veiligheid
role-mayor = Burgemeester
role-council-member = Raadslid
role-intake = Meldpunt
role-process-director = Procesregisseur
role-partner = Medewerker van een partner
role-bibob-officer = Bibob-medewerker
role-social-officer = Medewerker sociaal domein
role-care-officer = Medewerker Wvggz
role-crisis-officer = Medewerker crisisbeheersing
role-privacy-officer = Privacy officer
role-administrator = Beheerder
# dynamic: menu-*
menu-desk = Mijn werk
menu-signals = Meldingen
menu-intake = Aannemen
menu-picture = Veiligheidsbeeld
menu-deployment = Inzet
menu-street = Op straat
menu-youth = Jongeren
menu-wrecks = Wrakken
menu-rounds = Rondes
menu-roster = Roosters
menu-campaigns = Campagnes
menu-field = App voor onderweg
menu-board = Nu op straat
menu-sanctions = Sancties
menu-plan = Plan en verantwoording
menu-records = Dossierstukken
menu-partners = Partners
menu-rights = Verzoeken
menu-audit = Logboek
menu-accounts = Accounts
# dynamic: fence-*
fence-municipality = Dit hoort bij een andere gemeente.
fence-authorised = U bent niet geautoriseerd voor deze verwerking. Vraag uw leidinggevende om een autorisatie.
fence-step-up = Laat eerst opnieuw zien dat u het bent, met uw tweede factor.
fence-purpose = Noem eerst waarvoor u dit nodig hebt.
fence-hat = Kies de juiste pet: politiegegevens hoort u bij opsporing te openen, gewone gegevens bij toezicht.
fence-covenant = Er is nu geen geldig convenant met uw organisatie voor deze gegevens. Vraag uw contactpersoon bij de gemeente.
fence-office = Deze gegevens gaan alleen open op kantoor, op het netwerk van de gemeente.
fence-participant = U neemt geen deel aan deze zaak.
fence-targeted = Dit is ouder dan een jaar. Zoek gericht, met een reden.
fence-removed = Dit is verwijderd uit het dagelijks werk.
# dynamic: fault-*
fault-not-found-title = Deze pagina bestaat niet
fault-not-found-text = Controleer het adres. Of ga terug naar de startpagina.
fault-method-title = Dit kan niet op deze pagina
fault-method-text = Deze pagina bestaat, maar u kunt er niet naartoe sturen wat u stuurde. Ga terug naar de startpagina.
fault-sign-in-title = Log eerst in
fault-sign-in-text = Deze pagina is alleen voor medewerkers. Log in en probeer het opnieuw.
fault-refused-title = U mag dit niet zien of doen
fault-refused-text = Uw rol geeft geen toegang. Hebt u dit nodig voor uw werk? Vraag het aan iemand die dit wel mag.
fault-fenced-text = Uw rol mag dit wel, maar er ontbreekt nog iets. Of er iets te vinden is, zegt deze pagina niet.
fault-why = Waarom niet?
fault-step-up = Opnieuw laten zien dat ik het ben
fault-invalid-title = Er ging iets mis met uw gegevens
fault-invalid-text = Verbeter de gegevens hieronder en verstuur ze opnieuw.
fault-stale-title = Iemand anders was u voor
fault-stale-text = Een collega heeft dit gewijzigd nadat u de pagina opende. Ga terug, ververs de pagina en bekijk de nieuwe stand. Uw tekst staat nog in het formulier.
fault-rule-title = Dit kan nu niet
fault-bad-title = We begrijpen de vraag niet
fault-bad-request = De gegevens zijn niet compleet of niet leesbaar. Ga terug en probeer het opnieuw.
fault-bad-encoding = De tekst is niet leesbaar. Verstuur de tekst als UTF-8.
fault-bad-json = Dit is geen geldige JSON. Controleer haakjes, komma's en namen van velden.
fault-too-large-title = Het bestand is te groot
fault-too-large-text = U kunt niet meer dan { $mb } MB tegelijk versturen. Kies een kleinere foto.
fault-wait-title = Even wachten
fault-wait-text = { $n ->
    [one] U hebt het te vaak geprobeerd. Wacht één minuut.
   *[other] U hebt het te vaak geprobeerd. Wacht { $number } minuten.
 }
fault-other-site-title = Deze opdracht kwam van een andere website
fault-other-site-text = Voor uw veiligheid voeren we dit niet uit. Open deze website zelf en probeer het opnieuw.
fault-internal-title = Er ging bij ons iets mis
fault-internal-text = Dit is niet uw fout. Probeer het over een paar minuten opnieuw. Wat u verstuurde, is niet verwerkt.
fault-who = Deze rollen mogen dit wel:
fault-to-start = Naar de startpagina
