# Voorstel voor een categorie.
suggest-because = Omdat u schreef: { $words }
