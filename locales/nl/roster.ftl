# Dienstroosters: de coördinator plant, de handhaver leest, vraagt en ruilt.
# dynamic: roster-law-* roster-state-* roster-change-* roster-cap-* roster-condition-* roster-deed-*
# dynamic: roster-kind-* roster-ask-* roster-swap-state-* roster-mail-swap-*
roster-title = Roosters
roster-lead = Wie werkt wanneer. Roosters houden zich aan de Arbeidstijdenwet en verdelen avonden, nachten en weekenden eerlijk.
roster-new = Nieuw rooster
roster-roster = Rooster
roster-of = { $team }, { $first } t/m { $last }
roster-state = Stand
roster-state-draft = concept
roster-state-published = gepubliceerd
roster-see = Bekijk
roster-none = Nog geen roosters
roster-none-text = Zodra er een rooster is, staat het hier.
roster-requests = Verzoeken
roster-officers = Handhavers
roster-officer = Handhaver
roster-mine = Mijn rooster
roster-open-title = Hier mist nog iemand
roster-open = { $n ->
    [one] één plek open
   *[other] { $number } plekken open
 }
roster-cancel = Annuleren
roster-save = Opslaan

# nieuw
roster-new-lead = Regie maakt de diensten uit het vaste weekpatroon van het team. Daarna vult u het rooster.
roster-team = Team
roster-team-missing = Kies een team.
roster-first-day = Eerste dag
roster-first-day-hint = Een rooster begint op een maandag.
roster-monday-missing = Kies een maandag.
roster-past = Dit rooster is al voorbij. Kies een latere maandag.
roster-overlap = Dit team heeft op deze dagen al een rooster. Kies een maandag daarna.
roster-no-template = Dit team heeft nog geen weekpatroon. Vraag de beheerder om het in te stellen.
roster-weeks = Aantal weken
roster-weeks-wrong = Vul een aantal weken in van 1 tot en met { $most }.
roster-make = Rooster maken

# vullen
roster-fill-title = Rooster vullen
roster-fill-lead = Regie verdeelt de open plekken. U ziet meteen een eerste rooster; daarna zoekt Regie naar een eerlijker verdeling.
roster-fill = Vul het rooster
roster-fill-again = Vul opnieuw
roster-stop = Stop met zoeken
roster-refresh = Ververs
roster-searching = Regie zoekt nog naar een betere verdeling.
roster-searched = Het zoeken is klaar.
roster-best = Deze verdeling is de best mogelijke.
roster-gap = Een andere verdeling kan hoogstens { $percent } % beter zijn dan deze. Dat is bewezen.
roster-publish = Publiceer het rooster
roster-published-rule = Dit rooster is al gepubliceerd. Verander het per dienst.
roster-forbidden-rule = Dit rooster kan nog niet worden gepubliceerd: er staat iets in dat niet mag ({ $n }). Los dat eerst op.
roster-no-officers = Er zijn nog geen handhavers om in te plannen. Vul eerst bij Handhavers in wie in dit team werkt.
roster-no-shifts = Dit rooster heeft geen diensten.

# het rooster op het scherm
roster-screens = Weken
roster-week = Week { $first }
roster-weeks-two = Week { $first } en { $second }
roster-grid = Wie werkt wanneer
roster-hours-short = Uren
roster-slot = { $shift }: { $have } van { $staff }
roster-away = niet beschikbaar
roster-wish = wens
roster-own-hours = Dienst met eigen tijden
roster-hours-whole = { $number } uur
roster-minutes = { $n ->
    [one] één minuut
   *[other] { $number } minuten
 }
roster-hours-and = { $hours } en { $minutes }
roster-history = Wat er is veranderd
roster-days = { $first } t/m { $last }
roster-change-published = Het rooster is gepubliceerd door { $changer }.
roster-change-on = { $person } staat nu op { $shift }.
roster-change-off = { $person } staat niet meer op { $shift }.
roster-change-away = { $person } is niet beschikbaar en staat niet meer op { $shift }.
roster-change-staff = Nodig op { $shift }:

# wat er niet klopt
roster-found-forbidden = Dit mag niet
roster-found-shorts = Hier is te weinig bezetting
roster-found-notes = Goed om te weten
roster-found-none = Dit rooster klopt: alle diensten zijn bezet en alles mag.
roster-found-rest = { $n ->
    [one] En nog één punt.
   *[other] En nog { $number } punten.
 }
roster-found-unable = { $name } kan niet op { $shift }. { $why }
roster-found-unlawful = { $name }: { $why }
roster-found-over = Op { $shift } staan er { $n } te veel.
roster-found-not-fixed = { $name } was met de hand gezet op { $shift }, maar staat er niet.
roster-found-short = { $shift }: nog { $n } nodig.
roster-found-skill = { $shift }: nog { $n } nodig met { $skill }.
roster-found-more = { $name } werkt { $by } meer dan het contract ({ $target }).
roster-found-less = { $name } werkt { $by } minder dan het contract ({ $target }).
roster-found-wish-free = De wens van { $name } om { $day } vrij te zijn, gaat niet door.
roster-found-wish-shift = De wens van { $name } voor { $kind } op { $day } gaat niet door.

# een dienst
roster-staffing = { $have } van { $staff } plekken bezet.
roster-asks-domain = Iedereen heeft een akte voor domein { $domain } nodig.
roster-asks-all = Iedereen heeft nodig: { $skill }.
roster-asks-some = Minstens { $n } met { $skill }.
roster-on = Op deze dienst
roster-nobody = Nog niemand.
roster-by-hand = Met de hand gezet. Regie laat dit zo.
roster-free = Laat Regie kiezen
roster-take = Haal eraf
roster-replace = Vervang
roster-in-place-of = In plaats van
roster-can = Wie kan
roster-can-nobody = Niemand kan deze dienst werken. Hieronder staat waarom.
roster-can-hours = Komt dan op { $hours } van { $target } uur.
roster-can-burden = { $what }: { $n } (eerlijk deel { $fair }).
roster-can-wish = Wilde die dag vrij zijn.
roster-can-lacking = Dan mist op de dienst: { $skill }.
roster-cannot-title = Wie niet kan, en waarom
roster-why = Waarom
roster-do = Doen
roster-put = Zet erop
roster-full-hint = Deze dienst is vol. Vervang iemand, of verander hoeveel mensen er nodig zijn.
roster-is-full = vol
roster-full = Deze dienst is vol. Vervang iemand, of verander hoeveel mensen er nodig zijn.
roster-cannot = { $name } kan deze dienst niet werken. { $why }
roster-cannot-deed = Heeft op die dag geen geldige akte.
roster-cannot-domain = De akte is voor een ander domein.
roster-cannot-territory = De akte geldt niet in deze gemeente.
roster-cannot-agreement = Is in dienst bij een andere gemeente, en er is op die dag geen afspraak om te lenen.
roster-cannot-absent = Is dan niet beschikbaar.
roster-cannot-on-it = Staat al op deze dienst.
roster-cannot-training = Mist: { $skill }.
roster-cannot-training-over = { $skill } is verlopen op { $day }.
roster-training = permanente her- en bijscholing
roster-reason = Reden
roster-reason-hint = Nodig als het rooster is gepubliceerd, of als u tegen een wens ingaat.
roster-reason-missing = Schrijf op waarom u dit verandert. Het rooster is al gepubliceerd.
roster-reason-long = Houd de reden korter: hoogstens { $most } tekens.
roster-wish-reason = { $name } vroeg om een vrije dag. Schrijf op waarom het toch nodig is.
roster-staff = Hoeveel handhavers nodig
roster-staff-change = Verander hoeveel mensen nodig zijn
roster-staff-wrong = Vul een aantal in van { $least } tot en met { $most }.

# Arbeidstijdenwet
roster-about = Het gaat om { $first } en { $last }.
roster-about-one = Het gaat om { $shift }.
roster-before = een dienst vóór dit rooster
roster-after = een dienst na dit rooster
roster-law-doubt = Over de uitleg van deze regel bestaat twijfel. Regie neemt de strenge uitleg.
roster-law-overlap = Twee diensten op dezelfde tijd: { $found } overlap.
roster-law-daily-rest = Te weinig dagelijkse rust: { $found }. Er moet { $limit } rust zijn.
roster-law-weekly-rest = Te weinig wekelijkse rust: { $found } achter elkaar. Er moet { $limit } zijn.
roster-law-break = Te weinig pauze: { $found }. Bij zo'n lange dienst hoort { $limit }.
roster-law-shift-hours = Te lange dienst: { $found } werk. Het mag { $limit } zijn.
roster-law-week-hours = Te veel uren in één week: { $found }. Het mag { $limit } zijn.
roster-law-average-hours = Te veel uren gemiddeld per week over { $weeks } weken: { $found }. Het mag { $limit } zijn.
roster-law-night-hours = Te veel werk in een nachtdienst: { $found }. Het mag { $limit } zijn.
roster-law-long-night-rest = Te weinig rust na een lange nachtdienst: { $found }. Er moet { $limit } zijn.
roster-law-late-night-rest = Te weinig rust na een nachtdienst die laat eindigt: { $found }. Er moet { $limit } zijn.
roster-law-night-row-rest = Te weinig rust na een reeks nachtdiensten: { $found }. Er moet { $limit } zijn.
roster-law-row-with-night = Te veel diensten achter elkaar met een nachtdienst erbij: { $found }. Het mogen er { $limit } zijn.
roster-law-night-average = Te veel uren gemiddeld per week voor iemand met veel nachtdiensten: { $found }. Het mag { $limit } zijn.
roster-law-late-nights = Te veel nachtdiensten die laat eindigen: { $found } in { $weeks } weken. Het mogen er { $limit } zijn.
roster-law-night-time = Te veel uren tussen middernacht en 6 uur: { $found } in { $weeks } weken. Het mag { $limit } zijn.
roster-law-sunday-work = Werk op zondag is niet afgesproken.
roster-law-free-sundays = Te weinig vrije zondagen in een jaar: { $found }. Het moeten er { $limit } zijn.
roster-law-youth-night = Nachtwerk onder de 18 jaar: { $found }. Dat mag niet.

# eerlijk verdelen
roster-fairness = Verdeling
roster-fairness-lead = Hoe uren, avonden, nachten en weekenden zijn verdeeld in { $roster }. Iedereen van het team ziet dit.
roster-fairness-table = Diensten per handhaver, en tussen haakjes het eerlijke deel
roster-fairness-note = Het eerlijke deel volgt de contracturen, zonder verlof. Wie eerder meer had dan zijn deel, heeft nu minder te doen.
roster-fairness-chart = Avond-, nacht- en weekenddiensten
roster-fairness-unit = per 100 uur contract
roster-fairness-chart-desc = Hoeveel avonden, nachten en weekenddiensten elke handhaver heeft per 100 uur contract in dit rooster.
roster-hours-of = Uren / contract
roster-evenings = Avonden
roster-nights = Nachten
roster-weekends = Weekend
roster-wishes = Wensen vervuld

# handhavers
roster-warn-title = Dit vraagt aandacht
roster-warn-deed = De akte van { $name } loopt af op { $day }.
roster-warn-training = De opleiding van { $name } is geldig tot en met { $day }.
roster-warn-skill = { $skill } van { $name } is geldig tot en met { $day }.
roster-warn-loan = De afspraak { $agreement } om { $name } te lenen loopt af op { $day }.
roster-warn-no-deed = { $name } heeft geen geldige akte.
roster-warn-profile = Van { $name } zijn nog geen team en uren ingevuld.
roster-profile = Voor het rooster
roster-deed = Akte
roster-deeds = Akten
roster-no-deed = Geen geldige akte.
roster-no-deeds = Nog geen akte vastgelegd.
roster-deed-until = { $number }, t/m { $day }
roster-deed-line = Domein { $domain }, in { $territory }, van { $from } t/m { $until }
roster-deed-later = later
roster-deed-ended = afgelopen
roster-deed-untrained = opleiding verlopen
roster-deed-valid = geldig
roster-not-filled = niet ingevuld
roster-contract = Contracturen per week
roster-contract-hint = Bijvoorbeeld 36 of 28,8.
roster-hours-wrong = Vul de contracturen per week in, van 0 tot en met { $most }.
roster-employer = In dienst bij
roster-employer-wrong = Kies een gemeente uit de lijst.
roster-skills = Vaardigheden
roster-skill-until = Geldig t/m (leeg: altijd)
roster-skill-wrong = Kies vaardigheden uit de lijst, met een dag of zonder.
roster-conditions = Afspraken over werktijden
roster-conditions-hint = Vink alleen aan wat echt is afgesproken. De Arbeidstijdenwet hangt ervan af.
roster-condition-short-rest = Kortere rust, één keer per week, is nodig voor het werk (ATW art. 5:3)
roster-condition-collective = De cao staat toe wat de wet aan de cao overlaat
roster-condition-sunday-work = Werk op zondag is afgesproken (ATW art. 5:6)
roster-condition-few-sundays = Minder dan 13 vrije zondagen per jaar is afgesproken (ATW art. 5:6)
roster-cap = Grens aan nachtwerk
roster-cap-count = Aantal nachtdiensten in 16 weken
roster-cap-collective-count = Aantal nachtdiensten in 52 weken, volgens de cao
roster-cap-collective-hours = Uren tussen middernacht en 6 uur in 2 weken, volgens de cao
roster-night-cap-missing = Kies een grens aan nachtwerk.
roster-adult = Eerste dag als 18-jarige
roster-adult-hint = Alleen invullen voor wie nog geen 18 is. Regie bewaart geen geboortedatum.
roster-adult-wrong = Vul een dag in, of laat het veld leeg.
roster-is-planned = Doet mee in het rooster
roster-loans = Lenen aan andere gemeenten
roster-loans-lead = Een andere gemeente kan deze handhaver lenen als er een afspraak is en de akte daar geldt.
roster-loan-line = { $place }, afspraak { $agreement }, van { $from } t/m { $until }
roster-loan-new = Afspraak toevoegen
roster-loan-end = Eindigt vandaag
roster-borrower = Gemeente die leent
roster-borrower-wrong = Kies een andere gemeente dan de werkgever.
roster-agreement = Nummer van de afspraak
roster-agreement-missing = Vul het nummer van de afspraak in.
roster-from = Van
roster-until = Tot en met
roster-until-hint = Leeg: één dag.
roster-day-missing = Vul een dag in.
roster-day-past = Deze dag is al voorbij. Kies een latere dag.
roster-last-day-wrong = Vul een laatste dag in die niet vóór de eerste ligt.
roster-days-many = Vraag hoogstens { $most } dagen tegelijk.

# verzoeken
roster-nothing-waits = Er wacht niets.
roster-leave-waiting = Verlof dat op u wacht
roster-leave-granted = Verlof dat is toegekend
roster-leave-shifts = { $name } heeft in die dagen nog { $n } gepubliceerde diensten. Zet daar eerst iemand anders op.
roster-grant = Ken toe
roster-refuse = Wijs af
roster-approve = Ga akkoord
roster-refusal = Reden bij afwijzen
roster-refusal-missing = Schrijf op waarom u het afwijst.
roster-swaps-waiting = Ruilen die op u wachten
roster-swap-checked = Beide handhavers zeggen ja. Bevoegdheid, opleiding en Arbeidstijdenwet zijn gecontroleerd en worden bij akkoord nog eens gecontroleerd.
roster-away-title = Niet beschikbaar
roster-away-lead = Meldt iemand zich af? Vul alleen de dagen in. De reden hoort hier niet. De handhaver gaat van de diensten af en u ziet meteen wie kan invallen.
roster-away-save = Meld niet beschikbaar
roster-back = Weer beschikbaar
roster-choose = Kies een handhaver
roster-officer-missing = Kies een handhaver.
roster-kind-missing = Kies wat u vraagt.
roster-kind-leave = verlof
roster-kind-free = graag vrij
roster-kind-shift = graag een soort dienst
roster-kind-away = niet beschikbaar
roster-shift-kind-missing = Kies welke dienst u graag werkt.
roster-ask = Verstuur
roster-ask-what = Wat vraagt u?
roster-ask-shift = Welke dienst
roster-ask-shift-hint = Alleen bij een wens voor een soort dienst.
roster-ask-wish = staat genoteerd
roster-ask-asked = wacht op de coördinator
roster-ask-granted = toegekend
roster-ask-refused = afgewezen
roster-ask-withdrawn = ingetrokken
roster-withdraw = Trek in
roster-withdraw-late = Dit kunt u niet meer intrekken. Overleg met de coördinator.

# mijn rooster
roster-my-shifts = Mijn diensten
roster-my-later = Latere diensten
roster-my-none = U hebt nog geen diensten.
roster-my-requests = Verlof en wensen
roster-my-powers = Mijn akte en opleiding
roster-powers = { $number }: domein { $domain }, in { $territory }, geldig t/m { $until }.
roster-training-until = Opleiding geldig t/m { $day }.
roster-training-unknown = Er is geen geldige opleiding vastgelegd.
roster-team-rosters = Roosters van het team:
roster-changed = Er is iets veranderd
roster-away-mine = Ik kan niet komen
roster-away-mine-lead = Vul alleen de dagen in, geen reden. U gaat meteen van uw diensten af. Bel ook de coördinator als het vandaag is.
roster-feed = In uw agenda
roster-feed-lead = Met een geheim adres leest uw agenda uw diensten. Geef het adres aan niemand.
roster-feed-address = Adres voor uw agenda
roster-feed-make = Maak een adres
roster-feed-renew = Maak een nieuw adres
roster-feed-stop = Stop ermee
roster-feed-name = Mijn diensten
roster-feed-base = Vertrekpunt: { $base }

# ruilen
roster-swap = Ruilen
roster-swaps = Ruilen
roster-swap-lead = Deze collega's mogen de dienst overnemen. Daarna zegt de collega ja of nee, en dan de coördinator.
roster-swap-nobody = Niemand kan ruilen
roster-swap-nobody-text = Geen collega mag deze dienst overnemen. Overleg met de coördinator.
roster-swap-give = Vraag om over te nemen
roster-swap-against = Ruil tegen een dienst
roster-swap-late = Deze dienst kunt u niet meer ruilen.
roster-swap-waits = U hebt deze dienst al aangeboden. Trek dat aanbod eerst in.
roster-swap-cannot = Deze ruil kan niet. { $why }
roster-swap-not = Voor een van u beiden mag het niet. De coördinator ziet waarom.
roster-swap-giver = Wie aanbiedt: { $why }
roster-swap-taker = Wie overneemt: { $why }
roster-swap-lacking = Op { $shift } mist dan { $skill }.
roster-swap-gift = { $officer } wil { $shift } aan { $other } geven.
roster-swap-both = { $officer } wil { $shift } ruilen met { $other }, tegen { $back }.
roster-swap-reason = Geruild
roster-swap-yes = Ja, ik doe het
roster-swap-no = Nee
roster-swap-state-offered = De collega heeft nog niet geantwoord.
roster-swap-state-accepted = De collega zegt ja. De coördinator beslist nog.
roster-swap-state-approved = Gedaan.
roster-swap-state-declined = De collega zegt nee.
roster-swap-state-refused = De coördinator zegt nee.
roster-swap-state-withdrawn = Ingetrokken.

# mail
roster-mail-hello = Beste { $name },
roster-mail-changed = Uw rooster is veranderd
roster-mail-on = U staat nu op: { $shift }
roster-mail-off = U staat niet meer op: { $shift }
roster-mail-published = Uw rooster vanaf { $day } staat klaar
roster-mail-leave = Uw verlof
roster-mail-granted = Uw verlof van { $first } t/m { $last } is toegekend.
roster-mail-refused = Uw verlof van { $first } t/m { $last } is afgewezen. Reden: { $why }
roster-mail-swap = Ruilen van een dienst
roster-mail-swap-offered = { $officer } vraagt of { $other } deze dienst overneemt: { $shift }. Antwoord op uw eigen pagina.
roster-mail-swap-accepted = { $other } zegt ja tegen de ruil van { $shift }. De coördinator beslist nog.
roster-mail-swap-declined = { $other } zegt nee tegen de ruil van { $shift }.
roster-mail-swap-refused = De coördinator gaat niet akkoord met de ruil van { $shift }.
roster-mail-swap-withdrawn = { $officer } heeft de ruil van { $shift } ingetrokken.

# Wat bekend is van een handhaver, voor een verzoek om inzage.
roster-subject-contract = Team { $team }, contract van { $hours } per week.
roster-subject-employer = In dienst bij { $employer }.
roster-subject-adult = Wordt 18 op { $day }.
roster-subject-skill = { $skill }, geldig tot en met { $day }
roster-subject-loan = Aan { $borrower }, overeenkomst { $agreement }, van { $first } tot en met { $last }
roster-subject-feed = U hebt een geheim agenda-adres sinds { $day }.
