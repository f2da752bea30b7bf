//! How evenings, nights, weekends and hours are shared; for the whole team to see, which is what makes it fair.

use crate::officer::Profile;
use crate::period::{self, State};
use crate::question;
use axum::extract::Path;
use axum::response::Response;
use deployment::roster::Load;
use kit::{Fault, Uuid};
use policy::{Resource, Role};
use site::chart::{Bar, BarChart, bar_chart};
use site::{Cx, Link, Page, render};
use std::collections::HashMap;

/// What each officer had more than a fair share of in earlier rosters, in thousandths of a shift, by burden. Shares
/// follow contract hours, over those who worked any of them: who was not there yet has nothing to make up for.
pub(crate) fn carried(profiles: &[Profile], loads: &[(Uuid, Load)]) -> Vec<[i64; 3]> {
    let mut counts: HashMap<Uuid, [i64; 3]> = HashMap::new();
    for (account, load) in loads {
        let count = counts.entry(*account).or_default();
        for (count, is_so) in count.iter_mut().zip([load.evening, load.night, load.weekend]) {
            *count += i64::from(is_so);
        }
    }
    let here: Vec<&Profile> = profiles.iter().filter(|p| counts.contains_key(&p.account_id)).collect();
    let all: i64 = here.iter().map(|p| p.contract_min).sum::<i64>().max(1);
    let total = |burden: usize| here.iter().map(|p| counts[&p.account_id][burden]).sum::<i64>();
    let totals = [total(0), total(1), total(2)];
    let of = |profile: &Profile| {
        let Some(count) = counts.get(&profile.account_id) else { return [0; 3] };
        std::array::from_fn(|burden| 1000 * count[burden] - 1000 * totals[burden] * profile.contract_min / all)
    };
    profiles.iter().map(of).collect()
}

#[derive(askama::Template)]
#[template(path = "pages/fairness.html")]
struct FairnessPage {
    page: Page,
    crumbs: Vec<Link>,
    lead: String,
    rows: Vec<Row>,
    chart: String,
}

/// What one officer carries.
struct Row {
    name: String,
    hours: String,
    target: String,
    burdens: Vec<Burden>,
    wishes: String,
}

struct Burden {
    label: String,
    count: String,
    fair: String,
}

/// `GET /roster/{id}/fairness`.
///
/// # Errors
/// [`Fault::NotFound`], for officers also while it is a draft; or when the policy or the database refuses.
pub async fn page(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("roster:read", &Resource::ordinary("roster", cx.code()))?;
    let mut tx = cx.read().await?;
    let period = period::get(&mut tx, &permit, id).await?;
    if period.state == State::Draft && cx.actor.role != Some(Role::Coordinator) {
        return Err(Fault::NotFound);
    }
    let question = question::read(&cx, &mut tx, &permit, id).await?;
    drop(tx);
    let planner = question.planner()?;
    let burdens = planner.burdens(&question.plan).map_err(|error| Fault::Internal(error.to_string()))?;
    let labels = [cx.t("roster-evenings"), cx.t("roster-nights"), cx.t("roster-weekends")];
    let fair = |value: f64| cx.words.number(value, 1);
    let row = |burden: &deployment::roster::Burden| Row {
        name: question.people[burden.officer].name.clone(),
        hours: cx.words.number(burden.minutes as f64 / 60.0, 1),
        target: cx.words.number(burden.target_min as f64 / 60.0, 1),
        burdens: labels
            .iter()
            .enumerate()
            .map(|(i, label)| Burden {
                label: label.clone(),
                count: cx.words.whole(burden.shifts[i]),
                fair: fair(burden.fair[i]),
            })
            .collect(),
        wishes: format!("{} / {}", burden.wishes.0, burden.wishes.1),
    };
    let bars = burdens
        .iter()
        .map(|burden| Bar {
            label: question.people[burden.officer].name.clone(),
            value: Some(burden.per_100_hours.iter().sum::<f64>()),
        })
        .collect();
    let chart = bar_chart(&BarChart {
        title: cx.t("roster-fairness-chart"),
        desc: cx.t("roster-fairness-chart-desc"),
        bars,
        missing: String::new(),
        format: &|value| cx.words.number(value, 1),
    });
    let title = crate::period::view::title(&cx, &question.period);
    render(&FairnessPage {
        crumbs: vec![Link::new("/roster", cx.t("roster-title")), Link::new(format!("/roster/{id}"), title.clone())],
        lead: cx.words.t1("roster-fairness-lead", "roster", &title),
        rows: burdens.iter().map(row).collect(),
        chart,
        page: cx.page("roster-fairness"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(n: u128, contract_min: i64) -> Profile {
        Profile {
            account_id: Uuid::from_u128(n),
            name: n.to_string(),
            active: true,
            team: "enforcement".into(),
            employer: String::new(),
            contract_min,
            adult_from: None,
            is_short_rest: false,
            is_collective: false,
            is_sunday_work: true,
            is_few_sundays: false,
            night_cap: "count".into(),
            is_planned: true,
            version: 1,
        }
    }

    #[test]
    fn what_was_carried_before_is_told_by_contract() {
        let evening = Load { evening: true, ..Load::default() };
        let profiles = [profile(1, 2160), profile(2, 2160), profile(3, 1080), profile(4, 2160)];
        let loads: Vec<(Uuid, Load)> = [1, 1, 1, 2, 3].iter().map(|n| (Uuid::from_u128(*n), evening)).collect();
        // Five evenings over 36 + 36 + 18 hours: 2, 2 and 1. The fourth was not there.
        assert_eq!(carried(&profiles, &loads), [[1000, 0, 0], [-1000, 0, 0], [0, 0, 0], [0, 0, 0]]);
        assert_eq!(carried(&profiles, &[]), [[0; 3]; 4]);
    }
}
