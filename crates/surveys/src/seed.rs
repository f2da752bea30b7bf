//! Invented questionnaires for the demonstration: a closed survey on enforcement with a sample of some 420 answers,
//! and an open poll on priorities. The questionnaires go through the adviser's own doors; the answers are drawn by a
//! small machine of chance that always gives the same.

use crate::config::SurveysConfig;
use crate::design::{Head, NewQuestion, Standing, change_standing, create, save_question};
use crate::model::{Channel, Kind, Sample};
use crate::store::{self, NewAnswer};
use crate::tally::Answer;
use kit::clock::{day_number, id_at};
use kit::{At, Clock, Fault, Municipality, Text, Uuid};
use policy::{Actor, Permit, Resource};
use site::{Cx, Shared};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A question in Dutch and English: kind, texts, options.
type Sketch = (Kind, (&'static str, &'static str), &'static [(&'static str, &'static str)]);

const ENFORCEMENT: [Sketch; 6] = [
    (
        Kind::Scale10,
        (
            "Welk rapportcijfer geeft u voor de veiligheid in uw buurt?",
            "Which mark do you give safety in your neighbourhood?",
        ),
        &[],
    ),
    (
        Kind::One,
        ("Voelt u zich weleens onveilig in uw buurt?", "Do you ever feel unsafe in your neighbourhood?"),
        &[("Vaak", "Often"), ("Soms", "Sometimes"), ("Zelden", "Rarely"), ("Nooit", "Never")],
    ),
    (
        Kind::Several,
        ("Waarvan hebt u het afgelopen jaar overlast gehad?", "What bothered you in the past year?"),
        &[
            ("Hondenpoep", "Dog mess"),
            ("Zwerfvuil en afval naast containers", "Litter and waste beside containers"),
            ("Parkeren", "Parking"),
            ("Te hard rijden", "Speeding"),
            ("Rondhangende jongeren", "Loitering youths"),
            ("Geluid van horeca of evenementen", "Noise of bars or events"),
            ("Niets hiervan", "None of these"),
        ],
    ),
    (
        Kind::One,
        ("Ziet u de handhavers (boa’s) in uw buurt?", "Do you see the enforcement officers in your neighbourhood?"),
        &[
            ("Elke week", "Every week"),
            ("Elke maand", "Every month"),
            ("Minder vaak", "Less often"),
            ("Nooit", "Never"),
        ],
    ),
    (
        Kind::Rank,
        ("Waar moeten handhavers het eerst op letten?", "What should officers look after first?"),
        &[
            ("Hondenpoep en loslopende honden", "Dog mess and loose dogs"),
            ("Afval en dumpingen", "Waste and dumping"),
            ("Foutparkeren", "Wrong parking"),
            ("Jongerenoverlast", "Youth nuisance"),
            ("Drugsoverlast", "Drug nuisance"),
            ("Veilig verkeer bij scholen", "Safe traffic near schools"),
        ],
    ),
    (Kind::Words, ("Wat wilt u ons nog meegeven?", "What else do you want to tell us?"), &[]),
];

const PRIORITIES: [Sketch; 2] = [
    (
        Kind::Rank,
        (
            "Welke onderwerpen uit het veiligheidsplan vindt u het belangrijkst?",
            "Which subjects of the safety plan matter most to you?",
        ),
        &[
            ("Overlast in de openbare ruimte", "Nuisance in public space"),
            ("Verkeersveiligheid", "Traffic safety"),
            ("Jeugdgroepen", "Youth groups"),
            ("Huiselijk geweld", "Domestic violence"),
            ("Drugs", "Drugs"),
            ("Adres- en uitkeringsfraude", "Address and benefit fraud"),
            ("Veilige evenementen", "Safe events"),
        ],
    ),
    (
        Kind::Scale5,
        (
            "Hoe tevreden bent u over wat de gemeente hieraan doet?",
            "How satisfied are you with what the municipality does about it?",
        ),
        &[],
    ),
];

fn text(nl: &str, en: &str) -> Text {
    Text([("nl".to_owned(), nl.to_owned()), ("en".to_owned(), en.to_owned())].into())
}

/// The machine of chance (a linear congruential generator of Knuth).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    /// An index, by whole weights.
    fn pick(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (i, weight) in weights.iter().enumerate() {
            if left < *weight {
                return i;
            }
            left -= weight;
        }
        0
    }
}

/// Makes both questionnaires; the survey was held in the two months before `now`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seed(app: &Shared, municipality: &Arc<Municipality>, adviser: &Actor, now: At) -> Result<(), Fault> {
    let day = |days: i64| At::from_micros(now.micros() + days * 86_400_000_000);
    let cx = |at: At| Cx {
        actor: adviser.clone(),
        now: at,
        path: "/surveys".to_owned(),
        ..Cx::system(app, municipality, "survey:edit")
    };
    let local = |at: At| at.local(&municipality.zone).date().to_string();
    let title = text("Enquête handhaving", "Enforcement survey");
    let intro = text(
        "Wat ziet u van onze handhavers, en waar moeten zij op letten? Met uw antwoorden maken wij het handhavingsplan voor volgend jaar. Invullen duurt drie minuten.",
        "What do you see of our officers, and what should they look after? With your answers we make next year's enforcement programme. It takes three minutes.",
    );
    let slug = design(&cx(day(-75)), title, intro, &ENFORCEMENT).await?;
    let publishing = cx(day(-70));
    let open = Standing::Open(local(day(-70)), local(day(-14)));
    let survey = step(&publishing, &slug, open).await?;
    answers(&publishing, survey, 420).await?;
    step(&cx(day(-13)), &slug, Standing::Closed).await?;
    step(&cx(day(-10)), &slug, Standing::Shown(true)).await?;
    let title = text("Peiling: wat is voor u het belangrijkst?", "Poll: what matters most to you?");
    let intro = text(
        "De gemeenteraad stelt een nieuw veiligheidsplan vast. Kies wat u het belangrijkst vindt. Dit is een open peiling: iedereen mag meedoen.",
        "The council adopts a new safety plan. Choose what matters most to you. This is an open poll: everybody may take part.",
    );
    let slug = design(&cx(day(-6)), title, intro, &PRIORITIES).await?;
    step(&cx(day(-5)), &slug, Standing::Open(local(day(-5)), local(day(60)))).await?;
    Ok(())
}

async fn design(cx: &Cx, title: Text, intro: Text, sketches: &[Sketch]) -> Result<String, Fault> {
    let slug = create(cx, Head { request: id_at(cx.now), version: 0, title, intro }).await?;
    for (i, (kind, (nl, en), options)) in sketches.iter().enumerate() {
        let lines = BTreeMap::from([
            ("nl".to_owned(), options.iter().map(|o| o.0.to_owned()).collect()),
            ("en".to_owned(), options.iter().map(|o| o.1.to_owned()).collect()),
        ]);
        let question = NewQuestion {
            request: id_at(cx.now),
            version: i64::try_from(i + 1).unwrap_or(1),
            kind: Some(*kind),
            text: text(nl, en),
            lines,
            required: i == 0,
            ..NewQuestion::default()
        };
        save_question(cx, &slug, None, question).await?;
    }
    Ok(slug)
}

/// Takes a step on the newest version; gives the id of the questionnaire.
async fn step(cx: &Cx, slug: &str, to: Standing) -> Result<Uuid, Fault> {
    let mut tx = cx.read().await?;
    let survey = store::by_slug(&mut tx, cx.code(), slug).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    change_standing(cx, slug, (id_at(cx.now), survey.version), to).await?;
    Ok(survey.id)
}

/// Invented answers: older people and the middle of the town answer more, as they do.
async fn answers(cx: &Cx, survey: Uuid, many: usize) -> Result<(), Fault> {
    let permit: Permit = cx.permit("survey:edit", &Resource::ordinary("survey-answer", cx.code()))?;
    let config = cx.municipality.get::<SurveysConfig>();
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let here: Vec<&areas::Area> = sheet.areas.iter().filter(|a| a.level.as_str() == config.area_level).collect();
    let sizes: Vec<usize> = here.iter().map(|a| a.inhabitants.unwrap_or(1.0).max(1.0) as usize).collect();
    let words = [
        "Meer groen en minder afval bij de containers.",
        "De handhavers zijn vriendelijk, maar ik zie ze te weinig.",
        "Fijn dat u dit vraagt.",
        "In het winkelcentrum mag het ’s avonds rustiger.",
        "Graag een zebrapad bij de school.",
    ];
    let mut chance = Chance(20_240_603);
    let mut new = Vec::with_capacity(many);
    for i in 0..many {
        let told = chance.below(20) > 0;
        let area = here.get(chance.pick(&sizes)).filter(|_| told).map(|a| a.code.clone()).unwrap_or_default();
        let age =
            config.ages.get(chance.pick(&[1, 3, 6, 8])).filter(|_| told).map(|a| a.id.clone()).unwrap_or_default();
        let young = age == "15-24";
        let mut given = BTreeMap::new();
        let mut put = |q: &str, values: Vec<String>| given.insert(q.to_owned(), values);
        put("q1", vec![(4 + chance.pick(&[1, 2, 4, 7, 5, 1, 1])).to_string()]);
        put("q2", vec![format!("o{}", 1 + chance.pick(if young { &[2, 5, 3, 2] } else { &[1, 4, 4, 3] }))]);
        let shares = [45, 38, 30, 34, if young { 6 } else { 18 }, 9];
        let mut bothered: Vec<String> = shares
            .iter()
            .enumerate()
            .filter(|s| chance.below(100) < *s.1)
            .map(|(i, _)| format!("o{}", i + 1))
            .collect();
        if bothered.is_empty() {
            bothered.push("o7".to_owned());
        }
        put("q3", bothered);
        put("q4", vec![format!("o{}", 1 + chance.pick(&[1, 3, 5, 3]))]);
        let mut weights = [7, 6, 4, 3, 3, 5];
        let mut ranked = vec![];
        for _ in 0..3 {
            let at = chance.pick(&weights);
            ranked.push(format!("o{}", at + 1));
            if let Some(weight) = weights.get_mut(at) {
                *weight = 0;
            }
        }
        put("q5", ranked);
        if i % 9 == 0 {
            let at = chance.below(words.len());
            put("q6", words.get(at).map(|w| vec![(*w).to_owned()]).unwrap_or_default());
        }
        let day = day_number(cx.now.local(&cx.municipality.zone).date()) + i32::try_from(chance.below(50)).unwrap_or(0);
        let channel = if age == "65-plus" && chance.below(4) == 0 { Channel::Paper } else { Channel::Web };
        let answer = Answer { area, age, sample: Sample::Open, given };
        new.push(NewAnswer { id: Clock::System.id(), day, channel, answer });
    }
    let mut tx = cx.write().await?;
    store::add_answers(&mut tx, &permit, survey, &new).await?;
    Ok(tx.commit().await?)
}
