//! Facts about Heemskerk: the 38 CBS neighbourhoods of 2025 (code, name), a disk that lies within
//! each of them, and an estimate of the inhabitants rounded to 50 (own estimate from postcode
//! areas, not a CBS figure). Street names are for colour: some exist, some could; none stands for
//! a dwelling.

use crate::setting::HoodKind::{self, Centre, Dunes, Industrial, Residential, Station};

/// Code after `BU0396`, name, longitude, latitude, radius in metres, inhabitants, kind, streets.
pub(crate) type Row = (&'static str, &'static str, f64, f64, f64, f64, HoodKind, &'static [&'static str]);

#[rustfmt::skip]
pub(crate) const HEEMSKERK: [Row; 38] = [
    ("0100", "Centrum", 4.6718, 52.5109, 290.0, 2050.0, Centre, &["Maerten van Heemskerckplein", "Burgemeester Nielenplein", "Kerkweg", "Deutzstraat", "Gerrit van Assendelftstraat", "Raadhuisstraat", "Marktstraat"]),
    ("0101", "Zaalbergkwartier", 4.6722, 52.5079, 70.0, 150.0, Residential, &["Zaalbergstraat", "J.W. van Veenstraat", "Breedslaglaan"]),
    ("0200", "Commandeurs", 4.6570, 52.5100, 270.0, 2250.0, Residential, &["Commandeurslaan", "Willem Barentszstraat", "Abel Tasmanstraat", "Tromplaan", "Piet Heinstraat"]),
    ("0201", "Eikenhof", 4.6527, 52.5169, 40.0, 50.0, Residential, &["Eikenhof", "Rijksstraatweg"]),
    ("0202", "Landgoed Marquette", 4.6651, 52.5193, 400.0, 550.0, Residential, &["Marquettelaan", "Rijksstraatweg", "Oudendijk"]),
    ("0300", "Oud Haarlem", 4.6892, 52.5039, 540.0, 1900.0, Residential, &["Tolweg", "Laan van Assumburg", "Oud Haarlemlaan", "Slotlaan", "Communicatieweg"]),
    ("0301", "Harteheem", 4.6799, 52.5027, 120.0, 350.0, Residential, &["Hartehemlaan", "Lessestraat", "Tolweg"]),
    ("0302", "Oosterwijk", 4.6764, 52.4967, 130.0, 1250.0, Residential, &["Oosterwijklaan", "Jan Ligthartstraat", "Spoorsingel"]),
    ("0303", "Zuidbroek", 4.6818, 52.4980, 290.0, 3800.0, Station, &["Stationslaan", "Euratomlaan", "Spaarnelaan", "Zuidbroeklaan", "Maaslaan", "Waalstraat"]),
    ("0400", "De Houtwegen", 4.6528, 52.5024, 210.0, 850.0, Industrial, &["De Houtwegen", "Kleine Houtweg", "Rijksstraatweg"]),
    ("0401", "Industriegebied", 4.6155, 52.4981, 250.0, 0.0, Industrial, &["Zeestraat", "Hoogovenweg"]),
    ("0402", "Heemskerkerduin", 4.6387, 52.5057, 830.0, 400.0, Dunes, &["Hogeweg", "Duinweg", "Kruisbergweg", "Strengweg"]),
    ("0403", "Noorddorp", 4.6568, 52.5253, 480.0, 150.0, Residential, &["Noorddorperweg", "Rijksstraatweg", "Hogedijk"]),
    ("0404", "Westertuinen", 4.6550, 52.4996, 130.0, 500.0, Residential, &["Westertuinenlaan", "Tuinderspad"]),
    ("0408", "Business park Ijmond", 4.6204, 52.5014, 190.0, 0.0, Industrial, &["Businesslaan", "Zeestraat"]),
    ("0409", "Duingebied", 4.6153, 52.5178, 1320.0, 0.0, Dunes, &["Duinpad", "Kruisbergweg", "Geversweg"]),
    ("0500", "Poelenburg", 4.6804, 52.5117, 170.0, 800.0, Residential, &["Poelenburglaan", "Starweg", "Lindelaan"]),
    ("0501", "Oosterzij", 4.6729, 52.5148, 210.0, 1150.0, Residential, &["Mozartstraat", "Beethovenstraat", "Chopinstraat", "Ruysdaelstraat"]),
    ("0502", "Neksloot", 4.6785, 52.5144, 160.0, 950.0, Residential, &["Neksloot", "Rembrandtlaan", "Frans Halsstraat"]),
    ("0503", "Steenstrapark", 4.6737, 52.5187, 150.0, 1000.0, Residential, &["Steenstralaan", "Haydnstraat", "Bachstraat"]),
    ("0600", "De Maer", 4.6817, 52.5180, 270.0, 1550.0, Residential, &["Maerelaan", "De Zevenhoeven", "Aletta Jacobsstraat", "Professor ten Doesschatestraat"]),
    ("0601", "De Die", 4.6871, 52.5128, 320.0, 2000.0, Residential, &["Beneluxlaan", "Duitslandlaan", "Luxemburglaan", "Denemarkenstraat", "Europaplein"]),
    ("0602", "Rendorppark", 4.6777, 52.5208, 160.0, 600.0, Residential, &["Rendorplaan", "Breedweerlaan"]),
    ("0603", "Breedweer", 4.6877, 52.5201, 270.0, 1750.0, Residential, &["Breedweerlaan", "Noordermaatweg", "Weg Acker", "Kaagstraat", "Korenlaan"]),
    ("0604", "Tolhek", 4.6920, 52.5092, 120.0, 250.0, Residential, &["Tolhekstraat", "Tolweg"]),
    ("0605", "De Trompet", 4.6998, 52.5057, 230.0, 50.0, Industrial, &["De Trompet", "Communicatieweg"]),
    ("0607", "Noorderveld", 4.6732, 52.5259, 460.0, 100.0, Residential, &["Noordermaatweg", "Noorderveldweg"]),
    ("0700", "Onderwijzersbuurt", 4.6640, 52.5099, 220.0, 1050.0, Residential, &["Jan van Kuikweg", "Theo Thijssenstraat", "Montessoristraat", "Kerkweg"]),
    ("0701", "Villabuurt", 4.6646, 52.5131, 190.0, 850.0, Residential, &["Marquettelaan", "Kastanjelaan", "Beukenlaan"]),
    ("0702", "Beijnesbuurt", 4.6681, 52.5072, 210.0, 950.0, Residential, &["Maerten van Heemskerckstraat", "Karshoffstraat", "Beijneslaan"]),
    ("0800", "Slotherenbuurt", 4.6814, 52.5081, 270.0, 1950.0, Residential, &["Slotherenlaan", "Jan van Polanenstraat", "Simon van Haerlemstraat", "Vrijburglaan"]),
    ("0801", "Verzetstrijdersbuurt", 4.6747, 52.5065, 180.0, 1200.0, Residential, &["Linthorst Homanstraat", "Hannie Schaftstraat", "Vrijheidslaan"]),
    ("0802", "Beijerlust", 4.6759, 52.5039, 160.0, 800.0, Residential, &["Beijerlustlaan", "Jan Ligthartstraat", "Plataanplein"]),
    ("0900", "Hoogdorp", 4.6729, 52.5004, 310.0, 2000.0, Residential, &["Hoogdorperweg", "Jan van Kuikweg", "Bilderdijkstraat", "Vondelstraat", "Coornhertstraat"]),
    ("0901", "Waterakkers", 4.6598, 52.5036, 390.0, 3250.0, Residential, &["Waterakkersingel", "Rietgorslaan", "Kluutpad", "Zilvermeeuwlaan", "Rietlaan", "Lisdoddestraat"]),
    ("1001", "De Citadel", 4.6913, 52.4942, 340.0, 1550.0, Centre, &["Citadelpassage", "Vestinglaan", "Bastionstraat", "Broekpolderlaan", "Ravelijnstraat"]),
    ("1002", "De Wadden", 4.6960, 52.4993, 220.0, 1100.0, Residential, &["Waddenlaan", "Texelstraat", "Vlielandstraat", "Schorpad"]),
    ("1100", "Landelijk gebied", 4.7058, 52.4944, 620.0, 100.0, Residential, &["Communicatieweg", "Groenelaan", "Broekweg"]),
];
