# Contact met de melder: berichten, vragen, tevredenheid, volgen, teksten.
contact-title = Berichten met de melder
contact-none = Er zijn nog geen berichten.
contact-read = Lees het bericht
contact-write = Bericht aan de melder
contact-write-hint = De melder krijgt dit per e-mail en leest het op de statuspagina.
contact-send = Verstuur het bericht
contact-again = Verstuur opnieuw
contact-unsure-hint = De verbinding met de mailserver viel weg tijdens het versturen. Waarschijnlijk is dit bericht aangekomen. Verstuurt u het opnieuw, dan kan de melder het twee keer krijgen.
contact-bad-address = Het laatste bericht is niet aangekomen. Controleer het e-mailadres of bel de melder.
contact-muted = De melder wil geen e-mails over deze melding.
contact-said-title = Wat de melder van het resultaat vindt
contact-said-yes = Tevreden, op { $day }.
contact-said-no = Niet tevreden, op { $day }.
contact-said-reachable = Wij mogen hierover contact opnemen.
contact-rule-no-address = De melder gaf geen e-mailadres. Bel de melder, of schrijf uw toelichting bij de status.
contact-rule-muted = De melder wil geen e-mails over deze melding.
contact-rule-not-unsure = Dit bericht hoeft niet opnieuw: het is verstuurd of het wacht nog.
contact-rule-answered = U hebt deze vraag al beantwoord, of hij is niet meer nodig.
contact-rule-said = U hebt dit al laten weten, of de tijd ervoor is voorbij.
contact-rule-id-taken = Dit id is al van een andere melding. Maak een nieuw id.
# dynamic: contact-state-*
contact-state-waiting = Wacht op verzending
contact-state-sent = Verstuurd
contact-state-failed = Niet verstuurd
contact-state-bounced = Teruggekomen
contact-state-unsure = Onzeker of het aankwam
contact-state-in = Ontvangen
# dynamic: contact-event-*
contact-event-received = Bevestiging van een melding
contact-event-received-enforcement-request = Bevestiging van een verzoek om handhaving
contact-event-received-complaint = Bevestiging van een klacht
contact-event-received-question = Bevestiging van een vraag
contact-event-in-progress = In behandeling
contact-event-planned = Ingepland
contact-event-done = Afgehandeld
contact-event-cancelled = Niet in behandeling
contact-event-forwarded = Doorgestuurd
contact-event-reopened = Opnieuw opgepakt
contact-event-reopen-refused = Niet opnieuw opgepakt
contact-event-asked = Vraag aan de melder
contact-event-reminder = Herinnering aan de vraag
contact-event-free = Los bericht
contact-event-follow-confirm = Volger bevestigt het adres
contact-event-follow-news = Nieuws voor volgers
contact-event-reaction = Antwoord van de melder
contact-words-missing = Schrijf uw antwoord in het vak.
contact-words-long = Maak uw tekst korter: hoogstens { $most } tekens. U hebt er { $have }.
contact-question-title = Wij hebben een vraag aan u
contact-answer = Uw antwoord
contact-answer-hint = Noem geen namen of kentekens van anderen.
contact-answer-photo = Foto's
contact-answer-send = Verstuur uw antwoord
contact-status-asked = Wij stelden een vraag
contact-status-answered = U gaf antwoord
contact-status-written = Wij schreven u
contact-satisfied-title = Bent u tevreden?
contact-satisfied = Bent u tevreden met het resultaat?
contact-satisfied-yes = Ja
contact-satisfied-no = Nee, kijk er nog eens naar
contact-satisfied-missing = Kies ja of nee.
contact-satisfied-send = Verstuur
contact-reason = Wat past het best?
contact-reason-none = Geen keuze
contact-reason-other = Deze reden past niet bij uw antwoord. Kies een andere reden.
contact-why = Vertel waarom
contact-why-hint = Nodig als u niet tevreden bent.
contact-reachable = U mag contact met mij opnemen
contact-mails-title = E-mails over deze melding
contact-mails-on = Wij mailen u als er nieuws is.
contact-mails-off = U krijgt geen e-mails over deze melding. Op deze pagina blijft u alles zien.
contact-mails-stop = Stop de e-mails
contact-mails-start = Stuur mij weer e-mails
contact-follow-title = Volg een melding
contact-follow-lead = Melding { $reference }: { $category }. Wij mailen u als de status verandert.
contact-follow-email = E-mailadres
contact-follow-hint = U krijgt eerst een e-mail waarmee u uw adres bevestigt.
contact-follow-button = Volg deze melding
contact-follow-privacy = Wij gebruiken uw adres alleen hiervoor. Stopt u, of is de melding klaar? Dan halen wij het weg.
contact-follow-sent = Kijk in uw e-mail. Wij stuurden een link naar { $email }. Open die om het volgen te bevestigen.
contact-follow-closed = Deze melding is klaar. Volgen kan niet meer.
contact-email-shape = Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.
contact-followed-confirm = Wilt u melding { $reference } volgen?
contact-followed-now = U volgt melding { $reference }.
contact-followed-ended = U volgt deze melding niet meer.
contact-followed-hidden = Deze melding staat niet meer op de kaart. U krijgt er geen nieuws meer over.
contact-followed-old = Deze link is te oud. Vraag opnieuw om de melding te volgen.
contact-followed-button-confirm = Ja, volg deze melding
contact-followed-button-stop = Stop met volgen
contact-no-answer-note = Wij stelden u een vraag en kregen geen antwoord.
contact-templates-title = Teksten van berichten
contact-templates-lead = Pas de e-mails aan die melders en volgers krijgen. Elke wijziging geldt meteen.
contact-templates-caption = Elk bericht in elke taal
# dynamic: contact-language-*
contact-language-nl = Nederlands
contact-language-en = Engels
contact-template-event = Bericht
contact-template-title = Tekst: { $name }
contact-template-all = Alle categorieën
contact-template-built-in = Standaardtekst
contact-template-own = Eigen tekst
contact-template-standing-own = Dit is de eigen tekst van de gemeente.
contact-template-standing-general = Deze categorie gebruikt de eigen tekst voor alle categorieën.
contact-template-standing-built-in = Dit is de standaardtekst.
contact-template-language = Taal
contact-template-category = Categorie
contact-template-category-hint = Een tekst voor één categorie gaat voor de tekst voor alle categorieën.
contact-template-choose = Kies
contact-template-subject = Onderwerp
contact-template-body = Tekst
contact-template-body-hint = Gewone tekst. Een regel waarvan een variabele leeg is, valt weg.
contact-template-preview = Bekijk een voorbeeld
contact-template-preview-title = Voorbeeld met een verzonnen melding
contact-template-save = Bewaar
contact-template-restore = Terug naar de standaardtekst
contact-template-history = Eerdere teksten
contact-template-history-none = De tekst is nog nooit gewijzigd.
contact-template-changed = Gewijzigd
contact-template-restored = Teruggezet naar de standaardtekst
contact-template-empty = Vul een tekst in.
contact-template-long = Maak de tekst korter: hoogstens { $most } tekens.
contact-template-subject-line = Het onderwerp is één regel.
contact-template-brace = Regel { $line }: een accolade hoort bij een variabele. Schrijf bijvoorbeeld accolade open, $reference, accolade sluiten.
contact-template-unknown = Regel { $line }: de variabele { $name } bestaat niet. Kies er een uit de lijst.
contact-example-note = De container is geleegd. Bedankt voor uw melding.
contact-variables-title = Variabelen
contact-variables-lead = Zet een variabele in de tekst. Wij vullen hem per melding in.
# dynamic: contact-variable-*
contact-variable-reference = Nummer van de melding
contact-variable-category = Categorie van de melding
contact-variable-state = Status in woorden
contact-variable-received = Dag waarop de melding binnenkwam
contact-variable-due = Laatste dag van de termijn; leeg als die er niet is of als de melding klaar is
contact-variable-note = Wat de medewerker schreef, of de vraag
contact-variable-days = Dagen waarin de melder kan laten weten of die tevreden is
contact-variable-link = De pagina van de melder of de volger
contact-variable-municipality = Naam van de gemeente
contact-variable-organisation = Naam van de organisatie
contact-variable-email = E-mailadres van de gemeente
contact-variable-phone = Telefoonnummer van de gemeente
# dynamic: contact-mail-*
contact-mail-received-subject = Uw melding { $reference } is ontvangen
contact-mail-received-body =
    Beste inwoner,

    Bedankt voor uw melding over { $category }.
    Het nummer van uw melding is { $reference }.
    We handelen uw melding af uiterlijk op { $due }.

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
contact-mail-received-enforcement-request-subject = Uw verzoek om handhaving { $reference } is ontvangen
contact-mail-received-enforcement-request-body =
    Beste inwoner,

    Wij ontvingen uw verzoek om handhaving op { $received }. Het nummer is { $reference }.
    Dit is een aanvraag. U krijgt een besluit uiterlijk op { $due }.

    Bekijk hoe het met uw verzoek staat:
    { $link }

    Gemeente { $municipality }
contact-mail-received-complaint-subject = Uw klacht { $reference } is ontvangen
contact-mail-received-complaint-body =
    Beste inwoner,

    Wij ontvingen uw klacht op { $received }. Het nummer is { $reference }.
    Iemand die er niet bij betrokken was, behandelt uw klacht. U krijgt antwoord uiterlijk op { $due }.

    Bekijk hoe het met uw klacht staat:
    { $link }

    Gemeente { $municipality }
contact-mail-received-question-subject = Uw vraag { $reference } is ontvangen
contact-mail-received-question-body =
    Beste inwoner,

    Wij ontvingen uw vraag. Het nummer is { $reference }.
    U krijgt antwoord uiterlijk op { $due }.

    Bekijk hoe het met uw vraag staat:
    { $link }

    Gemeente { $municipality }
contact-mail-in-progress-subject = Nieuws over uw melding { $reference }
contact-mail-in-progress-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }.

    { $note }

    We handelen uw melding af uiterlijk op { $due }.

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
contact-mail-planned-subject = Uw melding { $reference } is ingepland
contact-mail-planned-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }.

    { $note }

    We handelen uw melding af uiterlijk op { $due }.

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
contact-mail-done-subject = Uw melding { $reference } is afgehandeld
contact-mail-done-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }.

    { $note }

    Bent u tevreden? Laat het ons binnen { $days } dagen weten. Is het probleem niet weg? Dan kunt u op dezelfde pagina vragen om er nog eens naar te kijken.
    { $link }

    Gemeente { $municipality }
contact-mail-cancelled-subject = Wij nemen uw melding { $reference } niet in behandeling
contact-mail-cancelled-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }.

    { $note }

    Bekijk uw melding:
    { $link }

    Gemeente { $municipality }
contact-mail-forwarded-subject = Uw melding { $reference } is doorgestuurd
contact-mail-forwarded-body =
    Beste inwoner,

    De status van uw melding { $reference } is nu: { $state }. Een andere organisatie gaat ermee verder.

    { $note }

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
contact-mail-reopened-subject = Wij kijken opnieuw naar uw melding { $reference }
contact-mail-reopened-body =
    Beste inwoner,

    Wij pakken uw melding { $reference } opnieuw op.

    { $note }

    Bekijk hoe het met uw melding staat:
    { $link }

    Gemeente { $municipality }
contact-mail-reopen-refused-subject = Uw vraag over melding { $reference }
contact-mail-reopen-refused-body =
    Beste inwoner,

    U vroeg ons om opnieuw naar uw melding { $reference } te kijken. Dat doen wij niet.

    { $note }

    Bekijk uw melding:
    { $link }

    Gemeente { $municipality }
contact-mail-asked-subject = Een vraag over uw melding { $reference }
contact-mail-asked-body =
    Beste inwoner,

    Wij hebben een vraag over uw melding { $reference }:

    { $note }

    Geef antwoord op deze pagina. U kunt ook deze e-mail beantwoorden.
    { $link }

    Gemeente { $municipality }
contact-mail-reminder-subject = Herinnering: een vraag over uw melding { $reference }
contact-mail-reminder-body =
    Beste inwoner,

    Wij stelden u een vraag over uw melding { $reference } en kregen nog geen antwoord:

    { $note }

    Geef antwoord op deze pagina. U kunt ook deze e-mail beantwoorden.
    { $link }

    Gemeente { $municipality }
contact-mail-free-subject = Bericht over uw melding { $reference }
contact-mail-free-body =
    Beste inwoner,

    { $note }

    Bekijk uw melding { $reference }:
    { $link }

    Gemeente { $municipality }
contact-mail-follow-confirm-subject = Wilt u melding { $reference } volgen?
contact-mail-follow-confirm-body =
    Beste inwoner,

    Iemand vulde uw e-mailadres in om melding { $reference } over { $category } te volgen. Was u dat? Bevestig het dan op deze pagina:
    { $link }

    Was u het niet? Dan hoeft u niets te doen. U krijgt dan geen e-mails.

    Gemeente { $municipality }
contact-mail-follow-news-subject = Nieuws over melding { $reference }
contact-mail-follow-news-body =
    Beste inwoner,

    De status van melding { $reference } over { $category } is nu: { $state }.

    Wilt u geen e-mails meer over deze melding? Stop dan op deze pagina:
    { $link }

    Gemeente { $municipality }
