//! The post office: SMTP, or a folder of `.eml` files for the demo and for tests.
//!
//! A mail is handed over in two steps, because the moment between them decides who is responsible for it (RFC 5321
//! section 4.2.5: the server's `250` after the content). [`Line::offer`] says for whom it is: whatever goes wrong there,
//! nothing was sent. [`Line::hand_over`] gives the content: when the connection breaks there, nobody can know.
//! A [`Journal`] remembers across a sudden end of the program which mails were in the second step.

use crate::config::{MailConfig, SmtpTls};
use crate::outbox::Message;
use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// How long a server may take for one answer (RFC 5321 section 4.5.3.2 allows minutes; the queue behind must go on).
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends plain-text mail.
#[derive(Clone, Debug)]
pub struct Post {
    from: Mailbox,
    way: Way,
    /// For how many days a mail is tried.
    pub(crate) retry_days: u32,
    /// Whether a mail of which nobody knows whether it went is sent again.
    pub(crate) send_unsure_again: bool,
    pub(crate) journal: Option<Journal>,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(Arc<Smtp>),
    Folder(PathBuf),
}

struct Smtp {
    host: String,
    port: u16,
    guard: SmtpTls,
    tls: TlsParameters,
    login: Option<Credentials>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Never: the address does not exist, or the mail is wrong (SMTP 5xx).
    Never(String),
    /// Not now (SMTP 4xx).
    Later(String),
    /// The server cannot be reached; the next mail need not try.
    Down(String),
    /// The content was on its way when the connection broke.
    Unsure(String),
}

/// A connection to the post office, made when the first mail is offered.
pub struct Line<'a> {
    post: &'a Post,
    smtp: Option<AsyncSmtpConnection>,
    used: bool,
    content: Vec<u8>,
    name: String,
}

impl std::fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("open", &self.smtp.is_some()).finish_non_exhaustive()
    }
}

/// A header of one line.
macro_rules! header {
    ($type:ident, $name:literal) => {
        #[derive(Clone)]
        struct $type(String);
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }
            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }
            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}
header!(Automatic, "Auto-Submitted");
header!(Unsubscribe, "List-Unsubscribe");

impl Post {
    /// Opens the way that the configuration names.
    ///
    /// # Errors
    /// When an address cannot be read, or the folder or the journal cannot be made.
    pub fn open(config: &MailConfig) -> anyhow::Result<Self> {
        let mut journal = None;
        let way = match (&config.smtp_host, &config.folder) {
            (Some(host), None) => {
                let path = config.journal.as_ref().ok_or_else(|| anyhow::anyhow!("[mail] smtp_host needs journal"))?;
                journal = Some(Journal::open(path)?);
                let here = ["localhost", "127.0.0.1", "::1"].contains(&host.as_str());
                anyhow::ensure!(
                    here || config.smtp_tls != SmtpTls::None,
                    "[mail] smtp_tls = \"none\" is only for a server on this machine, not for `{host}`"
                );
                let usual = match config.smtp_tls {
                    SmtpTls::Whole => 465,
                    SmtpTls::Starttls => 587,
                    SmtpTls::None => 25,
                };
                let login = config.smtp_user.clone().zip(config.smtp_password.clone());
                Way::Smtp(Arc::new(Smtp {
                    host: host.clone(),
                    port: config.smtp_port.unwrap_or(usual),
                    guard: config.smtp_tls,
                    tls: TlsParameters::new(host.clone())?,
                    login: login.map(|(user, password)| Credentials::new(user, password)),
                }))
            }
            (None, Some(folder)) => {
                std::fs::create_dir_all(folder)?;
                Way::Folder(folder.clone())
            }
            _ => anyhow::bail!("[mail] needs either smtp_host or folder"),
        };
        let from = config.from.parse().map_err(|e| anyhow::anyhow!("[mail] from `{}`: {e}", config.from))?;
        Ok(Self { from, way, journal, retry_days: config.retry_days, send_unsure_again: config.send_unsure_again })
    }

    /// Our own address: a mail from it that comes back is a loop.
    #[must_use]
    pub fn address(&self) -> String {
        self.from.email.to_string()
    }

    /// The Message-ID of a message, without its brackets.
    #[must_use]
    pub fn message_id(&self, id: Uuid) -> String {
        format!("{id}@{}", self.from.email.domain())
    }

    /// The id of our message that a Message-ID names, if it is one of ours.
    #[must_use]
    pub fn ours(&self, message_id: &str) -> Option<Uuid> {
        let (id, host) = message_id.trim_matches(['<', '>', ' ']).split_once('@')?;
        (host.eq_ignore_ascii_case(self.from.email.domain())).then(|| Uuid::try_parse(id).ok()).flatten()
    }

    /// Whether the same mail may be handed over twice and is still there once: a file has one name.
    pub(crate) fn is_idempotent(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// A connection for a number of mails.
    #[must_use]
    pub fn line(&self) -> Line<'_> {
        Line { post: self, smtp: None, used: false, content: vec![], name: String::new() }
    }

    /// The mail as it goes over the line.
    fn letter(&self, message: &Message, unsubscribe: &str) -> Result<lettre::Message, Refusal> {
        let never = |e: String| Refusal::Never(e);
        let to: Mailbox = message.recipient.trim().parse().map_err(|e| never(format!("address: {e}")))?;
        let mut builder = lettre::Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(message.subject.replace(['\r', '\n'], " "))
            .message_id(Some(format!("<{}>", self.message_id(message.id))))
            .header(ContentType::TEXT_PLAIN)
            // So that an answering machine does not answer (RFC 3834).
            .header(Automatic("auto-generated".to_owned()));
        if !unsubscribe.is_empty() {
            builder = builder.header(Unsubscribe(format!("<{unsubscribe}>")));
        }
        builder.body(message.body.clone()).map_err(|e| never(e.to_string()))
    }
}

impl Line<'_> {
    /// Says for whom the mail is. When this fails, nothing of the mail was sent.
    ///
    /// # Errors
    /// Why not; never [`Refusal::Unsure`].
    pub async fn offer(&mut self, message: &Message, unsubscribe: &str) -> Result<(), Refusal> {
        let letter = self.post.letter(message, unsubscribe)?;
        self.content = letter.formatted();
        self.name = message.id.to_string();
        let Way::Smtp(smtp) = &self.post.way else { return Ok(()) };
        let smtp = smtp.clone();
        let offered = tokio::time::timeout(PATIENCE * 3, self.dialogue(&smtp, letter.envelope())).await;
        let refusal = match offered {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(refusal)) => refusal,
            Err(_) => Refusal::Down("the server does not answer".to_owned()),
        };
        if matches!(refusal, Refusal::Down(_)) {
            self.smtp = None;
        }
        Err(refusal)
    }

    async fn dialogue(&mut self, smtp: &Smtp, envelope: &Envelope) -> Result<(), Refusal> {
        // A server may have closed a connection that waited: that says nothing about the mail.
        if let Some(line) = &mut self.smtp
            && self.used
            && line.command(Rset).await.is_err()
        {
            self.smtp = None;
        }
        let line = match self.smtp.take() {
            Some(line) => self.smtp.insert(line),
            None => self.smtp.insert(smtp.connect().await?),
        };
        self.used = true;
        line.command(Mail::new(envelope.from().cloned(), vec![])).await.map_err(|e| refused(&e))?;
        for to in envelope.to() {
            line.command(Rcpt::new(to.clone(), vec![])).await.map_err(|e| refused(&e))?;
        }
        line.command(Data).await.map_err(|e| refused(&e))?;
        Ok(())
    }

    /// Gives the content of the mail that was offered; after this the server is responsible.
    ///
    /// # Errors
    /// Why not; [`Refusal::Unsure`] when the connection broke on the way.
    pub async fn hand_over(&mut self) -> Result<(), Refusal> {
        match &self.post.way {
            Way::Folder(folder) => {
                let (folder, name, content) = (folder.clone(), self.name.clone(), std::mem::take(&mut self.content));
                let written = tokio::task::spawn_blocking(move || write_whole(&folder, &name, &content)).await;
                written.map_err(|e| Refusal::Later(e.to_string()))?.map_err(|e| Refusal::Down(e.to_string()))
            }
            Way::Smtp(_) => {
                let Some(line) = &mut self.smtp else { return Err(Refusal::Down("no connection".to_owned())) };
                let refusal = match tokio::time::timeout(PATIENCE * 2, line.message(&self.content)).await {
                    Ok(Ok(_)) => return Ok(()),
                    Ok(Err(e)) if e.is_permanent() => Refusal::Never(e.to_string()),
                    Ok(Err(e)) if e.is_transient() => Refusal::Later(e.to_string()),
                    Ok(Err(e)) => Refusal::Unsure(e.to_string()),
                    Err(_) => Refusal::Unsure("no answer to the content".to_owned()),
                };
                if matches!(refusal, Refusal::Unsure(_)) {
                    self.smtp = None;
                }
                Err(refusal)
            }
        }
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        if let Some(mut line) = self.smtp.take() {
            let _ = tokio::time::timeout(PATIENCE, line.quit()).await;
        }
    }
}

impl Smtp {
    async fn connect(&self) -> Result<AsyncSmtpConnection, Refusal> {
        let down = |e: Error| Refusal::Down(e.to_string());
        let hello = ClientId::default();
        let server = (self.host.as_str(), self.port);
        let mut line = if self.guard == SmtpTls::Whole {
            let tls = Some(self.tls.clone());
            AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &hello, tls, None).await.map_err(down)?
        } else {
            let lost = |e: std::io::Error| Refusal::Down(e.to_string());
            let stream = tokio::net::TcpStream::connect(server).await.map_err(lost)?;
            // The end of a mail is a packet of its own: without this it waits 40 ms for the one before.
            stream.set_nodelay(true).map_err(lost)?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await.map_err(down)?
        };
        if self.guard == SmtpTls::Starttls {
            line.starttls(self.tls.clone(), &hello).await.map_err(down)?;
        }
        if let Some(login) = &self.login {
            // A wrong password is no fault of the mail: it waits until somebody mends the configuration.
            line.auth(DEFAULT_MECHANISMS, login).await.map_err(down)?;
        }
        Ok(line)
    }
}

/// What an answer before the content means. `421` and a broken connection say nothing about the mail.
fn refused(error: &Error) -> Refusal {
    let text = error.to_string();
    match error.status().map(|code| code.to_string()) {
        Some(code) if code.starts_with('5') => Refusal::Never(text),
        Some(code) if code != "421" => Refusal::Later(text),
        _ => Refusal::Down(text),
    }
}

/// Writes a file that is there whole or not at all; the same name again is the same mail again.
fn write_whole(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    let part = folder.join(format!(".{name}.part"));
    let mut file = File::create(&part)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(part, folder.join(format!("{name}.eml")))
}

/// Which claims this machine made, and for which of them the content was given to a server.
///
/// Each line is one `write` just before the deed, so that what a killed program did last stands in it. It is no
/// substitute for the database: after a failure of the whole machine a line may be missing, and then the mail counts as
/// unsure.
#[derive(Clone, Debug)]
pub struct Journal(Arc<Mutex<File>>);

impl Journal {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).read(true).open(path);
        Ok(Self(Arc::new(Mutex::new(file.map_err(|e| anyhow::anyhow!("[mail] journal {}: {e}", path.display()))?))))
    }

    fn write(&self, mark: &str, claim: Uuid) -> std::io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(format!("{mark} {claim}\n").as_bytes())
    }

    pub(crate) fn claimed(&self, claim: Uuid) -> std::io::Result<()> {
        self.write("claimed", claim)
    }

    pub(crate) fn handing(&self, claim: Uuid) -> std::io::Result<()> {
        self.write("handing", claim)
    }

    /// Every claim of this machine, and whether its content was given.
    pub(crate) fn read(&self) -> std::io::Result<HashMap<Uuid, bool>> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_string(&mut text)?;
        let mut claims = HashMap::new();
        for line in text.lines() {
            if let Some((mark, claim)) = line.split_once(' ')
                && let Ok(claim) = Uuid::try_parse(claim)
            {
                *claims.entry(claim).or_default() |= mark == "handing";
            }
        }
        Ok(claims)
    }

    pub(crate) fn empty(&self) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).set_len(0)
    }
}
