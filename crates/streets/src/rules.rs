//! Who may go along a street, which way, read from its OpenStreetMap tags, with the defaults of the Netherlands.
//!
//! Source: OpenStreetMap wiki, "OSM tags for routing/Access restrictions" (Netherlands), Key:access, Key:oneway,
//! Key:barrier. The tag of one way of travel goes before the general one (`bicycle` before `vehicle` before `access`);
//! a general tag closes a street, but does not open one for which it was not made: `access=yes` brings no car onto a
//! footpath.

/// How somebody gets about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Walking.
    Foot,
    /// By bicycle.
    Bicycle,
    /// By car.
    Car,
}

impl Mode {
    /// Every way of getting about.
    pub const ALL: [Self; 3] = [Self::Foot, Self::Bicycle, Self::Car];

    /// Its bits in [`Rule::allowed`]: along the street as drawn, and against it. Walking knows no one-way street.
    pub(crate) fn bits(self) -> (u8, u8) {
        match self {
            Self::Foot => (FOOT, FOOT),
            Self::Bicycle => (BICYCLE_ON, BICYCLE_BACK),
            Self::Car => (CAR_ON, CAR_BACK),
        }
    }
}

const FOOT: u8 = 1;
const BICYCLE_ON: u8 = 2;
const BICYCLE_BACK: u8 = 4;
const CAR_ON: u8 = 8;
const CAR_BACK: u8 = 16;
const BICYCLE: u8 = BICYCLE_ON | BICYCLE_BACK;
const CAR: u8 = CAR_ON | CAR_BACK;

kit::text_enum! {
    /// Kind of street: the values of the tag `highway` that are known here.
    pub enum Class {
        /// Motorway.
        Motorway = "motorway",
        /// Slip road of a motorway.
        MotorwayLink = "motorway_link",
        /// Road for motor vehicles.
        Trunk = "trunk",
        /// Its slip road.
        TrunkLink = "trunk_link",
        /// Main road between regions.
        Primary = "primary",
        /// Its slip road.
        PrimaryLink = "primary_link",
        /// Main road.
        Secondary = "secondary",
        /// Its slip road.
        SecondaryLink = "secondary_link",
        /// Through road of a town.
        Tertiary = "tertiary",
        /// Its slip road.
        TertiaryLink = "tertiary_link",
        /// Smallest through road, or a road of unknown kind.
        Unclassified = "unclassified",
        /// Street with dwellings.
        Residential = "residential",
        /// Home zone (`woonerf`).
        LivingStreet = "living_street",
        /// Way to a car park, a yard, an alley behind dwellings.
        Service = "service",
        /// Unpaved way of farmers and foresters.
        Track = "track",
        /// Square or shopping street for people on foot.
        Pedestrian = "pedestrian",
        /// Footpath.
        Footway = "footway",
        /// Cycle path.
        Cycleway = "cycleway",
        /// Path for all who are not in a car.
        Path = "path",
        /// Path for riders.
        Bridleway = "bridleway",
        /// Stairs.
        Steps = "steps",
        /// Passage through a building, platform, lift.
        Indoors = "corridor",
    }
}

impl Class {
    /// Whether a car may be met there, so that its speed must be known.
    pub(crate) fn is_driven(self) -> bool {
        !matches!(
            self,
            Self::Pedestrian | Self::Footway | Self::Cycleway | Self::Bridleway | Self::Steps | Self::Indoors
        )
    }

    fn of(highway: &str) -> Option<Self> {
        match highway {
            "road" => Some(Self::Unclassified),
            "platform" | "elevator" => Some(Self::Indoors),
            other => other.parse().ok(),
        }
    }

    /// Who may use it when no tag says anything.
    fn usual(self) -> u8 {
        match self {
            Self::Motorway | Self::MotorwayLink | Self::Trunk | Self::TrunkLink => CAR,
            Self::Pedestrian | Self::Footway | Self::Steps | Self::Indoors => FOOT,
            Self::Cycleway | Self::Path | Self::Track => FOOT | BICYCLE,
            Self::Bridleway => 0,
            _ => FOOT | BICYCLE | CAR,
        }
    }
}

/// What a street is, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its kind.
    pub class: Class,
    /// Bits of who may go which way.
    pub allowed: u8,
    /// The speed limit in km/h; 0: not given.
    pub limit: u8,
}

/// The tags of a way or a node.
pub(crate) struct Tags<'a>(pub Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }

    /// The first of these keys that opens or closes.
    fn says(&self, keys: &[&str]) -> Option<bool> {
        keys.iter().find_map(|key| self.get(key).and_then(opens))
    }
}

fn opens(value: &str) -> Option<bool> {
    match value {
        "yes" | "designated" | "permissive" | "destination" | "customers" | "official" | "public" | "discouraged" => {
            Some(true)
        }
        "no" | "private" | "use_sidepath" | "dismount" | "agricultural" | "forestry" | "delivery" | "permit"
        | "military" | "emergency" | "restricted" => Some(false),
        _ => None,
    }
}

/// What a way with these tags is; `None`: no street, or none that is there yet.
pub(crate) fn street(tags: &Tags<'_>) -> Option<Rule> {
    let class = Class::of(tags.get("highway")?)?;
    let closed = |keys: &[&str]| tags.says(keys) == Some(false);
    let mut allowed = class.usual();
    if tags.get("motorroad") == Some("yes") {
        allowed &= CAR;
    }
    for (bits, own, general) in [
        (FOOT, &["foot"][..], &["access"][..]),
        (BICYCLE, &["bicycle"], &["vehicle", "access"]),
        (CAR, &["motorcar", "motor_vehicle"], &["vehicle", "access"]),
    ] {
        match tags.says(own) {
            Some(true) if bits != CAR || class.is_driven() => allowed |= bits,
            Some(false) => allowed &= !bits,
            _ if closed(general) => allowed &= !bits,
            _ => {}
        }
    }
    let one_way = one_way(tags, class);
    allowed &= one_way.map_or(!0, |on| !if on { CAR_BACK } else { CAR_ON });
    allowed &= bicycle_one_way(tags, one_way).map_or(!0, |on| !if on { BICYCLE_BACK } else { BICYCLE_ON });
    Some(Rule { class, allowed, limit: tags.get("maxspeed").map_or(0, limit) })
}

/// Which way vehicles go; `None`: both.
fn one_way(tags: &Tags<'_>, class: Class) -> Option<bool> {
    match tags.get("oneway") {
        Some("yes" | "true" | "1") => Some(true),
        Some("-1" | "reverse") => Some(false),
        Some(_) => None,
        None => (class == Class::Motorway || matches!(tags.get("junction"), Some("roundabout" | "circular")))
            .then_some(true),
    }
}

/// Which way bicycles go: most one-way streets are not for them.
fn bicycle_one_way(tags: &Tags<'_>, vehicles: Option<bool>) -> Option<bool> {
    match tags.get("oneway:bicycle") {
        Some("no") => return None,
        Some("yes" | "1") => return Some(true),
        Some("-1") => return Some(false),
        _ => {}
    }
    let sides = ["cycleway", "cycleway:left", "cycleway:right", "cycleway:both"];
    let against = sides.iter().any(|key| tags.get(key).is_some_and(|v| v.starts_with("opposite")))
        || ["cycleway:left:oneway", "cycleway:right:oneway"].iter().any(|key| tags.get(key) == Some("no"))
        || ["cycleway:left:oneway", "cycleway:right:oneway"].iter().any(|key| tags.get(key) == Some("-1"));
    if against { None } else { vehicles }
}

/// Kilometres an hour of the tag `maxspeed`; 0 when it is no figure.
fn limit(text: &str) -> u8 {
    if text == "walk" {
        return 5;
    }
    let (figure, mph) = text.strip_suffix("mph").map_or((text, false), |figure| (figure, true));
    let Ok(figure) = figure.trim().trim_end_matches("km/h").trim().parse::<f64>() else { return 0 };
    let kmh = if mph { figure * 1.609_344 } else { figure };
    if (1.0..=200.0).contains(&kmh) { kmh.round() as u8 } else { 0 }
}

/// Bits of who cannot pass a node with these tags: bollards, stiles, gates that are locked.
pub(crate) fn barrier(tags: &Tags<'_>) -> u8 {
    let Some(kind) = tags.get("barrier") else { return 0 };
    let mut closed = match kind {
        "bollard" | "block" | "cycle_barrier" | "motorcycle_barrier" | "planter" | "log" | "chain"
        | "jersey_barrier" => CAR,
        "kissing_gate" | "stile" | "turnstile" | "full-height_turnstile" => CAR | BICYCLE,
        _ => 0,
    };
    for (bits, keys) in [
        (FOOT, &["foot", "access"][..]),
        (BICYCLE, &["bicycle", "vehicle", "access"]),
        (CAR, &["motorcar", "motor_vehicle", "vehicle", "access"]),
    ] {
        match tags.says(keys) {
            Some(true) => closed &= !bits,
            Some(false) => closed |= bits,
            None => {}
        }
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Tags<'_> {
        Tags(text.split_whitespace().map(|t| t.split_once('=').unwrap()).collect())
    }

    /// `f` on foot; `b>` `b<` `c>` `c<`: bicycle and car, on and back.
    fn told(allowed: u8) -> String {
        [(FOOT, "f"), (BICYCLE_ON, "b>"), (BICYCLE_BACK, "b<"), (CAR_ON, "c>"), (CAR_BACK, "c<")]
            .iter()
            .filter(|(bit, _)| allowed & bit != 0)
            .map(|(_, word)| *word)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tags_say_who_may_go_which_way() {
        for (text, expected) in [
            ("highway=residential", "f b> b< c> c<"),
            ("highway=motorway", "c>"),
            ("highway=trunk", "c> c<"),
            ("highway=primary motorroad=yes", "c> c<"),
            ("highway=footway", "f"),
            ("highway=footway bicycle=yes", "f b> b<"),
            ("highway=footway access=yes", "f"),
            ("highway=footway motor_vehicle=yes", "f"),
            ("highway=cycleway", "f b> b<"),
            ("highway=cycleway foot=no oneway=yes", "b>"),
            ("highway=path", "f b> b<"),
            ("highway=path bicycle=no", "f"),
            ("highway=bridleway", ""),
            ("highway=bridleway foot=yes", "f"),
            ("highway=steps", "f"),
            ("highway=steps foot=no", ""),
            ("highway=pedestrian", "f"),
            ("highway=pedestrian bicycle=yes vehicle=no", "f b> b<"),
            ("highway=track", "f b> b<"),
            ("highway=track motor_vehicle=yes", "f b> b< c> c<"),
            ("highway=service access=private", ""),
            ("highway=service access=private foot=yes", "f"),
            ("highway=service access=customers", "f b> b< c> c<"),
            ("highway=residential motor_vehicle=no", "f b> b<"),
            ("highway=residential vehicle=no bicycle=yes", "f b> b<"),
            ("highway=residential motor_vehicle=destination", "f b> b< c> c<"),
            ("highway=tertiary bicycle=use_sidepath", "f c> c<"),
            ("highway=tertiary bicycle=dismount", "f c> c<"),
            ("highway=residential oneway=yes", "f b> c>"),
            ("highway=residential oneway=-1", "f b< c<"),
            ("highway=residential oneway=yes oneway:bicycle=no", "f b> b< c>"),
            ("highway=residential oneway=yes cycleway=opposite", "f b> b< c>"),
            ("highway=residential oneway=yes cycleway:left=opposite_lane", "f b> b< c>"),
            ("highway=residential oneway=yes cycleway:left:oneway=-1", "f b> b< c>"),
            ("highway=residential oneway:bicycle=yes", "f b> c> c<"),
            ("highway=residential junction=roundabout", "f b> c>"),
            ("highway=residential junction=roundabout oneway=no", "f b> b< c> c<"),
            ("highway=residential access=unknown", "f b> b< c> c<"),
        ] {
            assert_eq!(told(street(&tags(text)).unwrap().allowed), expected, "{text}");
        }
        for text in ["highway=construction", "highway=proposed", "railway=rail", "highway=busway"] {
            assert!(street(&tags(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn a_speed_limit_is_a_figure_or_nothing() {
        for (text, kmh) in
            [("50", 50), ("30 mph", 48), ("walk", 5), ("80 km/h", 80), ("none", 0), ("NL:urban", 0), ("-5", 0), ("", 0)]
        {
            assert_eq!(limit(text), kmh, "{text}");
        }
    }

    #[test]
    fn barriers_stop_whom_they_are_made_for() {
        for (text, expected) in [
            ("barrier=bollard", "c> c<"),
            ("barrier=bollard motor_vehicle=yes", ""),
            ("barrier=stile", "b> b< c> c<"),
            ("barrier=gate", ""),
            ("barrier=gate access=private", "f b> b< c> c<"),
            ("barrier=gate access=private foot=yes", "b> b< c> c<"),
            ("highway=crossing", ""),
        ] {
            assert_eq!(told(barrier(&tags(text))), expected, "{text}");
        }
    }
}
