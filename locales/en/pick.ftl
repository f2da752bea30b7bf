# Choosing a place in a form of staff.
pick-legend = Where is it?
pick-hint = Point at the place on the map. Click once to come nearer, and once more to choose the exact place. Or fill in an address or a neighbourhood.
pick-point = The place is chosen.
pick-point-in = The place is chosen, in the neighbourhood { $area }.
pick-here = I am there now
pick-here-busy = We are looking for your place.
pick-here-failed = We cannot find your place. Choose it on the map, or fill in an address.
pick-outside = This place lies outside the municipality. Choose a place inside it.
pick-map = Map: click on the place
pick-whole = Whole map
pick-clear = Take the place away
pick-address = Address
pick-address-hint = Street and number, or only the street.
pick-address-unknown = We do not know this address. Choose a neighbourhood or point at the place on the map.
pick-area = Neighbourhood
pick-no-area = No neighbourhood chosen
pick-missing = Choose a place on the map, or fill in an address or neighbourhood.
