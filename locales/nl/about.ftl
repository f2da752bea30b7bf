# De pagina's onderaan elke pagina.
# dynamic: about-site-*
# dynamic: about-privacy-*
# dynamic: about-accessibility-*
about-contact = Contact
about-organisation = Organisatie
about-email = E-mail
about-phone = Telefoon
about-site-title = Over deze website
about-site-lead = Hier werken inwoners en gemeente { $municipality } samen aan een veilige en prettige buurt.
about-site-what-title = Wat kunt u hier?
about-site-what-text = U kunt overlast of een onveilige plek melden en volgen wat we ermee doen. Medewerkers behandelen de meldingen, plannen rondes en leggen verantwoording af aan de gemeenteraad.
about-site-open-title = Open software
about-site-open-text = Deze website draait op Regie. Dat is open software onder de licentie EUPL-1.2. Iedereen mag de werking bekijken en controleren.
about-privacy-title = Privacy
about-privacy-lead = Gemeente { $municipality } gebruikt alleen gegevens die nodig zijn om uw melding te behandelen.
about-privacy-what-title = Welke gegevens?
about-privacy-what-text = Uw melding, de plek, het tijdstip en een foto als u die meestuurt. Uw naam, e-mailadres en telefoonnummer zijn niet verplicht. Uit een foto halen we de verborgen gegevens weg, zoals de plek waar de foto is gemaakt. We plaatsen alleen cookies die nodig zijn om de website te laten werken.
about-privacy-why-title = Waarom mag dat?
about-privacy-why-text = De gemeente heeft een taak van algemeen belang: zorgen voor een schone, hele en veilige openbare ruimte (AVG artikel 6, lid 1, onder e).
about-privacy-who-title = Wie ziet mijn gegevens?
about-privacy-who-text = Alleen medewerkers die uw melding behandelen. Over wie u meldt, ziet nooit wie u bent. Deze website maakt geen score van personen, adressen of gezinnen. We tellen alleen per gebied en per tijd.
about-privacy-rights-title = Uw rechten
about-privacy-rights-text = U mag uw gegevens inzien, laten verbeteren of laten verwijderen. Neem daarvoor contact op met de gemeente.
about-accessibility-title = Toegankelijkheid
about-accessibility-lead = Gemeente { $municipality } wil dat iedereen deze website kan gebruiken.
about-accessibility-how-title = Wat hebben we gedaan?
about-accessibility-how-text = De website werkt met een toetsenbord, met een schermlezer, op een klein scherm en zonder JavaScript. Bij elke kaart en elke grafiek staan de gegevens ook als tekst of tabel.
about-accessibility-state-title = Hoe staat het ervoor?
about-accessibility-state-text = We toetsen elke pagina automatisch aan WCAG 2.2, niveau A en AA. Een onafhankelijk onderzoek door mensen is nog niet gedaan.
about-accessibility-help-title = Lukt het niet?
about-accessibility-help-text = Laat het ons weten. We helpen u en we lossen het probleem op.
