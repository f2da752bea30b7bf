# Why another server gave nothing. Variable: $detail.
fetch-address = “{ $detail }” is geen webadres dat Regie mag openen. Een adres begint met https://.
fetch-private = “{ $detail }” ligt in een besloten netwerk. Daar haalt Regie niets op.
fetch-slow = De andere server gaf niet op tijd antwoord. Probeer het later opnieuw.
fetch-too-long = Het antwoord is groter dan { $detail } MB. Vraag een kleiner bestand op.
fetch-redirects = Het adres stuurt te vaak door. Geef het echte adres van het bestand.
fetch-later = De andere server heeft het druk. Probeer het later opnieuw.
fetch-status = De andere server antwoordde met fout { $detail }. Controleer het adres.
fetch-down = De andere server is niet bereikbaar ({ $detail }).
