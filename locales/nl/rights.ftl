# Rechten van betrokkenen: verzoeken over eigen gegevens.
rights-title = Verzoeken van betrokkenen
rights-lead = Iemand vraagt wat wij van hem of haar weten, of wil dat wij dat verbeteren of wissen. Hier staat elk verzoek, met de dag waarop het antwoord er moet zijn.
rights-new = Nieuw verzoek
rights-open = Verzoeken die op antwoord wachten
rights-answered-list = Beantwoorde verzoeken
rights-none = Er wacht geen verzoek op antwoord
rights-none-text = Een nieuw verzoek schrijft u in met de knop hierboven.
rights-late = { $n ->
    [one] Eén verzoek is over de termijn. Beantwoord het vandaag.
   *[other] { $number } verzoeken zijn over de termijn. Beantwoord ze vandaag.
 }
rights-reference = Kenmerk
rights-name = Naam
rights-name-hint = Voornaam en achternaam, zoals ze in onze gegevens kunnen staan.
rights-birth = Geboortedatum
rights-birth-hint = Zonder geboortedatum kunnen wij mensen met dezelfde naam niet uit elkaar houden.
rights-email = E-mailadres
rights-contact-hint = Vul een e-mailadres of een postadres in. Daar gaat het antwoord heen.
rights-phone = Telefoonnummer
rights-address = Postadres
rights-words = Het verzoek, in de woorden van de verzoeker
rights-words-hint = Neem over wat iemand vraagt. Noem geen andere personen.
rights-kind = Soort verzoek
# dynamic: rights-kind-*
rights-kind-access = Inzage
rights-kind-rectification = Rectificatie
rights-kind-erasure = Wissen of vernietigen
rights-kind-restriction = Beperken of afschermen
rights-kind-objection = Bezwaar tegen het gebruik
rights-kind-access-lower = inzage in uw gegevens
rights-kind-rectification-lower = rectificatie van uw gegevens
rights-kind-erasure-lower = het wissen van uw gegevens
rights-kind-restriction-lower = het beperken van het gebruik van uw gegevens
rights-kind-objection-lower = het stoppen van het gebruik van uw gegevens
rights-laws = Over welke gegevens?
rights-laws-hint = Hiervan hangt af in welke kluizen u moet zoeken.
# dynamic: rights-laws-*
rights-laws-avg = Alleen persoonsgegevens (AVG)
rights-laws-wpg = Alleen politiegegevens (Wpg)
rights-laws-both = Alle gegevens
rights-received = Ontvangen op
rights-received-hint = De dag waarop het verzoek binnenkwam. Vanaf die dag loopt de termijn.
rights-due = Uiterlijk antwoord
rights-state = Stand
# dynamic: rights-state-*
rights-state-received = Ontvangen
rights-state-identified = Identiteit gecontroleerd
rights-state-searched = Gezocht
rights-state-decided = Besloten
rights-state-answered = Beantwoord
rights-term = Termijn
rights-term-met = Op tijd beantwoord
rights-term-missed = Te laat beantwoord
rights-term-late = Te laat
rights-term-soon = Bijna te laat
rights-term-open = Loopt
rights-save = Opslaan
rights-cancel = Annuleren
rights-kind-missing = Kies wat iemand vraagt.
rights-laws-missing = Kies over welke gegevens het gaat.
rights-received-wrong = Vul de dag in waarop het verzoek binnenkwam. Die dag kan niet in de toekomst liggen.
rights-name-missing = Vul de naam in van wie het verzoek doet.
rights-birth-wrong = Vul een bestaande geboortedatum in, of laat het veld leeg.
rights-contact-missing = Vul een e-mailadres of een postadres in, anders kan het antwoord nergens heen.
rights-email-wrong = Dit is geen e-mailadres. Controleer het.
rights-too-long = Maak deze tekst korter: hooguit { $most } tekens.
rights-dossier-title = Verzoek { $reference }
rights-identify = Wie doet het verzoek?
rights-identity = Hoe is de identiteit gecontroleerd?
rights-identity-hint = Bewaar geen kopie van een identiteitsbewijs.
# dynamic: rights-identity-*
rights-identity-desk = Aan de balie, met een identiteitsbewijs
rights-identity-digital = Met DigiD of een ander inlogmiddel
rights-identity-known = Met contactgegevens die wij al kenden
rights-identity-agent = Door een gemachtigde of advocaat
rights-identity-missing = Kies hoe de identiteit is gecontroleerd.
rights-identify-save = Identiteit is in orde
rights-extend = Termijn verlengen
rights-extension = Waarom is meer tijd nodig?
rights-extension-hint = Het mag één keer, binnen de eerste maand, met twee maanden. De verzoeker krijgt deze tekst.
rights-extension-missing = Schrijf op waarom meer tijd nodig is. De verzoeker krijgt dit te lezen.
rights-extend-save = Verlengen en melden
rights-extended-by-post = Er is geen e-mailadres. Stuur een brief: het antwoord komt uiterlijk op { $day }, omdat: { $reason }
rights-refuse = Het hele verzoek weigeren
rights-refuse-text = Doe dit alleen als u niet hoeft te zoeken, bijvoorbeeld omdat niet vast te stellen is wie het verzoek doet.
rights-refusal = Geweigerd
rights-ground = Grond
rights-ground-choose = Kies een grond
rights-ground-missing = Kies een grond uit de lijst. Zonder grond mag u niet weigeren.
rights-reason = Waarom
rights-reason-hint = Deze tekst staat in het antwoord. Noem geen bron en geen andere personen.
rights-reason-missing = Schrijf op waarom. De verzoeker krijgt dit te lezen.
rights-refuse-save = Verzoek weigeren
rights-answered = Beantwoord op
rights-letter-hash = Controlegetal van het antwoord
rights-vaults = Zoeken in de kluizen
rights-vaults-text = U zoekt in één kluis tegelijk. Elke zoekactie staat in het logboek van die kluis. Voor een beschermde kluis is uw tweede factor nodig.
rights-vaults-caption = Kluizen van dit verzoek
rights-vault = Kluis
# dynamic: rights-vault-*
rights-vault-main = Gewone gegevens van de gemeente
rights-vault-wpg = Politiegegevens van boa’s
rights-vault-police = Politiegegevens voor de burgemeester
rights-vault-partnership = Samenwerkingsverbanden
rights-vault-radicalisation = Casusoverleg radicalisering
rights-vault-bibob = Bibob
rights-vault-social = Sociaal domein
rights-vault-ggz = Verplichte zorg
rights-vault-victims = Slachtoffers en verwanten
rights-searched = Gezocht op
rights-not-searched = Nog niet
rights-do = Wat u kunt doen
rights-search = Zoeken
rights-search-again = Opnieuw zoeken
rights-open-sheet = Bekijken en beslissen
rights-sheet-title = Gevonden: { $vault }
rights-right = Recht
rights-no-right = De wet kent dit recht niet voor deze gegevens
rights-guarded = Ook dát er gegevens zijn, kan hier geheim zijn. Daarom staat weigeren voor, zonder dat het antwoord het noemt. Wijkt u af, weeg dat dan eerst met de bron.
rights-nothing = In deze kluis is niets gevonden
rights-nothing-text = U hoeft hier niets te beslissen.
# dynamic: rights-what-*
rights-what-record = Dossierstuk
rights-what-reporter = Melding
rights-what-account = Account
rights-what-trace = Volger of mail
rights-what-neighbour = Buurtgroep of volger van de buurt
rights-what-request = Eerder verzoek
rights-what-roster = Roosters en verlof
rights-what-deed = Akten en opleiding
rights-what-phone = App op de telefoon
rights-what-rounds = Diensten, rondes en aanwezigheid
# dynamic: rights-stage-*
rights-stage-removed = Verwijderd uit het dagelijks werk
rights-stage-held = Mag nog niet worden vernietigd
rights-undecided = Nog beslissen
rights-decided-on = { $act }, { $day }
rights-unsure = Alleen de naam is gelijk
rights-gone = Dit stuk is er niet meer.
rights-processing = Verwerking
rights-origin = Herkomst
rights-origin-own = Door de gemeente zelf vastgelegd
rights-origin-received = Van een andere organisatie ontvangen
rights-receivers = Wie het ontving
rights-receivers-none = Niemand
rights-kept = Bewaartermijn
rights-kept-until = { $rule }: vernietigd op { $day }
rights-kept-rule = { $rule }
rights-left = Wat nog blijft
rights-deed = Akte { $number }, domein { $domain }, in { $territory }, geldig van { $first } tot en met { $last }.
rights-deed-trained = Opleiding geldig tot en met { $what }.
rights-deed-offences = Extra feiten: { $what }.
rights-deed-means = Geweldsmiddelen: { $what }.
# dynamic: rights-field-*
rights-field-title = Titel
rights-field-text = Tekst
rights-field-conclusion = Conclusie
rights-field-persons = Uw gegevens
rights-field-place = Plaats
rights-field-special-reason = Waarom er bijzondere gegevens in staan
rights-field-trace = Wat het is
rights-field-reference = Kenmerk
rights-field-words = Wat u schreef
rights-field-answers = Wat u antwoordde op extra vragen
rights-field-address = Plaats in woorden
rights-field-name = Naam
rights-field-email = E-mailadres
rights-field-phone = Telefoonnummer
rights-field-postal = Postadres
rights-field-username = Gebruikersnaam
rights-field-role = Rol
rights-field-authorisations = Aantal autorisaties
rights-field-seen = Laatst gewerkt
rights-field-request = Soort verzoek
rights-field-deeds = Akten
rights-field-roster-profile = Team, contract en afspraken
rights-field-roster-skills = Opleidingen
rights-field-roster-loans = Uitleen aan andere gemeenten
rights-field-roster-feed = Agenda
rights-field-roster-requests = Verlof, wensen en afwezigheid
rights-field-roster-swaps = Ruil van diensten
rights-field-roster-duties = Diensten in roosters
rights-field-roster-changes = Wijzigingen in uw rooster
rights-field-field-phones = Telefoons
rights-field-field-messages = Berichten van uw telefoon
rights-field-field-voices = Gesproken notities bij meldingen
rights-field-field-calls = Oproepen om assistentie
rights-field-field-place = Laatste plek
rights-field-patrol-shifts = Diensten
rights-field-patrol-rounds = Rondes
rights-field-patrol-presence = Waar u was, en wanneer
rights-act = Uw beslissing
# dynamic: rights-act-*
rights-act-give = Geven
rights-act-correct = Verbeteren
rights-act-erase = Wissen
rights-act-restrict = Beperken: bewaren, niet meer gebruiken
rights-act-stop = Gebruik stoppen
rights-act-withhold = Weigeren
rights-act-no-right = Dit recht bestaat hier niet
rights-act-missing = Kies een beslissing.
rights-act-save = Beslissing vastleggen
rights-fields = Wat u geeft
rights-fields-missing = Kruis aan wat u geeft. Geeft u niets? Kies dan voor weigeren.
rights-correct-field = Wat moet worden verbeterd?
rights-correct-text = Zo is het goed
rights-correct-hint = Schrijf de hele nieuwe tekst. Bij een persoon: naam; jjjj-mm-dd.
rights-field-missing = Kies wat moet worden verbeterd.
rights-text-missing = Schrijf hoe het wel is.
rights-persons-wrong = Schrijf één persoon per regel: naam; jjjj-mm-dd.
rights-if-withheld = als u iets weigert
rights-mention = Noem in het antwoord dat wij iets niet geven
rights-mention-hint = Niet aangekruist: het antwoord is gelijk aan dat van iemand over wie niets te vinden is.
rights-tasks = Nog te melden
rights-task-tell = Vertel het aan { $receiver }
rights-task-by-hand = Voer dit zelf uit in het systeem of dossier waar het staat
rights-task-done = Gedaan
rights-decide-text = Is over alles beslist? Sluit dan de beslissing. Daarna kunt u niets meer wijzigen.
rights-decide = Beslissing sluiten
rights-answer-text = Verstuur het antwoord veilig en bewaar het in het archief. Leg daarna vast dat het is verstuurd.
rights-answer = Antwoord is verstuurd
rights-letter-see = Antwoord bekijken
rights-letter-pdf = Antwoord als PDF
rights-letter-json = Gegevens als JSON
rights-letter-draft = Dit is een concept. Het is nog niet verstuurd.
rights-rule-identity = Controleer eerst wie het verzoek doet.
rights-rule-state = Dit kan niet in deze stand van het verzoek. Ga terug en ververs de pagina.
rights-rule-extend = Verlengen kan één keer, zolang de eerste termijn nog loopt.
rights-rule-undecided = In de kluis “{ $vault }” moet u nog zoeken of beslissen.
rights-rule-done = Deze beslissing is al uitgevoerd en kan niet meer worden gewijzigd.
rights-rule-gone = Dit stuk is er niet meer. Zoek opnieuw in deze kluis.
rights-rule-held = Dit stuk mag nu niet worden vernietigd. Haal eerst het vernietigingsverbod weg, of kies voor beperken.
rights-rule-account-open = Het account van { $name } is nog open. Sluit het eerst.
rights-rule-stays = Dit mag nog niet weg. De bewaartermijn is: { $rule }. Kies voor weigeren, met de grond en de reden.
rights-mail-received-subject = Uw verzoek { $reference } is ontvangen
rights-mail-received-body = Wij hebben uw verzoek over uw gegevens ontvangen. Het kenmerk is { $reference }.
    
    U krijgt uiterlijk op { $day } antwoord. Misschien vragen wij u eerst om te laten zien wie u bent.
    
    Hebt u een vraag? Mail dan naar { $officer }: { $email }.
    
    Gemeente { $municipality }
rights-mail-extended-subject = Het antwoord op uw verzoek { $reference } duurt langer
rights-mail-extended-body = Wij hebben meer tijd nodig voor het antwoord op uw verzoek { $reference }. U krijgt uiterlijk op { $day } antwoord.
    
    De reden: { $reason }
    
    Bent u het hier niet mee eens? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens of naar de rechter gaan.
    
    Hebt u een vraag? Mail dan naar { $officer }: { $email }.
    
    Gemeente { $municipality }
rights-letter-title = Antwoord op het verzoek
rights-letter-reference = Ons kenmerk
rights-letter-date = Datum
rights-letter-subject = Onderwerp
rights-letter-page = Pagina
rights-letter-what = Wat
rights-letter-content = Inhoud
rights-letter-not-given = Wat wij niet geven of niet doen
rights-letter-subject-of = Antwoord op uw verzoek: { $kind }
rights-letter-received = U vroeg ons om { $kind }. Wij ontvingen uw verzoek op { $day }. In deze brief leest u ons antwoord.
rights-letter-extended = Het antwoord duurde langer dan een maand. De reden was: { $reason }
rights-letter-refused = Wij wijzen uw verzoek af. Hieronder leest u waarom.
rights-letter-nothing = Wij hebben geen gegevens gevonden die wij u kunnen geven of waarmee wij iets kunnen doen op uw verzoek.
rights-letter-given = Hieronder staat welke gegevens wij van u hebben, waarvoor wij ze gebruiken en wie ze kreeg.
rights-letter-done = Hieronder staat wat wij met uw gegevens hebben gedaan.
rights-letter-whole = Uw hele verzoek
rights-letter-no-right = De wet geeft dit recht niet voor deze gegevens
rights-letter-part-of = Een deel van: { $what }
rights-letter-item = { $what } van { $day }
rights-letter-item-gone = Een stuk dat niet meer bestaat
# dynamic: rights-letter-act-*
rights-letter-act-give = Dit zijn de gegevens.
rights-letter-act-correct = Wij hebben dit op { $day } verbeterd. Wij vertellen het aan wie de gegevens eerder kreeg.
rights-letter-act-erase = Wij hebben deze gegevens op { $day } gewist. Wij vertellen het aan wie de gegevens eerder kreeg.
rights-letter-act-restrict = Wij gebruiken deze gegevens sinds { $day } niet meer. Wij bewaren ze wel. Wij vertellen het aan wie de gegevens eerder kreeg.
rights-letter-act-stop = U maakte bezwaar. Wij gebruiken deze gegevens sinds { $day } niet meer. Wij vertellen het aan wie de gegevens eerder kreeg.
rights-letter-silent-title = Wat deze brief niet altijd zegt
rights-letter-silent = Soms mogen wij niet zeggen of wij bepaalde gegevens hebben, bijvoorbeeld bij opsporing of om anderen te beschermen (artikel 27 Wet politiegegevens, artikel 41 Uitvoeringswet AVG). Dit staat in elke brief. U kunt hier dus niet uit afleiden of dat bij u zo is.
rights-letter-rights-title = Uw andere rechten
rights-letter-rights = U mag ons vragen om uw gegevens te laten zien, te verbeteren, te wissen of minder te gebruiken. Voor gewone persoonsgegevens mag u ook bezwaar maken tegen het gebruik. Stuur uw vraag naar { $officer }: { $email }.
rights-letter-disagree-title = Bent u het er niet mee eens?
rights-letter-disagree-officer = Bel of mail ons eerst als iets niet duidelijk is of niet klopt: { $email }.
rights-letter-disagree-objection = U kunt binnen { $weeks } weken bezwaar maken. Stuur uw bezwaar met uw naam, adres, de datum en uw redenen naar { $body }.
rights-letter-disagree-ap = U kunt een klacht indienen bij de Autoriteit Persoonsgegevens: autoriteitpersoonsgegevens.nl, telefoon 088 180 52 50. Bij politiegegevens kunt u de Autoriteit ook vragen om voor u te controleren of wij de wet volgen.
rights-letter-disagree-court = Bent u het niet eens met het besluit op uw bezwaar? Dan kunt u naar de { $court } gaan.

# dynamic: rights-trace-*
rights-trace-follower = volgt een melding
rights-trace-mail = mail die wacht op het meldpunt
rights-trace-neighbourhood = volgt de buurt
rights-trace-group = coördinator van een buurtgroep
