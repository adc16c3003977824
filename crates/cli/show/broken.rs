//! The rules that a calendar breaks, each with the lines to look at.

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::plan::by_hand::{Evaluation, needs, sentence, site_name};
use medicobus_core::plan::text::{day, half, list, name, number};
use medicobus_core::plan::{Breach, Plan, Session, Slot, Violation};
use medicobus_core::territory::{PublishedSession, RuleKind, SessionTable, Territory};

use super::evaluation::Evaluated;
use super::wrap;
use crate::input::Input;

/// Sessions told at most for one rule.
const TOLD: usize = 3;

/// The rules that the calendar breaks, each with its place.
pub(super) fn broken(of: &Evaluated<'_>, input: &Input, lang: Lang) -> String {
    let Evaluation { violations, breaches, without_doctors, .. } = of.by_hand;
    let title = match lang {
        Lang::Fr => "Règles enfreintes",
        Lang::En => "Rules broken",
    };
    let told = Told { of, input, territory: input.problem.territory(), lang };
    let mut sentences: Vec<String> =
        violations.iter().map(|violation| told.of_the_model(violation)).collect();
    sentences.extend(breaches.iter().map(|breach| told.of_the_territory(breach)));
    let mut lines: String =
        sentences.iter().map(|sentence| wrap::hanging("  - ", "    ", sentence)).collect();
    if sentences.is_empty() {
        lines.push_str(match lang {
            Lang::Fr => "  aucune\n",
            Lang::En => "  none\n",
        });
    }
    if *without_doctors {
        lines.push_str(&wrap::hanging(
            "  ",
            "    ",
            match lang {
                Lang::Fr => "Le calendrier ne nomme aucun médecin : leurs règles sont laissées de côté.",
                Lang::En => "The calendar names no doctor: their rules are left aside.",
            },
        ));
    }
    format!("\n{title}\n{lines}")
}

struct Told<'a> {
    of: &'a Evaluated<'a>,
    input: &'a Input,
    territory: &'a Territory,
    lang: Lang,
}

impl Told<'_> {
    fn of_the_model(&self, violation: &Violation) -> String {
        let what = match violation {
            Violation::NoWay { .. } => self.no_way(violation),
            _ => self.named(violation).what(self.lang),
        };
        let rows = self.of.table.sessions.iter().zip(&self.of.table.lines);
        let lines: Vec<u64> =
            rows.filter(|(row, _)| concerns(violation, row)).map(|(_, line)| *line).collect();
        if lines.is_empty() {
            what
        } else {
            format!("{what} ({})", at_lines(self.of.file, &lines, self.lang))
        }
    }

    /// The same violation by the names that people use.
    fn named(&self, violation: &Violation) -> Violation {
        use Violation as V;
        match violation.clone() {
            V::Closed { slot, site } => V::Closed { slot, site: self.site(&site) },
            V::SessionsAtSite { site, sessions, least, most } => {
                V::SessionsAtSite { site: self.site(&site), sessions, least, most }
            }
            V::SharedSite { site, vehicles } => V::SharedSite { site: self.site(&site), vehicles },
            V::NoGeneralPractice { site } => V::NoGeneralPractice { site: self.site(&site) },
            V::DoctorInTwoPlaces { doctor, week, day, half } => {
                V::DoctorInTwoPlaces { doctor: self.doctor(&doctor), week, day, half }
            }
            V::WrongDoctor { slot, doctor } => V::WrongDoctor { slot, doctor: self.doctor(&doctor) },
            V::NeedlessSpecialist { slot, doctor } => {
                V::NeedlessSpecialist { slot, doctor: self.doctor(&doctor) }
            }
            V::ActivityElsewhere { slot, activity, site } => {
                let known = self.territory.activities.iter().find(|known| known.id == activity);
                let called = known.and_then(|known| known.name.clone()).unwrap_or(activity);
                V::ActivityElsewhere { slot, activity: called, site: self.site(&site) }
            }
            other => other,
        }
    }

    fn site(&self, id: &str) -> String {
        let site = self.territory.sites.iter().find(|site| site.id == id);
        site.map_or_else(|| id.to_owned(), |site| site_name(site, &self.territory.communes))
    }

    fn doctor(&self, id: &str) -> String {
        let doctor = self.territory.doctors.iter().find(|doctor| doctor.id == id);
        doctor.map_or(id, |doctor| doctor.called()).to_owned()
    }

    /// Travel times are only known as far as a plan may use them.
    fn no_way(&self, violation: &Violation) -> String {
        let lang = self.lang;
        let Violation::NoWay { day: on, from, to } = violation else { return violation.what(lang) };
        let known = |id: &str| self.territory.sites.iter().any(|site| site.id == id).then(|| self.site(id));
        let (vehicle, day) = (name(&on.vehicle), day(on.day, lang));
        match (known(from), known(to), lang) {
            (Some(from), Some(to), Lang::Fr) => format!(
                "{vehicle}, semaine {}, {day} : le trajet de midi entre {from} et {to} est trop long, ou inconnu",
                on.week
            ),
            (Some(from), Some(to), Lang::En) => format!(
                "{vehicle}, week {}, {day}: the drive over lunch between {from} and {to} is too long, or unknown",
                on.week
            ),
            (from, to, Lang::Fr) => format!(
                "{vehicle}, semaine {}, {day} : le trajet entre la base et {} est trop long, ou inconnu",
                on.week,
                from.or(to).unwrap_or_default()
            ),
            (from, to, Lang::En) => format!(
                "{vehicle}, week {}, {day}: the drive between the base and {} is too long, or unknown",
                on.week,
                from.or(to).unwrap_or_default()
            ),
        }
    }

    fn of_the_territory(&self, breach: &Breach) -> String {
        let lang = self.lang;
        let mut text = sentence(breach, self.territory, lang);
        if breach.rule.kind == RuleKind::DoctorNeeded {
            text.push_str(&self.whom_they_need(breach));
        }
        if let Some(price) = breach.price {
            let penalty = number(price * breach.units, 1, lang);
            text.push_str(&match lang {
                Lang::Fr => format!(", pénalité {penalty}"),
                Lang::En => format!(", penalty {penalty}"),
            });
        }
        let rule = self.input.sources.rule_place(&breach.rule).map(|place| match place.line {
            None => place.file.display().to_string(),
            Some(line) => at_lines(&place.file, &[line], lang),
        });
        let lines = lines_of(breach, &self.of.by_hand.plan, self.of.table);
        let sessions = (!lines.is_empty()).then(|| at_lines(self.of.file, &lines, lang));
        let places: Vec<String> = rule.into_iter().chain(sessions).collect();
        let separator = match lang {
            Lang::Fr => "\u{a0}; ",
            Lang::En => "; ",
        };
        if places.is_empty() { text } else { format!("{text} ({})", places.join(separator)) }
    }

    /// `: semaine 1, lundi matin, Albon, il faut un généraliste`, for the first sessions.
    fn whom_they_need(&self, breach: &Breach) -> String {
        let lang = self.lang;
        let told = |session: &Session| {
            let (weekday, of_day) = (day(session.day, lang), half(session.half, lang));
            let (site, who) = (self.site(&session.site), needs(session, self.territory, lang));
            match lang {
                Lang::Fr => format!("semaine {}, {weekday} {of_day}, {site}, il faut {who}", session.week),
                Lang::En => format!("week {}, {weekday} {of_day}, {site}, which needs {who}", session.week),
            }
        };
        let all = breach.sessions.iter().filter_map(|&place| self.of.by_hand.plan.sessions.get(place));
        let mut shown: Vec<String> = all.take(TOLD).map(told).collect();
        if breach.sessions.len() > TOLD {
            shown.push("…".to_owned());
        }
        let (colon, separator) = match lang {
            Lang::Fr => ("\u{a0}: ", "\u{a0}; "),
            Lang::En => (": ", "; "),
        };
        if shown.is_empty() { String::new() } else { colon.to_owned() + &shown.join(separator) }
    }
}

/// Whether a violation is about a row of the calendar.
fn concerns(violation: &Violation, row: &PublishedSession) -> bool {
    let at = |slot: &Slot| {
        (&slot.on.vehicle, slot.on.week, slot.on.day, slot.half)
            == (&row.vehicle, row.week, row.day, row.half)
    };
    match violation {
        Violation::NotWorking(slot)
        | Violation::SeveralAtOnce(slot)
        | Violation::WrongDoctor { slot, .. }
        | Violation::NeedlessSpecialist { slot, .. } => at(slot),
        Violation::Closed { slot, site } | Violation::ActivityElsewhere { slot, site, .. } => {
            at(slot) && row.site == *site
        }
        Violation::DoctorInTwoPlaces { doctor, week, day, half } => {
            (row.week, row.day, row.half) == (*week, *day, *half)
                && [&row.doctor, &row.specialist].into_iter().flatten().any(|of| of == doctor)
        }
        _ => false,
    }
}

/// The lines of the calendar whose sessions break a rule.
fn lines_of(breach: &Breach, plan: &Plan, table: &SessionTable) -> Vec<u64> {
    let sessions = breach.sessions.iter().filter_map(|&place| plan.sessions.get(place));
    let line = |session: &Session| {
        let is_it = |row: &&PublishedSession| {
            (&row.vehicle, row.week, row.day, row.half, &row.site)
                == (&session.vehicle, session.week, session.day, session.half, &session.site)
        };
        let place = table.sessions.iter().position(|row| is_it(&row))?;
        table.lines.get(place).copied()
    };
    let mut lines: Vec<u64> = sessions.filter_map(line).collect();
    lines.sort_unstable();
    lines
}

fn at_lines(file: &Path, lines: &[u64], lang: Lang) -> String {
    let numbers: Vec<String> = lines.iter().map(u64::to_string).collect();
    let word = match (lines.len(), lang) {
        (1, Lang::Fr) => "ligne",
        (_, Lang::Fr) => "lignes",
        (1, Lang::En) => "line",
        (_, Lang::En) => "lines",
    };
    format!("{}, {word} {}", file.display(), list(&numbers, lang))
}
