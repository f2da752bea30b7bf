# Meldingen behandelen en bundelen: lijst, kaart, één melding, kwesties.
# dynamic: state-*
state-reported = Nieuw
state-waiting = Wacht
state-in-progress = In behandeling
state-planned = Ingepland
state-done = Afgehandeld
state-cancelled = Niet opgepakt
state-reaction-requested = Vraag gesteld aan de melder
state-reaction-received = Antwoord van de melder
state-forwarded = Doorgestuurd
state-completion-requested = Klaar, volgens de andere organisatie
state-reopen-requested = Melder is niet tevreden
state-reopened = Opnieuw opgepakt
# dynamic: source-*
source-resident = Inwoner
source-officer = Handhaver
source-police = Politie
source-partner = Partner
source-import = Ingelezen bestand
# dynamic: urgency-*
urgency-low = Kan wachten
urgency-normal = Normaal
urgency-high = Spoed
signals-title = Meldingen
signals-tabs = Meldingen bekijken als
signals-tab-list = Lijst
signals-tab-map = Kaart
signals-tab-issues = Kwesties
signals-new = Nieuwe waarneming
signals-caption = Meldingen, de nieuwste eerst
signals-empty = Geen meldingen gevonden
signals-empty-text = Kies andere filters. Of zoek in alle meldingen, ook de meldingen die klaar zijn.
signals-count = { $n ->
    [one] Eén melding
   *[other] { $number } meldingen
 }
signals-count-more = Meer dan { $number } meldingen
signals-before = Meldingen van vóór { $at }
signals-looked = Gezocht in meldingen vanaf { $day }. Kies Oudere om verder terug te zoeken.
signals-reference = Nummer
signals-category = Categorie
signals-place = Plaats
signals-place-unknown = Plaats niet bekend
signals-when = Gemeld
signals-term = Termijn
signals-state = Status
signals-source = Bron
signals-issue = Kwestie
signals-area = Buurt
signals-area-none = Buurt niet bekend
signals-priority = Prioriteit van het plan
signals-urgency = Urgentie
signals-filter-q = Zoek op woord of nummer
signals-filter-main = Hoofdcategorie
signals-filter-from = Gemeld vanaf
signals-filter-to = Gemeld tot en met
signals-filter-any = Alles
signals-filter-open = Alle open meldingen
signals-filter-all = Alle meldingen
signals-filter-late = Te laat
signals-filter-not-late = Niet te laat
signals-filter-show = Toon meldingen
signals-filter-clear = Wis filters
signals-filter-unknown = Deze keuze bestaat niet. Kies er een uit de lijst.
signals-filter-date = Deze datum klopt niet. Vul een datum in zoals 2024-05-31.
signals-filter-order = De laatste dag ligt vóór de eerste dag. Draai de dagen om.
signals-term-none = Geen termijn
signals-term-on-time = Op tijd: t/m { $day }
signals-term-soon = Bijna te laat: t/m { $day }
signals-term-late = Te laat: was t/m { $day }
signals-term-met = Op tijd klaar
signals-term-missed = Te laat klaar: was t/m { $day }
signals-map-title = Kaart van meldingen
signals-map-caption = Elke stip is een melding. De kleur zegt hoe het met de termijn staat: groen is op tijd, oranje is bijna te laat, rood is te laat. De lijst zegt dit in woorden.
signals-map-count = { $n ->
    [one] Eén melding met een plaats
   *[other] { $number } meldingen met een plaats
 }
signals-map-most = De nieuwste { $number } meldingen met een plaats
signals-map-list = Bekijk deze meldingen als lijst
signals-map-here = Plaats van deze melding
signals-words = Wat de melder schrijft
signals-words-none = Er is geen tekst bij deze melding.
signals-photo = Foto { $number } bij deze melding
signals-reported = Gemeld op
signals-occurred = Gezien op
signals-presence = Handhaver was hier
signals-closed = Gesloten op
signals-contact = Melder
signals-contact-name = Naam
signals-contact-email = E-mail
signals-contact-phone = Telefoon
signals-contact-secret = Geef deze gegevens niet door aan de persoon over wie de melding gaat.
signals-change-state = Status wijzigen
signals-new-state = Nieuwe status
signals-note = Toelichting
signals-note-hint = Nodig als u de melding afhandelt, doorstuurt, niet oppakt of iets vraagt.
signals-tell = Vertel dit aan de melder
signals-tell-hint = De melder leest uw toelichting op de statuspagina. Is er een e-mailadres, dan sturen we ook een e-mail.
signals-save-state = Status opslaan
signals-change-rest = Gegevens wijzigen
signals-save-urgency = Urgentie opslaan
signals-category-hint = De termijn telt opnieuw vanaf de dag van de melding.
signals-save-category = Categorie opslaan
signals-address = Adres of plek
signals-area-hint = Is er een punt ingevuld? Dan bepaalt het punt de buurt.
signals-lon = Lengtegraad
signals-lat = Breedtegraad
signals-save-place = Plaats opslaan
signals-remark = Notitie voor collega's
signals-remark-hint = De melder ziet deze notitie niet.
signals-save-remark = Notitie opslaan
signals-history = Geschiedenis
signals-event-opened = Binnengekomen met status { $becomes }
signals-event-state = Status van { $was } naar { $becomes }
signals-event-urgency = Urgentie van { $was } naar { $becomes }
signals-event-category = Categorie van { $was } naar { $becomes }
signals-event-place = Plaats van { $was } naar { $becomes }
signals-event-linked = Toegevoegd aan kwestie { $becomes }
signals-event-left = Uit kwestie { $was } gehaald
signals-event-note = Notitie
signals-event-told = de melder leest dit ook
signals-actor-none = Melder of systeem
signals-state-missing = Kies een nieuwe status.
signals-note-missing = Schrijf een toelichting.
signals-note-long = Uw tekst is { $have } tekens lang. Maak de tekst korter: niet meer dan { $most } tekens.
signals-point-wrong = Vul twee getallen in, zoals 4.668 en 52.5105. Of laat allebei de vakken leeg.
signals-stale = Een collega heeft deze melding gewijzigd nadat u de pagina opende. Hieronder ziet u de nieuwe stand. Uw tekst staat nog in het formulier: controleer hem en sla opnieuw op.
signals-rule-state = De status kan niet van { $from } naar { $to }. Kies een andere status.
signals-rule-linked = Deze melding hoort bij kwestie { $issue }. Haal de melding eerst uit de kwestie, en wijzig dan de categorie.
signals-api-id = Stuur een nieuw id mee: een UUID van versie 7.
signals-api-field = Het veld { $name } bestaat niet. Haal het weg of verbeter de naam.
signals-api-text = Dit veld moet tekst zijn.
signals-api-number = Dit veld moet een getal zijn.
signals-api-object = Dit veld moet een object zijn.
signals-api-point = Stuur lon en lat allebei mee, of geen van beide.
signals-api-time = Dit is geen tijdstip. Schrijf het zo: 2024-05-31T14:05:00Z.
signals-mail-subject = Nieuws over uw melding { $reference }
signals-mail-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }.

    { $note }

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
issues-title = Kwesties
issues-lead = Meldingen die over hetzelfde gaan, staan hier bij elkaar.
issues-empty = Er zijn geen open kwesties
issues-empty-text = Open een melding. Ligt er een andere melding in de buurt? Dan kunt u ze samenvoegen.
issues-reference = Kwestie
issues-reports = Meldingen
issues-first = Eerste melding
issues-last = Laatste melding
issues-open = Open
issues-closed = Gesloten
issues-map = Plaats van de meldingen
issues-count = { $n ->
    [one] Eén melding in deze kwestie
   *[other] { $number } meldingen in deze kwestie
 }
issues-close = Kwestie sluiten
issues-close-note = Wat is er gedaan?
issues-close-hint = Alle open meldingen van deze kwestie worden afgehandeld. Elke melder leest deze tekst.
issues-closed-already = Een collega heeft deze kwestie al gesloten.
issues-near-title = Gaat dit over hetzelfde?
issues-near-lead = Deze meldingen liggen dichtbij en hebben dezelfde categorie. Kies er een als het om dezelfde kwestie gaat.
issues-near-issue = Kwestie { $reference }
issues-near-signal = Melding { $reference }
issues-near-detail = { $n ->
    [one] Op { $metres } meter, gemeld op { $day }
   *[other] Op { $metres } meter, { $n } meldingen, de laatste op { $day }
 }
issues-same = Zelfde kwestie
issues-leave-title = Hoort bij een kwestie
issues-leave = Uit de kwestie halen
issues-reason = Waarom hoort deze melding er niet bij?
issues-rule-linked = Deze melding hoort al bij een andere kwestie. Haal de melding daar eerst uit.
issues-rule-closed = Kwestie { $issue } is gesloten. Kies een open kwestie.
issues-rule-signal-closed = Deze melding is gesloten. Alleen open meldingen kunnen bij kwestie { $issue }.
issues-rule-category = Kwestie { $issue } heeft een andere categorie. Wijzig eerst de categorie van de melding.
issues-rule-self = Een melding kan niet met zichzelf worden samengevoegd.
issues-rule-none = Deze melding hoort bij geen enkele kwestie.
