# Een plek kiezen in een formulier van medewerkers.
pick-legend = Waar is het?
pick-hint = Wijs de plek aan op de kaart. Klik één keer om dichterbij te komen, en nog een keer om de plek precies te kiezen. Of vul een adres of buurt in.
pick-point = De plek is gekozen.
pick-point-in = De plek is gekozen, in de buurt { $area }.
pick-here = Ik ben er nu
pick-here-busy = We zoeken uw plek.
pick-here-failed = We kunnen uw plek niet vinden. Kies de plek op de kaart, of vul een adres in.
pick-outside = Deze plek ligt buiten de gemeente. Kies een plek in de gemeente.
pick-map = Kaart: klik op de plek
pick-whole = Hele kaart
pick-clear = Plek weghalen
pick-address = Adres
pick-address-hint = Straat en huisnummer, of alleen de straat.
pick-address-unknown = Dit adres kennen we niet. Kies een buurt of wijs de plek aan op de kaart.
pick-area = Buurt
pick-no-area = Geen buurt gekozen
pick-missing = Kies een plek op de kaart, of vul een adres of buurt in.
