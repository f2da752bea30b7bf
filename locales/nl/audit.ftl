# The audit trail: entries, verification, anchors.
audit-title = Logboek
audit-lead = Wie deed wat, wanneer en waarvoor. Elke regel is met een controlegetal vastgemaakt aan de regel ervoor. Wie een regel verandert, weghaalt of toevoegt, valt door de mand.
audit-caption = Laatste regels
audit-whole = { $n ->
    [one] Het logboek is heel: één regel gecontroleerd.
   *[other] Het logboek is heel: { $number } regels gecontroleerd.
 }
audit-anchors-whole = { $n ->
    [one] Eén dagstempel klopt.
   *[other] { $number } dagstempels kloppen.
 }
audit-since = Heel sinds de dagstempel van { $day }: { $number ->
    [one] één regel gecontroleerd.
   *[other] { $lines } regels gecontroleerd.
 }
audit-broken = Het logboek is niet heel. De eerste fout staat bij regel { $number }.
# dynamic: audit-flaw-*
audit-flaw-missing = Er ontbreekt een regel, of er staat een regel te veel.
audit-flaw-loose = De regel sluit niet aan op de regel ervoor.
audit-flaw-changed = De inhoud van de regel is veranderd.
audit-flaw-unreadable = De inhoud van de regel is niet te lezen.
audit-flaw-tail = De nieuwste regels zijn weggehaald, of er zijn regels met de hand toegevoegd.
audit-flaw-head = Het einde van de ketting is weggehaald of veranderd.
audit-flaw-rewritten = Hier staat een andere regel dan bij de dagstempel. De ketting is later opnieuw geschreven.
audit-flaw-anchor = Een dagstempel is veranderd, weggehaald of met de hand toegevoegd.
audit-broken-do = Verander niets meer in de database. Bel de functionaris gegevensbescherming en bewaar de laatste reservekopie.
audit-check-all = Controleer het hele logboek
audit-seq = Nr.
audit-at = Wanneer
audit-who = Wie
audit-action = Handeling
audit-purpose = Doel
audit-record = Wat
audit-system = Systeem
audit-stranger = Inwoner (niet ingelogd)
audit-filter = Zoeken in het logboek
audit-vault = Kluis
audit-kind = Soort
audit-record-id = Nummer van wat het betreft
audit-all = Alle
audit-show = Toon
audit-none-title = Geen regels
audit-none = In deze kluis staat niets wat past bij wat u zoekt.
# dynamic: audit-vault-*
audit-vault-main = Gewone gegevens (AVG)
audit-vault-wpg = Opsporing door boa's (Wpg)
audit-vault-police = Van de politie ontvangen
audit-vault-partnership = Samenwerkingsverbanden
audit-vault-radicalisation = Radicalisering
audit-vault-bibob = Bibob
audit-vault-social = Sociaal domein
audit-vault-ggz = Verplichte zorg
audit-vault-victims = Slachtoffers van een ramp
audit-anchors-title = Dagstempels
audit-anchors-lead = Aan het einde van elke dag legt Regie de nieuwste regel vast. Print deze bladzijde of bewaar het bestand op een plek waar niemand van het beheer bij kan. Dan valt het later op als iemand het logboek opnieuw schrijft.
audit-anchors-newest = Nieuwste dagstempel van elke kluis
audit-anchors-of = Dagstempels van { $vault }
audit-anchors-csv = Download als CSV
audit-anchors-check = Vergelijken met een bewaard bestand doet de beheerder met: regie check audit --anchors BESTAND
audit-anchors-none-title = Nog geen dagstempels
audit-anchors-none = De eerste komt aan het einde van de dag.
audit-day = Dag
audit-hash = Controlegetal, begin en einde
audit-printed = Gemaakt op { $at }
