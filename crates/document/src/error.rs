//! What can be wrong with a document.

use std::fmt;

/// Why a document could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not one of the given fonts is a readable font.
    #[error("no readable font was given")]
    NoFont,
    /// The language is not a code of two or three letters (ISO 639).
    #[error("`{0}` is not a language code")]
    Language(String),
    /// The data or a name around it could not be handed to the template.
    #[error("the template's surroundings could not be built: {0}")]
    Input(String),
    /// The template has errors, or the file would break PDF/UA-1 or PDF/A-2a.
    #[error("the template has errors: {}", list(.0))]
    Template(Vec<Diagnostic>),
    /// A drawing could not be read or drawn.
    #[error("the drawing cannot be made into a picture: {0}")]
    Drawing(String),
    /// The combination of standards is refused by the PDF writer.
    #[error("the PDF standards cannot be combined: {0}")]
    Standard(String),
}

/// One remark of the typesetter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Line of the template, counted from 1; absent when the remark is about the whole or about the data.
    pub line: Option<usize>,
    /// What is wrong, in English (for the maker of the template).
    pub message: String,
    /// How to repair it, if the typesetter knows.
    pub hints: Vec<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

fn list(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(Diagnostic::to_string).collect::<Vec<_>>().join("; ")
}
