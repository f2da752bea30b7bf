//! The plan seen from one priority: every line about it, also those that stand under another focus area.

use super::{FocusArea, Item, Plan, Text};

/// A priority or strategic theme with the lines of the plan that are about it.
#[derive(Clone, Debug)]
pub struct PriorityView<'a> {
    /// Id.
    pub id: &'a str,
    /// Section of the plan's text.
    pub section: &'a str,
    /// Name.
    pub name: &'a Text,
    /// Why it is chosen.
    pub why: Option<&'a Text>,
    /// Its focus area; none for a strategic theme.
    pub focus_area: Option<&'a FocusArea>,
    /// Ids of the regional themes.
    pub imv_themes: &'a [String],
    /// What is aimed at.
    pub ambition: Vec<&'a Item>,
    /// What is done.
    pub approach: Vec<&'a Item>,
    /// What must be in place.
    pub precondition: Vec<&'a Item>,
    /// Where the effort is aimed.
    pub attention: Vec<&'a Item>,
    /// What residents and entrepreneurs do.
    pub residents: Vec<&'a Item>,
    /// Ids of partners.
    pub partners: &'a [String],
}

/// What a focus area and a strategic theme have in common.
pub(super) struct Block<'a> {
    pub(super) id: &'a str,
    pub(super) ambition: &'a [Item],
    pub(super) approach: &'a [Item],
    pub(super) precondition: &'a [Item],
    pub(super) attention: &'a [Item],
    pub(super) residents: &'a [Item],
    pub(super) partners: &'a [String],
}

macro_rules! block {
    ($of:expr) => {
        Block {
            id: &$of.id,
            ambition: &$of.ambition,
            approach: &$of.approach,
            precondition: &$of.precondition,
            attention: &$of.attention,
            residents: &$of.residents,
            partners: &$of.partners,
        }
    };
}

impl<'a> Block<'a> {
    /// All its lines.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> {
        [self.ambition, self.approach, self.precondition, self.attention, self.residents].into_iter().flatten()
    }
}

impl Item {
    /// Whether the line names the priority.
    fn names(&self, priority: &str) -> bool {
        self.priorities.iter().any(|id| id == priority)
    }
}

impl Plan {
    /// Focus areas and strategic themes alike, in the order of the plan.
    pub(super) fn blocks(&self) -> Vec<Block<'_>> {
        let areas = self.focus_area.iter().map(|area| block!(area));
        areas.chain(self.theme.iter().map(|theme| block!(theme))).collect()
    }

    /// Ids of all priorities, then of all strategic themes, in the order of the plan.
    pub fn priority_ids(&self) -> impl Iterator<Item = &str> {
        let priorities = self.focus_area.iter().flat_map(|area| &area.priority).map(|p| p.id.as_str());
        priorities.chain(self.theme.iter().map(|t| t.id.as_str()))
    }

    /// The partner with this id.
    #[must_use]
    pub fn partner(&self, id: &str) -> Option<&super::Partner> {
        self.partner.iter().find(|partner| partner.id == id)
    }

    /// A line of approach with this id, wherever it stands.
    #[must_use]
    pub fn approach(&self, id: &str) -> Option<&Item> {
        self.blocks().into_iter().flat_map(|block| block.approach).find(|item| item.id == id)
    }

    /// A priority or strategic theme with the lines about it: those of its own area that are about the whole area or
    /// name it, then those of other areas that name it.
    #[must_use]
    pub fn priority(&self, id: &str) -> Option<PriorityView<'_>> {
        let with_area = self.focus_area.iter().find_map(|area| {
            let priority = area.priority.iter().find(|p| p.id == id)?;
            Some((&priority.id, &priority.section, &priority.name, &priority.why, Some(area), &priority.imv_themes))
        });
        let (id, section, name, why, focus_area, imv_themes) = with_area.or_else(|| {
            let theme = self.theme.iter().find(|t| t.id == id)?;
            Some((&theme.id, &theme.section, &theme.name, &theme.why, None, &theme.imv_themes))
        })?;
        let blocks = self.blocks();
        let (own, others): (Vec<_>, Vec<_>) =
            blocks.iter().partition(|block| block.id == focus_area.map_or(id.as_str(), |area| area.id.as_str()));
        let lines = |list: for<'b> fn(&Block<'b>) -> &'b [Item]| -> Vec<&Item> {
            let of_area = own.iter().flat_map(|b| list(b)).filter(|item| item.priorities.is_empty() || item.names(id));
            of_area.chain(others.iter().flat_map(|b| list(b)).filter(|item| item.names(id))).collect()
        };
        Some(PriorityView {
            id,
            section,
            name,
            why: why.as_ref(),
            focus_area,
            imv_themes,
            ambition: lines(|b| b.ambition),
            approach: lines(|b| b.approach),
            precondition: lines(|b| b.precondition),
            attention: lines(|b| b.attention),
            residents: lines(|b| b.residents),
            partners: own.first().map_or(&[], |block| block.partners),
        })
    }
}
