# One square: what made the night expect what it expects, and when.
place-lead-before = In de afgelopen 4 weken { $month } en in de afgelopen 52 weken { $year } meldingen. De verwachting is nog niet berekend; dat gebeurt vannacht.
place-quiet = Hier verwachten we de komende 7 dagen zo goed als niets.
place-parts = Waaruit bestaat de verwachting?
place-parts-note = Wat elk deel van het model bijdraagt, in meldingen in de komende 7 dagen. Samen is dat de verwachting.
place-part = Deel
place-part-adds = Draagt bij
place-part-share = Aandeel
# dynamic: place-part-*
place-part-recent = Meldingen hier in de laatste maanden
place-part-years = Meldingen hier over de jaren
place-part-neighbours = Meldingen in de vakken eromheen
place-part-season = Dezelfde weken vorig jaar
place-part-all-kinds = Meldingen van alle soorten samen
place-part-everywhere = Wat elk vak krijgt
place-part-trend = Bijstelling: het loopt op of juist terug
place-coming = Wanneer in de komende 7 dagen?
place-coming-note = Verwachte meldingen per dag en per vier uur.
place-day = Dag
place-groups = Verwacht in de komende 7 dagen, per hoofdsoort
