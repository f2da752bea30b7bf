//! The fonts of a document: given by the caller, never searched for on the machine.

use std::fmt;
use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::DocumentError;

/// The fonts a document may use. Build it once; a copy is cheap.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Fonts {
    /// Reads font files (TrueType or OpenType; a collection gives all its fonts). Takes `Vec<u8>` as well as
    /// `&'static [u8]`, so that a font embedded in the program is not copied.
    ///
    /// # Errors
    /// [`DocumentError::NoFont`] when none of the files is a font.
    pub fn new<F>(files: impl IntoIterator<Item = F>) -> Result<Self, DocumentError>
    where
        F: AsRef<[u8]> + Send + Sync + 'static,
    {
        let fonts: Vec<Font> =
            files.into_iter().flat_map(|file| Font::iter(Bytes::new(file)).collect::<Vec<_>>()).collect();
        if fonts.is_empty() {
            return Err(DocumentError::NoFont);
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self(Arc::new(Inner { fonts, book })))
    }

    /// Whether one of the fonts has a shape for this character.
    #[must_use]
    pub fn covers(&self, character: char) -> bool {
        self.0.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// Names of the families, for a message to an administrator.
    #[must_use]
    pub fn families(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.fonts.iter().map(|font| font.info().family.to_string()).collect();
        names.sort();
        names.dedup();
        names
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    /// The files, each once.
    pub(crate) fn files(&self) -> impl Iterator<Item = Bytes> + '_ {
        self.0.fonts.iter().filter(|font| font.index() == 0).map(|font| font.data().clone())
    }

    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fonts").field(&self.families()).finish()
    }
}
