# The fixed texts of the annual report (plan/account). The names are in LABELS.
# dynamic: annual-*
annual-action = Actie
annual-actions = Acties uit het uitvoeringsprogramma
annual-actions-table = Acties
annual-adjust = Wat stellen we bij?
annual-adjust-note = Dit zijn voorstellen. Het college beslist. Wijkt een voorstel af van de hoofdlijn of van het budget? Dan beslist de gemeenteraad.
annual-ambition = Ambitie
annual-axis-note = Let op: de verticale as begint niet bij nul.
annual-baseline = Begin van het plan
annual-budget = Budget
annual-contents = Inhoud
annual-decimal-mark = ,
annual-done = Wat hebben we gedaan?
annual-draft-note = Concept
annual-drawn-up-on = Cijfers verzameld op
annual-figure = Indicator
annual-figures = Wat zeggen de cijfers?
annual-figures-table = Indicatoren
annual-glance = Het jaar per prioriteit
annual-glance-table = Elke prioriteit in één zin
annual-headline = Het jaar in één zin
annual-interval = 95%-marge
annual-key-figures = Kerncijfers
annual-method = Hoe lezen we de cijfers?
annual-method-break = Andere meetwijze
annual-municipality = Gemeente
annual-no-actions = Voor deze prioriteit stonden er dit jaar geen acties in het programma.
annual-no-adjust = Er zijn geen voorstellen om bij te stellen.
annual-no-done = Er is dit jaar niets vastgelegd.
annual-no-figures = Voor deze prioriteit zijn er nog geen indicatoren.
annual-owner = Trekker
annual-page = Pagina
annual-partners = Partners
annual-period = Periode
annual-plan = Plan
annual-planning = Planning
annual-previous = Vorig jaar
annual-priority = Prioriteit
annual-proposal = Voorstel
annual-source = Bron
annual-source-period = Periode
annual-source-use = Gebruikt voor
annual-sources = Bronnen
annual-state = Stand
annual-status = Status
annual-summary = Samenvatting
annual-target = Doel
annual-themes = Thema's
annual-unit = Eenheid
annual-value = Waarde
annual-verdict = Oordeel
# De zinnen die het jaarverslag uit de cijfers samenstelt.
year-title = Jaarverslag veiligheid en handhaving
year-file-name = jaarverslag-veiligheid
year-status-draft = Concept, nog niet vastgesteld door het college
year-status-decided = Vastgesteld door het college
year-status-decided-on = Vastgesteld door het college op { $day }
year-summary-demo = Dit is een demonstratie: alle meldingen, rondes en cijfers zijn verzonnen.
year-summary-what = Dit verslag laat per prioriteit zien wat de ambitie was, wat de gemeente in { $year } deed, wat de cijfers zeggen en wat anders kan.
year-summary-after = De periode van het plan liep tot en met { $year }. Dit verslag gaat over een jaar daarna.
year-summary-running = Het jaar is nog niet voorbij. De cijfers zijn een tussenstand en worden niet met een heel jaar vergeleken.
year-summary-patrol = Handhavers liepen { $rounds } rondes. Zij bezochten { $visits } keer een plek en deden daar { $acted } keer iets, zoals een gesprek, opruimen of een waarschuwing. Samen waren zij { $hours } uur op die plekken aanwezig.
year-summary-indicators = Het plan volgt { $all } indicatoren. Voor { $known } daarvan is er een cijfer over { $year }. De andere zijn niet gemeten, niet ingevuld of afgeschermd; dat staat er steeds bij.
year-summary-certainty = Bij een cijfer staat hoe zeker het is. Ligt een doel binnen de marge, of is een verschil niet aantoonbaar? Dan trekken we geen conclusie.
year-key-reports = meldingen van inwoners en partners
year-key-in-term = meldingen en waarnemingen op tijd afgehandeld
year-key-hours = uren aanwezig op plekken
year-key-visits = bezoeken op rondes
year-key-issues = zaken afgerond
year-key-actions = acties lopen of zijn klaar
year-key-actions-detail = { $done } klaar, { $running } lopen
year-key-of = { $n } van { $of }
year-key-before = in { $year }: { $value }
year-key-no-before = geen cijfer over { $year }
year-done-reports = { $n ->
    [one] Er kwam één melding van een inwoner of partner binnen; afgehandeld: { $done }.
   *[other] Er kwamen { $number } meldingen van inwoners en partners binnen; { $done } daarvan zijn nu afgehandeld.
 }
year-done-observations = { $n ->
    [one] Handhavers legden één eigen waarneming vast.
   *[other] Handhavers legden { $number } eigen waarnemingen vast.
 }
year-done-issues = { $n ->
    [one] De gemeente rondde één zaak af (één probleem op één plek).
   *[other] De gemeente rondde { $number } zaken af (elk één probleem op één plek).
 }
year-done-visits = Handhavers bezochten { $number } keer een plek voor deze prioriteit; { $acted } keer deden zij iets, zoals een gesprek of een waarschuwing.
year-method-intervals = Marges. Een aantal schommelt altijd door toeval, en een percentage ook. De 95%-marge laat zien hoe ver. Voor aantallen gebruiken we de marge van Poisson, of een ruimere (negatief-binomiaal) als ze binnen een jaar sterker schommelen dan door toeval. Voor percentages gebruiken we de marge van Wilson, voor de mediaan de rangorde van de waarden. Wat een heel jaar anders maakt dan het vorige, zit niet in de marge: zie die als een ondergrens. Uren en bezoeken tellen we volledig; daar hoort geen marge bij.
year-method-verdict = Oordeel. We noemen een doel alleen gehaald of niet gehaald als de hele marge aan één kant van het doel ligt. Anders staat er: geen conclusie.
year-method-difference = Verschil met een ander jaar. We noemen een cijfer alleen hoger of lager als de marge van het verschil nul niet bevat. Anders staat er: geen aantoonbaar verschil.
year-method-missing = Ontbrekend, afgeschermd of nul. Nul is een telling: het kwam niet voor. Geen gegevens betekent dat er niets is vastgelegd. Afgeschermd betekent dat het aantal te klein is om te tonen, zodat niemand herkenbaar is.
year-method-break = Andere meetwijze. Veranderde de manier van meten? Dan staat dat bij het cijfer en vergelijken we niet met de jaren ervoor.
year-method-years = Een melding telt in het jaar waarin zij binnenkwam. Op tijd is: afgehandeld voordat de termijn van de categorie voorbij was. Meldingen die zijn geannuleerd of nog binnen hun termijn openstaan, tellen daarbij niet mee. De mediaan gaat over afgehandelde meldingen.
year-method-reports = Meldingen zijn geen maat voor alle overlast. Meer meldingen kan ook betekenen dat inwoners ons beter weten te vinden. Meldingen van inwoners, waarnemingen van handhavers en cijfers van de politie tellen we niet bij elkaar op, tenzij de indicator dat zegt.
year-source-signals = Eigen registratie van meldingen, waarnemingen en zaken
year-source-signals-use = Aantallen, termijnen en afhandeling
year-source-patrol = Eigen registratie van rondes
year-source-patrol-use = Uren en bezoeken
year-source-inhabitants = Inwoners. { $source }
year-source-inhabitants-use = Cijfers per 1.000 inwoners
year-source-inhabitants-period = { $n } inwoners ({ $year })
year-period-whole = Heel { $year }
year-period-until = Tot en met { $day }
