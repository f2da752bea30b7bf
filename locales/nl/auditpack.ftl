# De set voor de jaarlijkse interne audit van de Wpg.
auditpack-title = Interne audit politiegegevens { $year }
auditpack-lead = Deze set hoort bij de jaarlijkse interne audit van de Wet politiegegevens (artikel 33). Er staat in wie met politiegegevens van boa’s mocht werken, wat er is gebeurd en wat opviel. De inhoud van dossiers staat er niet in.
auditpack-how = Elk bestand bevat precies wat is vastgelegd. Het bestand manifest.json noemt van elk bestand het controlegetal (SHA-256). De set is gemaakt uit de kluis met politiegegevens en de gewone gegevens, en uit geen andere kluis.
auditpack-made = Gemaakt op
auditpack-period = Periode
auditpack-subject = Onderwerp
auditpack-file = Bestand
auditpack-rows = Regels
auditpack-notes = Wat opvalt
auditpack-nothing-notable = In de vastgelegde gegevens valt niets op.
auditpack-article-11 = Geautomatiseerd vergelijken en in combinatie verwerken volgens artikel 11 Wpg staat niet open voor boa’s. Regie kan dat niet. Gerichte zoekacties die meer dan één dossierstuk gaven, staan in combinations.csv.
auditpack-refused = Een geweigerde poging om iets te openen laat geen regel achter in deze set. In deviations.csv staat wie een kluis opende of bevroeg zonder autorisatie die toen gold.
auditpack-unfinished = Dit jaar is nog niet voorbij. De set is dus nog niet volledig.
# dynamic: auditpack-title-*
auditpack-title-authorisations = Autorisaties
auditpack-title-openings = Geopende kluis, met doel en reden
auditpack-title-targeted-queries = Gericht zoeken na een jaar
auditpack-title-combinations = Combinaties
auditpack-title-disclosures = Verstrekkingen
auditpack-title-deviations = Afwijkingen
auditpack-title-suspected-unlawful = Vermoedens van onrechtmatige verwerking
auditpack-title-requests = Verzoeken van betrokkenen
auditpack-title-retention = Bewijzen van vernietiging
auditpack-title-stock = Wat er nu is
auditpack-title-chain = Logboek: heel of niet
# dynamic: auditpack-text-*
auditpack-text-authorisations = Wpg artikel 6 en 32: wie, waarvoor, waarom, door wie verleend, geweigerd of ingetrokken.
auditpack-text-openings = Wpg artikel 3: wie opende de kluis, in welke hoedanigheid en waarom.
auditpack-text-targeted-queries = Wpg artikel 8, tweede lid: zoekacties met een vastgelegde reden.
auditpack-text-combinations = Wpg artikel 8, derde lid: zoekacties die meer dan één stuk bij elkaar brachten.
auditpack-text-disclosures = Wpg artikel 16 tot en met 20: aan wie, op welke grondslag, waarvoor en welke velden.
auditpack-text-deviations = Geopend of bevraagd zonder een autorisatie die toen gold.
auditpack-text-suspected-unlawful = Wpg artikel 32 en 33a: wat, wanneer ontdekt, gemeld en wat eraan is gedaan.
auditpack-text-requests = Wpg artikel 25 tot en met 28: soort verzoek en termijn, zonder namen.
auditpack-text-retention = Wpg artikel 14: wat is verwijderd en vernietigd, zonder persoonsgegevens.
auditpack-text-stock = Aantal dossierstukken per verwerking, hoeveel daarvan zijn verwijderd, en de oudste.
auditpack-text-chain = Wpg artikel 32a: de ketting van het logboek van begin tot eind nagerekend, met de dagstempels.
# dynamic: auditpack-note-*
auditpack-note-deviations = { $n ->
    [one] Eén keer is een kluis geopend of bevraagd zonder autorisatie die toen gold. Zie deviations.csv.
   *[other] { $number } keer is een kluis geopend of bevraagd zonder autorisatie die toen gold. Zie deviations.csv.
 }
auditpack-note-suspected-unlawful = { $n ->
    [one] Eén vermoeden van onrechtmatige verwerking is nog niet afgehandeld.
   *[other] { $number } vermoedens van onrechtmatige verwerking zijn nog niet afgehandeld.
 }
auditpack-note-requests = { $n ->
    [one] Eén verzoek van een betrokkene is te laat beantwoord.
   *[other] { $number } verzoeken van betrokkenen zijn te laat beantwoord.
 }
auditpack-note-chain = { $n ->
    [one] Het logboek klopt op één plaats niet. Zoek dit meteen uit. Zie chain.csv.
   *[other] Het logboek klopt op { $number } plaatsen niet. Zoek dit meteen uit. Zie chain.csv.
 }
