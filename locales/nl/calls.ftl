# Het scherm voor een telefoontje, de balie en mail.
calls-title = Melding aannemen
calls-lead = Schrijf mee terwijl de beller praat. Regie zoekt mee.
calls-mails-waiting =
    { $n ->
        [0] Er wacht geen mail.
        [one] Er wacht 1 mail.
       *[other] Er wachten { $number } mails.
    }
calls-saved = Melding { $reference } is opgeslagen. U kunt de volgende aannemen.
calls-read-out = Dit hoort niet bij de gemeente. Lees voor aan de beller:
calls-not-stored = Regie bewaart hier niets van. Gaat het toch over iets anders? Kies dan een andere categorie.
calls-words = Wat is er aan de hand?
calls-guesses = Past dit?
calls-category = Categorie
calls-category-none = Kies een categorie
calls-elsewhere = Niet voor de gemeente
calls-address = Waar is het?
calls-address-hint = Straat en nummer, of postcode en nummer
calls-places = Kies het adres
calls-near = Al bekend in de buurt
calls-near-one = { $reference }, gemeld op { $day }, { $metres } meter verderop
calls-area = Of alleen de buurt
calls-who = Wie meldt het?
calls-name = Naam
calls-phone = Telefoon
calls-email = E-mail
calls-email-hint = Dan krijgt de melder bericht.
calls-postal = Postadres
calls-postal-hint = Nodig bij een klacht of een verzoek om handhaving
calls-channel = Hoe kwam het binnen?
# dynamic: calls-channel-*
calls-channel-phone = Telefoon
calls-channel-desk = Balie of brief
calls-channel-mail = E-mail
calls-kind = Wat vraagt de melder?
# dynamic: calls-kind-*
calls-kind-report = Melding
calls-kind-enforcement-request = Verzoek om handhaving
calls-kind-complaint = Klacht over een medewerker
calls-kind-question = Vraag
calls-urgency = Hoe snel?
calls-save = Opslaan
calls-look = Zoek mee
calls-keys = Sneltoetsen: Alt+1, 2 of 3 kiest een voorstel. Ctrl+Enter slaat op.
calls-mails-title = Mail voor het meldpunt
calls-mails-lead = Mail die geen antwoord was op een bericht van ons. Maak er een melding van, of gooi de mail weg.
calls-mails-none = Er wacht geen mail.
calls-mail-no-subject = Zonder onderwerp
calls-mail-take = Maak een melding
calls-mail-drop = Gooi weg
calls-mail-check = Kijk de tekst na. Haal namen van anderen en telefoonnummers eruit.
