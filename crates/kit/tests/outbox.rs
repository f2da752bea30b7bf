//! What the outbox promises: nothing lost and nothing twice, whatever ends the program and whatever the server says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]
use kit::config::{MailConfig, SmtpTls};
use kit::mail::Post;
use kit::outbox::{self, Message};
use kit::{At, Clock, Db, Main, Uuid, args, jobs};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::db_test;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

const TOWN: &str = "GM0396";

fn config(folder: &Path) -> MailConfig {
    MailConfig {
        from: "Regie <regie@regie.example>".into(),
        smtp_host: None,
        smtp_user: None,
        smtp_password: None,
        folder: Some(folder.to_owned()),
        smtp_tls: SmtpTls::None,
        smtp_port: None,
        retry_days: 3,
        send_unsure_again: false,
        journal: None,
        inbox: None,
        inbox_most_megabytes: 1,
    }
}

fn smtp(port: u16) -> MailConfig {
    MailConfig {
        smtp_host: Some("127.0.0.1".into()),
        smtp_port: Some(port),
        folder: None,
        journal: Some(testkit::folder().join("journal")),
        ..config(Path::new("."))
    }
}

/// How often the server took each Message-ID.
type Taken = Arc<Mutex<BTreeMap<String, usize>>>;

/// A mail server on this machine. It refuses who is called `nobody`, has no time for `later`, hangs up on `hangup`
/// before its answer to the content, and takes mail only after the whole of it came.
async fn server() -> (u16, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let all = taken.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let taken = all.clone();
            tokio::spawn(async move {
                let (read, mut write) = socket.into_split();
                let mut lines = BufReader::new(read).lines();
                let mut to = String::new();
                let _ = write.write_all(b"220 test\r\n").await;
                while let Ok(Some(line)) = lines.next_line().await {
                    let answer = match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
                        "EHLO" => "250 test",
                        "RCPT" if line.contains("<nobody@") => "550 5.1.1 no such user",
                        "RCPT" if line.contains("<later@") => "451 4.7.1 come back later",
                        "RCPT" => {
                            to = line.clone();
                            "250 ok"
                        }
                        "DATA" => {
                            let _ = write.write_all(b"354 go on\r\n").await;
                            let mut id = String::new();
                            loop {
                                match lines.next_line().await {
                                    Ok(Some(text)) if text == "." => break,
                                    Ok(Some(text)) => {
                                        if let Some(value) = text.strip_prefix("Message-ID: ") {
                                            id = value.to_owned();
                                        }
                                    }
                                    // The connection ended before the dot: the mail was never taken.
                                    _ => return,
                                }
                            }
                            *taken.lock().unwrap().entry(id).or_default() += 1;
                            if to.contains("<hangup@") {
                                return;
                            }
                            "250 taken"
                        }
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    };
                    if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (port, taken)
}

async fn put(db: &Db<Main>, clock: &Clock, recipients: impl IntoIterator<Item = String>) -> Vec<Uuid> {
    let mut tx = db.write().await.unwrap();
    let mut ids = Vec::new();
    for recipient in recipients {
        let (id, municipality) = (clock.id(), TOWN.to_owned());
        let message = Message { id, municipality, recipient, subject: "Nieuws".into(), body: "Beste inwoner".into() };
        outbox::put(&mut tx, &message, clock.now()).await.unwrap();
        outbox::put(&mut tx, &message, clock.now()).await.unwrap();
        ids.push(id);
    }
    tx.commit().await.unwrap();
    ids
}

fn job() -> jobs::Job {
    jobs::Job {
        id: Uuid::nil(),
        municipality: TOWN.into(),
        name: outbox::DELIVER.into(),
        payload: "{}".into(),
        attempts: 1,
        vault: "main",
    }
}

async fn state(db: &Db<Main>, id: Uuid) -> (String, String) {
    let mut tx = db.read().await.unwrap();
    let standing = outbox::standing(&mut tx, TOWN, id).await.unwrap().unwrap();
    (standing.state, standing.answer)
}

async fn count(db: &Db<Main>, state: &str) -> i64 {
    let mut tx = db.read().await.unwrap();
    let sql = "select cast(count(*) as bigint) from outbox where state = $1";
    tx.one::<(i64,)>(sql, args![state]).await.unwrap().0
}

fn ahead(clock: &Clock, minutes: i64) {
    clock.set(At::from_micros(clock.now().micros() + minutes * 60_000_000).0);
}

db_test! {
    async fn each_mail_ends_as_the_server_says_and_none_waits_for_another(db) {
        let (port, taken) = server().await;
        let post = Post::open(&smtp(port)).unwrap();
        let clock = Clock::fixed(testkit::now());
        let names = ["nobody@x.nl", "no address", "later@x.nl", "hangup@x.nl", "an@x.nl"];
        let ids = put(&db, &clock, names.map(str::to_owned)).await;
        outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
        let states = async || {
            let mut all = Vec::new();
            for id in &ids {
                all.push(state(&db, *id).await.0);
            }
            all
        };
        assert_eq!(states().await, ["failed", "failed", "waiting", "unsure", "sent"]);
        assert!(state(&db, ids[0]).await.1.contains("no such user"));
        let mut tx = db.read().await.unwrap();
        let (kept,): (i64,) = tx.one(
            "select cast(count(*) as bigint) from outbox where state in ('sent', 'failed') and (recipient <> '' or body <> '')",
            vec![]).await.unwrap();
        assert_eq!(kept, 0, "the address and the text are wiped");
        drop(tx);

        // The unsure one goes again only because somebody says so, with the same Message-ID.
        outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
        assert_eq!(taken.lock().unwrap().values().sum::<usize>(), 2);
        let mut tx = db.write().await.unwrap();
        assert!(outbox::again(&mut tx, TOWN, ids[3], clock.now()).await.unwrap());
        assert!(!outbox::again(&mut tx, TOWN, ids[4], clock.now()).await.unwrap(), "a sent mail is not sent again");
        tx.commit().await.unwrap();
        outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
        assert_eq!(taken.lock().unwrap().get(&format!("<{}@regie.example>", ids[3])), Some(&2));

        // Growing waits, until the days are over.
        let mut tries = 0;
        while state(&db, ids[2]).await.0 == "waiting" {
            ahead(&clock, 10);
            tries += 1;
            outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
            assert!(tries < 1000);
        }
        assert!((432..=456).contains(&tries), "three days of ten minutes, at the last of four hours: {tries}");
        let (state, answer) = state(&db, ids[2]).await;
        assert_eq!(state, "failed");
        assert!(answer.contains("come back later"), "{answer}");
        let mut tx = db.read().await.unwrap();
        let (attempts,): (i64,) =
            tx.one("select attempts from outbox where id = $1", args![ids[2]]).await.unwrap();
        assert!(attempts < 40, "{attempts}");
    }
    async fn a_server_that_is_down_is_asked_once_and_nothing_is_lost(db) {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let clock = Clock::fixed(testkit::now());
        let ids = put(&db, &clock, (0..5).map(|n| format!("r{n}@x.nl"))).await;
        let post = Post::open(&smtp(gone)).unwrap();
        outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let (attempts,): (i64,) = tx.one("select cast(sum(attempts) as bigint) from outbox", vec![]).await.unwrap();
        assert_eq!(attempts, 1);
        let (next,): (i64,) =
            tx.one("select max(run_at) from job where name = $1", args![outbox::DELIVER]).await.unwrap();
        assert_eq!(next, clock.now().micros() + 60_000_000, "it looks again when the first wait is over");
        drop(tx);
        let (port, taken) = server().await;
        let post = Post::open(&smtp(port)).unwrap();
        ahead(&clock, 1);
        outbox::deliver(&db, &post, &job(), &clock).await.unwrap();
        assert_eq!(taken.lock().unwrap().len(), ids.len());
        assert_eq!(count(&db, "sent").await, 5);
    }
    async fn what_the_inbox_learns_is_kept(db) {
        let clock = Clock::fixed(testkit::now());
        let ids = put(&db, &clock, ["an@x.nl".to_owned()]).await;
        let mut tx = db.write().await.unwrap();
        assert!(!outbox::learned(&mut tx, TOWN, ids[0], "bounced", "5.1.1", clock.now()).await.unwrap(), "it waits");
        tx.commit().await.unwrap();
        outbox::deliver(&db, &Post::open(&config(&testkit::folder())).unwrap(), &job(), &clock).await.unwrap();
        let mut tx = db.write().await.unwrap();
        assert!(outbox::learned(&mut tx, TOWN, ids[0], "bounced", "5.1.1", clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(state(&db, ids[0]).await, ("bounced".to_owned(), "5.1.1".to_owned()));
    }
}

/// Delivers 1,000 mails with a worker that is ended at random moments, and starts the program again each time.
async fn killed(db: &Db<Main>, post: &Post) -> (Vec<Uuid>, usize) {
    let clock = Arc::new(Clock::fixed(testkit::now()));
    let ids = put(db, &clock, (0..1000).map(|n| format!("r{n}@x.nl"))).await;
    let (mut kills, mut dice) = (0, 0x2545_f491_4f6c_dd1d_u64);
    while count(db, "waiting").await + count(db, "claimed").await > 0 {
        let worker = tokio::spawn({
            let (db, post, clock) = (db.clone(), post.clone(), clock.clone());
            async move { outbox::deliver(&db, &post, &job(), &clock).await.unwrap() }
        });
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        tokio::time::sleep(Duration::from_micros(500 + dice % 60_000)).await;
        kills += usize::from(!worker.is_finished());
        worker.abort();
        let _ = worker.await;
        ahead(&clock, 1);
        outbox::start(db, post, TOWN, clock.now()).await.unwrap();
        assert!(kills < 3_000);
    }
    (ids, kills)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_mails_into_a_folder_survive_every_kill() {
    let (db, folder) = (testkit::sqlite::<Main>().await, testkit::folder());
    let (ids, kills) = killed(&db, &Post::open(&config(&folder)).unwrap()).await;
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".eml"))
        .collect();
    let mut expected: Vec<_> = ids.iter().map(|id| format!("{id}.eml")).collect();
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
    assert_eq!(count(&db, "sent").await, 1000);
    assert!(kills > 20, "{kills}");
    eprintln!("folder: 1000 mails, {kills} kills, 0 lost, 0 double");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_mails_by_smtp_survive_every_kill() {
    for again in [false, true] {
        let db = testkit::sqlite::<Main>().await;
        let (port, taken) = server().await;
        let mail = MailConfig { send_unsure_again: again, ..smtp(port) };
        let (ids, kills) = killed(&db, &Post::open(&mail).unwrap()).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let taken = taken.lock().unwrap().clone();
        let (raw, distinct) = (taken.values().sum::<usize>(), taken.len());
        let unsure = count(&db, "unsure").await;
        eprintln!("smtp, unsure ones again: {again}; {kills} kills, {distinct} distinct, {raw} raw, {unsure} unsure");
        assert!(kills > 20, "{kills}");
        assert_eq!(distinct, ids.len(), "none is lost");
        if again {
            assert_eq!(unsure, 0);
        } else {
            assert_eq!(raw, 1000, "none is there twice");
        }
        assert_eq!(count(&db, "sent").await + unsure, 1000);
    }
}
