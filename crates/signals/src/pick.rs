//! A place chosen in a form of staff: a press on the map, an address, or a neighbourhood. The map is the same picture
//! that works as a button as in a resident's form, so it works without JavaScript; `report.mjs` makes it quicker.

use crate::report::draft::Click;
use crate::report::map::{FormMap, WIDTHS, place_of};
use areas::{Atlas, address};
use kit::{Fault, FieldFaults, Tx};
use policy::Permit;
use site::{Choice, Cx, Fields, Said};

/// A place as it was filled in. Its fields are `address`, `area`, `lon`, `lat` and `centre`.
#[derive(Clone, Debug, Default)]
pub struct Pick {
    /// Street and number, or other words.
    pub address: String,
    /// Neighbourhood code.
    pub area: String,
    /// Longitude and latitude of the pin (WGS84).
    pub place: Option<(f64, f64)>,
    centre: Option<(f64, f64)>,
    /// Whether a button of the map was pressed: the form is shown again and nothing is written.
    pub pressed: bool,
}

/// A place that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// Longitude and latitude (WGS84).
    pub point: (f64, f64),
    /// Its neighbourhood.
    pub area: Option<String>,
    /// What it is called when nobody said it: the address as the register has it, or the neighbourhood.
    pub name: String,
}

/// What `pick.html` shows.
pub struct PickView {
    /// The map.
    pub map: FormMap,
    /// Longitude of the pin; empty without one.
    pub lon: String,
    /// Latitude of the pin.
    pub lat: String,
    /// What is chosen, in words.
    pub point: String,
    /// As typed.
    pub address: String,
    /// Neighbourhoods, with an empty one first.
    pub areas: Vec<Choice>,
    /// The chosen one.
    pub area: String,
    /// What is wrong with the place.
    pub error: String,
}

fn lonlat(text: &str) -> Option<(f64, f64)> {
    let (lon, lat) = text.split_once(',')?;
    Some((lon.trim().parse().ok()?, lat.trim().parse().ok()?))
        .filter(|(x, y): &(f64, f64)| x.is_finite() && y.is_finite())
}

impl Pick {
    /// A place that is known already.
    #[must_use]
    pub fn at(point: (f64, f64)) -> Self {
        Self { place: Some(point), centre: Some(point), ..Self::default() }
    }

    /// What a form sent; a press on the map first comes nearer and then sets the pin.
    #[must_use]
    pub fn read(cx: &Cx, fields: &Fields) -> Self {
        let mut pick = Self {
            address: fields.get("address").chars().take(200).collect(),
            area: fields.get("area").to_owned(),
            place: lonlat(&format!("{},{}", fields.get("lon"), fields.get("lat"))),
            centre: lonlat(fields.get("centre")),
            pressed: false,
        };
        for width in WIDTHS {
            let pixel = |axis: &str| fields.get(&format!("map{width}.{axis}")).parse::<f64>().ok();
            if let (Some(x), Some(y)) = (pixel("x"), pixel("y")) {
                pick.pressed = true;
                let click = Click { width: f64::from(width), x, y };
                if let Some(point) = place_of(&cx.municipality, pick.centre, click) {
                    if pick.centre.is_some() {
                        pick.place = Some(point);
                    }
                    pick.centre = Some(point);
                }
            }
        }
        if !fields.get("whole").is_empty() {
            (pick.pressed, pick.centre) = (true, None);
        }
        if !fields.get("no-point").is_empty() {
            (pick.pressed, pick.centre, pick.place) = (true, None, None);
        }
        pick
    }

    /// The place that is meant: the pin, else the address, else the middle of the neighbourhood. Without one there is a
    /// fault of the field `place` or `address` that says what to do.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn point(
        &self,
        cx: &Cx,
        tx: &mut Tx,
        permit: &Permit,
        faults: &mut FieldFaults,
    ) -> Result<Option<Picked>, Fault> {
        let atlas = cx.municipality.get::<Atlas>();
        let sheet = atlas.sheet();
        let picked = |point: (f64, f64), name: String| {
            let area = sheet.neighbourhood(point.0, point.1).map(str::to_owned);
            let name = if name.is_empty() {
                area.as_deref().map_or_else(String::new, |a| sheet.name(a).to_owned())
            } else {
                name
            };
            Picked { point, area, name }
        };
        if let Some((lon, lat)) = self.place {
            if cx.municipality.contains(lon, lat) && atlas.cell(lon, lat).is_some() {
                return Ok(Some(picked((lon, lat), self.address.clone())));
            }
            faults.add("place", "pick-outside");
            return Ok(None);
        }
        if !self.address.is_empty() {
            let found = match address::exact(tx, permit, &self.address).await? {
                Some(found) => Some(found),
                None => address::search(tx, permit, &self.address).await?.into_iter().next(),
            };
            if let Some(found) = found {
                return Ok(Some(picked(found.point, found.label)));
            }
            if self.area.is_empty() {
                faults.add("address", "pick-address-unknown");
                return Ok(None);
            }
        }
        if let Some(area) = sheet.neighbourhoods().find(|a| a.code == self.area) {
            let name = if self.address.is_empty() { area.name.clone() } else { self.address.clone() };
            return Ok(Some(Picked { point: area.centre, area: Some(area.code.clone()), name }));
        }
        faults.add("place", "pick-missing");
        Ok(None)
    }

    /// For the page.
    #[must_use]
    pub fn view(&self, cx: &Cx, said: &Said) -> PickView {
        let sheet = cx.municipality.get::<Atlas>().sheet();
        let text = |d: f64| format!("{d:.6}");
        let none = Choice::new("", cx.t("pick-no-area"));
        PickView {
            map: FormMap::new(&cx.municipality, self.centre, self.place),
            lon: self.place.map(|p| text(p.0)).unwrap_or_default(),
            lat: self.place.map(|p| text(p.1)).unwrap_or_default(),
            point: match self.place.map(|(lon, lat)| sheet.neighbourhood(lon, lat)) {
                Some(Some(code)) => cx.words.t1("pick-point-in", "area", sheet.name(code)),
                Some(None) => cx.t("pick-point"),
                None => String::new(),
            },
            address: self.address.clone(),
            areas: std::iter::once(none).chain(sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name))).collect(),
            area: self.area.clone(),
            error: said.at("place").to_owned(),
        }
    }
}
