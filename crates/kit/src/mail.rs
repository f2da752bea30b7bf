//! The post office: SMTP, or a folder of `.eml` files for the demo and for tests.

use crate::config::MailConfig;
use crate::outbox::Message;
use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

/// Sends plain-text mail.
#[derive(Clone, Debug)]
pub struct Post {
    from: Mailbox,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

impl Post {
    /// Opens the way that the configuration names.
    ///
    /// # Errors
    /// When an address cannot be read or the folder cannot be made.
    pub fn open(config: &MailConfig) -> anyhow::Result<Self> {
        let way = match (&config.smtp_host, &config.folder) {
            (Some(host), None) => {
                let mut smtp = AsyncSmtpTransport::<Tokio1Executor>::relay(host)?;
                if let (Some(user), Some(password)) = (&config.smtp_user, &config.smtp_password) {
                    smtp = smtp.credentials(Credentials::new(user.clone(), password.clone()));
                }
                Way::Smtp(smtp.build())
            }
            (None, Some(folder)) => {
                std::fs::create_dir_all(folder)?;
                Way::Folder(AsyncFileTransport::new(folder))
            }
            _ => anyhow::bail!("[mail] needs either smtp_host or folder"),
        };
        let from = config.from.parse().map_err(|e| anyhow::anyhow!("[mail] from `{}`: {e}", config.from))?;
        Ok(Self { from, way })
    }

    /// Sends one message.
    ///
    /// # Errors
    /// When the address is wrong or the server refuses.
    pub async fn send(&self, message: &Message) -> anyhow::Result<()> {
        let mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(message.recipient.parse()?)
            .subject(&message.subject)
            .message_id(Some(format!("<{}@{}>", message.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(mail).await.map(|_| ())?,
            Way::Folder(folder) => folder.send(mail).await.map(|_| ())?,
        }
        Ok(())
    }
}
