//! All that a template can see: itself, its data, the fonts and the date.

use std::str::FromStr;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Duration, Smart};
use typst::model::DocumentElem;
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, Lang, TextElem};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World, WorldExt};

use crate::legible::text_of;
use crate::{DATA_PATH, Diagnostic, DocumentError, Fonts, Options, midnight};

/// Where the template itself lies.
const TEMPLATE_PATH: &str = "/template.typ";

/// The surroundings of one rendering.
pub(crate) struct TemplateWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    template: Source,
    data_id: FileId,
    data: Bytes,
    today: Option<Datetime>,
}

impl TemplateWorld {
    pub(crate) fn new(template: &str, data: &Value, options: &Options, fonts: &Fonts) -> Result<Self, DocumentError> {
        let json = serde_json::to_vec(data).map_err(|e| DocumentError::Input(e.to_string()))?;
        Ok(Self {
            library: LazyHash::new(library(options, fonts)?),
            fonts: fonts.clone(),
            template: Source::new(file_id(TEMPLATE_PATH)?, template.to_owned()),
            data_id: file_id(DATA_PATH)?,
            data: Bytes::new(json),
            today: midnight(options.date),
        })
    }

    /// The typesetter's remarks, with the line of the template.
    pub(crate) fn diagnostics(&self, found: &[SourceDiagnostic]) -> Vec<Diagnostic> {
        let diagnostic = |d: &SourceDiagnostic| Diagnostic {
            line: self.line(d.span),
            message: d.message.to_string(),
            hints: d.hints.iter().map(|hint| hint.v.to_string()).collect(),
        };
        found.iter().map(diagnostic).collect()
    }

    pub(crate) fn errors(&self, found: &[SourceDiagnostic]) -> DocumentError {
        DocumentError::Template(self.diagnostics(found))
    }

    fn line(&self, span: DiagSpan) -> Option<usize> {
        if span.id()? != self.template.id() {
            return None;
        }
        let start = self.range(span)?.start;
        self.template.lines().byte_to_line(start).map(|line| line + 1)
    }
}

/// The standard library with the document's language and title preset, and with header cells for rows, without which
/// a screen reader cannot name the row of a cell (WCAG 1.3.1).
fn library(options: &Options, fonts: &Fonts) -> Result<Library, DocumentError> {
    let language = Lang::from_str(&options.language).map_err(|_| DocumentError::Language(options.language.clone()))?;
    let title: Content = TextElem::packed(text_of(&options.title, &|c| fonts.covers(c)));
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    let mut library = Library::builder().with_features(features).build();
    library.styles.set(TextElem::lang, language);
    library.styles.set(DocumentElem::title, Some(title));
    library.styles.set(DocumentElem::date, Smart::Auto);
    Ok(library)
}

fn file_id(path: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(path).map_err(|e| DocumentError::Input(format!("{path}: {e:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}

impl World for TemplateWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(not_found(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(not_found(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
