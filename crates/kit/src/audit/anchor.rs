//! Anchors: at the end of each day the newest link is written down apart, and that is itself a link.
//!
//! Printed or published, an anchor fixes everything before it for good: the links after the newest
//! anchor are all that somebody with the whole database in hand can still rewrite unseen.

use super::{Deed, Entry, Flaw, Verdict, record, unreadable};
use crate::clock::{At, day_date};
use crate::db::{Tx, Vault};
use crate::{Result, args};
use jiff::civil::Date;

/// The action of the entry that tells of an anchor, and its kind of record.
pub const ANCHOR: &str = "audit:anchor";
const KIND: &str = "audit-anchor";

/// The newest link at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Anchor {
    /// Local day, counted from 1970-01-01.
    pub day: i64,
    /// Place in the chain.
    pub seq: i64,
    /// Hash of the link there.
    pub hash: String,
    /// When it was written down.
    pub at: At,
}

impl Anchor {
    /// The day as a date.
    #[must_use]
    pub fn date(&self) -> Date {
        day_date(i32::try_from(self.day).unwrap_or_default())
    }

    /// What the chain itself says of it.
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "seq": self.seq, "hash": self.hash })
    }

    /// Whether `entry` is the link that tells of this anchor.
    fn is_told_by(&self, entry: &Entry) -> bool {
        let detail = self.detail().to_string();
        entry.seq == self.seq + 1
            && entry.action == ANCHOR
            && entry.at == self.at
            && entry.record_id == self.date().to_string()
            && entry.detail == detail
    }
}

/// Writes the anchor of `day` (days since 1970-01-01) once, and the link that tells of it. Returns whether
/// there was something new to anchor since the last.
///
/// # Errors
/// When the database refuses.
pub async fn anchor<V: Vault>(tx: &mut Tx<V>, deed: &Deed<'_>, day: i32) -> Result<bool> {
    // An update that changes nothing holds the head, so that no link comes between it and ours.
    let head: Option<(i64, String)> = tx
        .opt(
            "update audit_head set seq = audit_head.seq where municipality = $1 returning seq, hash",
            args![deed.municipality],
        )
        .await?;
    let last: Option<(i64,)> = tx
        .opt("select seq from audit_anchor where municipality = $1 order by day desc limit 1", args![deed.municipality])
        .await?;
    let Some((seq, hash)) = head else { return Ok(false) };
    if last.is_some_and(|(anchored,)| seq <= anchored + 1) {
        return Ok(false);
    }
    let anchor = Anchor { day: day.into(), seq, hash, at: deed.at };
    let new = tx
        .run(
            "insert into audit_anchor (municipality, day, seq, hash, at) values ($1, $2, $3, $4, $5)
             on conflict (municipality, day) do nothing",
            args![deed.municipality, anchor.day, anchor.seq, &anchor.hash, anchor.at],
        )
        .await?;
    if new == 1 {
        record(tx, deed, ANCHOR, KIND, &anchor.date().to_string(), &anchor.detail()).await?;
    }
    Ok(new == 1)
}

/// Every anchor of `municipality`, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn anchors<V: Vault>(tx: &mut Tx<V>, municipality: &str) -> Result<Vec<Anchor>> {
    tx.all("select day, seq, hash, at from audit_anchor where municipality = $1 order by day, seq", args![municipality])
        .await
}

/// Compares the anchors of `municipality` with the chain: each must name the link that is there, and the chain must
/// tell of each. Together with [`super::verify`] it finds any change of the three audit tables.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify_anchors<V: Vault>(tx: &mut Tx<V>, municipality: &str) -> Result<Verdict> {
    let anchors: Vec<Placed> = match tx
        .all(
            "select a.day, a.seq, a.hash, a.at, e.hash as found from audit_anchor a
             left join audit_entry e on e.municipality = a.municipality and e.seq = a.seq
             where a.municipality = $1 order by a.day, a.seq",
            args![municipality],
        )
        .await
    {
        Err(error) if unreadable(&error) => return Ok(Verdict::Broken { seq: 0, why: Flaw::Unreadable }),
        anchors => anchors?,
    };
    let told: Vec<Entry> = match tx
        .all(
            "select seq, at, actor_id, role, action, kind, record_id, purpose, detail, prev_hash, hash
             from audit_entry where municipality = $1 and kind = $2 order by seq",
            args![municipality, KIND],
        )
        .await
    {
        Err(error) if unreadable(&error) => return Ok(Verdict::Broken { seq: 0, why: Flaw::Unreadable }),
        told => told?,
    };
    for n in 0..anchors.len().max(told.len()) {
        let (placed, entry) = (anchors.get(n), told.get(n));
        let seq = placed.map(|p| p.anchor.seq).or(entry.map(|e| e.seq)).unwrap_or_default();
        let why = match (placed, entry) {
            (Some(placed), Some(_)) if !placed.holds() => Flaw::Rewritten,
            (Some(placed), Some(entry)) if placed.anchor.is_told_by(entry) => continue,
            _ => Flaw::Anchor,
        };
        return Ok(Verdict::Broken { seq, why });
    }
    Ok(Verdict::Whole(i64::try_from(anchors.len()).unwrap_or(i64::MAX)))
}

/// An anchor with the hash of the link at its place.
#[derive(sqlx::FromRow)]
struct Placed {
    #[sqlx(flatten)]
    anchor: Anchor,
    found: Option<String>,
}

impl Placed {
    fn holds(&self) -> bool {
        self.found.as_ref() == Some(&self.anchor.hash)
    }
}

async fn hash_at<V: Vault>(tx: &mut Tx<V>, municipality: &str, seq: i64) -> Result<Option<String>> {
    let found: Result<Option<(String,)>> =
        tx.opt("select hash from audit_entry where municipality = $1 and seq = $2", args![municipality, seq]).await;
    match found {
        Err(error) if unreadable(&error) => Ok(None),
        found => Ok(found?.map(|row| row.0)),
    }
}

/// An anchor as it was kept outside: on paper or in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Vault.
    pub vault: String,
    /// Municipality code.
    pub municipality: String,
    /// Local day.
    pub day: Date,
    /// Place in the chain.
    pub seq: i64,
    /// The hash; of a printed one its first and last digits with `…` between.
    pub hash: String,
}

/// First line of the file of anchors.
const CSV_HEAD: &str = "vault,municipality,day,seq,hash";

/// The anchors as CSV (RFC 4180): to be kept where nobody who can write in the database can write.
#[must_use]
pub fn anchors_csv(vault: &str, municipality: &str, anchors: &[Anchor]) -> String {
    let mut text = format!("{CSV_HEAD}\r\n");
    for anchor in anchors {
        text.push_str(&format!("{vault},{municipality},{},{},{}\r\n", anchor.date(), anchor.seq, anchor.hash));
    }
    text
}

/// Reads what [`anchors_csv`] wrote, also several files behind each other and anchors typed over from paper.
///
/// # Errors
/// The line that cannot be read, and what should stand there.
pub fn read_csv(text: &str) -> std::result::Result<Vec<Outside>, String> {
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && *line != CSV_HEAD);
    lines
        .map(|(number, line)| {
            let fields: Vec<&str> = line.split(',').map(str::trim).collect();
            let wrong = || format!("line {number}: expected `{CSV_HEAD}`");
            let [vault, municipality, day, seq, hash] = fields[..] else { return Err(wrong()) };
            let (first, last) = ends(hash);
            let digits = |text: &str| text.len() >= 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
            if !digits(first) || !(digits(last) || (last.is_empty() && first.len() == 64)) {
                return Err(format!("line {number}: `{hash}` is no hash, nor its first and last 8 digits or more"));
            }
            Ok(Outside {
                vault: vault.to_owned(),
                municipality: municipality.to_owned(),
                day: day.parse().map_err(|_| wrong())?,
                seq: seq.parse().map_err(|_| wrong())?,
                hash: hash.to_ascii_lowercase(),
            })
        })
        .collect()
}

/// The two ends of a printed hash; the second is empty for a whole one.
fn ends(hash: &str) -> (&str, &str) {
    hash.split_once('…').or_else(|| hash.split_once("...")).unwrap_or((hash, ""))
}

/// Compares the chain of `municipality` with anchors that were kept outside; those of other vaults and
/// municipalities are passed over. `Whole` tells how many were compared.
///
/// # Errors
/// When the database cannot be read.
pub async fn compare<V: Vault>(
    tx: &mut Tx<V>,
    vault: &str,
    municipality: &str,
    outside: &[Outside],
) -> Result<Verdict> {
    let mut compared = 0;
    for kept in outside.iter().filter(|o| o.vault == vault && o.municipality == municipality) {
        let (first, last) = ends(&kept.hash);
        match hash_at(tx, municipality, kept.seq).await? {
            Some(hash) if hash.starts_with(first) && hash.ends_with(last) => compared += 1,
            Some(_) => return Ok(Verdict::Broken { seq: kept.seq, why: Flaw::Rewritten }),
            None => return Ok(Verdict::Broken { seq: kept.seq, why: Flaw::Missing }),
        }
    }
    Ok(Verdict::Whole(compared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_anchors_reads_back_and_so_does_paper() {
        let hash = "0123456789abcdef".repeat(4);
        let anchor = Anchor { day: 19_877, seq: 42, hash: hash.clone(), at: At::from_micros(0) };
        let text = anchors_csv("wpg", "GM0396", &[anchor]);
        assert_eq!(text, format!("vault,municipality,day,seq,hash\r\nwpg,GM0396,2024-06-03,42,{hash}\r\n"));
        let read = read_csv(&format!("{text}{text}")).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].day.to_string().as_str(), read[0].seq, &read[0].hash), ("2024-06-03", 42, &hash));
        assert!(read_csv("wpg, GM0396, 2024-06-03, 42, 0123456789ABCDEF…89abcdef").is_ok());
        for wrong in [
            "wpg,GM0396,2024-06-03,42",
            "wpg,GM0396,yesterday,42,x",
            "wpg,GM0396,2024-06-03,42,0123",
            "a,b,2024-06-03,1,0123456789…",
        ] {
            assert!(read_csv(wrong).unwrap_err().starts_with("line 1: "), "{wrong}");
        }
    }
}
