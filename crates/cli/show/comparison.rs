//! What changes from one plan or calendar to another.

use std::path::PathBuf;

use medicobus_core::lang::Lang;
use medicobus_core::people::Patients;
use medicobus_core::plan::Plan;
use medicobus_core::plan::by_hand::site_name;
use medicobus_core::plan::compare::{CommuneChange, Comparison, Nearby, SessionChange, When, Who};
use medicobus_core::plan::text::{day, duration, half, name, number, who};
use medicobus_core::problem::Problem;
use unicode_width::UnicodeWidthStr;

use super::count::{counted, signed};
use super::table::{Side, table, widths};
use super::wrap;

/// The sessions that change, the communes for which anything does, and the value of both.
pub(crate) fn comparison(
    comparison: &Comparison,
    [before, after]: [&PathBuf; 2],
    plans: [&Plan; 2],
    problem: Option<&Problem>,
    lang: Lang,
) -> String {
    let territory = name(&plans[1].territory);
    let [before, after] = [before, after].map(|path| path.display());
    let title = match lang {
        Lang::Fr => format!("de {before} à {after}"),
        Lang::En => format!("from {before} to {after}"),
    };
    let told = Told { problem, lang, several_vehicles: several_vehicles(comparison) };
    let mut text = format!("{territory}\n{}", wrap::paragraph(&title));
    text.push_str(&told.sessions(&comparison.sessions));
    text.push_str(&told.communes(&comparison.communes));
    text.push_str(&value(plans, lang));
    if problem.is_none() {
        text.push_str(&format!("\n{}", wrap::paragraph(match lang {
            Lang::Fr => "Pour lire les noms des lieux et des médecins au lieu de leurs codes, ajoutez le fichier du \
                territoire à la fin de la commande.",
            Lang::En => "To read the names of places and doctors instead of their ids, add the territory file at the \
                end of the command.",
        })));
    }
    text
}

fn several_vehicles(comparison: &Comparison) -> bool {
    let mut vehicles = comparison.sessions.iter().flat_map(|change| match change {
        SessionChange::Moved { from, to, .. } => vec![&from.vehicle, &to.vehicle],
        other => vec![&other.when().vehicle],
    });
    vehicles.next().is_some_and(|first| vehicles.any(|other| other != first))
}

/// Changes of sessions as a table; one after the other where that would be too wide to tell sites apart.
fn rows_or_paragraphs(rows: &[[String; 3]]) -> String {
    let widths = widths(1, rows);
    let is_cut = rows.iter().any(|[_, site, _]| site.width() > widths[1]);
    if !is_cut {
        return table([Side::Left; 3], 1, rows);
    }
    let paragraph = |[when, site, what]: &[String; 3]| {
        wrap::hanging("  ", "    ", &format!("{when}\u{a0}: {site}, {what}"))
    };
    rows.iter().map(paragraph).collect()
}

/// What names are known, and in which language they are told.
struct Told<'a> {
    problem: Option<&'a Problem>,
    lang: Lang,
    several_vehicles: bool,
}

impl Told<'_> {
    /// How many sessions stay, and each that does not.
    fn sessions(&self, changes: &[SessionChange]) -> String {
        let count = |is_it: fn(&SessionChange) -> bool| changes.iter().filter(|change| is_it(change)).count();
        let counts = [
            count(|change| matches!(change, SessionChange::Kept { .. })),
            count(|change| matches!(change, SessionChange::Reassigned { .. })),
            count(|change| matches!(change, SessionChange::Moved { .. })),
            count(|change| matches!(change, SessionChange::Dropped { .. })),
            count(|change| matches!(change, SessionChange::New { .. })),
        ];
        let (title, nouns) = match self.lang {
            Lang::Fr => (
                "Séances",
                [
                    ["gardée", "gardées"],
                    ["réattribuée", "réattribuées"],
                    ["déplacée", "déplacées"],
                    ["supprimée", "supprimées"],
                    ["nouvelle", "nouvelles"],
                ],
            ),
            Lang::En => {
                ("Sessions", ["kept", "reassigned", "moved", "dropped", "new"].map(|word| [word, word]))
            }
        };
        let summary: Vec<String> = counts
            .into_iter()
            .zip(nouns)
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count as f64, noun, self.lang))
            .collect();
        let rows: Vec<[String; 3]> = changes.iter().filter_map(|change| self.session(change)).collect();
        let rows = rows_or_paragraphs(&rows);
        let summary = match (summary.is_empty(), self.lang) {
            (true, Lang::Fr) => "aucune".to_owned(),
            (true, Lang::En) => "none".to_owned(),
            (false, _) => summary.join(", "),
        };
        let summary = wrap::hanging("  ", "    ", &summary);
        format!("\n{title}\n{summary}{rows}")
    }

    fn session(&self, change: &SessionChange) -> Option<[String; 3]> {
        let what = match (change, self.lang) {
            (SessionChange::Kept { .. }, _) => return None,
            (SessionChange::Reassigned { who: [was, will], .. }, _) => {
                format!("{} → {}", self.who(was), self.who(will))
            }
            (SessionChange::Moved { to, who: None, .. }, _) => format!("→ {}", self.when(to)),
            (SessionChange::Moved { to, who: Some([was, will]), .. }, _) => {
                format!("→ {} ; {} → {}", self.when(to), self.who(was), self.who(will))
            }
            (SessionChange::Dropped { .. }, Lang::Fr) => "supprimée".to_owned(),
            (SessionChange::Dropped { .. }, Lang::En) => "dropped".to_owned(),
            (SessionChange::New { who, .. }, Lang::Fr) => self.coming("nouvelle", who),
            (SessionChange::New { who, .. }, Lang::En) => self.coming("new", who),
        };
        Some([self.when(change.when()), self.site(change.site()), what])
    }

    /// A word, and who comes, where anyone is named.
    fn coming(&self, word: &str, people: &Who) -> String {
        let told = who(people, self.problem.map(Problem::territory));
        told.map_or_else(|| word.to_owned(), |people| format!("{word} ({people})"))
    }

    fn who(&self, people: &Who) -> String {
        let nobody = match self.lang {
            Lang::Fr => "médecine générale",
            Lang::En => "general practice",
        };
        who(people, self.problem.map(Problem::territory)).unwrap_or_else(|| nobody.to_owned())
    }

    fn when(&self, when: &When) -> String {
        let week = match self.lang {
            Lang::Fr => "sem.",
            Lang::En => "week",
        };
        let (day, half) = (day(when.day, self.lang), half(when.half, self.lang));
        let time = format!("{week} {}, {day} {half}", when.week);
        if self.several_vehicles { format!("{time}, {}", name(&when.vehicle)) } else { time }
    }

    fn site(&self, id: &str) -> String {
        let territory = self.problem.map(Problem::territory);
        let site = territory.and_then(|territory| {
            let site = territory.sites.iter().find(|site| site.id == id)?;
            Some(site_name(site, &territory.communes))
        });
        site.unwrap_or_else(|| name(id))
    }

    /// Each commune for which anything changes.
    fn communes(&self, changes: &[CommuneChange]) -> String {
        let (title, header, none) = match self.lang {
            Lang::Fr => (
                "Communes (patients sans médecin traitant)",
                ["Commune", "À portée", "Suivis", "Séance proche (avant)"],
                "  rien ne change\n",
            ),
            Lang::En => (
                "Communes (patients without a médecin traitant)",
                ["Commune", "Reached", "Followed", "Nearest session (before)"],
                "  nothing changes\n",
            ),
        };
        if changes.is_empty() {
            return format!("\n{title}\n{none}");
        }
        let mut rows = vec![header.map(str::to_owned)];
        rows.extend(changes.iter().map(|change| self.commune(change)));
        format!("\n{title}\n{}", table([Side::Left; 4], 3, &rows))
    }

    fn commune(&self, change: &CommuneChange) -> [String; 4] {
        let known = |before_and_after: Option<[Patients; 2]>| {
            before_and_after.map_or_else(|| "?".to_owned(), |people| self.people(people))
        };
        [
            name(change.name.as_deref().unwrap_or(&change.code)),
            known(change.reached),
            self.people(change.followed),
            self.nearest(&change.nearest),
        ]
    }

    fn people(&self, people: [Patients; 2]) -> String {
        let [before, after] = people.map(|people| number(people.0, 0, self.lang));
        if before == after { before } else { format!("{before} → {after}") }
    }

    /// The session nearest after, and in brackets the one before where that was another.
    fn nearest(&self, [before, after]: &[Option<Nearby>; 2]) -> String {
        let told = |near: &Option<Nearby>| match near {
            Some(Nearby { site, time }) => format!("{}, {}", self.site(site), duration(*time, self.lang)),
            None => match self.lang {
                Lang::Fr => "aucune".to_owned(),
                Lang::En => "none".to_owned(),
            },
        };
        if before == after { told(after) } else { format!("{} ({})", told(after), told(before)) }
    }
}

/// What both are worth.
fn value(plans: [&Plan; 2], lang: Lang) -> String {
    let (title, labels) = match lang {
        Lang::Fr => ("Valeur (personnes pondérées par profil)", ["à portée", "suivies", "objectif"]),
        Lang::En => ("Value (people weighted by profile)", ["reached", "followed", "objective"]),
    };
    let figures =
        [plans.map(|plan| plan.reached), plans.map(|plan| plan.followed), plans.map(|plan| plan.objective)];
    let rows: Vec<[String; 4]> = labels
        .into_iter()
        .zip(figures)
        .map(|(label, [before, after])| {
            let shown = [before, after].map(|value| number(value, 1, lang));
            let [before_shown, after_shown] = shown;
            [label.to_owned(), before_shown, after_shown, signed([before, after], 1, lang)]
        })
        .collect();
    format!("\n{title}\n{}", table([Side::Left, Side::Right, Side::Right, Side::Right], 0, &rows))
}
