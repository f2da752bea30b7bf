# Two periods or two neighbourhoods side by side.
compare-title = Vergelijken
compare-lead = Zet twee perioden of twee buurten naast elkaar. U ziet wat verschilt, en of dat meer is dan toeval.
compare-presets = Vaak gekozen
# dynamic: compare-preset-*
compare-preset-year = 4 weken, met een jaar geleden
compare-preset-before = 4 weken, met de 4 ervoor
compare-preset-quarter = 3 maanden, met een jaar geleden
compare-choose = Kies zelf perioden en buurten
compare-first = Eerste
compare-second = Tweede
compare-show = Vergelijk
compare-whole = Hele gemeente
compare-fault-day = Vul een dag in, met dag, maand en jaar.
compare-fault-order = Kies een laatste dag die na de eerste dag ligt.
compare-fault-future = Kies een eerste dag vóór vandaag ({ $day }). Van later is nog niets bekend.
compare-fault-before = Kies een laatste dag vanaf { $day }. Van daarvoor is niets bekend.
compare-fault-area = Kies een buurt uit de lijst.
compare-fault-priority = Kies een prioriteit uit de lijst.
compare-fault-source = Kies een bron uit de lijst.
compare-fault-same = Kies voor de tweede een andere periode of een andere buurt. Nu zijn ze gelijk.
# dynamic: compare-name-*
compare-name-period-1 = Eerste periode
compare-name-period-2 = Tweede periode
compare-name-both-1 = Eerste keuze
compare-name-both-2 = Tweede keuze
compare-about = { $place }, van { $from } tot en met { $to }.
compare-about-rate = Per 1.000 inwoners { $rate }.
compare-of = Alleen meldingen over ‘{ $name }’.
compare-says-than = { $first } telt { $ratio } dan { $second }{ $base } ({ $between }).
compare-says-as = { $first } telt { $ratio } als { $second }{ $base } ({ $between }).
compare-says-only = { $second }: daar kwam niets binnen. Een verhouding is er dan niet.
compare-base-day = { " " }per dag
compare-base-people = { " " }per inwoner en per dag
compare-means-clear = Dat is meer dan toeval: bij toeval alleen ligt ‘geen verschil’ in { $level } van de gevallen tussen deze grenzen, en nu niet. Wat de oorzaak is, zegt dit niet.
compare-means-none = Geen aantoonbaar verschil: zulke verschillen ontstaan ook door toeval. Dat wil niet zeggen dat er geen verschil is.
compare-means-few = Het zijn er te weinig om iets over een verschil te zeggen.
compare-bar = De verhouding van de eerste tot de tweede. De streep is ‘geen verschil’ (1).
# dynamic: compare-verdict-*
compare-verdict-more = Duidelijk meer
compare-verdict-less = Duidelijk minder
compare-verdict-none = Geen aantoonbaar verschil
compare-verdict-few = Te weinig om te vergelijken
compare-cautions = Let op bij deze vergelijking
compare-caution-before = { $name }: er is pas iets bekend vanaf { $day }. De dagen ervoor tellen niet mee.
compare-caution-running = { $name }: de periode loopt nog. Geteld is tot en met { $day }.
compare-caution-gap = { $name }: van { $from } tot en met { $to } kwam nergens iets binnen. Waarschijnlijk zijn die dagen niet ingelezen.
compare-caution-break = Vanaf { $day } wordt anders geteld: { $what }
compare-caution-source = De bron ‘{ $source }’ is er wel bij { $with } en niet bij { $without }. Daardoor zijn de totalen niet zomaar te vergelijken.
compare-caution-category = De soort ‘{ $kind }’ bestaat pas sinds { $day }. Eerder kon niemand die kiezen.
compare-caution-length = De perioden zijn niet even lang. Daarom vergelijken we het aantal per dag.
compare-caution-season = De perioden vallen niet in dezelfde tijd van het jaar. Een verschil kan door het seizoen komen.
compare-caution-weekdays = Niet elke dag van de week komt even vaak voor. Een weekend meer of minder telt mee in het verschil.
compare-caution-both = U kiest een andere buurt én een andere periode. Een verschil kan door allebei komen.
compare-caution-inhabitants = Van een van beide is het aantal inwoners niet bekend. We vergelijken daarom de aantallen zelf, niet per inwoner.
compare-caution-willing = Mensen melden niet overal even graag. Meer meldingen is niet altijd meer overlast.
compare-by-group = Per hoofdsoort
compare-by-category = Per soort
compare-ratio = Eerste vergeleken met tweede
compare-strict = { $n ->
    [one] De grenzen gelden met { $level } zekerheid.
   *[other] We vergelijken { $n } soorten tegelijk. Daarom zijn we strenger: de grenzen gelden met { $level } zekerheid voor alle soorten samen.
 }
compare-per-1000 = per 1.000 inwoners
compare-trend = { $n ->
    [1] Verloop per dag
    [7] Verloop per week
   *[other] Verloop per 4 weken
 }
compare-trend-note = Geteld vanaf de eerste dag van de periode, alleen hele stukken. De band laat zien hoeveel toeval kan uitmaken.
# dynamic: compare-block-*
compare-block-1 = dag { $number }
compare-block-7 = week { $number }
compare-block-28 = deel { $number }
compare-hours-of = Uur en dag van de week: { $name }
compare-hours-note = Uur en dag van de week. De kleuren horen bij dit raster; vergelijk de getallen.
compare-coarse = Deze keuze gaat over mensen in één buurt. Daarom tonen we geen uren en geen verloop: zo kan niemand worden herkend.
compare-how = De grenzen houden rekening met toeval en met drukke en rustige weken: hoe meer het aantal van week tot week wisselt, hoe wijder de grenzen.
# dynamic: compare-in-*
compare-in-period-1 = de eerste periode
compare-in-period-2 = de tweede periode
compare-in-both-1 = de eerste keuze
compare-in-both-2 = de tweede keuze
compare-in-whole = de hele gemeente
