# Gesproken notities van handhavers bij een melding.
voice-label = Gesproken notitie van { $officer }, { $at }
voice-label-nobody = Gesproken notitie, { $at }
voice-words = De woorden van de melding horen hetzelfde te zeggen. Is dat niet zo? Zet het dan in een notitie voor collega's. Alleen medewerkers kunnen dit horen.
voice-unscanned = Niet op virussen gecontroleerd
voice-remove = Gesproken notitie verwijderen
voice-remove-text = De opname wordt vernietigd. De woorden van de melding blijven. Hoort u een gesprek of iemand anders dan de handhaver? Verwijder de opname dan.
voice-remove-sure = Vernietig de opname
voice-event-removed = Gesproken notitie verwijderd
voice-empty = In de gesproken notitie zit geen geluid. Wat u opschreef, is wel bewaard.
voice-large = De gesproken notitie is groter dan { $most } MB en is niet bewaard. Wat u opschreef, is wel bewaard.
voice-kind = De gesproken notitie is geen geluid dat wij kunnen bewaren. Wat u opschreef, is wel bewaard.
voice-film = In de gesproken notitie zit ook beeld. Wij bewaren alleen geluid. Wat u opschreef, is wel bewaard.
voice-virus = In de gesproken notitie vond onze virusscanner iets gevaarlijks. Zij is niet bewaard. Wat u opschreef, is wel bewaard.
voice-scanner = Wij kunnen de gesproken notitie nu niet op virussen controleren. De telefoon probeert het later opnieuw.
voice-many = Bij deze waarneming is al een gesproken notitie. Een tweede bewaren wij niet.
