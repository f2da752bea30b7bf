# The page of the picture: what changed, the map, the small charts, reporting. The rest of its texts is in insight.ftl.
picture-to-week = Voor het weekoverleg
picture-to-compare = Vergelijk
picture-to-record = Hoe vaak klopte het?
picture-to-download = Cijfers en plaatjes
picture-chip-remove = weghalen
picture-files = Neem mee:
picture-group = Hoofdsoort
picture-all-groups = Alle hoofdsoorten

picture-changed = Wat veranderde er vorige week?
picture-changed-note = Vergeleken met wat we verwachtten: het gewone aantal in deze tijd van het jaar. Getallen zeggen niet waarom iets verandert. Vraag dat in de buurt.
picture-changed-short = Er zijn nog te weinig weken om te zeggen wat er veranderde.
picture-changed-few = Het aantal van vorige week is te klein om te tonen.
picture-changed-officers = Eigen waarnemingen vergelijken we niet met een verwachting. Wie ergens vaak kijkt, vindt daar ook vaak iets.
# dynamic: picture-changed-*
picture-changed-all-more = { $n ->
    [one] Van { $from } tot en met { $to } kwam { $number } melding binnen. Dat is meer dan we verwachtten: tussen { $low } en { $high }.
   *[other] Van { $from } tot en met { $to } kwamen { $number } meldingen binnen. Dat is meer dan we verwachtten: tussen { $low } en { $high }.
 }
picture-changed-all-less = { $n ->
    [one] Van { $from } tot en met { $to } kwam { $number } melding binnen. Dat is minder dan we verwachtten: tussen { $low } en { $high }.
   *[other] Van { $from } tot en met { $to } kwamen { $number } meldingen binnen. Dat is minder dan we verwachtten: tussen { $low } en { $high }.
 }
picture-changed-all-same = { $n ->
    [one] Van { $from } tot en met { $to } kwam { $number } melding binnen. Geen duidelijk verschil met wat we verwachten: tussen { $low } en { $high }.
   *[other] Van { $from } tot en met { $to } kwamen { $number } meldingen binnen. Geen duidelijk verschil met wat we verwachten: tussen { $low } en { $high }.
 }
picture-changed-what-more = { $n ->
    [one] Het duidelijkst meer: { $name }, { $number } melding. We verwachtten er tussen { $low } en { $high }.
   *[other] Het duidelijkst meer: { $name }, { $number } meldingen. We verwachtten er tussen { $low } en { $high }.
 }
picture-changed-what-less = { $n ->
    [one] Het duidelijkst minder: { $name }, { $number } melding. We verwachtten er tussen { $low } en { $high }.
   *[other] Het duidelijkst minder: { $name }, { $number } meldingen. We verwachtten er tussen { $low } en { $high }.
 }
picture-changed-what-same = Bij geen enkele hoofdsoort zien we een duidelijk verschil.
picture-changed-where-more = { $n ->
    [one] De buurt met het duidelijkste verschil is { $name }: { $number } melding, meer dan de { $low } tot { $high } die we verwachtten.
   *[other] De buurt met het duidelijkste verschil is { $name }: { $number } meldingen, meer dan de { $low } tot { $high } die we verwachtten.
 }
picture-changed-where-less = { $n ->
    [one] De buurt met het duidelijkste verschil is { $name }: { $number } melding, minder dan de { $low } tot { $high } die we verwachtten.
   *[other] De buurt met het duidelijkste verschil is { $name }: { $number } meldingen, minder dan de { $low } tot { $high } die we verwachtten.
 }
picture-changed-where-same = In geen enkele buurt zien we een duidelijk verschil.

picture-no-forecast-yet = De verwachting is nog niet berekend. Dat gebeurt vannacht.
picture-no-forecast-choice = Van deze keuze maken we geen verwachting. Kies alle meldingen, en een prioriteit of een hoofdsoort.
picture-legend-cells = Verwacht aantal per vak, van licht (weinig) naar donker (veel):
picture-square = { $name }: verwacht { $expected } (tussen { $between }); in deze periode { $count }
picture-contour = Binnen deze lijn verwachten we { $share } van de meldingen: ongeveer { $n }, in { $squares } van de { $all } vakken.
picture-hours-note = In de gekozen periode. Elk vakje is een uur; het getal is het aantal.
picture-grid-unit = gemeld
picture-trend-band = Alleen hele weken. De band laat zien wat we per week verwachtten, met alleen de weken ervoor. Negen van de tien gewone weken vallen erin.
picture-trend-plain = Alleen hele weken en maanden.
picture-legend-count = Aantal
picture-legend-band = Wat we verwachtten (90 %)
picture-legend-alarm = Seintje
picture-week-title = { $label }: { $n } (verwacht { $band })
picture-week-plain = { $label }: { $n }
picture-week-more = meer
picture-week-less = minder
picture-week-same = geen duidelijk verschil

picture-kinds = Per hoofdsoort
picture-kinds-text = De laatste 52 weken per hoofdsoort, met wat we verwachtten.
# dynamic: picture-scale-*
picture-scale-own = Elke grafiek heeft een eigen schaal.
picture-scale-same = Alle grafieken hebben dezelfde schaal.
picture-scale-to-own = Geef elke grafiek een eigen schaal
picture-scale-to-same = Zet ze op dezelfde schaal
picture-small-of = { $name }: aantal per week
picture-in-period-short = in deze periode
picture-per-week = Gemiddeld per week
picture-last-week = Vorige week
picture-last-week-expected = Vorige week verwacht (90 %)

picture-willing-caption = Meldingen van inwoners naast wat handhavers zelf vinden
picture-willing-reports = Meldingen van inwoners
picture-willing-ratio = Melden (1 is gewoon)
picture-willing-note = Meldingen per inwoner naast wat handhavers per uur vinden. Onder 1 komen er minder meldingen binnen dan je daardoor verwacht, boven 1 meer. Waarom, zegt dit niet. De aantallen op deze pagina zijn er niet mee veranderd.
picture-willing-unknown = { $n ->
    [0] {""}
    [one] Van { $number } buurt weten we dit niet: er waren geen handhavers of het aantal inwoners is niet bekend.
   *[other] Van { $number } buurten weten we dit niet: er waren geen handhavers of het aantal inwoners is niet bekend.
 }
picture-willing-none = Hoe graag mensen melden, kunnen we nu niet zeggen. Daarvoor moeten handhavers in deze periode in minstens drie buurten zijn geweest.
picture-willing-less = minder dan gewoon
picture-willing-same = geen duidelijk verschil
picture-willing-more = meer dan gewoon
picture-news-unmade = Wat nieuw is, wordt vannacht berekend.
