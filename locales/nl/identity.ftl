# Wie bent u: aanmelden bij de gemeente, tweede factor, sessies, en accounts beheren.
identity-with-provider = Inloggen met { $name }
identity-with-password = Of met een wachtwoord
identity-continue = Verder
identity-save = Opslaan
identity-unknown = onbekend
identity-back-to-sign-in = Terug naar inloggen
identity-to-account = Naar uw account
identity-attempt-over = Deze poging om in te loggen is verlopen of al gebruikt. Begin opnieuw.
identity-provider-down = { $name } is nu niet bereikbaar. Probeer het over een paar minuten opnieuw. Blijft het fout gaan? Vraag het de helpdesk van uw organisatie.
identity-provider-refused = Inloggen met { $name } is niet gelukt. Probeer het opnieuw. Lukt het weer niet? Vraag het de helpdesk van uw organisatie.
identity-no-group = Uw account bij { $value } hoort bij geen groep die toegang heeft tot Regie. Hebt u Regie nodig voor uw werk? Vraag uw leidinggevende om u in de juiste groep te laten zetten, of mail naar { $email }.
identity-several-roles = Uw groepen horen bij meer dan één rol: { $value }. Regie kent één rol per persoon. Vraag de beheerder welke groep de uwe is, of mail naar { $email }.
identity-ended = Dit account is gesloten door een beheerder. Klopt dat niet? Mail naar { $email }.
identity-other-person = U hebt zich aangemeld als iemand anders. Log uit en log opnieuw in met uw eigen account.
identity-no-second-factor = { $name } zegt niet dat u een tweede factor hebt gebruikt, zoals een code of een sleutel. Vraag de helpdesk van uw organisatie om een tweede factor voor uw account.
identity-code-title = Tweede factor
identity-code = Code
identity-code-app = Code uit de app
identity-code-hint = De zes cijfers uit uw app, of een herstelcode.
identity-code-wrong = Deze code klopt niet of is al gebruikt. Wacht op de volgende code in uw app en vul die in.
identity-password-wrong = Het wachtwoord klopt niet. Probeer het opnieuw.
identity-signed-out-title = U bent uitgelogd bij Regie
identity-signed-out-text = We sturen u nu door naar { $name }, zodat u daar ook uitlogt.
# dynamic: identity-method-*
identity-method-password = wachtwoord
identity-method-second-factor = wachtwoord en code
identity-method-provider = via uw organisatie
identity-method-persona = demo
identity-sessions = Waar u bent ingelogd
identity-sessions-of-other = Waar deze persoon is ingelogd
identity-sessions-text = Herkent u iets niet? Beëindig die sessie en meld het de beheerder.
identity-sessions-caption = Sessies die nu open zijn
identity-sessions-none = Er zijn geen open sessies.
identity-sessions-end = Alle sessies beëindigen
identity-session-browser = Browser
identity-session-place = Netwerk
identity-session-since = Ingelogd
identity-session-seen = Laatst gebruikt
identity-session-method = Hoe
identity-session-current = deze sessie
identity-session-revoke = Beëindigen
identity-session-revoke-others = Alle andere sessies beëindigen
identity-factor = Tweede factor
identity-factor-title = Tweede factor
identity-factor-arrange = Bekijken
identity-factor-provider = Uw organisatie regelt de tweede factor.
identity-factor-since = sinds { $date }
identity-factor-none = nog niet ingesteld
identity-factor-intro = Met een tweede factor kan niemand anders bij uw account, ook niet met uw wachtwoord. U hebt hem nodig voor dossiers die extra beveiligd zijn. U gebruikt een app op uw telefoon die elke halve minuut een nieuwe code toont.
identity-factor-start = Tweede factor instellen
identity-factor-step-app = Open op uw telefoon een app voor codes. Uw organisatie zegt welke app u gebruikt.
identity-factor-step-scan = Scan deze code met de app.
identity-factor-step-key = Lukt scannen niet? Typ dan deze sleutel in de app:
identity-factor-step-open = Open de app op dit apparaat
identity-factor-step-code = Vul hieronder de code in die de app nu toont.
identity-factor-qr = QR-code met de sleutel voor uw app. De sleutel staat hieronder ook als tekst.
identity-factor-password-hint = Zo weten we zeker dat u het bent.
identity-factor-confirm = Bevestigen
identity-factor-there = Uw tweede factor is ingesteld.
identity-factor-lost = Bent u uw telefoon en uw codes kwijt? De beheerder kan de tweede factor weghalen. Daarna stelt u een nieuwe in.
identity-codes-left = { $n ->
    [0] U hebt geen herstelcodes meer. Maak nu nieuwe.
    [one] U hebt nog één herstelcode. Maak nieuwe.
   *[other] U hebt nog { $number } herstelcodes.
 }
identity-codes-title = Uw herstelcodes
identity-codes-done = Gelukt. Hieronder staan uw herstelcodes. U ziet ze maar één keer.
identity-codes-text = Bent u uw telefoon kwijt, dan logt u in met een herstelcode. Elke code werkt één keer. Bewaar ze op een veilige plek, niet bij uw wachtwoord.
identity-codes-print = Print deze pagina, of zet de codes in uw wachtwoordkluis.
identity-codes-kept = Ik heb de codes bewaard
identity-codes-new = Nieuwe herstelcodes
identity-codes-new-text = De oude codes werken daarna niet meer.
identity-codes-make = Nieuwe codes maken
identity-step-up-title = Laat opnieuw zien dat u het bent
identity-step-up-lead = { $n ->
    [one] Dit deel is extra beveiligd. Na een nieuwe controle kunt u er één minuut in werken.
   *[other] Dit deel is extra beveiligd. Na een nieuwe controle kunt u er { $number } minuten in werken.
 }
identity-step-up-enrol = U hebt nog geen tweede factor. Stel die eerst in.
identity-step-up-demo = Demo: tweede factor overslaan
identity-organisation = Organisatie
identity-organisation-own = De gemeente zelf
identity-organisation-hint = Alleen voor mensen van een partner.
identity-organisation-missing = Kies van welke partner deze persoon is.
identity-organisation-superfluous = Deze rol is voor mensen van de gemeente. Kies “De gemeente zelf”, of kies de rol Partner.
identity-email = E-mailadres
identity-email-hint = Dit wordt ook de gebruikersnaam.
identity-email-wrong = Vul een geldig e-mailadres in, zoals naam@gemeente.nl.
identity-email-taken = Er is al een account met dit e-mailadres.
identity-name-missing = Vul de naam in.
identity-new-title = Nieuw account
identity-new-text = De persoon krijgt een mail met een link om een wachtwoord te kiezen. De link werkt één keer en blijft 24 uur geldig.
identity-new-button = Account maken
identity-edit = Rol en organisatie
identity-role-by-provider = De rol volgt uit de groep bij de eigen organisatie. Wijzig daar de groep.
identity-not-yourself = U kunt uw eigen toegang niet wijzigen. Vraag een andere beheerder.
identity-origin = Logt in
identity-origin-local = met een wachtwoord van Regie
identity-origin-provider = via { $issuer }
identity-ended-at = gesloten op { $date }
identity-end = Account sluiten
identity-end-text = De persoon kan meteen niets meer zien of doen. Alle sessies stoppen, de tweede factor verdwijnt.
identity-reopen = Account weer openen
identity-reopen-text = De persoon krijgt een mail met een link om een nieuw wachtwoord te kiezen. Logt de persoon via de eigen organisatie in, dan kan dat meteen weer.
identity-factor-reset = Tweede factor weghalen
identity-link-send = Link voor een nieuw wachtwoord mailen
identity-link-over = Deze link is verlopen of al gebruikt. Vraag de beheerder om een nieuwe link.
identity-no-link = Dit account kan geen link krijgen: het is gesloten, heeft geen e-mailadres of logt in via de eigen organisatie.
identity-mail-subject = Kies uw wachtwoord voor Regie ({ $municipality })
identity-mail-body =
    Beste { $name },

    U kunt inloggen bij Regie van { $municipality }. Uw gebruikersnaam is { $username }.

    Kies een wachtwoord via deze link. De link werkt één keer en blijft { $hours } uur geldig:
    { $link }

    Hebt u hier niet om gevraagd? Meld het de beheerder.
identity-welcome-title = Kies uw wachtwoord
identity-welcome-text = Kies een wachtwoord van minstens 12 tekens. Een zin die u goed onthoudt, is sterk.
identity-welcomed-title = Uw wachtwoord is bewaard
identity-welcomed-text = U kunt nu inloggen. Stel daarna meteen uw tweede factor in.
identity-password-new = Nieuw wachtwoord
identity-password-hint = Minstens 12 tekens. Spaties mogen.
identity-password-again = Nog een keer
identity-password-keep = Wachtwoord bewaren
identity-password-short = Kies een langer wachtwoord: minstens 12 tekens.
identity-password-long = Kies een korter wachtwoord: hooguit 200 tekens.
identity-password-common = Dit wachtwoord is makkelijk te raden. Kies een ander.
identity-password-own-name = Dit wachtwoord bestaat bijna helemaal uit uw naam, uw adres of de gemeente. Kies een ander.
identity-password-differs = De twee wachtwoorden zijn niet gelijk. Typ het nog een keer.
