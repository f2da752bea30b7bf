//! The virus scanner: `clamd` looks at each file of a stranger before anything opens it (command `INSTREAM` of the
//! protocol in clamd(8): the bytes go in pieces, each after its length; the answer is one line).

use serde::Deserialize;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;
/// Longest answer that is read, in bytes.
const ANSWER: u64 = 1024;

/// The block `[scan]` of `regie.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanConfig {
    /// Where clamd listens: `tcp://127.0.0.1:3310` or `unix:/run/clamav/clamd.ctl`.
    pub address: String,
    /// Seconds after which no answer counts as no scanner.
    pub seconds: u64,
    /// What happens to a file when the scanner does not answer.
    pub when_down: WhenDown,
}

/// What happens to a file when the scanner does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhenDown {
    /// It is refused with a sentence that asks to try again.
    Refuse,
    /// It is kept, with a mark that nobody scanned it.
    AcceptAndMark,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The scanner found nothing.
    Clean,
    /// The scanner found something, whatever its name.
    Infected,
    /// The scanner did not answer, and the configuration keeps the file with a mark.
    Unscanned,
    /// The scanner did not answer, and the configuration refuses the file.
    Down,
}

#[derive(Clone, Debug)]
enum Address {
    Tcp(String),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// The way to the scanner.
#[derive(Clone, Debug)]
pub struct Scanner {
    address: Address,
    patience: Duration,
    when_down: WhenDown,
}

impl Scanner {
    /// The way that the configuration names.
    ///
    /// # Errors
    /// When the address begins with neither `tcp://` nor `unix:`.
    pub fn new(config: ScanConfig) -> anyhow::Result<Self> {
        let address = if let Some(host) = config.address.strip_prefix("tcp://") {
            Address::Tcp(host.to_owned())
        } else {
            match config.address.strip_prefix("unix:") {
                #[cfg(unix)]
                Some(path) => Address::Unix(path.into()),
                _ => anyhow::bail!("[scan] address `{}`: write tcp://host:port or unix:/path", config.address),
            }
        };
        Ok(Self { address, patience: Duration::from_secs(config.seconds), when_down: config.when_down })
    }

    /// What the scanner says of `bytes`.
    pub async fn look(&self, bytes: &[u8]) -> Verdict {
        let answer = tokio::time::timeout(self.patience, self.ask(bytes)).await;
        let why = match answer {
            Ok(Ok(line)) if line.ends_with("FOUND") => return Verdict::Infected,
            Ok(Ok(line)) if line.ends_with("OK") => return Verdict::Clean,
            Ok(Ok(line)) => format!("it said `{line}`"),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer in time".to_owned(),
        };
        tracing::warn!(why, "virus scanner");
        metrics::counter!("regie_scanner_failures_total").increment(1);
        match self.when_down {
            WhenDown::Refuse => Verdict::Down,
            WhenDown::AcceptAndMark => Verdict::Unscanned,
        }
    }

    async fn ask(&self, bytes: &[u8]) -> std::io::Result<String> {
        match &self.address {
            Address::Tcp(host) => instream(TcpStream::connect(host).await?, bytes).await,
            #[cfg(unix)]
            Address::Unix(path) => instream(tokio::net::UnixStream::connect(path).await?, bytes).await,
        }
    }
}

async fn instream(mut clamd: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> std::io::Result<String> {
    clamd.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        clamd.write_all(&(piece.len() as u32).to_be_bytes()).await?;
        clamd.write_all(piece).await?;
    }
    clamd.write_all(&0_u32.to_be_bytes()).await?;
    clamd.flush().await?;
    let mut answer = Vec::new();
    clamd.take(ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).trim_matches(['\0', '\n', ' ']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clamd that knows one virus; gives the bytes that it was sent.
    async fn clamd(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Vec<u8> {
        let mut command = [0; 10];
        stream.read_exact(&mut command).await.unwrap();
        assert_eq!(&command, b"zINSTREAM\0");
        let mut file = Vec::new();
        loop {
            let length = stream.read_u32().await.unwrap() as usize;
            if length == 0 {
                break;
            }
            let start = file.len();
            file.resize(start + length, 0);
            stream.read_exact(&mut file[start..]).await.unwrap();
        }
        let virus = file.windows(5).any(|w| w == b"VIRUS");
        let answer: &[u8] = match (virus, file.starts_with(b"odd")) {
            (true, _) => b"stream: Eicar-Test-Signature FOUND\0",
            (_, true) => b"INSTREAM size limit exceeded. ERROR\0",
            _ => b"stream: OK\0",
        };
        stream.write_all(answer).await.unwrap();
        file
    }

    fn scanner(address: String, when_down: WhenDown) -> Scanner {
        Scanner::new(ScanConfig { address, seconds: 1, when_down }).unwrap()
    }

    #[tokio::test]
    async fn clamd_is_asked_over_tcp_and_over_a_socket() {
        let tcp = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let over_tcp = format!("tcp://{}", tcp.local_addr().unwrap());
        let path = std::env::temp_dir().join(format!("clamd-{}.sock", crate::Clock::System.id()));
        let unix = tokio::net::UnixListener::bind(&path).unwrap();
        let over_unix = format!("unix:{}", path.display());
        let big = vec![7; 3 * PIECE + 1];
        for (file, expected) in [
            (b"a photo".to_vec(), Verdict::Clean),
            (b"a VIRUS in it".to_vec(), Verdict::Infected),
            (b"odd".to_vec(), Verdict::Unscanned),
            (vec![], Verdict::Clean),
            (big, Verdict::Clean),
        ] {
            let (said, seen) =
                tokio::join!(async { scanner(over_tcp.clone(), WhenDown::AcceptAndMark).look(&file).await }, async {
                    clamd(tcp.accept().await.unwrap().0).await
                });
            assert_eq!((said, &seen), (expected, &file));
            let (said, seen) =
                tokio::join!(async { scanner(over_unix.clone(), WhenDown::AcceptAndMark).look(&file).await }, async {
                    clamd(unix.accept().await.unwrap().0).await
                });
            assert_eq!((said, &seen), (expected, &file));
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[tokio::test]
    async fn a_scanner_that_is_away_or_silent_does_what_was_configured() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        for address in ["tcp://127.0.0.1:1".to_owned(), format!("tcp://{}", silent.local_addr().unwrap())] {
            for (when_down, expected) in
                [(WhenDown::Refuse, Verdict::Down), (WhenDown::AcceptAndMark, Verdict::Unscanned)]
            {
                assert_eq!(scanner(address.clone(), when_down).look(b"file").await, expected, "{address}");
            }
        }
        assert!(Scanner::new(ScanConfig { address: "clamd".into(), seconds: 1, when_down: WhenDown::Refuse }).is_err());
    }
}
