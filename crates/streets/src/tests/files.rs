//! Files as they come, and how they get into the database.

use super::*;
use areas::Atlas;
use flate2::{Compression, write::GzEncoder, write::ZlibEncoder};
use kit::args;
use std::io::Write as _;

/// Two streets of 200 m that meet in the middle of Heemskerk, and one in Amsterdam. One node is taken away.
fn xml() -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><osm version="0.6"><meta osm_base="2026-11-01T20:00:00Z"/>"#,
    );
    let ends = [at(0.0, 0.0), at(200.0, 0.0), at(200.0, 200.0), (4.9, 52.37), (4.91, 52.37)];
    for (n, (lon, lat)) in ends.iter().enumerate() {
        out.push_str(&format!(r#"<node id="{}" lon="{lon}" lat="{lat}"/>"#, n + 1));
    }
    out.push_str(r#"<node id="77" action="delete" lon="4.66" lat="52.5"/>"#);
    for (id, from, to) in [(1, 1, 2), (2, 2, 3), (3, 4, 5)] {
        out.push_str(&format!(
            r#"<way id="{id}"><nd ref="{from}"/><nd ref="{to}"/><tag k="highway" v="residential"/><tag k="name" v="&lt;Straat&gt; &amp; zo"/></way>"#
        ));
    }
    out.push_str(r#"<way id="4"><nd ref="1"/><nd ref="3"/><tag k="building" v="yes"/></way></osm>"#);
    out
}

/// The same as PBF: a header and one block with dense nodes, written by hand after the format's own description.
fn pbf() -> Vec<u8> {
    fn varint(mut n: u64, out: &mut Vec<u8>) {
        while n >= 128 {
            out.push((n & 127) as u8 | 128);
            n >>= 7;
        }
        out.push(n as u8);
    }
    let zigzag = |n: i64| ((n << 1) ^ (n >> 63)) as u64;
    let number = |field: u64, n: u64| {
        let mut out = vec![(field << 3) as u8];
        varint(n, &mut out);
        out
    };
    let bytes = |field: u64, content: &[u8]| {
        let mut out = vec![(field << 3 | 2) as u8];
        varint(content.len() as u64, &mut out);
        out.extend(content);
        out
    };
    let packed = |field: u64, list: &[u64]| {
        let mut content = vec![];
        list.iter().for_each(|n| varint(*n, &mut content));
        bytes(field, &content)
    };
    let delta = |list: &[i64]| -> Vec<u64> {
        let before = std::iter::once(&0).chain(list);
        list.iter().zip(before).map(|(n, before)| zigzag(n - before)).collect()
    };
    let blob = |kind: &str, content: &[u8]| {
        let mut zlib = ZlibEncoder::new(vec![], Compression::default());
        zlib.write_all(content).unwrap();
        let blob = [number(2, content.len() as u64), bytes(3, &zlib.finish().unwrap())].concat();
        let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
        [(header.len() as u32).to_be_bytes().to_vec(), header, blob].concat()
    };
    // 1 November 2026, 20:00 UTC, in field 32
    let mut day = vec![0x80, 0x02];
    varint(1_793_563_200, &mut day);
    let header = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes"), day].concat();
    let places = [at(0.0, 0.0), at(200.0, 0.0), at(200.0, 200.0), (4.9, 52.37), (4.91, 52.37)];
    let lons: Vec<i64> = places.iter().map(|p| (p.0 * 1e7).round() as i64).collect();
    let lats: Vec<i64> = places.iter().map(|p| (p.1 * 1e7).round() as i64).collect();
    let dense = [packed(1, &delta(&[1, 2, 3, 4, 5])), packed(8, &delta(&lats)), packed(9, &delta(&lons))].concat();
    let way = |id: u64, refs: &[i64], key: u64, value: u64| {
        let way = [number(1, id), packed(2, &[key]), packed(3, &[value]), packed(8, &delta(refs))].concat();
        bytes(2, &bytes(3, &way))
    };
    let strings: Vec<u8> =
        ["", "highway", "residential", "building", "yes"].iter().flat_map(|s| bytes(1, s.as_bytes())).collect();
    let block = [
        bytes(1, &strings),
        bytes(2, &bytes(2, &dense)),
        way(1, &[1, 2], 1, 2),
        way(2, &[2, 3], 1, 2),
        way(3, &[4, 5], 1, 2),
        way(4, &[1, 3], 3, 4),
    ]
    .concat();
    [blob("OSMHeader", &header), blob("OSMData", &block)].concat()
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(vec![], Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

#[test]
fn every_form_of_openstreetmap_gives_the_same_network() {
    let made = |name: &str, bytes: &[u8]| {
        let extract = read(&file(name, bytes)).unwrap();
        assert_eq!((extract.data_of.as_deref(), extract.ways.len()), (Some("2026-11-01"), 3), "{name}");
        assert!(!extract.nodes.contains_key(&77));
        assemble(&extract, |lon, _| lon < 4.8)
    };
    let plain = made("a.osm", xml().as_bytes());
    assert_eq!(plain.1, Tally { streets: 3, elsewhere: 1, closed: 0, pieces: 2 });
    assert_eq!(made("a.osm.gz", &gzipped(&xml())), plain);
    assert_eq!(made("a.osm.pbf", &pbf()), plain);
    let ways_first = xml().replace("</osm>", "");
    let (nodes, ways) = ways_first.split_at(ways_first.find("<way").unwrap());
    let (begin, nodes) = nodes.split_at(nodes.find("<node").unwrap());
    assert_eq!(made("turned.osm", format!("{begin}{ways}{nodes}</osm>").as_bytes()), plain, "as Overpass gives it");
}

#[test]
fn a_bad_file_says_what_is_wrong() {
    let whole = pbf();
    let nwb = |properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{{"type":"LineString","coordinates":[[106000,503000],[106100,503000]]}}}}]}}"#
        )
    };
    for (name, bytes, says) in [
        ("empty", vec![], "this is no extract of OpenStreetMap"),
        ("a.zip", b"PK\x03\x04zip".to_vec(), "Unpack .zip and .bz2 files first"),
        ("page.html", b"<!doctype html><html></html>".to_vec(), "this is no extract of OpenStreetMap"),
        ("cut.osm", xml().split_at(700).0.as_bytes().to_vec(), "Download or export the file again"),
        ("cut.osm.gz", gzipped(&xml()).split_at(300).0.to_vec(), "Download or export the file again"),
        ("cut.pbf", whole[..whole.len() - 40].to_vec(), "block 2"),
        ("point.osm", br#"<osm><node id="5"/></osm>"#.to_vec(), "node 5 has no longitude and latitude"),
        ("id.osm", br#"<osm><way></way></osm>"#.to_vec(), "a way without an id"),
        ("other.geojson", nwb(r#"{"name":"Kerkweg"}"#).into_bytes(), "is this the road file?"),
        ("no.json", b"{\"a\": 1}".to_vec(), "GeoJSON"),
    ] {
        let error = read(&file(name, &bytes)).unwrap_err().to_string();
        assert!(error.contains(says), "{name}: {error}");
    }
    let good = nwb(r#"{"jte_id_beg":"11","jte_id_end":12,"rijrichtng":"H","bst_code":"RB","wegbehsrt":"G"}"#);
    let extract = read(&file("rd.geojson", good.as_bytes())).unwrap();
    let (network, _) = assemble(&extract, |_, _| true);
    assert!((network.metres(&network.edges[0]) - 100.0).abs() < 0.5, "RD is understood");
    assert_eq!(network.edges[0].ways(Mode::Bicycle), (true, true));
    assert_eq!(network.edges[0].ways(Mode::Car), (true, false));
}

testkit::db_test! {
    async fn a_file_takes_the_place_of_the_network_that_was_there(db) {
        let app = testkit::app(db, |m| {
            m.put(Atlas::new(&m.file));
            m.put(StreetMap::new(StreetsConfig::read(&m.folder).unwrap()));
        });
        let map = app.municipality("GM0396").unwrap().get::<StreetMap>();
        let path = file("a.osm", xml().as_bytes());
        let dry = import::run(&app, "GM0396", &path, true).await.unwrap();
        assert!(dry.to_string().contains("3 streets read, of 2026-11-01; 1 lie elsewhere"), "{dry}");
        assert!(dry.to_string().contains("dry run") && map.streets().is_none());
        assert_eq!(map.source_key(), "streets-source-none");
        for _ in 0..2 {
            let report = import::run(&app, "GM0396", &path, false).await.unwrap();
            assert_eq!(report, import::Report { dry_run: false, ..dry.clone() });
            assert!(report.to_string().contains("OpenStreetMap contributors"), "{report}");
        }
        let streets = map.streets().unwrap();
        assert_eq!(map.source_key(), "streets-source-osm");
        let times = table(Some(&streets), Mode::Foot, PACE, &[at(0.0, 0.0), at(200.0, 200.0)]);
        assert!(times.by_streets && (times.get(0, 1) - 400).abs() <= 1);
        // another program reads the same from the database
        let again = StreetMap::new(map.config.clone());
        let mut tx = app.main.read().await.unwrap();
        again.reload(&mut tx, "GM0396").await.unwrap();
        assert_eq!(again.streets().unwrap().network, streets.network);
        let (rows,): (i64,) = tx.one("select count(*) from street_network", args![]).await.unwrap();
        let (entries,): (i64,) =
            tx.one("select count(*) from audit_entry where kind = 'streets'", args![]).await.unwrap();
        assert_eq!((rows, entries), (1, 2), "one network; each import stands in the audit trail");
        drop(tx);
        let elsewhere = import::run(&app, "US-STL", &path, false).await.unwrap_err().to_string();
        assert!(elsewhere.contains("Nothing was changed"), "{elsewhere}");
        let invented = Extract::invented([("residential", vec![at(0.0, 0.0), at(500.0, 0.0)])]);
        import::write(&app, "GM0396", invented, "demo", false).await.unwrap();
        assert_eq!(map.source_key(), "streets-source-invented");
    }
}
