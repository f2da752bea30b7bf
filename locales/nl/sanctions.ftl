sanctions-title = Sancties
sanctions-tabs = Onderdelen
sanctions-lead = Wat u opschreef: eerst uw concepten, dan wat bij de coördinator ligt.
sanctions-lead-check = Controleer wat handhavers tekenden. Daarna kan het naar het CJIB of het Openbaar Ministerie.
sanctions-new-title = Overtreding vastleggen
sanctions-untitled = Nog geen feit gekozen
sanctions-column-what = Feit en plaats
sanctions-column-day = Dag
sanctions-column-state = Stand
sanctions-older = Ouder dan een jaar? Dan kunt u alleen gericht zoeken, met een reden.
sanctions-choose = Maak een keuze
sanctions-go-on = Verder schrijven

# dynamic: sanctions-part-*
sanctions-part-open = Concepten
sanctions-part-open-none = U hebt geen concepten.
sanctions-part-waiting = Wacht op controle
sanctions-part-waiting-none = Er wacht niets op controle.
sanctions-part-check = Te controleren
sanctions-part-check-none = Alles is gecontroleerd.
sanctions-part-returned = Terug bij de handhaver
sanctions-part-returned-none = Er ligt niets bij de handhaver.
sanctions-part-done = Klaar, nieuwste eerst
sanctions-part-done-none = Nog niets in het afgelopen jaar.
sanctions-part-offence = Feit
sanctions-part-when = Wanneer, waar en hoe
sanctions-part-vehicle = Voertuig
sanctions-part-person = Persoon
sanctions-part-findings = Wat u zag en deed
sanctions-part-photos = Foto's
# dynamic: sanctions-state-*
sanctions-state-draft = Concept
sanctions-state-signed = Getekend
sanctions-state-returned = Teruggegeven
sanctions-state-checked = Gecontroleerd
sanctions-state-exported = Verstuurd
sanctions-state-withdrawn = Ingetrokken
# dynamic: sanctions-modality-*
sanctions-modality-traffic-fine = Verkeersboete (Mulder)
sanctions-modality-penal-order = Strafbeschikking
sanctions-modality-report = Volledig proces-verbaal
sanctions-modality-nuisance-fine = Bestuurlijke boete
sanctions-modality-halt = Halt
# dynamic: sanctions-group-*
sanctions-group-dogs = Honden en dieren
sanctions-group-waste = Afval aanbieden en storten
sanctions-group-litter = Zwerfafval
sanctions-group-hanging-about = Hinderlijk rondhangen
sanctions-group-alcohol = Alcohol op straat
sanctions-group-hygiene = Wildplassen
sanctions-group-graffiti = Graffiti en plakken
sanctions-group-fire = Vuur
sanctions-group-vehicles = Voertuigen
sanctions-group-bicycles = Fietsen
sanctions-group-events = Evenementen
sanctions-group-road-use = Gebruik van de weg
sanctions-group-hospitality = Horeca
sanctions-group-parking = Parkeren
sanctions-group-order = Openbare orde
sanctions-group-fireworks = Vuurwerk
sanctions-group-other = Overig

sanctions-hat-lead = Kies eerst uw pet. Toezicht en opsporing hebben andere regels, en de gegevens staan op andere plekken.
sanctions-hat-detection = Opsporing
sanctions-hat-detection-text = U verdenkt iemand van een overtreding en wilt een sanctie schrijven. Wat u vastlegt, zijn politiegegevens (Wpg).
sanctions-hat-detection-go = Sanctie schrijven
sanctions-hat-supervision = Toezicht
sanctions-hat-supervision-text = U kijkt, praat of waarschuwt. Leg niets over een persoon vast. Zet de uitkomst bij het bezoek in uw ronde.
sanctions-hat-observe = Iets gezien melden
sanctions-hat-wreck = Wrak of voorwerp melden
sanctions-open-reason = Een overtreding op straat vastleggen en afdoen
sanctions-write-title = Sanctie schrijven
sanctions-deed = U schrijft met uw akte ({ $number }), geldig tot en met { $until }.
sanctions-deed-untrained = Uw akte is geldig, maar uw bijscholing niet. U kunt bewaren, niet tekenen.
sanctions-deed-none = Op { $day } is er geen geldige akte op uw naam. U kunt bewaren, niet tekenen.
sanctions-none-yet = Zoek een feit en kies hoe u het afdoet. Hoogstens drie, allemaal op hetzelfde spoor.
sanctions-none-chosen = Kies ten minste één feit.
sanctions-drop = Weghalen
sanctions-search = Zoek een feit
sanctions-search-hint = Een woord of een code, bijvoorbeeld: hond, alcohol of F121. Leeg laten toont alles wat u mag schrijven.
sanctions-search-go = Zoeken
sanctions-found = Dit mag u nu schrijven
sanctions-found-none = Geen feit gevonden dat u nu mag schrijven. Zoek met een ander woord.
sanctions-found-refused = Wel gevonden, maar niet toegestaan: waarom
sanctions-uncertain = Controleer code en tekst: de lijst is van 2017.
sanctions-halt-note = Halt: overleg met Halt en de ouders hoort bij deze verwijzing.
sanctions-amount = { $euros } euro
sanctions-amount-half = { $euros } euro, half tarief
sanctions-amount-unsure = { $euros } euro, tarief controleren
sanctions-amount-half-unsure = { $euros } euro, half tarief, tarief controleren
sanctions-date = Datum
sanctions-date-missing = Vul de datum van het feit in.
sanctions-date-future = Dit tijdstip ligt in de toekomst. Pas datum of tijd aan.
sanctions-time = Tijd
sanctions-time-missing = Vul de tijd in, bijvoorbeeld 14:05.
sanctions-place = Plaats
sanctions-place-hint = Straat en nummer, of waar precies.
sanctions-place-missing = Vul in waar het was.
sanctions-area = Buurt
# dynamic: sanctions-began-*
sanctions-began = Hoe begon het?
sanctions-began-hint = Dit komt in het proces-verbaal te staan.
sanctions-began-missing = Kies of het tijdens toezicht of tijdens opsporing begon.
sanctions-began-supervision = Tijdens toezicht; daarna trad ik op als opsporingsambtenaar
sanctions-began-detection = Ik trad meteen op als opsporingsambtenaar
# dynamic: sanctions-caught-*
sanctions-caught = Hoe stelde u het vast?
sanctions-caught-missing = Kies hoe u het feit vaststelde.
sanctions-caught-in-the-act = Op heterdaad
sanctions-caught-technical-means = Met een technisch hulpmiddel
sanctions-caught-afterwards = Achteraf
sanctions-means = Welk hulpmiddel?
sanctions-means-missing = Vul in met welk technisch hulpmiddel.
sanctions-reasons = Is er iets bijzonders?
sanctions-reasons-hint = Bij één hiervan mag alleen een volledig proces-verbaal.
# dynamic: sanctions-reason-*
sanctions-reason-serious = Het feit is ernstig
sanctions-reason-disputed = De persoon betwist het feit
sanctions-reason-damage = Er is schade
sanctions-reason-seizure = Er is beslag dat niet is afgehandeld
sanctions-reason-family = De persoon is familie van mij
sanctions-punished = Voor deze gedraging is al een sanctie opgelegd
# dynamic: sanctions-vehicle-*
sanctions-vehicle = Soort voertuig
sanctions-vehicle-car = Auto of bestelbus
sanctions-vehicle-moped = Brommer of scooter
sanctions-vehicle-bicycle = Fiets
sanctions-vehicle-trailer = Aanhanger of caravan
sanctions-plate = Kenteken
sanctions-vehicle-note = Merk en kleur
sanctions-person-hint = Laat leeg als er niemand bij was, zoals bij een geparkeerde auto. Schrijf alleen op wat nodig is.
sanctions-surname = Achternaam
sanctions-first-names = Voornamen
sanctions-birth = Geboortedatum
sanctions-birth-wrong = Deze geboortedatum klopt niet. Controleer hem.
sanctions-birth-place = Geboorteplaats
sanctions-address = Straat en nummer
sanctions-postcode = Postcode
sanctions-town = Woonplaats
# dynamic: sanctions-identity-*
sanctions-identity = Hoe stelde u de identiteit vast?
sanctions-identity-hint = Vraag naar een document (Wet op de identificatieplicht).
sanctions-identity-passport = Paspoort
sanctions-identity-identity-card = Identiteitskaart
sanctions-identity-driving-licence = Rijbewijs
sanctions-identity-residence-permit = Verblijfsdocument
sanctions-identity-known = Mij ambtshalve bekend
sanctions-identity-register = Navraag bij de politie of de BRP
sanctions-identity-number = Nummer van het document
sanctions-cautioned = Ik zei vooraf: u hoeft niet te antwoorden
sanctions-cautioned-hint = Verplicht voordat u vragen stelt over het feit (Sv art. 29, Awb art. 5:10a).
sanctions-statement = Verklaring
sanctions-statement-hint = Zo veel mogelijk in de woorden van de persoon. Leeg als er niets is verklaard.
sanctions-findings = Bevindingen
sanctions-findings-hint = Wat zag u, waar stond u, wat deed u? Alleen feiten.
sanctions-findings-short = Beschrijf wat u zag en deed, in ten minste { $min } tekens.
sanctions-remarks = Opmerkingen
sanctions-save = Concept bewaren
sanctions-saved = Bewaard.
sanctions-sign = Tekenen
sanctions-sign-hint = Met tekenen zegt u dat dit naar waarheid is. Daarna kunt u alleen nog verbeteren, met een reden.
sanctions-photos-hint = Alleen wat het feit laat zien. Plaats en tijd in de foto worden gewist.
sanctions-photo = Foto
sanctions-photo-add = Foto toevoegen
sanctions-photo-send = Foto bewaren
sanctions-photo-drop = Foto weghalen
sanctions-discard-title = Toch geen sanctie
sanctions-discard-reason = Waarom trekt u het concept in?
sanctions-discard = Concept intrekken
sanctions-refused = { $say } ({ $article })
sanctions-refused-unsure = { $say } ({ $article }; onze lezing is niet zeker)
sanctions-refused-code = { $code }: { $say } ({ $article })
sanctions-refused-code-unsure = { $code }: { $say } ({ $article }; onze lezing is niet zeker)
sanctions-rule-signed = Dit is al getekend. Maak een verbetering.
sanctions-rule-unsigned = Een concept heeft nog geen proces-verbaal. Teken het eerst.
sanctions-rule-own = Dit schreef u zelf. Een ander controleert het.
sanctions-rule-withdraw = Wat getekend is, trekt alleen de coördinator in. Vraag het daar.
sanctions-rule-correct = Dit kunt u niet verbeteren: het is nog een concept, of het is ingetrokken.
sanctions-rule-photos = Er zijn al { $most } foto's. Haal er eerst een weg.
sanctions-rule-export = Er is nu niets te versturen.
sanctions-before = Wat er eerst stond
sanctions-check-title = Controle
sanctions-check-text = Klopt het feit, is alles ingevuld en zijn de bevindingen duidelijk?
sanctions-check-good = Goedkeuren
sanctions-check-back = Teruggeven
sanctions-note = Toelichting
sanctions-note-hint = Nodig bij teruggeven en intrekken.
sanctions-withdraw-title = Intrekken
sanctions-withdraw = Intrekken
sanctions-correct-title = Verbeteren
sanctions-correct-reason = Waarom verbetert u dit?
sanctions-correct-hint = Wat er eerst stond, blijft bewaard (Wpg art. 4). De coördinator controleert opnieuw.
sanctions-correct-nothing = U hebt nog niets veranderd.
sanctions-correct-go = Verbetering tekenen

# What the app hears about a sanction that was written on the phone.
sanctions-phone-conflict = Dit concept is in Regie ook veranderd. Beide staan er nog; kies waarmee u verdergaat.
sanctions-phone-gone = Deze sanctie staat niet meer in Regie.
sanctions-phone-purpose = Zeg eerst waarvoor u politiegegevens opent. Uw sanctie wacht tot dan op deze telefoon.
sanctions-phone-signed = Deze sanctie is in Regie al getekend. Een verbetering maakt u daar.
sanctions-phone-withdrawn = Deze sanctie is in Regie ingetrokken.

# dynamic: sanctions-label-*
sanctions-label-sanctions = Feit en afdoening
sanctions-label-when = Wanneer
sanctions-label-place = Plaats
sanctions-label-began = Hoe het begon
sanctions-label-caught = Vastgesteld
sanctions-label-means = Technisch hulpmiddel
sanctions-label-reasons = Bijzonderheden
sanctions-label-vehicle = Voertuig
sanctions-label-person = Persoon
sanctions-label-birth = Geboren
sanctions-label-address = Adres
sanctions-label-identity = Identiteit vastgesteld met
sanctions-label-cautioned = Cautie
sanctions-label-statement = Verklaring
sanctions-label-findings = Bevindingen
sanctions-label-remarks = Opmerkingen
sanctions-caution-yes = Gegeven voor het stellen van vragen
sanctions-caution-no = Niet gegeven

sanctions-paper-title = Proces-verbaal van bevindingen
sanctions-paper-file = proces-verbaal
sanctions-paper-get = Proces-verbaal (PDF)
sanctions-paper-sender = Gemeente { $municipality }, team Handhaving
sanctions-paper-number = Nummer
sanctions-paper-version = Versie
sanctions-paper-officer = Verbalisant
sanctions-paper-deed = Akte
sanctions-paper-opening = Ik, { $name }, buitengewoon opsporingsambtenaar van de gemeente { $municipality }, bevoegd volgens mijn akte ({ $deed }), verklaar het volgende.
sanctions-paper-facts = Feiten en personalia
sanctions-paper-what = Onderdeel
sanctions-paper-content = Inhoud
sanctions-paper-oath = Dit proces-verbaal is door mij naar waarheid opgemaakt op ambtseed, op { $day }.
sanctions-paper-signature = Handtekening verbalisant
sanctions-paper-signed = Getekend in het systeem op { $at }
sanctions-paper-page = Bladzijde

sanctions-export-title = Naar het CJIB
sanctions-export-lead = Wat getekend en gecontroleerd is, gaat in een genummerd bestand. Elke sanctie één keer.
sanctions-export-next = Volgende bestand
sanctions-export-make = Bestand maken
sanctions-export-format = Ons eigen formaat, beschreven in de documentatie. De koppeling van het CJIB zelf is niet openbaar.
sanctions-export-batches = Gemaakte bestanden
sanctions-export-none = Er is nog geen bestand gemaakt.
sanctions-export-number = Nummer
sanctions-export-at = Gemaakt
sanctions-export-lines = Regels
sanctions-export-file = Bestand
sanctions-export-get = Ophalen

sanctions-figures-title = Cijfers over sancties
sanctions-figures-lead = Aantallen per maand, zonder personen. Iedere nacht opnieuw geteld.
sanctions-figures-show = Laat zien
sanctions-figures-group = Soort feit
sanctions-figures-hidden = te klein
sanctions-figures-none = Geen cijfers
sanctions-figures-none-text = Hier is in deze maanden niets geteld.
sanctions-export-waits = { $n ->
    [one] Er wacht 1 voorval.
   *[other] Er wachten { $number } voorvallen.
 }
sanctions-paper-photos = { $n ->
    [one] Bijlage: 1 foto, afgeschermd bewaard bij dit nummer.
   *[other] Bijlagen: { $number } foto's, afgeschermd bewaard bij dit nummer.
 }
sanctions-figures-bound = { $n ->
    [one] Alle aantallen worden getoond.
   *[other] Aantallen onder { $number } tonen wij niet, ook niet als ze uit te rekenen zijn.
 }
