//! The command line as an outsider calls it: what it does, what it says, and its exit codes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a call printed and how it ended.
struct Said {
    code: i32,
    out: String,
    err: String,
}

/// An installation in a folder of its own.
struct Town(PathBuf);

impl Town {
    fn new(storage: &str) -> Self {
        let dir = testkit::folder();
        let config = testkit::root().join("config").canonicalize().unwrap();
        let text = format!(
            "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1\"\n\
             municipalities = [\"{0}/heemskerk\", \"{0}/stlouis\"]\nlaw = \"{0}/law\"\n\
             keys = \"keys.toml\"\n[storage]\n{storage}\n[mail]\nfrom = \"Regie <regie@regie.example>\"\nfolder = \"mail\"\n",
            config.display()
        );
        std::fs::write(dir.join("regie.toml"), text).unwrap();
        let town = Self(dir);
        town.ok(&["keys", "make", "keys.toml"]);
        town
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn say(&self, arguments: &[&str]) -> Said {
        self.say_with(arguments, "")
    }

    fn say_with(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = Command::new(env!("CARGO_BIN_EXE_regie"))
            .args(arguments)
            .current_dir(&self.0)
            .env_remove("REGIE_CONFIG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let said = self.say(arguments);
        assert_eq!(said.code, 0, "{arguments:?}\n{}{}", said.out, said.err);
        said.out
    }

    fn add(&self, username: &str) -> Said {
        let arguments = ["account", "add", "--username", username, "--name", "Ada", "--role", "coordinator"];
        self.say_with(&arguments, "een lang wachtwoord\n")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

const SQLITE: &str = "kind = \"sqlite\"\ndir = \"data\"";

#[test]
fn wrong_calls_end_with_2_and_say_what_to_do() {
    let town = Town::new(SQLITE);
    for (arguments, sentence) in [
        (&["nonsense"][..], "unrecognized subcommand"),
        (&["report", "annual", "--year", "soon", "--out", "x.pdf"], "invalid value"),
        (&["import", "areas", "missing.geojson", "--year", "2025"], "there is no file missing.geojson"),
        (&["check", "audit", "--dir", "nowhere"], "there is no nowhere/regie.toml"),
        (&["import", "areas", "regie.toml", "--year", "2025", "--municipality", "GM9999"], "GM0396, US-STL"),
        (&["import", "streets", "missing.osm.pbf"], "there is no file missing.osm.pbf"),
    ] {
        let said = town.say(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(sentence), "{arguments:?}: {}", said.err);
    }
    assert_eq!(town.say(&["--help"]).code, 0);
}

#[test]
fn a_wrong_configuration_ends_with_1_and_names_file_and_key() {
    let town = Town::new(SQLITE);
    let wrong = std::fs::read_to_string(town.path("regie.toml")).unwrap().replace("listen =", "lissen =");
    town.write("wrong.toml", &wrong);
    let said = town.say(&["check", "config", "--config", "wrong.toml"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("wrong.toml") && said.err.contains("lissen"), "{}", said.err);
    assert!(town.ok(&["check", "config"]).contains("Heemskerk (GM0396)"));
}

#[test]
fn areas_and_signals_come_in_and_the_year_goes_out() {
    let town = Town::new(SQLITE);
    let sketch = testkit::root().join("config/heemskerk/areas.geojson").canonicalize().unwrap();
    let out = town.ok(&["import", "areas", text(&sketch), "--year", "2025"]);
    assert!(out.contains("38 neighbourhood"), "{out}");
    town.write(
        "mapping.toml",
        "municipality = \"GM0396\"\nsource = \"import\"\norigin = \"old\"\n\
         [columns]\nid = \"nr\"\ntime = \"at\"\nx = \"lon\"\ny = \"lat\"\ncategory = \"kind\"\n\
         [time]\nformat = \"iso\"\nzone = \"Europe/Amsterdam\"\n[place]\ncrs = \"wgs84\"\n\
         [categories]\n\"poop\" = \"dog-mess\"\n",
    );
    let rows = "nr,at,lon,lat,kind\n1,2024-05-01T10:00:00,4.6718,52.5109,poop\n\
                2,2024-05-02T10:00:00,4.6718,52.5109,unknown\n3,2024-05-03T10:00:00,9.0,52.5,poop\n";
    town.write("rows.csv", rows);
    let arguments = ["import", "signals", "rows.csv", "--mapping", "mapping.toml", "--rejects", "refused.csv"];
    let out = town.ok(&arguments);
    assert!(out.contains("3 rows: 1 new, 0 known, 2 rejected"), "{out}");
    let refused = std::fs::read_to_string(town.path("refused.csv")).unwrap();
    assert!(refused.contains("unknown") && refused.lines().count() == 3, "{refused}");
    assert!(town.ok(&arguments).contains("0 new, 1 known"), "the second time nothing is doubled");
    town.ok(&["report", "annual", "--year", "2024", "--out", "year.pdf"]);
    assert!(std::fs::read(town.path("year.pdf")).unwrap().starts_with(b"%PDF-"));
    assert_eq!(town.say(&["report", "annual", "--year", "1999", "--out", "old.pdf"]).code, 1);
    assert!(town.ok(&["check", "audit"]).contains("main GM0396: whole"));
}

fn backup_and_restore(town: &Town) {
    assert_eq!(town.add("ada").code, 0);
    let said = town.add("ada");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is taken"), "{}", said.err);
    town.ok(&["backup", "copy.regie"]);
    assert_eq!(town.add("bob").code, 0);
    assert_eq!(town.add("bob").code, 1);
    town.ok(&["restore", "copy.regie"]);
    assert_eq!(town.add("bob").code, 0, "bob came after the copy, so he is free again");
    assert_eq!(town.add("ada").code, 1, "ada is in the copy");
    town.write("damaged.regie", "this is no backup");
    let said = town.say(&["restore", "damaged.regie"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is no backup of Regie"), "{}", said.err);
    assert_eq!(town.add("ada").code, 1, "a damaged file changes nothing");
}

#[test]
fn a_backup_brings_everything_back_on_sqlite() {
    backup_and_restore(&Town::new(SQLITE));
}

#[tokio::test]
async fn a_backup_brings_everything_back_on_postgres() {
    let Some((storage, _)) = postgres().await else { return };
    tokio::task::spawn_blocking(move || backup_and_restore(&Town::new(&storage))).await.unwrap();
}

#[test]
fn streets_come_in_after_a_dry_run() {
    let town = Town::new(SQLITE);
    town.write(
        "roads.osm",
        r#"<osm><node id="1" lon="4.66" lat="52.51"/><node id="2" lon="4.67" lat="52.51"/>
        <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>"#,
    );
    let dry = town.ok(&["import", "streets", "roads.osm", "--dry-run"]);
    assert!(dry.contains("by car: 0.7 km") && dry.contains("dry run"), "{dry}");
    let out = town.ok(&["import", "streets", "roads.osm"]);
    assert!(out.contains("© OpenStreetMap contributors") && !out.contains("dry run"), "{out}");
    town.write("roads.osm", "<osm>");
    let said = town.say(&["import", "streets", "roads.osm"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("Nothing was changed"), "{}", said.err);
}

#[test]
fn a_changed_audit_entry_is_found() {
    let town = Town::new(SQLITE);
    let sketch = testkit::root().join("config/heemskerk/areas.geojson").canonicalize().unwrap();
    town.ok(&["import", "areas", text(&sketch), "--year", "2025"]);
    town.ok(&["check", "audit"]);
    let db = rusqlite::Connection::open(town.path("data/main.sqlite")).unwrap();
    db.execute("update audit_entry set detail = '{}' where seq = 1", []).unwrap();
    let said = town.say(&["check", "audit"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("BROKEN at entry 1"), "{}", said.out);
}

/// Every vault of an installation on PostgreSQL: its `[storage]`, and the address of each vault by name.
async fn postgres() -> Option<(String, Vec<(&'static str, String)>)> {
    let names: Vec<&str> = std::iter::once("main").chain(kit::db::FENCED).collect();
    let urls = testkit::postgres_vaults(&names).await?;
    let vaults: Vec<(&str, String)> = names.into_iter().zip(urls).collect();
    let lines: String = vaults.iter().map(|(name, url)| format!("{name} = \"{url}\"\n")).collect();
    Some((format!("kind = \"postgres\"\n[storage.vaults]\n{lines}"), vaults))
}

#[test]
fn every_fence_holds_on_sqlite() {
    let town = Town::new(SQLITE);
    let out = town.ok(&["check", "fences"]);
    assert!(out.contains("every fence holds: 9 vaults, 72 pairs"), "{out}");
    // Two vaults with one key: the check says so.
    let keys = std::fs::read_to_string(town.path("keys.toml")).unwrap();
    let lines: Vec<&str> = keys.lines().filter(|l| l.starts_with("current")).collect();
    std::fs::write(town.path("keys.toml"), keys.replace(lines[1], lines[2])).unwrap();
    let said = town.say(&["check", "fences"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("the same master key"), "{}", said.out);
}

#[tokio::test]
async fn every_fence_holds_on_postgres_and_a_hole_is_found() {
    let Some((storage, vaults)) = postgres().await else { return };
    let url = |name: &str| vaults.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    let owner = url("bibob");
    let role = url("wpg").split_once("//").unwrap().1.split_once(':').unwrap().0.to_owned();
    let (town, out) = tokio::task::spawn_blocking(move || {
        let town = Town::new(&storage);
        let out = town.ok(&["check", "fences"]);
        (town, out)
    })
    .await
    .unwrap();
    assert!(out.contains("every fence holds: 9 vaults, 72 pairs"), "{out}");
    use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
    let mut bibob = PgConnection::connect(&owner).await.unwrap();
    for sql in
        [format!("grant usage on schema bibob to {role}"), format!("grant select on bibob.audit_entry to {role}")]
    {
        bibob.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let said = tokio::task::spawn_blocking(move || town.say(&["check", "fences"])).await.unwrap();
    assert_eq!(said.code, 1);
    for way in ["its role may use the schema", "its role has rights on a table", "a plain read succeeds"] {
        assert!(said.out.contains(&format!("wpg can see bibob: {way}")), "{way}\n{}", said.out);
    }
}

/// Who may make a note in which processing: one for each fenced vault.
const WHERE: [(&str, &str, policy::Role); 8] = [
    ("wpg", "wpg-daily", policy::Role::Officer),
    ("police", "police-reports", policy::Role::Adviser),
    ("partnership", "zvh-cases", policy::Role::ProcessDirector),
    ("radicalisation", "radicalisation", policy::Role::Adviser),
    ("bibob", "bibob", policy::Role::BibobOfficer),
    ("social", "social", policy::Role::SocialOfficer),
    ("ggz", "wvggz", policy::Role::CareOfficer),
    ("victims", "victims", policy::Role::CrisisOfficer),
];

/// Words of records that occur nowhere else.
const WORDS: [&str; 4] = ["Zeldzaamtitel", "Zeldzaamtekst", "Zeldzaampersoon", "Zeldzaambron"];

async fn opened<V: kit::Vault>(town: &Town, urls: &[(&str, String)], seals: &mut kit::Seals) -> kit::Db<V> {
    let db = match urls.iter().find(|(name, _)| *name == V::NAME) {
        Some((_, url)) => kit::Db::<V>::postgres(url).await.unwrap(),
        None => kit::Db::<V>::sqlite(&town.path("data")).await.unwrap(),
    };
    let ring = kit::Keyring::read(&town.path("keys.toml")).unwrap();
    seals.add(V::NAME, kit::Seal::load(&db, &ring, kit::Clock::System.now()).await.unwrap());
    db
}

/// Writes a note with [`WORDS`] in every fenced vault of the town, over HTTP; gives the token of a session.
async fn fill(town: &Town, urls: &[(&str, String)]) -> String {
    use kit::db::{Bibob, Ggz, Partnership, Police, Radicalisation, Social, Victims, Wpg};
    let (mut seals, mut vaults) = (kit::Seals::default(), kit::Vaults::default());
    let main = opened::<kit::Main>(town, urls, &mut seals).await;
    vaults.add(&opened::<Wpg>(town, urls, &mut seals).await);
    vaults.add(&opened::<Police>(town, urls, &mut seals).await);
    vaults.add(&opened::<Partnership>(town, urls, &mut seals).await);
    vaults.add(&opened::<Radicalisation>(town, urls, &mut seals).await);
    vaults.add(&opened::<Bibob>(town, urls, &mut seals).await);
    vaults.add(&opened::<Social>(town, urls, &mut seals).await);
    vaults.add(&opened::<Ggz>(town, urls, &mut seals).await);
    vaults.add(&opened::<Victims>(town, urls, &mut seals).await);
    let mut app = testkit::app_in(testkit::House { main, vaults }, |municipality| {
        let config = records::RecordsConfig::read(&municipality.folder).unwrap();
        municipality.put(config);
    });
    std::sync::Arc::get_mut(&mut app).unwrap().seals = seals;
    let table = site::routes::Table::new(&app)
        .post("/login", "session:start", people::session::submit)
        .post("/records/{processing}/open", "record:open", records::open::open)
        .post("/records/{processing}/new", "record:create", records::edit::create);
    let caller = testkit::Caller::new(&app, &testkit::web(&app, table), None);
    for (_, processing, role) in WHERE {
        let actor = policy::Actor {
            authorised: [processing.to_owned()].into(),
            in_office: true,
            stepped_up_at: Some(app.clock.now()),
            ..testkit::cx(&app, Some(role)).actor
        };
        let (request, reason) = (app.clock.id().to_string(), "Onderzoek naar een strafbaar feit");
        let [title, words, person, source] = WORDS;
        let opening = [("open-request", request.as_str()), ("open-hat", "investigator"), ("open-reason", reason)];
        let note = [
            ("request", request.as_str()),
            ("title", title),
            ("text", words),
            ("person-0-name", person),
            ("source", source),
        ];
        for (end, fields) in [("open", &opening[..]), ("new", &note)] {
            let pairs = fields.iter().map(|(k, v)| format!("{k}={}", site::layers::encode(v)));
            let request = axum::http::Request::post(format!("/records/{processing}/{end}"))
                .header("content-type", "application/x-www-form-urlencoded")
                .extension(actor.clone())
                .body(axum::body::Body::from(pairs.collect::<Vec<_>>().join("&")))
                .unwrap();
            let answer = caller.send(request).await;
            assert_eq!(answer.status, 303, "{processing} {end}: {}", answer.text);
        }
    }
    let answer = caller.form("/login", &[("username", "ada"), ("password", "een lang wachtwoord")]).await;
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    let token =
        cookies.filter_map(|c| c.strip_prefix("session=")).next().unwrap().split(';').next().unwrap().to_owned();
    for vault in app.every_vault() {
        vault.close().await;
    }
    token
}

/// Whoever finds a backup reads no word of a fenced record and no secret in it.
async fn leaked(town: &Town, urls: &[(&str, String)]) {
    assert_eq!(town.add("ada").code, 0);
    let token = fill(town, urls).await;
    assert_eq!(token.len(), 64);
    town.ok(&["backup", "copy.regie"]);
    let file = std::fs::File::open(town.path("copy.regie")).unwrap();
    tar::Archive::new(flate2::read::GzDecoder::new(file)).unpack(town.path("leak")).unwrap();
    let keys = std::fs::read_to_string(town.path("keys.toml")).unwrap();
    let masters: Vec<&str> =
        keys.lines().filter_map(|l| l.strip_prefix("current = \"")).map(|l| l.trim_end_matches('"')).collect();
    assert_eq!(masters.len(), 9);
    let bytes =
        |hex: &str| (0..32).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()).collect::<Vec<u8>>();
    let mut secrets: Vec<Vec<u8>> = masters.iter().map(|master| bytes(master)).collect();
    secrets.extend(
        masters
            .iter()
            .copied()
            .chain(WORDS)
            .chain(["een lang wachtwoord", token.as_str()])
            .map(|s| s.as_bytes().to_vec()),
    );
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes();
    secrets.extend(secrets.clone().iter().map(|secret| hex(secret)));
    let holds = |text: &[u8], part: &[u8]| text.windows(part.len()).any(|window| window == part);
    let mut names: Vec<String> = vec![];
    for entry in std::fs::read_dir(town.path("leak")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = match name.ends_with(".pgdump") {
            true => Command::new("pg_restore").args(["-f", "-"]).arg(&path).output().unwrap().stdout,
            false => std::fs::read(&path).unwrap(),
        };
        if let Some((_, processing, _)) = WHERE.iter().find(|(vault, ..)| name.starts_with(&format!("{vault}."))) {
            assert!(holds(&text, processing.as_bytes()), "{name} is read as it is");
        }
        for secret in &secrets {
            assert!(!holds(&text, secret), "{name}: {}", String::from_utf8_lossy(secret));
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(names.len(), 10, "nine vaults and a list of them: {names:?}");
    assert!(!names.iter().any(|name| name.contains("keys")), "the key file is kept elsewhere");
    town.ok(&["keys", "make", "other.toml"]);
    let config = std::fs::read_to_string(town.path("regie.toml")).unwrap().replace("keys.toml", "other.toml");
    town.write("other-keys.toml", &config);
    let said = town.say(&["report", "annual", "--year", "2024", "--out", "x.pdf", "--config", "other-keys.toml"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is not the one"), "{}", said.err);
}

#[tokio::test]
async fn a_leaked_backup_shows_no_name_on_sqlite() {
    leaked(&Town::new(SQLITE), &[]).await;
}

#[tokio::test]
async fn a_leaked_backup_shows_no_name_on_postgres() {
    let Some((storage, vaults)) = postgres().await else { return };
    leaked(&Town::new(&storage), &vaults).await;
}

#[test]
fn keys_are_rotated_and_wrapped_and_the_old_ones_are_worth_nothing() {
    let town = Town::new(SQLITE);
    assert_eq!(town.add("ada").code, 0);
    let out = town.ok(&["check", "audit"]);
    assert!(out.contains("main GM0396: whole, 1 entries"), "who adds an account at the terminal leaves a trace: {out}");
    let out = town.ok(&["keys", "rotate"]);
    assert_eq!(out.matches("data key 2").count(), 9, "{out}");
    assert_eq!(town.ok(&["keys", "rotate", "--vault", "wpg"]).matches("data key 3").count(), 1);
    assert_eq!(town.say(&["keys", "rotate", "--vault", "nowhere"]).code, 2);

    // New master keys: the old ones open until the data keys are wrapped anew, and nothing after.
    let old = std::fs::read_to_string(town.path("keys.toml")).unwrap();
    town.ok(&["keys", "make", "fresh.toml"]);
    let fresh = std::fs::read_to_string(town.path("fresh.toml")).unwrap();
    let keys = |text: &str| -> Vec<String> {
        text.lines().filter_map(|l| l.strip_prefix("current = ")).map(str::to_owned).collect()
    };
    let both: String = fresh
        .lines()
        .scan(keys(&old).into_iter(), |old, line| {
            let previous =
                if line.starts_with("current") { format!("\nprevious = {}", old.next()?) } else { String::new() };
            Some(format!("{line}{previous}\n"))
        })
        .collect();
    std::fs::write(town.path("keys.toml"), both).unwrap();
    let out = town.ok(&["keys", "wrap"]);
    assert_eq!(out.matches(": 2 data keys wrapped").count(), 9, "{out}");
    std::fs::write(town.path("keys.toml"), &fresh).unwrap();
    assert_eq!(town.add("bob").code, 0, "the new keys open every vault");
    std::fs::write(town.path("keys.toml"), &old).unwrap();
    let said = town.add("eve");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is not the one"), "{}", said.err);
}
