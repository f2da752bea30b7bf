#![allow(clippy::unwrap_used, reason = "test code")]

use super::*;
use policy::Role;

const FILE: &str = "\u{feff}openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;x;y\n\
    Kerkweg;12;a;;1961 AB;Heemskerk;106000;504000\n\
    Kerkweg;2;;;1961AB;Heemskerk;106010;504010\n\
    Kerkweg;30;;bis;1961AB;Heemskerk;106020;504020\n\
    Café-plein;1;;;1961AC;Heemskerk;106030;504030\n\
    Kerkweg;2;;;1961AB;Heemskerk;106010;504010\n\
    Kerkweg;twee;;;1961AB;Heemskerk;106010;504010\n\
    Damrak;1;;;1012LG;Amsterdam;121700;487600\n";

testkit::db_test! {
    async fn a_place_is_found_by_typing(db) {
        let app = testkit::app(db, |m| { m.put(Atlas::new(&m.file)); });
        let report = write(&app, "GM0396", parse(FILE.as_bytes()).unwrap()).await.unwrap();
        assert_eq!((report.addresses, report.elsewhere, report.refused.len()), (4, 1, 1));
        assert_eq!(report.refused[0].row, 7);
        write(&app, "GM0396", parse(FILE.as_bytes()).unwrap()).await.unwrap();
        let cx = testkit::cx(&app, Some(Role::Officer));
        let permit = cx.permit("area:read", &Resource::open("area", cx.code())).unwrap();
        let mut tx = cx.read().await.unwrap();
        for (typed, labels) in [
            ("kerkw", &["Kerkweg, Heemskerk"][..]),
            ("Kerkweg 12", &["Kerkweg 12a, 1961 AB Heemskerk"]),
            ("12a kerkweg", &["Kerkweg 12a, 1961 AB Heemskerk"]),
            ("1961ab 2", &["Kerkweg 2, 1961 AB Heemskerk"]),
            ("1961 AB 30bis", &["Kerkweg 30bis, 1961 AB Heemskerk"]),
            ("cafe plein", &["Café-plein, Heemskerk"]),
            ("damrak", &[]),
            ("ke", &[]),
            ("%' or 1=1 --", &[]),
        ] {
            let found = search(&mut tx, &permit, typed).await.unwrap();
            assert_eq!(found.iter().map(|f| f.label.as_str()).collect::<Vec<_>>(), labels, "{typed}");
        }
        for (typed, known) in [
            ("Kerkweg 12a", true),
            ("kerkweg  12A, 1961 AB heemskerk", true),
            ("Kerkweg 1", false),
            ("Kerkweg", false),
            ("Kerkweg 12a, bij de hoek", false),
        ] {
            assert_eq!(exact(&mut tx, &permit, typed).await.unwrap().is_some(), known, "{typed}");
        }
        let street = search(&mut tx, &permit, "kerkweg").await.unwrap().remove(0);
        let house = search(&mut tx, &permit, "kerkweg 12").await.unwrap().remove(0);
        assert_eq!(street.point, house.point, "a street is the house in its middle");
    }
}

#[test]
fn a_bad_file_says_what_is_wrong() {
    for (file, says) in [
        (&b"straat,postcode\nKerkweg,1961AB\n"[..], "no column for the house number; this file has: straat, postcode"),
        (b"straat,huisnummer,lon,lat\nKerkweg,1\n", "row 2 cannot be read (2 fields where the header has 4)"),
        (b"straat,huisnummer,lon,lat\nCaf\xe9plein,1,4.6,52.5\n", "row 2 is no UTF-8"),
        (b"<!doctype html><html></html>", "no column for the street"),
    ] {
        let error = parse(file).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let parsed = parse(b"straat,huisnummer,lon,lat\n,1,4.6,52.5\nKerkweg,1,x,52.5\nKerkweg,2,4.6,52.5\n").unwrap();
    assert_eq!(parsed.addresses.len(), 1);
    assert_eq!(parsed.refused.iter().map(|r| r.row).collect::<Vec<_>>(), [2, 3]);
}
