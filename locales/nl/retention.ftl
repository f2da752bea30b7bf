# Bewaren en vernietigen.
retention-title = Bewaren en vernietigen
retention-lead = Gegevens blijven niet langer dan mag. Elke nacht gaat weg wat te oud is: eerst achter slot, later helemaal weg.
retention-tab-overview = Overzicht
retention-tab-rules = Termijnen
retention-tab-holds = Wat moet wachten
retention-tab-proofs = Bewijzen
retention-tab-backups = Back-ups
retention-next = Wat gaat er volgende maand weg?
retention-period = Van { $from } tot en met { $to }. U ziet alleen aantallen.
retention-next-none = De komende maand gaat er niets weg
retention-next-none-text = Kijk later nog eens. Elke dag telt mee.
retention-next-caption = Wat er weggaat, per kluis en per termijn
retention-by-day = Per dag
retention-vault = Kluis
retention-what = Wat
retention-rule = Termijn
retention-becomes = Wat gebeurt er
retention-becomes-removed = achter slot
retention-becomes-destroyed = vernietigd
retention-becomes-anonymised = zonder naam verder
retention-count = Aantal
retention-now = Hoeveel is er nu?
retention-now-none = Er zijn nog geen dossierstukken
retention-now-none-text = Zodra iemand iets vastlegt, telt het hier mee.
retention-now-caption = Dossierstukken per kluis en per fase
retention-now-text = Wat moet wachten telt ook mee in zijn eigen fase.
retention-free = Vrij te gebruiken
retention-targeted = Alleen gericht zoeken
retention-removed = Achter slot
retention-held = Moet wachten
retention-other = Wat er nog meer wordt bewaard
retention-other-caption = Meldingen, accounts en logboeken, per kluis
retention-term = Bewaartijd
retention-locked = achter slot
retention-missing = Nog geen termijn
retention-missing-text = Hiervoor is nog geen termijn vastgesteld. Regie gooit dit niet weg. Leg vast hoe lang het mag blijven.
# dynamic: retention-none-*
retention-none-audit = Beveiligingslogboek: de termijn staat vast, maar Regie ruimt het nog niet op, omdat de regels aan elkaar vastzitten
retention-none-decisions = Besluiten over het plan en het jaarprogramma: naar het archief
retention-none-visits = Rondes, bezoeken en de aantekening erbij
retention-none-organisations = Partners en hun contactpersonen
retention-no-rule = nog geen termijn
# dynamic: retention-vault-*
retention-vault-main = Gewone gegevens
retention-vault-wpg = Politiegegevens van boa’s
retention-vault-police = Politiegegevens voor de burgemeester
retention-vault-partnership = Samenwerkingsverbanden
retention-vault-radicalisation = Radicalisering
retention-vault-bibob = Bibob
retention-vault-social = Sociaal domein
retention-vault-ggz = Verplichte zorg
retention-vault-victims = Slachtoffers
# dynamic: retention-kind-*
retention-kind-note = dossierstuk
retention-kind-opening = Reden waarmee iemand een kluis opende
retention-kind-targeted-query = Gerichte zoekvraag
retention-kind-disclosure = Verstrekking
retention-kind-processing-log = Regel van het logboek dataverwerkingen
retention-kind-handled-request = Verstuurd formulier (alleen het nummer)
retention-kind-mail = Verstuurde mail (zonder inhoud)
retention-kind-job = Taak die niet lukte
retention-kind-throttle = Mislukte aanmelding (telling)
retention-kind-report = Melding
retention-kind-issue = Bundel van meldingen
retention-kind-reporter-contact = Contactgegevens van een melder
retention-kind-presence = Waar een boa was
retention-kind-roster = Wie er dienst had
retention-kind-session = Aanmelding
retention-kind-sign-in-attempt = Halve aanmelding
retention-kind-welcome-link = Ongebruikte link voor een wachtwoord
retention-kind-authorisation = Autorisatie
retention-kind-covenant = Convenant
retention-kind-account = Account
retention-kind-assistance-call = Oproep om assistentie
retention-kind-calendar-address = Geheim adres van een agenda
retention-kind-deed = Akte van een boa
retention-kind-duty = Wie welke dienst werkte
retention-kind-field-device = Telefoon van een boa
retention-kind-field-event = Bericht van een telefoon
retention-kind-follower = E-mailadres van een volger
retention-kind-group-contact = Coördinator van een buurtgroep
retention-kind-roster-change = Wijziging in een rooster
retention-kind-roster-officer = Contract en opleidingen voor het rooster
retention-kind-roster-request = Verlof, wens of afwezigheid
retention-kind-roster-wish = Verlof of wens van wie er niet meer werkt
retention-kind-roster-swap = Ruil van een dienst
retention-kind-sanction = sanctie
retention-kind-subject-request = Verzoek over eigen gegevens
retention-kind-survey-answer = Antwoord op een vragenlijst
retention-kind-wreck = Wrak of ander voorwerp
retention-kind-youth-contact = Notitie over contact met een groep jongeren
retention-rules-title = Termijnen
retention-rules-lead = Hoe lang mag wat blijven, en waar staat dat?
retention-rules-caption = Alle termijnen
retention-longest = { $n ->
    [one] De langste termijn is één dag. Een back-up die ouder is, moet weg.
   *[other] De langste termijn is { $number } dagen. Een back-up die ouder is, moet weg.
 }
retention-trigger = Telt vanaf
# dynamic: retention-trigger-*
retention-trigger-created = het vastleggen
retention-trigger-closed = het afsluiten
retention-trigger-ended = het einde van het doel
retention-until-targeted = Daarna alleen gericht zoeken
retention-until-removed = Achter slot na
retention-end = En dan
retention-no-step = niet
retention-end-archive = blijft bewaard in het archief
retention-end-destroyed = na nog { $term } vernietigd
retention-end-anonymised = na nog { $term } zonder naam
retention-article = Artikel
retention-by-law = uit de wet
retention-by-policy = eigen keuze binnen de wet
retention-checked = Nagekeken
retention-verified = nagekeken
retention-unverified = laat nakijken
retention-since = sinds
retention-term-hours = { $n ->
    [one] 1 uur
   *[other] { $number } uur
 }
retention-term-days = { $n ->
    [0] direct
    [one] 1 dag
   *[other] { $number } dagen
 }
retention-term-weeks = { $n ->
    [one] 1 week
   *[other] { $number } weken
 }
retention-term-months = { $n ->
    [one] 1 maand
   *[other] { $number } maanden
 }
retention-term-years = { $n ->
    [one] 1 jaar
   *[other] { $number } jaar
 }
retention-holds-title = Wat moet wachten
retention-holds-lead = Loopt er een klacht, een controle of een rechtszaak? Zet het stuk dan hier vast. Het gaat dan niet achter slot en het wordt niet vernietigd.
retention-holds-none = Er staat niets vast
retention-holds-none-text = Alles volgt zijn gewone termijn.
retention-holds-caption = Stukken die vaststaan of vaststonden
retention-record = Stuk
retention-reason = Reden
retention-placed = Vastgezet
retention-lifted = Losgelaten
retention-lift = Laat los
retention-hold-open = staat vast
retention-hold-new = Zet een stuk vast
retention-hold-record = Nummer van het stuk
retention-hold-record-hint = Het lange nummer in het adres van het stuk. Bij een melding mag ook het meldingsnummer.
retention-hold-reason-hint = Bijvoorbeeld: bezwaar tegen het besluit van 3 mei. Schrijf geen namen op.
retention-hold-place = Zet vast
retention-hold-no-reason = Schrijf op waarom dit stuk moet wachten.
retention-hold-unknown = In deze kluis is geen stuk met dit nummer. Controleer het nummer en de kluis.
retention-proofs-title = Bewijzen van vernietiging
retention-proofs-lead = Wat is er vernietigd, wanneer en waarom? Zonder persoonsgegevens. Deze lijst blijft bewaard.
retention-proofs-csv = Download alles als CSV
retention-proofs-none = Er is nog niets vernietigd
retention-proofs-none-text = In deze kluis is nog niets vernietigd.
retention-proofs-caption = Vernietigd in:
retention-show = Toon
retention-day = Dag
retention-trigger-month = Termijn begon in
retention-act = Hoe
# dynamic: retention-act-*
retention-act-destroyed = vernietigd
retention-act-anonymised = naam weggehaald
retention-backups-title = Back-ups
retention-backups-lead = In een back-up blijven gegevens staan die in Regie al weg zijn. Daarom moet ook een oude back-up weg.
retention-backups-wpg = Let op: ook vernietigde politiegegevens (Wpg) staan nog in een back-up van vóór de vernietiging, totdat die back-up zelf is vernietigd. Zet een back-up nooit terug om iets op te zoeken. Na het terugzetten ruimt Regie in de eerste nacht weer op wat weg moest.
retention-backups-old = { $n ->
    [one] Eén back-up is ouder dan de langste termijn. Vernietig het bestand en elke kopie ervan. Klik daarna op ‘Is vernietigd’.
   *[other] { $number } back-ups zijn ouder dan de langste termijn. Vernietig de bestanden en elke kopie ervan. Klik daarna op ‘Is vernietigd’.
 }
retention-backups-none = Er is nog geen back-up gemaakt
retention-backups-none-text = Een back-up die met ‘regie backup’ is gemaakt, staat hier vanzelf.
retention-backups-caption = Back-ups, de oudste eerst
retention-backup-at = Gemaakt
retention-backup-file = Bestand
retention-backup-until = Uiterlijk weg op
retention-backup-state = Stand
retention-backup-do = Bevestigen
retention-backup-confirm = Is vernietigd
retention-backup-size = { $number } MB
retention-backup-gone = vernietigd op { $day }
retention-backup-late = te oud: vernietig dit bestand
retention-backup-kept = mag er nog zijn
