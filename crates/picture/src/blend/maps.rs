//! The simple maps of a group, week by week: each is a guess at where its next events fall.

use super::panel::Panel;
use super::smooth::Table;

/// Half-lives of the plain maps, in weeks.
const PLAIN: [f64; 7] = [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
/// Half-lives of the smoothed maps, in weeks; a last one never forgets.
const SMOOTH: [f64; 3] = [8.0, 32.0, 128.0];
/// Distances over which the influence of a neighbour falls to 1/e, in cells.
const REACH: [f64; 4] = [0.7, 1.5, 3.0, 6.0];

/// What a map is about, so that a page can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The cell's own events of the last two months or so.
    Recent,
    /// The cell's own events of years.
    Long,
    /// What happened around it.
    Neighbours,
    /// The same weeks of last year.
    Season,
    /// All cells alike.
    Flat,
    /// The events of all groups together.
    City,
}

/// The order of the maps.
pub(super) mod map {
    pub const E2: usize = 0;
    pub const E8: usize = 2;
    pub const E32: usize = 4;
    pub const ALL: usize = 7;
    /// All but the first event of each cell: that one made the cell known, and says less.
    pub const AGAIN: usize = 8;
    /// Reach by reach: half-lives 8, 32, 128, all.
    pub const SMOOTH: usize = 9;
    pub const SMOOTH_LAST: usize = 24;
    pub const SEASON: usize = 25;
    pub const OWN: usize = 26;
    pub const FLAT: usize = 27;
    pub const CITY: usize = 28;
    pub const CITY_NOW: usize = 29;
    pub const COUNT: usize = 30;
}

pub(super) fn kind(k: usize) -> Kind {
    match k {
        0..=2 => Kind::Recent,
        3..=8 => Kind::Long,
        map::SEASON => Kind::Season,
        map::OWN | map::FLAT => Kind::Flat,
        map::CITY | map::CITY_NOW => Kind::City,
        _ => Kind::Neighbours,
    }
}

/// The shares before any week of learning: a middle way that suits few events.
pub(super) fn first_guess() -> [f64; map::COUNT] {
    let mut a = [0.01; map::COUNT];
    for (k, share) in [
        (map::ALL, 0.15),
        (map::AGAIN, 0.2),
        (map::E32, 0.05),
        (map::SMOOTH + 2, 0.1),
        (map::SMOOTH + 3, 0.1),
        (map::SMOOTH + 7, 0.1),
        (map::SMOOTH + 11, 0.05),
    ] {
        a[k] = share;
    }
    let sum: f64 = a.iter().sum();
    a.map(|v| v / sum)
}

/// All events of all groups together, per week: two maps as shares of the known cells.
pub(super) struct City {
    /// Per week: all history, and with a half-life of half a year. Empty with one group: then it says
    /// nothing of its own.
    weeks: Vec<[Vec<f32>; 2]>,
}

impl City {
    pub fn of(panel: &Panel) -> Self {
        if panel.counts.len() < 2 {
            return Self { weeks: Vec::new() };
        }
        let mut all = vec![0.0; panel.cells.len()];
        let mut now = vec![0.0; panel.cells.len()];
        panel.before.iter().flatten().for_each(|(c, y)| all[*c as usize] += y);
        let decay = 0.5f64.powf(1.0 / 26.0);
        let mut weeks = Vec::with_capacity(panel.weeks() + 1);
        for (w, &n) in panel.known.iter().enumerate() {
            weeks.push([&all, &now].map(|map| {
                let sum: f64 = map[..n].iter().sum();
                let share = |v: &f64| if sum > 1e-9 { (v / sum) as f32 } else { 1.0 / n as f32 };
                map[..n].iter().map(share).collect()
            }));
            if w < panel.weeks() {
                now.iter_mut().for_each(|v| *v *= decay);
                for (c, y) in panel.counts.iter().flat_map(|group| &group[w]) {
                    all[*c as usize] += y;
                    now[*c as usize] += y;
                }
            }
        }
        Self { weeks }
    }
}

/// The running maps of one group.
pub(super) struct Maps<'a> {
    panel: &'a Panel,
    city: &'a City,
    table: &'a mut Table,
    group: usize,
    week: usize,
    all: Vec<f64>,
    plain: Vec<Vec<f64>>,
    /// Per reach: the half-lives, and all.
    smooth: Vec<[Vec<f64>; 4]>,
    /// Per reach the known cells, smoothed.
    mask: Vec<Vec<f64>>,
    season: Vec<f64>,
}

impl<'a> Maps<'a> {
    pub fn new(panel: &'a Panel, city: &'a City, table: &'a mut Table, group: usize) -> Self {
        let zero = || vec![0.0; panel.cells.len()];
        let mut maps = Self {
            panel,
            city,
            table,
            group,
            week: 0,
            all: zero(),
            plain: PLAIN.iter().map(|_| zero()).collect(),
            smooth: REACH.iter().map(|_| [(); 4].map(|()| zero())).collect(),
            mask: REACH.iter().map(|_| zero()).collect(),
            season: zero(),
        };
        for (c, y) in &panel.before[group] {
            maps.all[*c as usize] += y;
        }
        for (reach, smooth) in REACH.iter().zip(&mut maps.smooth) {
            maps.table.spread(&panel.before[group], *reach, |c, v| smooth[3][c] += v);
        }
        maps.learn_cells(0);
        maps
    }

    fn learn_cells(&mut self, from: usize) {
        let fresh: Vec<(u32, f64)> = (from as u32..self.panel.known[self.week] as u32).map(|c| (c, 1.0)).collect();
        for (reach, mask) in REACH.iter().zip(&mut self.mask) {
            self.table.spread(&fresh, *reach, |c, v| mask[c] += v);
        }
    }

    /// Takes in the events of the current week and goes to the next.
    pub fn step(&mut self) {
        let counts = &self.panel.counts[self.group];
        let list = &counts[self.week];
        for (map, half_life) in self.plain.iter_mut().zip(PLAIN) {
            let decay = 0.5f64.powf(1.0 / half_life);
            map.iter_mut().for_each(|v| *v *= decay);
            list.iter().for_each(|(c, y)| map[*c as usize] += y);
        }
        list.iter().for_each(|(c, y)| self.all[*c as usize] += y);
        for (reach, maps) in REACH.iter().zip(&mut self.smooth) {
            for (map, half_life) in maps.iter_mut().zip(SMOOTH) {
                let decay = 0.5f64.powf(1.0 / half_life);
                map.iter_mut().for_each(|v| *v *= decay);
            }
            self.table.spread(list, *reach, |c, v| maps.iter_mut().for_each(|map| map[c] += v));
        }
        let before = self.panel.known[self.week];
        self.week += 1;
        // Season: five weeks around the one to come, a year ago.
        for (age, sign) in [(50, 1.0), (55, -1.0)] {
            if let Some(w) = self.week.checked_sub(age) {
                counts[w].iter().for_each(|(c, y)| self.season[*c as usize] += sign * y);
            }
        }
        if self.panel.known[self.week] > before {
            self.learn_cells(before);
        }
    }

    /// Per known cell whether the group was seen there.
    pub fn seen(&self) -> Vec<bool> {
        self.all[..self.panel.known[self.week]].iter().map(|v| *v > 0.0).collect()
    }

    /// The maps before the current week, each as shares of the known cells.
    pub fn shares(&mut self, out: &mut Vec<Vec<f64>>) {
        let n = self.panel.known[self.week];
        out.resize(map::COUNT, Vec::new());
        let own = |v: &f64| if *v > 0.0 { 1.0 } else { 0.0 };
        for (k, map) in out.iter_mut().enumerate() {
            map.clear();
            match k {
                0..map::ALL => map.extend_from_slice(&self.plain[k][..n]),
                map::ALL => map.extend_from_slice(&self.all[..n]),
                map::AGAIN => map.extend(self.all[..n].iter().map(|v| (v - 1.0).max(0.0))),
                map::SMOOTH..=map::SMOOTH_LAST => {
                    let (reach, which) = ((k - map::SMOOTH) / 4, (k - map::SMOOTH) % 4);
                    let pairs = self.smooth[reach][which][..n].iter().zip(&self.mask[reach][..n]);
                    map.extend(pairs.map(|(v, m)| v / m));
                }
                map::OWN => map.extend(self.all[..n].iter().map(own)),
                map::FLAT => map.resize(n, 1.0),
                map::CITY | map::CITY_NOW if !self.city.weeks.is_empty() => {
                    map.extend(self.city.weeks[self.week][k - map::CITY].iter().map(|v| f64::from(*v)));
                }
                map::CITY | map::CITY_NOW => {}
                _ => {
                    map.resize(n, 0.0);
                    if self.week >= 54 {
                        let list: Vec<(u32, f64)> =
                            (0u32..).zip(&self.season).filter(|s| *s.1 > 0.5).map(|(c, v)| (c, *v)).collect();
                        let mask = &self.mask[0];
                        self.table.spread(&list, REACH[0], |c, v| {
                            if c < n {
                                map[c] += v / mask[c];
                            }
                        });
                    }
                }
            }
            let sum: f64 = map.iter().sum();
            if sum > 1e-9 {
                map.iter_mut().for_each(|v| *v /= sum);
            }
        }
        // A map without events says what the long-run map says; that one says nothing: all alike.
        let flat = vec![1.0 / n.max(1) as f64; n];
        for k in [map::ALL].into_iter().chain(0..map::COUNT) {
            let empty = out[k].len() < n || out[k].iter().sum::<f64>() < 0.5;
            if empty {
                out[k] = if k == map::ALL || k == map::OWN { flat.clone() } else { out[map::ALL].clone() };
            }
        }
    }
}
