//! An invented report, for tests and to look at the layout. No value in it is a fact.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::model::{
    Action, AnnualReport, Chart, Figure, FocusArea, KeyFigure, Point, Priority, SourceNote, Status, Tone,
};

impl AnnualReport {
    /// An invented Dutch report with every kind of part: full, empty, missing, suppressed, zero and a changed method.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            language: "nl".into(),
            year: 2026,
            municipality: "Voorbeeldstad".into(),
            title: "Jaarverslag veiligheid en handhaving".into(),
            motto: "Samen werken aan een veilige en leefbare gemeente".into(),
            plan_title: "Integraal Veiligheids- en Handhavingsplan".into(),
            plan_period: "2025 tot en met 2028".into(),
            generated_on: date(2027, 2, 12),
            generated_label: "12 februari 2027".into(),
            status: Status::Draft,
            status_label: "Concept, nog niet vastgesteld door het college".into(),
            labels: labels(),
            summary: strings(&[
                "In 2026 kwamen er meer meldingen binnen dan in 2025. De gemeente loste ze ook sneller op. Dit verslag \
                 laat per prioriteit zien wat de ambitie was, wat we deden, wat de cijfers zeggen en wat we willen \
                 bijstellen.",
                "Bij een cijfer uit een steekproef staat altijd hoe zeker het is. Past het doel binnen die marge? Dan \
                 trekken we geen conclusie.",
            ]),
            key_figures: key_figures(),
            focus_areas: vec![liveability(), youth(), undermining()],
            method: method(),
            sources: sources(),
        }
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn labels() -> BTreeMap<String, String> {
    [
        ("action", "Actie"),
        ("actions", "Acties uit het uitvoeringsprogramma"),
        ("actions_table", "Acties"),
        ("adjust", "Wat stellen we bij?"),
        ("adjust_note", "Dit zijn voorstellen. Het college beslist. Wijkt een voorstel af van de hoofdlijn of van het budget? Dan beslist de gemeenteraad."),
        ("ambition", "Ambitie"),
        ("axis_note", "Let op: de verticale as begint niet bij nul."),
        ("baseline", "Begin van het plan"),
        ("budget", "Budget"),
        ("contents", "Inhoud"),
        ("decimal_mark", ","),
        ("done", "Wat hebben we gedaan?"),
        ("draft_note", "Concept"),
        ("drawn_up_on", "Cijfers verzameld op"),
        ("figure", "Indicator"),
        ("figures", "Wat zeggen de cijfers?"),
        ("figures_table", "Indicatoren"),
        ("glance", "Het jaar per prioriteit"),
        ("glance_table", "Elke prioriteit in één zin"),
        ("headline", "Het jaar in één zin"),
        ("interval", "95%-marge"),
        ("key_figures", "Kerncijfers"),
        ("method", "Hoe lezen we de cijfers?"),
        ("method_break", "Andere meetwijze"),
        ("municipality", "Gemeente"),
        ("no_actions", "Voor deze prioriteit stonden er dit jaar geen acties in het programma."),
        ("no_adjust", "Er zijn geen voorstellen om bij te stellen."),
        ("no_done", "Er is dit jaar niets vastgelegd."),
        ("no_figures", "Voor deze prioriteit zijn er nog geen indicatoren."),
        ("owner", "Trekker"),
        ("page", "Pagina"),
        ("partners", "Partners"),
        ("period", "Periode"),
        ("plan", "Plan"),
        ("planning", "Planning"),
        ("previous", "Vorig jaar"),
        ("priority", "Prioriteit"),
        ("proposal", "Voorstel"),
        ("source", "Bron"),
        ("source_period", "Periode"),
        ("source_use", "Gebruikt voor"),
        ("sources", "Bronnen"),
        ("state", "Stand"),
        ("status", "Status"),
        ("summary", "Samenvatting"),
        ("target", "Doel"),
        ("themes", "Thema's"),
        ("unit", "Eenheid"),
        ("value", "Waarde"),
        ("verdict", "Oordeel"),
    ]
    .into_iter()
    .map(|(key, text)| (key.to_owned(), text.to_owned()))
    .collect()
}

fn key_figures() -> Vec<KeyFigure> {
    [
        ("3.412", "meldingen van inwoners", "in 2025: 3.120"),
        ("71%", "opgelost binnen de termijn", "in 2025: 66%"),
        ("5.860 uur", "toezicht op straat", "gepland: 6.000 uur"),
        ("1.204", "controles met een vastgelegde uitkomst", "in 2025: 1.098"),
        ("6,9", "rapportcijfer leefbaarheid", "tussen 6,7 en 7,1 (95%-marge)"),
        ("18 van 24", "acties uitgevoerd of op schema", "4 later, 2 gestopt"),
    ]
    .into_iter()
    .map(|(value, name, note)| KeyFigure { value_label: value.into(), name: name.into(), note: note.into() })
    .collect()
}

fn action(name: &str, owner: &str, partners: &[&str], state: &str, planning: &str, budget: &str) -> Action {
    Action {
        name: name.into(),
        owner: owner.into(),
        partners: strings(partners),
        state_label: state.into(),
        planning: planning.into(),
        budget_label: budget.into(),
    }
}

/// `labels`: value, interval, previous, baseline, target, verdict.
fn figure(name: &str, definition: &str, unit: &str, labels: [&str; 6], tone: Tone, source: &str) -> Figure {
    let [value, interval, previous, baseline, target, verdict] = labels.map(str::to_owned);
    Figure {
        name: name.into(),
        definition: definition.into(),
        unit: unit.into(),
        value_label: value,
        interval_label: interval,
        previous_label: previous,
        baseline_label: baseline,
        target_label: target,
        verdict_label: verdict,
        tone,
        source: source.into(),
        method_break: None,
        missing: None,
    }
}

fn point(label: &str, value: f64, low: f64, high: f64, value_label: &str) -> Point {
    Point { label: label.into(), value: Some(value), low: Some(low), high: Some(high), value_label: value_label.into() }
}

fn gap(label: &str, value_label: &str) -> Point {
    Point { label: label.into(), value: None, low: None, high: None, value_label: value_label.into() }
}

fn liveability() -> FocusArea {
    FocusArea {
        name: "Leefbaarheid in de wijken".into(),
        themes: strings(&["Informatiegestuurd werken", "Gebiedsgericht werken"]),
        priorities: vec![public_space(), traffic()],
    }
}

fn public_space() -> Priority {
    Priority {
        id: "public-space".into(),
        name: "Handhaving in de openbare ruimte".into(),
        headline: "Meer meldingen, sneller opgelost. De overlast van afval daalde in twee van de vijf wijken.".into(),
        ambition: "Samen met inwoners pakken we overlast aan die het straatbeeld en het woonplezier raakt. We zetten \
                   toezicht in op de tijd en de plek waar dat het hardst nodig is."
            .into(),
        actions: vec![
            action(
                "Wekelijkse inzet bepalen op basis van meldingen en waarnemingen",
                "Team handhaving",
                &["Politie", "Groenbeheer"],
                "Loopt",
                "Hele jaar",
                "5.860 uur",
            ),
            action(
                "Actie tegen bijplaatsingen bij ondergrondse containers",
                "Team afval",
                &["Team handhaving", "Woningcorporatie"],
                "Uitgevoerd",
                "April tot en met juni",
                "€ 22.500",
            ),
            action(
                "Fietswrakken verwijderen bij het station",
                "Team handhaving",
                &["Spoorbeheerder"],
                "Uitgevoerd",
                "Mei en oktober",
                "€ 6.000",
            ),
            action(
                "Proef met wijkschouw in alle vijf wijken",
                "Wijkregie",
                &["Bewonersplatforms"],
                "Gestopt: te weinig deelnemers in twee wijken",
                "Tot september",
                "",
            ),
        ],
        figures: public_space_figures(),
        chart: Some(Chart {
            title: "Inwoners die veel overlast van afval ervaren".into(),
            unit: "% van de inwoners van 15 jaar en ouder".into(),
            target: Some(18.0),
            points: vec![
                point("2019", 21.4, 18.9, 24.1, "21,4"),
                point("2021", 23.8, 21.1, 26.7, "23,8"),
                point("2023", 22.9, 20.3, 25.7, "22,9"),
                gap("2024", "niet gemeten"),
                point("2025", 20.6, 18.2, 23.2, "20,6"),
                point("2026", 19.2, 16.9, 21.7, "19,2"),
            ],
            alt: "Lijn met marges. Het aandeel inwoners met veel overlast van afval was 21,4% in 2019, 23,8% in 2021, \
                  22,9% in 2023, niet gemeten in 2024, 20,6% in 2025 en 19,2% in 2026 (marge 16,9 tot 21,7). Het doel \
                  van 18% valt binnen de marge van 2026."
                .into(),
        }),
        done: strings(&[
            "1.204 controles met een vastgelegde uitkomst, waarvan 212 met een waarschuwing en 96 met een bekeuring.",
            "5.860 uur toezicht op straat; 58% daarvan op plekken die het weekplan aanwees.",
            "2.418 meldingen over de openbare ruimte opgelost, 71% binnen de termijn.",
            "164 fietswrakken verwijderd, na een aankondiging van twee weken.",
        ]),
        adjust: strings(&[
            "Meer inzet op maandagochtend bij containers: daar kwam 31% van de meldingen over bijplaatsing vandaan.",
            "De wijkschouw voortzetten in de drie wijken waar wel genoeg inwoners meededen.",
        ]),
    }
}

fn public_space_figures() -> Vec<Figure> {
    let mut safety = figure(
        "Rapportcijfer leefbaarheid woonbuurt",
        "Gemiddeld cijfer van 1 tot 10 dat inwoners van 15 jaar en ouder geven.",
        "cijfer van 1 tot 10",
        ["6,9", "6,7 tot 7,1", "6,9", "6,8", "7,0", "Doel ligt binnen de marge: geen conclusie"],
        Tone::Open,
        "Veiligheidsmonitor 2026",
    );
    safety.method_break = Some("nieuwe vraagvolgorde sinds 2025; vergelijk niet met 2023 en eerder".into());
    vec![
        figure(
            "Meldingen over de openbare ruimte, binnen de termijn opgelost",
            "Aandeel van de afgeronde meldingen dat binnen de streeftermijn van de categorie is opgelost.",
            "% van de afgeronde meldingen",
            ["71%", "", "66%", "61%", "70%", "Doel gehaald"],
            Tone::Good,
            "Eigen registratie",
        ),
        figure(
            "Veel overlast van afval op straat",
            "Aandeel inwoners dat zegt veel overlast te ervaren van rommel op straat.",
            "% van de inwoners",
            ["19,2%", "16,9% tot 21,7%", "20,6%", "22,9%", "18%", "Doel ligt binnen de marge: geen conclusie"],
            Tone::Open,
            "Veiligheidsmonitor 2026",
        ),
        safety,
        figure(
            "Vernieling",
            "Geregistreerde misdrijven per 1.000 inwoners; voorlopige cijfers.",
            "per 1.000 inwoners",
            ["5,8", "5,1 tot 6,6", "5,2", "5,0", "4,8", "Doel niet gehaald"],
            Tone::Short,
            "Politie, tabel 47018NED",
        ),
    ]
}

fn traffic() -> Priority {
    let mut speeding = figure(
        "Overlast van te hard rijden",
        "Aandeel inwoners dat zegt veel overlast te ervaren van te hard rijden.",
        "% van de inwoners",
        ["", "", "27,1%", "28,0%", "25%", "Geen oordeel"],
        Tone::None,
        "Veiligheidsmonitor",
    );
    speeding.missing = Some("Niet gemeten in 2026".into());
    Priority {
        id: "traffic-safety".into(),
        name: "Verkeersveiligheid".into(),
        headline: "Geen dodelijke ongevallen. De beleving van inwoners is dit jaar niet gemeten.".into(),
        ambition: "Minder overlast van verkeer, minder ongevallen en een goed bereikbare gemeente.".into(),
        actions: vec![action(
            "Snelheid meten op tien plekken die inwoners aandroegen",
            "Team verkeer",
            &["Politie"],
            "Uitgevoerd",
            "Maart en november",
            "€ 9.500",
        )],
        figures: vec![
            figure(
                "Dodelijke verkeersongevallen",
                "Ongevallen met ten minste één overledene op wegen in de gemeente.",
                "aantal",
                ["0", "", "1", "1", "0", "Doel gehaald"],
                Tone::Good,
                "Politie, ongevallenregistratie",
            ),
            speeding,
        ],
        chart: None,
        done: strings(&[
            "Op zeven van de tien meetplekken hield ten minste 85% van de bestuurders zich aan de limiet.",
        ]),
        adjust: vec![],
    }
}

fn youth() -> FocusArea {
    FocusArea {
        name: "Jeugd en veiligheid".into(),
        themes: vec![],
        priorities: vec![Priority {
            id: "youth-groups".into(),
            name: "Groepsaanpak jeugdoverlast".into(),
            headline: "Meldingen gelijk gebleven. In de zomer liepen ze op rond twee parken.".into(),
            ambition: "Minder overlast en minder jonge aanwas. Inwoners voelen zich veilig in hun buurt.".into(),
            actions: vec![action(
                "Gezamenlijke rondes van jongerenwerk en handhaving in de zomer",
                "Jongerenwerk",
                &["Team handhaving", "Politie", "Scholen"],
                "Uitgevoerd",
                "Juni tot en met augustus",
                "640 uur",
            )],
            figures: vec![figure(
                "Meldingen van jeugdoverlast",
                "Aantal meldingen in de categorie jeugdoverlast per 1.000 inwoners.",
                "per 1.000 inwoners",
                ["4,6", "4,0 tot 5,3", "4,7", "5,4", "4,5", "Doel ligt binnen de marge: geen conclusie"],
                Tone::Open,
                "Eigen registratie",
            )],
            chart: Some(youth_chart()),
            done: strings(&["52 gezamenlijke rondes in twaalf weken.", "Drie bijeenkomsten met omwonenden."]),
            adjust: strings(&["De zomerrondes twee weken eerder laten beginnen."]),
        }],
    }
}

fn youth_chart() -> Chart {
    let months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    let counts = [6.0, 5.0, 9.0, 14.0, 19.0, 27.0, 31.0, 24.0, 16.0, 11.0, 0.0, 7.0];
    let bar = |(month, count): (&&str, f64)| Point {
        label: (*month).to_owned(),
        value: Some(count),
        low: None,
        high: None,
        value_label: format!("{count}"),
    };
    Chart {
        title: "Meldingen van jeugdoverlast per maand".into(),
        unit: "aantal meldingen".into(),
        target: None,
        points: months.iter().zip(counts).map(bar).collect(),
        alt: "Lijn van twaalf maanden. Het aantal meldingen loopt op van 6 in januari naar 31 in juli en daalt naar 7 \
              in december. In november waren er geen meldingen."
            .into(),
    }
}

fn undermining() -> FocusArea {
    let mut labs = figure(
        "Woningen gesloten na drugsvondst",
        "Aantal sluitingen op grond van artikel 13b van de Opiumwet.",
        "aantal",
        ["", "", "afgeschermd", "6", "geen", "Geen oordeel"],
        Tone::None,
        "Eigen registratie",
    );
    labs.missing = Some("Afgeschermd: minder dan 5".into());
    FocusArea {
        name: "Ondermijning".into(),
        themes: strings(&["Weerbare wijken"]),
        priorities: vec![
            Priority {
                id: "damocles".into(),
                name: "Damoclesbeleid".into(),
                headline: "Te weinig gevallen om een aantal te tonen.".into(),
                ambition: "Drugspanden sluiten en de loop eruit halen, zonder onnodig leed voor bewoners.".into(),
                actions: vec![],
                figures: vec![labs],
                chart: None,
                done: vec![],
                adjust: vec![],
            },
            Priority {
                id: "bibob".into(),
                name: "Bibobbeleid".into(),
                headline: String::new(),
                ambition: "De gemeente helpt niet mee aan strafbare feiten via vergunningen, subsidies of vastgoed."
                    .into(),
                actions: vec![],
                figures: vec![],
                chart: None,
                done: strings(&["Bij 14 aanvragen is een eigen onderzoek gedaan."]),
                adjust: vec![],
            },
        ],
    }
}

fn method() -> Vec<String> {
    strings(&[
        "Marges. Een cijfer uit een steekproef of een klein aantal heeft een marge. Bij herhaling van de meting ligt de \
         echte waarde in 95 van de 100 keer binnen zo'n marge. Voor percentages gebruiken we de marge van Wilson, voor \
         aantallen die van Poisson.",
        "Oordeel. We noemen een doel alleen gehaald of niet gehaald als de hele marge aan één kant van het doel ligt. \
         Anders staat er: geen conclusie.",
        "Ontbrekend, afgeschermd of nul. Nul is een telling: het kwam niet voor. Niet gemeten betekent dat niemand telde. \
         Afgeschermd betekent dat het aantal lager is dan 5; we tonen het niet, zodat niemand herkenbaar is.",
        "Andere meetwijze. Veranderde een vraag of een registratie? Dan staat dat bij het cijfer en vergelijken we niet \
         met de jaren ervoor.",
        "Meldingen zijn geen maat voor alle overlast. Meer meldingen kan ook betekenen dat inwoners ons beter vinden.",
    ])
}

fn sources() -> Vec<SourceNote> {
    [
        ("Eigen registratie van meldingen en controles", "Meldingen, termijnen, controles en uren", "2026, definitief"),
        ("Veiligheidsmonitor", "Beleving van overlast, veiligheid en leefbaarheid", "2019 tot en met 2026"),
        ("Politie, open data, tabel 47018NED", "Geregistreerde misdrijven", "2026, voorlopig"),
    ]
    .into_iter()
    .map(|(name, usage, period)| SourceNote { name: name.into(), usage: usage.into(), period: period.into() })
    .collect()
}
