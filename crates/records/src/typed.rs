//! A form as it was sent: every pair, so that a page can show again whatever was typed.

use kit::{Fault, FieldFaults, Uuid};

/// The pairs of a form, in order.
#[derive(Clone, Debug, Default)]
pub struct Typed(
    /// Names and values.
    pub Vec<(String, String)>,
);

impl Typed {
    /// The text of `name`, without control characters and blanks around it.
    pub fn get(&self, name: &str) -> String {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| clean(v)).unwrap_or_default()
    }

    /// Every value of `name` (checkboxes).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether the box `name` was ticked with `value`.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// The client's id of the request.
    ///
    /// # Errors
    /// [`Fault::Bad`] when there is none.
    pub fn request(&self) -> Result<Uuid, Fault> {
        Uuid::try_parse(&self.get("request")).map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The version that the form was opened with.
    ///
    /// # Errors
    /// [`Fault::Bad`] when there is none.
    pub fn version(&self) -> Result<i64, Fault> {
        self.get("version").parse().map_err(|_| Fault::Bad("fault-bad-request"))
    }

    /// The same form with `name` set to `value`.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// A reason in words of at least `min` characters; its fault goes to `faults`.
    pub fn reason(&self, field: &'static str, min: usize, faults: &mut FieldFaults) -> String {
        let reason = self.get(field);
        if reason.chars().count() < min {
            faults.add_with(field, "records-reason-short", vec![("min", min.to_string())]);
        }
        reason
    }
}

fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}
