//! The states of a wreck, which steps each allows, and the terms that hold them back.

use super::store::Wreck;
use crate::config::WreckKind;
use kit::{At, Fault, Municipality, text_enum};
use law::{Calendar, Counting, TermRegister, deadline};

text_enum! {
    /// How far a wreck is.
    pub enum State {
        /// Found; no label yet.
        Found = "found",
        /// The label hangs on it.
        Labelled = "labelled",
        /// Removed and stored.
        Stored = "stored",
        /// Gone before it was removed.
        Gone = "gone",
        /// Returned to its owner.
        Returned = "returned",
        /// Sold.
        Sold = "sold",
        /// Destroyed, or given away because it could not be sold.
        Destroyed = "destroyed",
    }
}

text_enum! {
    /// What can be done with a wreck.
    pub enum Step {
        /// A label is hung.
        Label = "label",
        /// It was gone at the second look.
        Gone = "gone",
        /// It is removed, with a record (Awb art. 5:29).
        Remove = "remove",
        /// A copy of the record was handed over (Awb art. 5:29(3)).
        Copy = "copy",
        /// The owner collects it.
        Return = "return",
        /// It is sold (Awb art. 5:30).
        Sell = "sell",
        /// It is destroyed or given away (Awb art. 5:30).
        Destroy = "destroy",
    }
}

impl State {
    /// The steps that this state allows.
    #[must_use]
    pub const fn steps(self) -> &'static [Step] {
        match self {
            Self::Found => &[Step::Label, Step::Gone, Step::Remove],
            Self::Labelled => &[Step::Gone, Step::Remove],
            Self::Stored => &[Step::Copy, Step::Return, Step::Sell, Step::Destroy],
            Self::Gone | Self::Returned | Self::Sold | Self::Destroyed => &[],
        }
    }

    /// Its tone on a page.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Found => "info",
            Self::Labelled => "soon",
            Self::Stored => "neutral",
            Self::Gone | Self::Returned => "ok",
            Self::Sold | Self::Destroyed => "off",
        }
    }
}

/// The terms of one municipality's wrecks.
#[derive(Debug)]
pub struct Terms<'a> {
    /// The municipality: its clock and days off.
    pub municipality: &'a Municipality,
    /// The register of statutory terms.
    pub register: &'a TermRegister,
}

impl Terms<'_> {
    fn calendar(&self) -> Calendar {
        let mut calendar = Calendar::dutch();
        calendar.closed = self.municipality.file.extra_holidays.iter().copied().collect();
        calendar
    }

    /// Until when the label gives the owner time.
    ///
    /// # Errors
    /// [`Fault::Internal`] when the term ends outside the calendar.
    pub fn label_until(&self, kind: &WreckKind, from: At) -> Result<At, Fault> {
        let from = from.0.to_zoned(self.municipality.zone.clone());
        // A term that the executive sets itself: what the label says is what holds.
        deadline(kind.label, &from, Counting::Plain, &self.calendar())
            .map(At)
            .map_err(|e| Fault::Internal(e.to_string()))
    }

    /// When a term of the register that starts at `from` is over.
    fn over(&self, id: &str, from: At) -> Result<At, Fault> {
        let from = from.0.to_zoned(self.municipality.zone.clone());
        let wrong = |why: String| Fault::Internal(format!("{id}: {why}"));
        let term = self.register.get(id, from.date()).ok_or_else(|| wrong("not in force".to_owned()))?;
        term.deadline(&from, &self.calendar()).map(At).map_err(|e| wrong(e.to_string()))
    }

    /// From when a stored wreck may be sold or destroyed: 13 weeks after the removal, and not within 2 weeks after the
    /// copy of the record (T15). `early`: because storing costs too much, only the two weeks count.
    ///
    /// # Errors
    /// [`Fault::Internal`] when a term is not in the register.
    pub fn sale_from(&self, wreck: &Wreck, early: bool) -> Result<Option<At>, Fault> {
        let Some(removed) = wreck.removed_at else { return Ok(None) };
        let stored = if early { removed } else { self.over("T15", removed)? };
        let copied = wreck.copied_at.map(|at| self.over("T15-copy", at)).transpose()?;
        Ok(Some(copied.map_or(stored, |copied| copied.max(stored))))
    }

    /// Until when the former owner can claim the proceeds of a sale (T15).
    ///
    /// # Errors
    /// [`Fault::Internal`] when the term is not in the register.
    pub fn proceeds_until(&self, sold: At) -> Result<At, Fault> {
        self.over("T15-proceeds", sold)
    }

    /// Whether a term still stands in the way of a step.
    ///
    /// # Errors
    /// [`Fault::Rule`] with the day and the article.
    pub fn allow(&self, step: Step, wreck: &Wreck, (now, early): (At, bool)) -> Result<(), Fault> {
        let (until, key) = match step {
            Step::Remove if !wreck.is_urgent => (wreck.label_until, "wrecks-rule-label"),
            Step::Sell | Step::Destroy => (self.sale_from(wreck, early)?, "wrecks-rule-sale"),
            _ => return Ok(()),
        };
        match until {
            Some(until) if now < until => {
                let day = until.local(&self.municipality.zone).date();
                Err(Fault::Rule { key, values: vec![("day", day.strftime("%d-%m-%Y").to_string())] })
            }
            // Without a label nobody was told (Awb 5:24); only urgency does without (Awb 5:31).
            None if step == Step::Remove => Err(Fault::Rule { key: "wrecks-rule-unlabelled", values: vec![] }),
            _ => Ok(()),
        }
    }
}
