//! Who may do what, as a table that people read and sign (`policies/matrix.txt`).

use crate::facts::Facts;
use crate::{Actor, Circumstances, Hat, Policy, Resource, Role, Stage};
use kit::At;
use law::Regime;
use std::fmt::Write as _;

impl Policy {
    /// The table role × action, with one line per regime for actions on fenced records, and under it
    /// what each regime asks on top.
    #[must_use]
    pub fn matrix(&self) -> String {
        let mut out =
            String::from("(x = may, o = may when it is assigned to them; R2 to R10 after the fences below)\n");
        let _ = write!(out, "{:<28}{:<10}", "", "stranger");
        for role in Role::ALL {
            let _ = write!(out, "{:<17}", role.as_str());
        }
        out.truncate(out.trim_end().len());
        for action in self.actions() {
            for regime in regimes(action) {
                let name = if regime == Regime::R1 && !action.starts_with("record:") {
                    action.to_owned()
                } else {
                    format!("{action} {regime}")
                };
                let _ = write!(out, "\n{name:<28}");
                let stage = if action == "record:review" { Stage::Removed } else { Stage::Free };
                let best = Facts { stage, ..question(action, regime).at_best() };
                let best = Facts { kind: "record", ..best };
                let mark = |role| match (
                    self.verdict(&Facts { role, own: false, ..best }).allow,
                    self.verdict(&Facts { role, ..best }).allow,
                ) {
                    (true, _) => "x",
                    (false, true) => "o",
                    _ => ".",
                };
                let _ = write!(out, "{:<10}", mark(None));
                for role in Role::ALL {
                    let _ = write!(out, "{:<17}", mark(Some(*role)));
                }
                out.truncate(out.trim_end().len());
            }
        }
        out.push_str("\n\n(what each regime asks on top: without it the fence of that name refuses)\n");
        for regime in Regime::ALL.into_iter().filter(|r| r.vault() != "main") {
            for action in ["record:open", "record:read", "rights:search"] {
                if let Some(fences) = self.fences(action, regime) {
                    let _ = writeln!(out, "{action:<15}{:<5}{}", regime.code(), fences.join(" "));
                }
            }
        }
        out
    }

    /// The fences that refuse somebody who has nothing to show yet; `None` when no role may at all.
    fn fences(&self, action: &'static str, regime: Regime) -> Option<Vec<String>> {
        let best = question(action, regime).at_best();
        let role = *Role::ALL.iter().find(|r| self.verdict(&Facts { role: Some(**r), ..best }).allow)?;
        let bare = Facts { role: Some(role), outsider: true, ..question(action, regime) };
        Some(self.verdict(&bare).fences.clone())
    }
}

/// The bare question: nobody, nothing said, nothing shown.
fn question(action: &'static str, regime: Regime) -> Facts {
    let resource = Resource { regime, ..Resource::ordinary("record", "GM0000") };
    let mut facts = Facts::of(&Actor::stranger("GM0000"), action, &resource, &Circumstances::plain(At::from_micros(0)));
    facts.hat = Hat::Supervisor;
    facts
}

/// The regimes that make a difference for `action`.
fn regimes(action: &str) -> Vec<Regime> {
    let fenced = Regime::ALL.into_iter().filter(|r| r.vault() != "main");
    match action {
        a if a.starts_with("record:") => [Regime::R1].into_iter().chain(fenced).collect(),
        "authorisation:decide" => vec![Regime::R2, Regime::R4],
        "fenced" | "content" => vec![],
        "sanction:read" | "sanction:write" | "sanction:check" | "sanction:export" => vec![Regime::R2],
        "rights:search" => vec![Regime::R1, Regime::R2],
        _ => vec![Regime::R1],
    }
}
