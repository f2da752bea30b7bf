//! SQL of the address register.

use super::{Address, Found};
use kit::{Result, Tx, args, fold::fold};
use policy::Permit;

/// Most places that a search gives.
const MOST: i64 = 8;

pub(super) async fn replace(tx: &mut Tx, permit: &Permit, addresses: &[Address]) -> Result<()> {
    let municipality = permit.municipality();
    tx.run("delete from address where municipality = $1", args![municipality]).await?;
    let values = addresses
        .iter()
        .flat_map(|a| {
            args![
                municipality,
                &a.id,
                &a.street,
                a.number,
                &a.suffix,
                &a.postcode,
                &a.place,
                a.point.0,
                a.point.1,
                search_text(a)
            ]
        })
        .collect();
    tx.insert_many(
        "insert into address (municipality, id, street, number, suffix, postcode, place, lon, lat, search)",
        "",
        10,
        values,
    )
    .await?;
    Ok(())
}

/// Every way in which people type an address, each word after a space.
fn search_text(a: &Address) -> String {
    let (digits, letters) = a.postcode.split_at(a.postcode.len().min(4));
    let number = format!("{}{}", a.number, a.suffix.replace('-', ""));
    let street: String = a.street.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {}", fold(&[&street, &number, &a.number.to_string(), &a.suffix, digits, letters, &a.postcode, &a.place]))
}

#[derive(sqlx::FromRow)]
struct Row {
    street: String,
    number: i64,
    suffix: String,
    postcode: String,
    place: String,
    lon: f64,
    lat: f64,
}

impl Row {
    fn found(self) -> Found {
        let (digits, letters) = self.postcode.split_at(self.postcode.len().min(4));
        let town = [digits, letters, &self.place].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
        let house = format!("{} {}{}", self.street, self.number, self.suffix);
        let label = if town.is_empty() { house } else { format!("{house}, {town}") };
        Found { label, point: (self.lon, self.lat) }
    }
}

/// A pattern for each of six words; words that were not typed fit everything.
fn patterns(words: &[&str]) -> [String; 6] {
    std::array::from_fn(|n| words.get(n).map_or_else(|| "%".to_owned(), |word| format!("% {word}%")))
}

pub(super) async fn addresses(tx: &mut Tx, permit: &Permit, words: &[&str]) -> Result<Vec<Found>> {
    let [a, b, c, d, e, f] = patterns(words);
    let rows: Vec<Row> = tx
        .all(
            "select street, number, suffix, postcode, place, lon, lat from address
             where municipality = $1 and search like $2 and search like $3 and search like $4 and search like $5
                and search like $6 and search like $7
             order by length(suffix), number, street limit $8",
            args![permit.municipality(), a, b, c, d, e, f, MOST],
        )
        .await?;
    Ok(rows.into_iter().map(Row::found).collect())
}

pub(super) async fn streets(tx: &mut Tx, permit: &Permit, words: &[&str]) -> Result<Vec<Found>> {
    let [a, b, c, d, e, f] = patterns(words);
    let rows: Vec<(String, String, f64, f64)> = tx
        .all(
            "select street, place, lon, lat from (
                select street, place, lon, lat, row_number() over (partition by street, place order by number) as nth,
                    count(*) over (partition by street, place) as houses
                from address
                where municipality = $1 and search like $2 and search like $3 and search like $4 and search like $5
                    and search like $6 and search like $7) s
             where nth = (houses + 1) / 2 order by street, place limit $8",
            args![permit.municipality(), a, b, c, d, e, f, MOST],
        )
        .await?;
    let label = |street: String, place: String| if place.is_empty() { street } else { format!("{street}, {place}") };
    Ok(rows
        .into_iter()
        .map(|(street, place, lon, lat)| Found { label: label(street, place), point: (lon, lat) })
        .collect())
}
