//! The form of a disclosure. What the law refuses comes back with every reason and its article, and all that was typed.

use super::propose::{Purpose, Wish, give};
use crate::config::RecordsConfig;
use crate::open::{secrecy, text};
use crate::stage;
use crate::store::{self, Envelope};
use crate::typed::Typed;
use crate::way::{self, Inside, enter, id_of};
use crate::write::{self, Act, FieldText};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid};
use law::{Need, ReceiverKind, Refusal};
use policy::Permit;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render_as, see_other};

/// The word for a receiver outside Regie.
const OUTSIDE: &str = "outside";

#[derive(askama::Template)]
#[template(path = "pages/disclose.html")]
struct DisclosePage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    refusals: Vec<RefusalView>,
    typed: Typed,
    action: String,
    request: String,
    secrecy: String,
    fields: Vec<Choice>,
    receivers: Vec<Choice>,
    places: Vec<Choice>,
    bases: Vec<Choice>,
    covenants: Vec<Choice>,
    needs: Vec<NeedView>,
    asks_covenant: bool,
}

impl DisclosePage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

struct RefusalView {
    text: String,
    article: String,
    hard: bool,
}

struct NeedView {
    name: String,
    label: String,
    hint: String,
    value: String,
}

/// A record on its way to the form.
struct Given {
    permit: Permit,
    record: Envelope,
    fields: Vec<FieldText>,
    covenants: Vec<(Uuid, String)>,
}

/// `GET /records/{processing}/{id}/disclose`: the form. It is a read, and logged as one.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn form(cx: Cx, Path((processing, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &processing, "record:disclose", None);
    let id = id_of(&id)?;
    let typed = Typed::default();
    let given = load(&cx, &inside, id, &typed).await?;
    shown(&cx, &inside, &given, typed, &FieldFaults::default(), &[])
}

/// `POST /records/{processing}/{id}/disclose`: gives what the law allows, once per request.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database does. What the law refuses and what the sender can
/// mend come back as the form.
pub async fn send(
    cx: Cx,
    Path((processing, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &processing, "record:disclose", Some(&typed));
    let id = id_of(&id)?;
    let request = typed.request()?;
    let given = load(&cx, &inside, id, &typed).await?;
    let mut faults = FieldFaults::default();
    let wish = wish(&cx, &inside, &given, &typed, (request, &mut faults));
    let Some(wish) = wish.filter(|_| faults.is_empty()) else {
        return shown(&cx, &inside, &given, typed, &faults, &[]);
    };
    let refusals = wish.refusals(&cx.app.law.disclosure, stage::today(&cx));
    if !refusals.is_empty() {
        return shown(&cx, &inside, &given, typed, &faults, &refusals);
    }
    let to = format!("{}/{id}/disclosures/{request}", inside.href());
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, given.permit.municipality(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let deed = cx.deed_for(inside.id());
    give(&mut tx, &inside.seal, &deed, (&given.record, inside.account), (&wish, inside.why())).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// The record with its fields, and the covenants that could carry it.
async fn load(cx: &Cx, inside: &Inside, id: Uuid, typed: &Typed) -> Result<Given, Fault> {
    let mut tx = inside.db.write().await?;
    let (permit, record) = inside.record(cx, &mut tx, id, "record:disclose").await?;
    let fields = write::opened(&mut tx, &inside.seal, permit.municipality(), id).await?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    write::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    let mut main = cx.read().await?;
    let covenants = store::covenants(&mut main, &permit, (inside.id(), &typed.get("place")), cx.now).await?;
    Ok(Given { permit, record, fields, covenants })
}

/// Reads the form; what the law says comes after.
fn wish(
    cx: &Cx,
    inside: &Inside,
    given: &Given,
    typed: &Typed,
    (id, faults): (Uuid, &mut FieldFaults),
) -> Option<Wish> {
    let config = cx.municipality.get::<RecordsConfig>();
    let receiver = typed.get("receiver").parse::<ReceiverKind>();
    if receiver.is_err() {
        faults.add("receiver", "disclosures-receiver-missing");
    }
    let place = typed.get("place");
    let to = match place.as_str() {
        OUTSIDE => None,
        place => match way::processing(cx, place) {
            Ok((processing, regime)) => Some((processing.id.clone(), regime)),
            Err(_) => {
                faults.add("place", "disclosures-place-missing");
                None
            }
        },
    };
    let name = typed.get("name");
    if name.is_empty() && to.is_none() {
        faults.add("name", "disclosures-name-missing");
    }
    let purpose = typed.get("purpose");
    for (field, text) in [("name", &name), ("purpose", &purpose)] {
        let have = text.chars().count();
        if have > config.line_max_chars {
            let values = vec![("most", config.line_max_chars.to_string()), ("have", have.to_string())];
            faults.add_with(field, "records-too-long", values);
        }
    }
    let chosen = Uuid::try_parse(&typed.get("covenant")).ok();
    let needs = Need::ALL.iter().map(|n| (n.as_str().to_owned(), typed.get(&format!("need-{n}"))));
    Some(Wish {
        id,
        from: inside.regime,
        to,
        receiver: receiver.ok()?,
        name,
        why: Purpose {
            basis: typed.get("basis"),
            purpose,
            necessity: typed.get("necessity"),
            needs: needs.filter(|(_, text)| !text.is_empty()).collect(),
            covenant: chosen.filter(|c| given.covenants.iter().any(|(id, _)| id == c)),
        },
        fields: given.fields.iter().filter(|f| typed.has("field", &f.name)).cloned().collect(),
    })
}

fn shown(
    cx: &Cx,
    inside: &Inside,
    given: &Given,
    typed: Typed,
    faults: &FieldFaults,
    refusals: &[Refusal],
) -> Result<Response, Fault> {
    let lang = cx.words.language();
    let today = stage::today(cx);
    let register = &cx.app.law.disclosure;
    let in_force = register.bases().iter().filter(|b| b.from.contains(&inside.regime));
    let bases = in_force.filter(|b| register.get(&b.id, today) == Some(*b));
    let chosen = register.get(&typed.get("basis"), today);
    let missing = |need: Need| refusals.contains(&Refusal::Missing(need));
    let asks = |need: Need| missing(need) || chosen.is_some_and(|b| b.needs.contains(&need));
    let needs = Need::ALL.iter().copied().filter(|n| *n != Need::Covenant);
    let needs = needs.filter(|n| asks(*n) || !typed.get(&format!("need-{n}")).is_empty());
    let mut places = vec![Choice::new(OUTSIDE, cx.t("disclosures-place-outside"))];
    places.extend(cx.app.policy.register().all().iter().filter(|p| p.record).map(|p| {
        let regime = p.regimes.first().map_or("", |r| r.vault());
        Choice::new(p.id.as_str(), format!("{} ({regime})", text(&p.name, lang)))
    }));
    let named = |kind: &ReceiverKind| Choice::new(kind.as_str(), cx.t(&format!("disclosures-receiver-{kind}")));
    let mut receivers = vec![Choice::new("", cx.t("disclosures-choose"))];
    receivers.extend(ReceiverKind::ALL.iter().map(named));
    let mut all_bases = vec![Choice::new("", cx.t("disclosures-choose"))];
    all_bases.extend(bases.map(|b| Choice::new(b.id.as_str(), format!("{}: {}", b.article, text(&b.name, lang)))));
    let mut covenants = vec![Choice::new("", cx.t("disclosures-choose"))];
    covenants.extend(given.covenants.iter().map(|(id, title)| Choice::new(id.to_string(), title.as_str())));
    let title = given.record.id;
    let view = DisclosePage {
        page: cx.page("disclosures-new-title"),
        crumbs: vec![
            Link::new("/records", cx.t("records-title")),
            Link::new(inside.href(), text(&inside.processing.name, lang)),
            Link::new(format!("{}/{title}", inside.href()), cx.t("records-one")),
        ],
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        refusals: refusals.iter().map(|r| refusal(cx, r)).collect(),
        action: format!("{}/{title}/disclose", inside.href()),
        request: cx.app.clock.id().to_string(),
        secrecy: secrecy(cx, inside.regime),
        fields: given
            .fields
            .iter()
            .map(|f| {
                let hint = if f.is_special { cx.t("records-special-badge") } else { String::new() };
                Choice { hint, ..Choice::new(f.name.as_str(), cx.t(&format!("records-field-{}", f.name))) }
            })
            .collect(),
        receivers,
        places,
        bases: all_bases,
        covenants,
        asks_covenant: asks(Need::Covenant) || !typed.get("covenant").is_empty(),
        needs: needs
            .map(|n| NeedView {
                name: format!("need-{n}"),
                label: cx.t(&format!("disclosures-need-{n}")),
                hint: n.article().to_owned(),
                value: typed.get(&format!("need-{n}")),
            })
            .collect(),
        typed,
    };
    let status = match faults.is_empty() && refusals.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    render_as(status, &view)
}

/// A refusal in words, with its article.
fn refusal(cx: &Cx, refusal: &Refusal) -> RefusalView {
    let min = if let Refusal::Necessity { min } = refusal { *min } else { 0 };
    RefusalView {
        text: cx.words.t1(refusal.key(), "min", &min.to_string()),
        article: refusal.article().to_owned(),
        hard: refusal.is_hard(),
    }
}
