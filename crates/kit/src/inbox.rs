//! The inbox: a Maildir in which a mail server puts what comes back. Mails are read as data from strangers: sizes are
//! limited, nothing in them is trusted, and what cannot be read is put aside.

use crate::clock::At;
use jiff::Timestamp;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// Most characters of text that are kept of one mail.
const TEXT: usize = 50_000;
/// Most files that are kept of one mail.
const FILES: usize = 20;

/// A mail that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Message-ID without its brackets; a mail without one gets a hash of its bytes.
    pub message_id: String,
    /// Address of the sender; empty when there is none.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// The text, from HTML where there is no plain text.
    pub text: String,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// When it was sent, as the sender says.
    pub date: Option<At>,
    /// Message-IDs that it answers, nearest first.
    pub answers: Vec<String>,
    /// Whether a machine sent it (RFC 3834, `Precedence: bulk`): never to be answered.
    pub is_automatic: bool,
    /// What it says about the delivery of mails of ours (RFC 3464).
    pub report: Vec<Report>,
}

/// A file of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Name, without a path.
    pub name: String,
    /// Content type as the sender says, e.g. `image/jpeg`.
    pub kind: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What became of a mail, as its delivery status notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Message-ID of that mail, without its brackets.
    pub about: String,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464 section 2.3.3).
    pub action: String,
    /// Status code, e.g. `5.1.1`, and the words of the server.
    pub detail: String,
}

/// Reads a mail; nothing when the bytes are no mail.
#[must_use]
pub fn parse(bytes: &[u8]) -> Option<Incoming> {
    let mail = MessageParser::default().parse(bytes)?;
    if mail.headers().is_empty() {
        return None;
    }
    let from = mail.from().and_then(|a| a.first()).and_then(|a| a.address()).unwrap_or_default().trim().to_lowercase();
    let mut answers = ids(mail.in_reply_to());
    answers.extend(ids(mail.references()).into_iter().rev());
    answers.dedup();
    let text: String = mail.body_text(0).unwrap_or_default().replace("\r\n", "\n").chars().take(TEXT).collect();
    let report = report(&mail, &from, &text);
    Some(Incoming {
        message_id: mail.message_id().map_or_else(|| hex::encode(Sha256::digest(bytes)), str::to_owned),
        is_automatic: is_automatic(&mail) || !report.is_empty(),
        from,
        subject: mail.subject().unwrap_or_default().chars().filter(|c| !c.is_control()).take(300).collect(),
        text: text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect(),
        attachments: mail.attachments().take(FILES).filter_map(attachment).collect(),
        date: mail.date().and_then(|d| Timestamp::from_second(d.to_timestamp()).ok()).map(At),
        answers,
        report,
    })
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let one = |text: &str| text.trim_matches(['<', '>', ' ']).to_owned();
    match value {
        HeaderValue::Text(text) => vec![one(text)],
        HeaderValue::TextList(list) => list.iter().map(|t| one(t)).collect(),
        _ => vec![],
    }
}

fn is_automatic(mail: &Message<'_>) -> bool {
    let says = |name: &'static str| mail.header(name).and_then(HeaderValue::as_text).unwrap_or_default().to_lowercase();
    let submitted = says("Auto-Submitted");
    (!submitted.is_empty() && submitted != "no")
        || ["bulk", "junk", "list", "auto_reply"].contains(&says("Precedence").as_str())
        || !says("X-Autoreply").is_empty()
        || !says("X-Autorespond").is_empty()
        || mail.header("List-Id").is_some()
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Option<Attachment> {
    let kind = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or("octet-stream")).to_lowercase(),
    );
    let name = part.attachment_name().unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bytes = match &part.body {
        PartType::Message(mail) => mail.raw_message().to_vec(),
        PartType::Multipart(_) => return None,
        _ => part.contents().to_vec(),
    };
    let name = name.chars().filter(|c| !c.is_control()).take(120).collect();
    Some(Attachment { name, kind, bytes })
}

/// The notifications in a mail: those of RFC 3464, or of a mailer that only quotes the mail that it returns.
fn report(mail: &Message<'_>, from: &str, text: &str) -> Vec<Report> {
    let is = |part: &mail_parser::MessagePart<'_>, kind: &str, sub: &str| {
        part.content_type().is_some_and(|t| {
            t.ctype().eq_ignore_ascii_case(kind) && t.subtype().is_some_and(|s| s.eq_ignore_ascii_case(sub))
        })
    };
    let about = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Message(returned) => returned.message_id().map(str::to_owned),
        _ if is(part, "text", "rfc822-headers") => {
            MessageParser::default().parse(part.contents()).and_then(|m| m.message_id().map(str::to_owned))
        }
        _ => None,
    });
    let status = mail.parts.iter().find(|part| is(part, "message", "delivery-status"));
    if let (Some(about), Some(status)) = (&about, status) {
        let text = match &status.body {
            PartType::Message(inner) => String::from_utf8_lossy(inner.raw_message()).into_owned(),
            _ => String::from_utf8_lossy(status.contents()).into_owned(),
        };
        let field = |name: &str| {
            text.lines()
                .filter_map(|l| l.split_once(':'))
                .find(|(n, _)| n.trim().eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
                .unwrap_or_default()
        };
        let detail = format!("{} {}", field("Status"), field("Diagnostic-Code"));
        return vec![Report {
            about: about.clone(),
            action: field("Action").to_lowercase(),
            detail: detail.trim().chars().take(300).collect(),
        }];
    }
    let mailer = ["mailer-daemon@", "postmaster@"].iter().any(|name| from.starts_with(name)) || from.is_empty();
    let quoted = about.or_else(|| {
        let after = text.lines().find_map(|l| {
            let (name, value) = l.split_once(':')?;
            name.trim().eq_ignore_ascii_case("message-id").then(|| value.trim_matches(['<', '>', ' ']).to_owned())
        });
        after.filter(|id| id.contains('@'))
    });
    match quoted.filter(|_| mailer) {
        Some(about) => {
            let detail = text.lines().find(|l| l.contains("550") || l.contains("5.")).unwrap_or_default();
            let detail = detail.trim().chars().take(300).collect();
            vec![Report { about, action: "failed".to_owned(), detail }]
        }
        None => vec![],
    }
}

/// The answer itself: without the mail that it answers, quoted below, and without a signature.
#[must_use]
pub fn own_words(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let bare = line.trim();
        let begins_quote = bare == "--"
            || bare.starts_with("-----Original")
            || bare.starts_with("-----Oorspronkelijk")
            || (bare.ends_with(':') && (bare.starts_with("On ") || bare.starts_with("Op ")) && bare.contains('@'))
            || (bare.ends_with("schreef:") || bare.ends_with("wrote:"));
        if begins_quote {
            break;
        }
        if !bare.starts_with('>') {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// A Maildir: `new/` holds what was not read yet, `cur/` what was.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
    most_bytes: u64,
}

/// One mail in `new/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A mail.
    Mail(PathBuf, Box<Incoming>),
    /// What is no mail, or too large, with why: `unreadable` or `large`, and an id of its own.
    Refused(PathBuf, &'static str, String),
}

impl Maildir {
    /// A Maildir of which mails up to `most_megabytes` are read; its folders are made where they lack.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn open(folder: &Path, most_megabytes: u64) -> std::io::Result<Self> {
        for part in ["new", "cur", "tmp"] {
            std::fs::create_dir_all(folder.join(part))?;
        }
        Ok(Self { folder: folder.to_owned(), most_bytes: most_megabytes.saturating_mul(1024 * 1024) })
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The names of at most `most` new mails, oldest name first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn waiting(&self, most: usize) -> std::io::Result<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(self.folder.join("new"))?
            .flatten()
            .filter(|f| f.file_type().is_ok_and(|t| t.is_file()) && !f.file_name().to_string_lossy().starts_with('.'))
            .map(|f| f.path())
            .collect();
        paths.sort();
        paths.truncate(most);
        Ok(paths)
    }

    /// Reads one of them.
    #[must_use]
    pub fn read(&self, path: PathBuf) -> Found {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own_id = hex::encode(Sha256::digest(name.as_bytes()));
        match std::fs::metadata(&path) {
            Ok(meta) if meta.len() > self.most_bytes => return Found::Refused(path, "large", own_id),
            Ok(_) => {}
            Err(_) => return Found::Refused(path, "unreadable", own_id),
        }
        match std::fs::read(&path).ok().and_then(|bytes| parse(&bytes)) {
            Some(mail) => Found::Mail(path, Box::new(mail)),
            None => Found::Refused(path, "unreadable", own_id),
        }
    }

    /// Puts a mail that was dealt with in `cur/`, marked as seen.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn done(&self, path: &Path) -> std::io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bare = name.split(":2,").next().unwrap_or(&name);
        std::fs::rename(path, self.folder.join("cur").join(format!("{bare}:2,S")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNCE: &str = "From: MAILER-DAEMON@mx.example\r\nTo: regie@regie.example\r\nSubject: Undelivered Mail\r\n\
Message-ID: <b1@mx.example>\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n\
--x\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
Final-Recipient: rfc822; nobody@mx.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n\
--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <abc@regie.example>\r\nSubject: News\r\n\r\n--x--\r\n";

    #[test]
    fn a_bounce_names_our_mail_and_says_why() {
        for (what, text) in
            [("headers", BOUNCE.to_owned()), ("whole mail", BOUNCE.replace("text/rfc822-headers", "message/rfc822"))]
        {
            let mail = parse(text.as_bytes()).unwrap();
            assert!(mail.is_automatic, "{what}");
            let [report] = mail.report.as_slice() else { panic!("{what}: {mail:?}") };
            assert_eq!((report.about.as_str(), report.action.as_str()), ("abc@regie.example", "failed"), "{what}");
            assert_eq!(report.detail, "5.1.1 smtp; 550 5.1.1 no such user", "{what}");
        }
        let old = "From: MAILER-DAEMON@qmail.example\nSubject: failure notice\n\nHi. 550 no such user.\n\n--- Below\n\
                   Message-ID: <abc@regie.example>\nSubject: News\n";
        assert_eq!(parse(old.as_bytes()).unwrap().report[0].about, "abc@regie.example");
        let person = old.replace("MAILER-DAEMON@qmail.example", "an@voorbeeld.nl");
        assert!(parse(person.as_bytes()).unwrap().report.is_empty(), "a person who quotes is no mailer");
    }

    #[test]
    fn an_answer_names_what_it_answers_and_a_machine_is_seen() {
        let mail = parse(
            "From: An <An@Voorbeeld.nl>\nSubject: =?utf-8?q?Re=3A_caf=C3=A9?=\nMessage-ID: <r@x>\n\
              In-Reply-To: <one@regie.example>\nReferences: <zero@regie.example> <one@regie.example>\n\
              Date: Mon, 3 Jun 2024 10:00:00 +0200\n\nHet is weg.\n\nOp 3 juni schreef:\n> Is het weg?\n"
                .as_bytes(),
        )
        .unwrap();
        assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("an@voorbeeld.nl", "Re: café"));
        assert_eq!(mail.answers, ["one@regie.example", "zero@regie.example"]);
        assert_eq!(own_words(&mail.text), "Het is weg.");
        assert_eq!(mail.date.unwrap().0.to_string(), "2024-06-03T08:00:00Z");
        assert!(!mail.is_automatic);
        for header in ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <l.example>", "X-Autoreply: yes"] {
            let text = format!("From: a@b.nl\n{header}\nSubject: x\n\nweg\n");
            assert!(parse(text.as_bytes()).unwrap().is_automatic, "{header}");
        }
        assert!(!parse(b"From: a@b.nl\nAuto-Submitted: no\n\nx").unwrap().is_automatic);
    }

    #[test]
    fn bad_mail_is_put_aside_and_never_a_panic() {
        for bytes in [b"".as_slice(), b"\0\0\0", b"\n\n\n", &[0xff; 300]] {
            let _ = parse(bytes);
        }
        for cut in 0..BOUNCE.len() {
            let _ = parse(&BOUNCE.as_bytes()[..cut]);
        }
        let mail = parse(b"Subject: nobody\n\nno sender").unwrap();
        assert_eq!(mail.from, "");
        assert_eq!(mail.message_id.len(), 64, "a hash of its bytes");
        let nested = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(2000);
        let _ = parse(nested.as_bytes());
    }

    #[test]
    fn files_lose_their_path_and_a_folder_is_read_once() {
        let text = "From: a@b.nl\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"x\"\n\n--x\n\n\
            hallo\n--x\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename=\"../../foto.jpg\"\n\
            Content-Transfer-Encoding: base64\n\nAAEC\n--x--\n";
        let mail = parse(text.as_bytes()).unwrap();
        assert_eq!(mail.text.trim(), "hallo");
        let file = Attachment { name: "foto.jpg".into(), kind: "image/jpeg".into(), bytes: vec![0, 1, 2] };
        assert_eq!(mail.attachments, [file]);

        let folder = testkit::folder();
        let dir = Maildir::open(&folder, 1).unwrap();
        std::fs::write(folder.join("new/1"), text).unwrap();
        std::fs::write(folder.join("new/2"), vec![b'x'; 1024 * 1024 + 1]).unwrap();
        std::fs::write(folder.join("new/3"), b"").unwrap();
        let found: Vec<_> = dir.waiting(9).unwrap().into_iter().map(|p| dir.read(p)).collect();
        assert!(matches!(&found[0], Found::Mail(_, m) if m.from == "a@b.nl"));
        assert!(matches!(&found[1], Found::Refused(_, "large", _)));
        assert!(matches!(&found[2], Found::Refused(_, "unreadable", _)));
        for f in &found {
            let (Found::Mail(path, _) | Found::Refused(path, ..)) = f;
            dir.done(path).unwrap();
        }
        assert!(dir.waiting(9).unwrap().is_empty());
        assert!(folder.join("cur/1:2,S").exists());
    }
}
