//! Keys: named fields are sealed with a data key of their vault; the data keys lie in the vault,
//! wrapped by the vault's master key, which lies in a file outside every database (envelope encryption).
//!
//! A copied database, a leaked backup or a dump therefore shows no sealed field. The cipher is
//! XChaCha20-Poly1305; the place of a field (municipality, record, name) is bound to its content, so
//! that a sealed value that was moved to another record does not open.

use crate::clock::At;
use crate::db::{Db, DbError, Tx, Vault};
use crate::{Result, args};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use serde::Deserialize;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, RwLock};

/// What can go wrong with a key or a sealed field.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file cannot be used; says what to do.
    #[error("key file: {0}")]
    File(String),
    /// No master key at hand opens this vault's data keys.
    #[error("the master key of vault `{0}` is not the one that its data keys were wrapped with")]
    Master(String),
    /// The sealed bytes were changed, moved, or sealed with a key that is not here.
    #[error("a sealed field cannot be opened")]
    Broken,
    /// The machine gives no randomness.
    #[error("no randomness: {0}")]
    Random(String),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

type Bytes32 = [u8; 32];

/// The master keys of every vault, from the key file.
#[derive(Clone, Default)]
pub struct Keyring(BTreeMap<String, Master>);

#[derive(Clone)]
struct Master {
    current: Bytes32,
    previous: Option<Bytes32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    vaults: BTreeMap<String, MasterText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MasterText {
    current: String,
    previous: Option<String>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl Keyring {
    /// Reads the key file. On Unix nobody but its owner may read it.
    ///
    /// # Errors
    /// When it is missing, open to others, or not 64 hexadecimal digits per key.
    pub fn read(path: &Path) -> std::result::Result<Self, KeyError> {
        let file = |why: String| KeyError::File(format!("{}: {why}", path.display()));
        let text = std::fs::read_to_string(path)
            .map_err(|e| file(format!("{e}; `regie keys make {}` makes one", path.display())))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path).map_err(|e| file(e.to_string()))?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(file("others may read it; run `chmod 600` on it".to_owned()));
            }
        }
        Self::parse(&text).map_err(file)
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        let key = |text: &str| -> std::result::Result<Bytes32, String> {
            let bytes = hex::decode(text.trim()).map_err(|e| e.to_string())?;
            bytes.try_into().map_err(|_| "a key has 64 hexadecimal digits".to_owned())
        };
        let parsed: KeyFile = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut keys = BTreeMap::new();
        for (vault, master) in parsed.vaults {
            let previous = master.previous.as_deref().map(key).transpose()?;
            keys.insert(vault, Master { current: key(&master.current)?, previous });
        }
        Ok(Self(keys))
    }

    /// Two vaults that share a master key: the fence between them is only a wall of paper.
    #[must_use]
    pub fn shared(&self) -> Option<(&str, &str)> {
        let keys: Vec<_> = self.0.iter().collect();
        keys.iter().enumerate().find_map(|(n, (one, key))| {
            let same = keys.iter().skip(n + 1).find(|(_, other)| other.current == key.current);
            same.map(|(other, _)| (one.as_str(), other.as_str()))
        })
    }

    /// The text of a new key file with a fresh master key for each of `vaults`.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn make<'a>(vaults: impl IntoIterator<Item = &'a str>) -> std::result::Result<String, KeyError> {
        use std::fmt::Write as _;
        let mut text = String::from(
            "# Master keys of Regie, one per vault. Keep this file out of backups of the database, and keep a copy\n\
             # of it in a safe: without it no sealed field can ever be read again.\n\
             # A new master key: put the old one in `previous`, run `regie keys wrap`, remove `previous`.\n",
        );
        for vault in vaults {
            let _ = write!(text, "\n[vaults.{vault}]\ncurrent = \"{}\"\n", hex::encode(random()?));
        }
        Ok(text)
    }
}

fn random() -> std::result::Result<Bytes32, KeyError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| KeyError::Random(e.to_string()))?;
    Ok(bytes)
}

fn encrypt(key: &Bytes32, place: &str, plain: &[u8]) -> std::result::Result<Vec<u8>, KeyError> {
    let mut nonce = [0; 24];
    getrandom::fill(&mut nonce).map_err(|e| KeyError::Random(e.to_string()))?;
    let mut out = nonce.to_vec();
    let sealed = XChaCha20Poly1305::new(Key::from_slice(key))
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: place.as_bytes() })
        .map_err(|_| KeyError::Broken)?;
    out.extend(sealed);
    Ok(out)
}

fn decrypt(key: &Bytes32, place: &str, sealed: &[u8]) -> std::result::Result<Vec<u8>, KeyError> {
    let (nonce, content) = sealed.split_at_checked(24).ok_or(KeyError::Broken)?;
    XChaCha20Poly1305::new(Key::from_slice(key))
        .decrypt(XNonce::from_slice(nonce), Payload { msg: content, aad: place.as_bytes() })
        .map_err(|_| KeyError::Broken)
}

#[derive(Default)]
struct Keys {
    data: BTreeMap<u32, Bytes32>,
    index: Bytes32,
}

/// Seals and opens the named fields of one vault.
#[derive(Clone)]
pub struct Seal {
    vault: String,
    master: Master,
    keys: Arc<RwLock<Keys>>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seal").field("vault", &self.vault).finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Wrapped {
    purpose: String,
    version: i64,
    wrapped_bytes: Vec<u8>,
}

impl Seal {
    /// Opens the data keys of vault `db`; a new vault gets its first ones.
    ///
    /// # Errors
    /// When the key file has no master key for this vault or not the right one.
    pub async fn load<V: Vault>(db: &Db<V>, ring: &Keyring, now: At) -> std::result::Result<Self, KeyError> {
        let vault = db.name().to_owned();
        let master = ring
            .0
            .get(&vault)
            .cloned()
            .ok_or_else(|| KeyError::File(format!("no key for vault `{vault}` ([vaults.{vault}])")))?;
        let seal = Self { vault, master, keys: Arc::default() };
        let mut tx = db.write().await?;
        let known: Option<(i64,)> = tx.opt("select version from vault_key limit 1", vec![]).await?;
        if known.is_none() {
            seal.add(&mut tx, "data", 1, now).await?;
            seal.add(&mut tx, "index", 1, now).await?;
        }
        seal.reload(&mut tx).await?;
        tx.commit().await?;
        Ok(seal)
    }

    /// A seal that lives in memory only, for tests.
    #[must_use]
    pub fn of_bytes(byte: u8) -> Self {
        let keys = Keys { data: BTreeMap::from([(1, [byte; 32])]), index: [byte ^ 0xff; 32] };
        Self {
            vault: "test".to_owned(),
            master: Master { current: [byte; 32], previous: None },
            keys: Arc::new(RwLock::new(keys)),
        }
    }

    async fn add<V: Vault>(
        &self,
        tx: &mut Tx<V>,
        purpose: &str,
        version: i64,
        now: At,
    ) -> std::result::Result<(), KeyError> {
        let wrapped = encrypt(&self.master.current, &self.place(purpose, version), &random()?)?;
        tx.run(
            "insert into vault_key (purpose, version, wrapped_bytes, created_at) values ($1, $2, $3, $4)",
            args![purpose, version, wrapped, now],
        )
        .await?;
        Ok(())
    }

    fn place(&self, purpose: &str, version: i64) -> String {
        format!("vault_key/{}/{purpose}/{version}", self.vault)
    }

    async fn wrapped<V: Vault>(tx: &mut Tx<V>) -> Result<Vec<Wrapped>> {
        tx.all("select purpose, version, wrapped_bytes from vault_key order by purpose, version", vec![]).await
    }

    fn unwrap(&self, row: &Wrapped) -> std::result::Result<(Bytes32, bool), KeyError> {
        let place = self.place(&row.purpose, row.version);
        let open = |master: &Bytes32| decrypt(master, &place, &row.wrapped_bytes).ok().and_then(|b| b.try_into().ok());
        if let Some(key) = open(&self.master.current) {
            return Ok((key, false));
        }
        let old = self.master.previous.as_ref().and_then(open);
        old.map(|key| (key, true)).ok_or_else(|| KeyError::Master(self.vault.clone()))
    }

    /// Reads the data keys again, after another process added one.
    ///
    /// # Errors
    /// When the database or the master key refuses.
    pub async fn reload<V: Vault>(&self, tx: &mut Tx<V>) -> std::result::Result<(), KeyError> {
        let mut fresh = Keys::default();
        for row in Self::wrapped(tx).await? {
            let (key, _) = self.unwrap(&row)?;
            match row.purpose.as_str() {
                "index" => fresh.index = key,
                _ => {
                    fresh.data.insert(u32::try_from(row.version).unwrap_or(0), key);
                }
            }
        }
        *self.keys.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Adds a data key; from now on fields are sealed with it. Fields sealed before keep opening
    /// until their slice has sealed them anew. Returns the new key's version.
    ///
    /// # Errors
    /// When the database or the master key refuses.
    pub async fn rotate<V: Vault>(&self, tx: &mut Tx<V>, now: At) -> std::result::Result<u32, KeyError> {
        let (newest,): (i64,) = tx.one("select max(version) from vault_key where purpose = $1", args!["data"]).await?;
        self.add(tx, "data", newest + 1, now).await?;
        self.reload(tx).await?;
        Ok(u32::try_from(newest + 1).unwrap_or(0))
    }

    /// Wraps the data keys with the master key that is current now; returns how many were on the old one.
    ///
    /// # Errors
    /// When neither the current nor the previous master key opens them.
    pub async fn rewrap<V: Vault>(&self, tx: &mut Tx<V>) -> std::result::Result<usize, KeyError> {
        let mut moved = 0;
        for row in Self::wrapped(tx).await? {
            let (key, old) = self.unwrap(&row)?;
            if old {
                let wrapped = encrypt(&self.master.current, &self.place(&row.purpose, row.version), &key)?;
                tx.run(
                    "update vault_key set wrapped_bytes = $3 where purpose = $1 and version = $2",
                    args![&row.purpose, row.version, wrapped],
                )
                .await?;
                moved += 1;
            }
        }
        Ok(moved)
    }

    /// Forgets every data key older than `version`, once nothing is sealed with them any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn retire<V: Vault>(&self, tx: &mut Tx<V>, version: u32) -> std::result::Result<(), KeyError> {
        tx.run("delete from vault_key where purpose = $1 and version < $2", args!["data", version]).await?;
        self.reload(tx).await
    }

    /// Seals `plain` for `place` (e.g. `GM0396/record/<id>/<field>`).
    ///
    /// # Errors
    /// When there is no randomness or no data key.
    pub fn seal(&self, place: &str, plain: &[u8]) -> std::result::Result<Vec<u8>, KeyError> {
        let keys = self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (version, key) = keys.data.last_key_value().ok_or(KeyError::Broken)?;
        let mut out = version.to_be_bytes().to_vec();
        out.extend(encrypt(key, place, plain)?);
        Ok(out)
    }

    /// Opens what was sealed for the same `place`.
    ///
    /// # Errors
    /// [`KeyError::Broken`] when it was changed or moved, or its key is gone.
    pub fn open(&self, place: &str, sealed: &[u8]) -> std::result::Result<Vec<u8>, KeyError> {
        let (version, content) = sealed.split_at_checked(4).ok_or(KeyError::Broken)?;
        let version = u32::from_be_bytes(version.try_into().map_err(|_| KeyError::Broken)?);
        let keys = self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        decrypt(keys.data.get(&version).ok_or(KeyError::Broken)?, place, content)
    }

    /// Opens a sealed text.
    ///
    /// # Errors
    /// As [`Seal::open`].
    pub fn open_text(&self, place: &str, sealed: &[u8]) -> std::result::Result<String, KeyError> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| KeyError::Broken)
    }

    /// A keyed fingerprint (HMAC-SHA-256, hex): equal texts give equal fingerprints within this vault,
    /// nobody without the key can tell which text it was, and no other vault gives the same. For blind
    /// indexes and the pseudonyms of the processing log.
    #[must_use]
    pub fn fingerprint(&self, text: &str) -> String {
        let keys = self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        <Hmac<Sha256> as hmac::Mac>::new_from_slice(&keys.index)
            .map(|mut mac| {
                mac.update(text.as_bytes());
                hex::encode(mac.finalize().into_bytes())
            })
            .unwrap_or_default()
    }
}

/// The seals of all vaults of a running program, by vault name.
#[derive(Clone, Debug, Default)]
pub struct Seals(BTreeMap<String, Seal>);

impl Seals {
    /// Adds the seal of `vault`.
    pub fn add(&mut self, vault: &str, seal: Seal) {
        self.0.insert(vault.to_owned(), seal);
    }

    /// The seal of `vault`.
    ///
    /// # Errors
    /// [`KeyError::File`] when the program opened none for it.
    pub fn of(&self, vault: &str) -> std::result::Result<&Seal, KeyError> {
        self.0.get(vault).ok_or_else(|| KeyError::File(format!("vault `{vault}` has no key")))
    }
}

impl From<KeyError> for crate::Fault {
    fn from(error: KeyError) -> Self {
        Self::Internal(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_field_opens_only_in_its_own_place_and_whole() {
        let seal = Seal::of_bytes(7);
        let sealed = seal.seal("GM0396/record/1/name", "Jansen".as_bytes()).unwrap();
        assert!(!sealed.windows(6).any(|w| w == b"Jansen"));
        assert_eq!(seal.open_text("GM0396/record/1/name", &sealed).unwrap(), "Jansen");
        assert!(seal.open("GM0396/record/2/name", &sealed).is_err(), "moved to another record");
        assert!(Seal::of_bytes(8).open("GM0396/record/1/name", &sealed).is_err(), "another vault's key");
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(seal.open("GM0396/record/1/name", &changed).is_err(), "byte {i}");
        }
        assert!(seal.open("x", &[]).is_err() && seal.open("x", &sealed[..20]).is_err());
    }

    #[test]
    fn fingerprints_differ_between_vaults() {
        let (one, other) = (Seal::of_bytes(1), Seal::of_bytes(2));
        assert_eq!(one.fingerprint("jansen 1990-01-01"), one.fingerprint("jansen 1990-01-01"));
        assert_ne!(one.fingerprint("jansen 1990-01-01"), other.fingerprint("jansen 1990-01-01"));
    }

    #[test]
    fn a_made_key_file_reads_back() {
        let text = Keyring::make(["main", "wpg"]).unwrap();
        let ring = Keyring::parse(&text).unwrap();
        assert_eq!(format!("{ring:?}"), r#"["main", "wpg"]"#);
        assert!(Keyring::parse("[vaults.main]\ncurrent = \"00\"\n").is_err());
    }
}
