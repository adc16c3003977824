//! Rules in words, as the territory sets them.

use super::session::{activity, doctor, site};
use super::{at, count, list, name, percent};
use crate::lang::Lang;
use crate::territory::{Activity, Doctor, RuleKind, RuleName, Site, Territory};

/// What a rule asks for: one clause without its full stop, such as `Albon : 7 jours au plus d'une visite à la suivante`.
/// A figure that the territory does not state is left out.
pub fn rule(rule: &RuleName, territory: &Territory, lang: Lang) -> String {
    let stated = Stated { territory, id: rule.subject.as_deref().unwrap_or_default(), lang };
    let what = match lang {
        Lang::Fr => stated.in_french(rule.kind),
        Lang::En => stated.in_english(rule.kind),
    };
    match (rule.subject.is_some().then(|| stated.subject(rule.kind)).flatten(), lang) {
        (None, _) => what,
        (Some(subject), Lang::Fr) => format!("{subject} : {what}"),
        (Some(subject), Lang::En) => format!("{subject}: {what}"),
    }
}

struct Stated<'a> {
    territory: &'a Territory,
    /// Of the subject.
    id: &'a str,
    lang: Lang,
}

impl Stated<'_> {
    /// Whom the rule concerns, by the name that people use.
    fn subject(&self, kind: RuleKind) -> Option<String> {
        Some(match kind {
            RuleKind::RequiredSite
            | RuleKind::Every
            | RuleKind::Visits
            | RuleKind::MaxGap
            | RuleKind::SameTime
            | RuleKind::DoctorsPerSite => site(self.id, self.territory),
            RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked => match self.lang {
                Lang::Fr => format!("réservation {}", self.id),
                Lang::En => format!("booking {}", self.id),
            },
            RuleKind::DoctorHours
            | RuleKind::DoctorWeek
            | RuleKind::DoctorCycle
            | RuleKind::Department
            | RuleKind::Refuses
            | RuleKind::Prefers => doctor(self.id, self.territory),
            RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost => activity(self.id, self.territory),
            RuleKind::DoctorNeeded | RuleKind::PreventionShare | RuleKind::Majority | RuleKind::Changes => {
                return None;
            }
        })
    }

    fn in_french(&self, kind: RuleKind) -> String {
        let half_days = |most| self.figure(most, "demi-journée", "demi-journées", "des demi-journées");
        match kind {
            RuleKind::RequiredSite => "une séance au moins".into(),
            RuleKind::Every => match self.site().and_then(|site| site.every) {
                Some(1) => "une visite chaque semaine".into(),
                Some(weeks) => format!("une semaine avec visite toutes les {weeks} semaines"),
                None => "des semaines avec visite à intervalles égaux".into(),
            },
            RuleKind::Visits => {
                let visits = self.site().and_then(|site| site.visits);
                format!("{} par cycle", self.figure(visits, "visite", "visites", "des visites"))
            }
            RuleKind::MaxGap => {
                format!(
                    "{} au plus d'une visite à la suivante",
                    self.figure(self.gap(), "jour", "jours", "des jours")
                )
            }
            RuleKind::SameTime => "les séances d'un site toujours au même moment de la semaine".into(),
            RuleKind::Required => format!("une séance{} dans chacune de ses semaines", self.where_booked()),
            RuleKind::Forbidden => format!("aucune séance{} à ses demi-journées", self.where_booked()),
            RuleKind::Locked => format!("une séance{} à chacune de ses demi-journées", self.where_booked()),
            RuleKind::DoctorNeeded => "chaque séance a le médecin qu'il lui faut".into(),
            RuleKind::DoctorHours => "aucune séance hors de ses disponibilités".into(),
            RuleKind::DoctorWeek => {
                let most = self.doctor().and_then(|doctor| doctor.half_days_per_week);
                format!("{} par semaine au plus", half_days(most))
            }
            RuleKind::DoctorCycle => {
                let most = self.doctor().and_then(|doctor| doctor.half_days_per_cycle);
                format!("{} par cycle au plus", half_days(most))
            }
            RuleKind::Department => "seulement les départements où l'Ordre l'autorise".into(),
            RuleKind::Refuses => format!("aucune séance{}", self.sites(|doctor| &doctor.refuses)),
            RuleKind::Prefers => format!("des séances{} seulement", self.sites(|doctor| &doctor.prefers)),
            RuleKind::DoctorsPerSite => {
                let most = self.territory.rules.doctors_per_site;
                format!("{} par site au plus", self.figure(most, "médecin", "médecins", "des médecins"))
            }
            RuleKind::ActivityAtLeast => {
                format!("{} par cycle au moins", half_days(self.activity().map(|activity| activity.at_least)))
            }
            RuleKind::ActivityAtMost => {
                let most = self.activity().and_then(|activity| activity.at_most);
                format!("{} par cycle au plus", half_days(most))
            }
            RuleKind::PreventionShare => {
                format!("{} des demi-journées au plus pour la prévention", self.prevention())
            }
            RuleKind::Majority => "plus de la moitié des demi-journées pour la médecine générale".into(),
            RuleKind::Changes => {
                format!("{} au plus du calendrier publié", self.changes("changement", "changements"))
            }
        }
    }

    fn in_english(&self, kind: RuleKind) -> String {
        let half_days = |most| self.figure(most, "half-day", "half-days", "half-days");
        match kind {
            RuleKind::RequiredSite => "at least one session".into(),
            RuleKind::Every => match self.site().and_then(|site| site.every) {
                Some(1) => "a visit every week".into(),
                Some(weeks) => format!("one week with visits in {weeks}"),
                None => "weeks with visits equally far apart".into(),
            },
            RuleKind::Visits => {
                let visits = self.site().and_then(|site| site.visits);
                format!("{} a cycle", self.figure(visits, "visit", "visits", "visits"))
            }
            RuleKind::MaxGap => {
                format!(
                    "at most {} from one visit to the next",
                    self.figure(self.gap(), "day", "days", "days")
                )
            }
            RuleKind::SameTime => "sessions of a site at the same time in every week".into(),
            RuleKind::Required => format!("a session{} in each of its weeks", self.where_booked()),
            RuleKind::Forbidden => format!("no session{} on its half-days", self.where_booked()),
            RuleKind::Locked => format!("a session{} on each of its half-days", self.where_booked()),
            RuleKind::DoctorNeeded => "every session has the doctor it needs".into(),
            RuleKind::DoctorHours => "no session when not available".into(),
            RuleKind::DoctorWeek => {
                let most = self.doctor().and_then(|doctor| doctor.half_days_per_week);
                format!("at most {} a week", half_days(most))
            }
            RuleKind::DoctorCycle => {
                let most = self.doctor().and_then(|doctor| doctor.half_days_per_cycle);
                format!("at most {} a cycle", half_days(most))
            }
            RuleKind::Department => "only departments with authorisation".into(),
            RuleKind::Refuses => format!("no session{}", self.sites(|doctor| &doctor.refuses)),
            RuleKind::Prefers => format!("sessions{} only", self.sites(|doctor| &doctor.prefers)),
            RuleKind::DoctorsPerSite => {
                let most = self.territory.rules.doctors_per_site;
                format!("at most {} a site", self.figure(most, "doctor", "doctors", "doctors"))
            }
            RuleKind::ActivityAtLeast => {
                format!("at least {} a cycle", half_days(self.activity().map(|activity| activity.at_least)))
            }
            RuleKind::ActivityAtMost => {
                let most = self.activity().and_then(|activity| activity.at_most);
                format!("at most {} a cycle", half_days(most))
            }
            RuleKind::PreventionShare => {
                format!("at most {} of the half-days for prevention", self.prevention())
            }
            RuleKind::Majority => "more than half of the half-days for general practice".into(),
            RuleKind::Changes => {
                format!("at most {} of the published calendar", self.changes("change", "changes"))
            }
        }
    }

    fn figure(&self, most: Option<u32>, one: &str, several: &str, unknown: &str) -> String {
        most.map_or_else(|| unknown.to_owned(), |most| count(most.into(), one, several, self.lang))
    }

    fn gap(&self) -> Option<u32> {
        self.site().and_then(|site| site.max_gap).or(self.territory.rules.max_gap)
    }

    fn prevention(&self) -> String {
        percent(self.territory.rules.prevention_share, self.lang)
    }

    fn changes(&self, one: &str, several: &str) -> String {
        let most = self.territory.published.as_ref().and_then(|published| published.max_changes);
        count(most.unwrap_or(0).into(), one, several, self.lang)
    }

    /// ` à Albon`, ` de bus-1`, ` de bus-1 à Albon`, or nothing: the vehicle and the site of a booking.
    fn where_booked(&self) -> String {
        let place = self.id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(booking) = place.and_then(|place| self.territory.bookings.get(place)) else {
            return String::new();
        };
        let of = match self.lang {
            Lang::Fr => "de",
            Lang::En => "of",
        };
        let vehicle = booking.vehicle.as_deref().map(|id| format!(" {of} {}", name(id)));
        let site = booking.site.as_deref().map(|id| format!(" {}", self.at(id)));
        vehicle.into_iter().chain(site).collect()
    }

    /// ` à Albon et au Grand-Serre`: the sites that a doctor names.
    fn sites(&self, of: fn(&Doctor) -> &Vec<String>) -> String {
        let named = self.doctor().map_or(&[][..], |doctor| of(doctor));
        let places: Vec<String> = named.iter().map(|id| self.at(id)).collect();
        if places.is_empty() { String::new() } else { format!(" {}", list(&places, self.lang)) }
    }

    fn at(&self, id: &str) -> String {
        at(&site(id, self.territory), self.lang)
    }

    fn site(&self) -> Option<&Site> {
        self.territory.sites.iter().find(|site| site.id == self.id)
    }

    fn doctor(&self) -> Option<&Doctor> {
        self.territory.doctors.iter().find(|doctor| doctor.id == self.id)
    }

    fn activity(&self) -> Option<&Activity> {
        self.territory.activities.iter().find(|activity| activity.id == self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;

    #[test]
    fn a_rule_is_told_with_the_figure_that_sets_it() {
        let mut territory = sample::territory();
        territory.rules.max_gap = Some(7);
        territory.sites[0].max_gap = Some(1);
        territory.sites[0].every = Some(2);
        let mut anne = Doctor::new("d1");
        (anne.name, anne.half_days_per_cycle) = (Some("Anne Martin".to_owned()), Some(3));
        anne.refuses = vec!["alba".to_owned(), "bourg".to_owned()];
        territory.doctors = vec![anne];
        let told = |name: &str, lang| rule(&name.parse().unwrap(), &territory, lang);
        assert_eq!(
            ["max_gap", "max_gap:alba", "every:alba", "doctor_cycle:d1", "refuses:d1"]
                .map(|name| told(name, Lang::Fr)),
            [
                "7 jours au plus d'une visite à la suivante",
                "Alba : 1 jour au plus d'une visite à la suivante",
                "Alba : une semaine avec visite toutes les 2 semaines",
                "Anne Martin : 3 demi-journées par cycle au plus",
                "Anne Martin : aucune séance à Alba et à Bourg",
            ]
        );
        assert_eq!(told("max_gap:alba", Lang::En), "Alba: at most 1 day from one visit to the next");
        assert_eq!(
            told("prevention_share", Lang::Fr),
            "10\u{202f}% des demi-journées au plus pour la prévention"
        );
    }

    #[test]
    fn every_rule_has_its_words_even_for_someone_unknown() {
        for (kind, lang) in RuleKind::ALL.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
            let told = rule(&RuleName::new(kind, Some("nobody")), &sample::territory(), lang);
            assert!(!told.ends_with('.') && !told.contains("  "), "{told}");
        }
    }
}
