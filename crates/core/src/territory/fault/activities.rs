//! What can be wrong, or doubtful, with activities.

use super::Severity;
use super::texts::{number, shown};

/// What is wrong with an activity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ActivityFault {
    /// It bears the name that stands for general practice.
    Reserved,
    /// The key is for activities of another kind.
    KeyOfAnotherKind {
        /// The key.
        key: &'static str,
        /// The kind that the activity has.
        kind: &'static str,
    },
    /// An empty list of sites: it can take place nowhere.
    Nowhere,
    /// A specialty that no doctor has.
    NoDoctor(String),
    /// Prevention is to take more half-days than its share of all that there can be.
    OverShare {
        /// Half-days of prevention, by shares.
        half_days: f64,
        /// The most there can be, by shares.
        most: f64,
    },
}

impl ActivityFault {
    pub(super) fn severity(&self) -> Severity {
        match self {
            ActivityFault::Reserved | ActivityFault::KeyOfAnotherKind { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn french(&self) -> (String, &'static str) {
        use ActivityFault as A;
        match self {
            A::Reserved => ("« general » désigne la médecine générale".into(), "Choisissez un autre nom"),
            A::KeyOfAnotherKind { key, kind } => {
                (format!("{key} ne vaut pas pour kind = \"{kind}\""), "Retirez-la, ou changez kind")
            }
            A::Nowhere => (
                "la liste des sites est vide : cette activité n'aurait lieu nulle part".into(),
                "Donnez au moins un site, ou retirez sites (tous)",
            ),
            A::NoDoctor(activity) => (
                format!("aucun médecin n'a la spécialité « {} »", shown(activity)),
                "Donnez-la à un médecin (specialty), ou retirez cette activité",
            ),
            A::OverShare { half_days, most } => (
                format!(
                    "au moins {} demi-journées de prévention sont demandées, et prevention_share n'en laisse que {}",
                    number(*half_days).replace('.', ","),
                    number((most * 100.0).round() / 100.0).replace('.', ",")
                ),
                "Baissez at_least, ou relevez prevention_share",
            ),
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(&self) -> (String, &'static str) {
        use ActivityFault as A;
        match self {
            A::Reserved => ("\"general\" stands for general practice".into(), "Choose another name"),
            A::KeyOfAnotherKind { key, kind } => {
                (format!("{key} is not for kind = \"{kind}\""), "Remove it, or change kind")
            }
            A::Nowhere => (
                "the list of sites is empty: this activity would take place nowhere".into(),
                "Give at least one site, or remove sites (all)",
            ),
            A::NoDoctor(activity) => (
                format!("no doctor has the specialty \"{}\"", shown(activity)),
                "Give it to a doctor (specialty), or remove this activity",
            ),
            A::OverShare { half_days, most } => (
                format!(
                    "at least {} half-days of prevention are asked for, and prevention_share leaves only {}",
                    number(*half_days),
                    number((most * 100.0).round() / 100.0)
                ),
                "Lower at_least, or raise prevention_share",
            ),
        }
    }
}
