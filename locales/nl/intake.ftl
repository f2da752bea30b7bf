# Meldingen bij binnenkomst: wat er mis kan zijn, en de ontvangstbevestiging.
signal-category-missing = Kies waar uw melding over gaat.
signal-category-unknown = Deze categorie bestaat niet. Kies er een uit de lijst.
signal-category-stopped = { $message }
signal-words-short = Vertel in een paar woorden wat er aan de hand is.
signal-words-long = Uw tekst is { $have } tekens lang. Maak de tekst korter: niet meer dan { $most } tekens.
signal-address-long = Deze tekst is te lang. Gebruik niet meer dan { $most } tekens.
signal-place-missing = Vul in waar het is: een straat of plek, of kies een punt op de kaart.
signal-place-outside = Deze plek ligt niet in de gemeente { $municipality }. Kies een punt binnen de gemeente.
signal-area-unknown = Deze buurt bestaat niet. Kies een buurt uit de lijst.
signal-time-future = Dit tijdstip ligt in de toekomst. Vul in wanneer u het zag.
signal-time-old = Dit tijdstip ligt te ver terug. Vul in wanneer u het zag.
signal-email-shape = Dit e-mailadres klopt niet. Een e-mailadres ziet er zo uit: naam@voorbeeld.nl.
signal-name-needed = Vul uw naam in. Die is volgens de wet nodig bij een verzoek of een klacht.
signal-postal-needed = Vul uw postadres in. Dat is volgens de wet nodig bij een verzoek of een klacht.
signal-phone-shape = Dit telefoonnummer klopt niet. Vul 6 tot 15 cijfers in.
# Soort van een bericht.
# dynamic: kind-*
kind-report = Melding
kind-enforcement-request = Verzoek om handhaving
kind-complaint = Klacht over de gemeente
kind-question = Vraag
