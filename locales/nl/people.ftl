# Inloggen, accounts en logboek.
session-title = Inloggen voor medewerkers
session-username = Gebruikersnaam
session-password = Wachtwoord
session-username-missing = Vul uw gebruikersnaam in.
session-password-missing = Vul uw wachtwoord in.
session-wrong = De gebruikersnaam of het wachtwoord klopt niet. Probeer het opnieuw.
session-personas = Demo: kies wie u bent
session-personas-text = Dit is een demo met verzonnen gegevens. Kies een persoon. Een wachtwoord is niet nodig.
session-sign-out = Uitloggen
# dynamic: persona-*
persona-officer = Loopt rondes en legt vast wat er gevonden en gedaan is.
persona-coordinator = Behandelt meldingen en plant de rondes.
persona-adviser = Volgt het plan, het jaarprogramma en de cijfers.
persona-mayor = Ziet het beeld en legt besluiten vast.
persona-council-member = Leest het plan en de verantwoording.
persona-process-director = Leidt de aanpak van mensen met problemen, met partners.
persona-partner = Werkt mee aan zaken waar het convenant voor geldt.
persona-bibob-officer = Onderzoekt aanvragen onder geheimhouding.
persona-social-officer = Geeft conclusies uit zorg en hulp.
persona-care-officer = Legt crisismaatregelen vast.
persona-crisis-officer = Staat klaar voor een ramp.
persona-privacy-officer = Controleert het logboek en de toegang.
persona-administrator = Beheert accounts.
account-title = Uw account
account-name = Naam
account-role = Rol
account-municipality = Gemeente
account-state = Toegang
account-active = actief
account-inactive = gesloten
accounts-title = Accounts
accounts-caption = Wie toegang heeft, en in welke rol
audit-title = Logboek
audit-lead = Wie deed wat, wanneer en waarvoor. Elke regel is met een controlegetal vastgemaakt aan de regel ervoor.
audit-caption = Laatste regels
audit-whole = { $n ->
    [one] Het logboek is heel: één regel gecontroleerd.
   *[other] Het logboek is heel: { $number } regels gecontroleerd.
 }
audit-broken = Het logboek is niet heel. De eerste fout staat bij regel { $number }.
audit-seq = Nr.
audit-at = Wanneer
audit-who = Wie
audit-action = Handeling
audit-purpose = Doel
audit-record = Wat
audit-system = Systeem
audit-stranger = Inwoner (niet ingelogd)
# dynamic: purpose-*
purpose-session = Toegang
purpose-report = Melding van een inwoner
purpose-signal = Meldingen behandelen
purpose-issue = Meldingen bundelen
purpose-picture = Beeld maken
purpose-shift = Diensten plannen
purpose-round = Rondes plannen en lopen
purpose-plan = Plan vaststellen
purpose-programme = Jaarprogramma bijhouden
purpose-area = Gebieden laden
purpose-import = Bestand inlezen
