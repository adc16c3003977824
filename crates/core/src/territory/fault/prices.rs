//! What can be wrong with the prices of rules, and keys that change nothing.

use super::Severity;
use super::texts::shown;

/// What is wrong with a rule that is given a price.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PriceFault {
    /// The rule always holds.
    AlwaysHard(&'static str),
    /// The rule is about the territory as a whole.
    NoSubject(&'static str),
    /// No booking of that kind has that number.
    NoSuchBooking {
        /// The number, as it is written.
        number: String,
        /// The kind of booking that the rule is about.
        kind: &'static str,
    },
    /// Nothing of the territory sets this rule.
    OfNothing(String),
}

impl PriceFault {
    pub(super) fn severity(&self) -> Severity {
        if matches!(self, PriceFault::OfNothing(_)) { Severity::Warning } else { Severity::Error }
    }

    /// What is wrong, and the remedy.
    pub(super) fn french(&self) -> (String, &'static str) {
        use PriceFault as P;
        match self {
            P::AlwaysHard(rule) => {
                (format!("la règle {rule} ne peut pas être assouplie"), "Retirez cette entrée")
            }
            P::NoSubject(rule) => (
                format!("la règle {rule} vaut pour tout le territoire et ne se limite à rien"),
                "Retirez le deux-points et ce qui le suit",
            ),
            P::NoSuchBooking { number, kind } => (
                format!(
                    "« {} » n'est le numéro d'aucune section [[booking]] kind = \"{kind}\"",
                    shown(number)
                ),
                "Comptez les sections [[booking]] à partir de 1",
            ),
            P::OfNothing(rule) => (
                format!("rien dans ce territoire ne pose la règle {} : ce prix ne change rien", shown(rule)),
                "Posez la règle, ou retirez son prix",
            ),
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(&self) -> (String, &'static str) {
        use PriceFault as P;
        match self {
            P::AlwaysHard(rule) => (format!("the rule {rule} cannot be relaxed"), "Remove this entry"),
            P::NoSubject(rule) => (
                format!("the rule {rule} is about the whole territory and nothing less"),
                "Remove the colon and what follows it",
            ),
            P::NoSuchBooking { number, kind } => (
                format!("\"{}\" is the number of no [[booking]] section kind = \"{kind}\"", shown(number)),
                "Count the [[booking]] sections from 1",
            ),
            P::OfNothing(rule) => (
                format!(
                    "nothing of this territory sets the rule {}: this price changes nothing",
                    shown(rule)
                ),
                "Set the rule, or remove its price",
            ),
        }
    }
}

/// Why a key changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idle {
    /// It is about doctors, and none are given.
    NoDoctors,
    /// It compares weeks, and the cycle has one.
    OneWeek,
    /// It is about prevention, and no activity is.
    NoPrevention,
    /// No gap is longer than the cycle.
    BeyondCycle {
        /// Days of the cycle.
        days: u32,
    },
    /// Neither a most nor a price binds the published calendar.
    FreeChanges,
    /// Consultations are unlimited.
    Unlimited,
}

impl Idle {
    /// What is wrong, and the remedy.
    pub(super) fn french(self, key: &str) -> (String, &'static str) {
        match self {
            Idle::NoDoctors => (
                format!("{key} ne change rien sans médecins"),
                "Ajoutez des sections [[doctor]], ou retirez cette clé",
            ),
            Idle::OneWeek => (
                format!("{key} ne change rien : le cycle n'a qu'une semaine"),
                "Retirez cette clé, ou allongez le cycle (cycle_weeks)",
            ),
            Idle::NoPrevention => (
                format!("{key} ne change rien sans activité de prévention"),
                "Ajoutez une section [[activity]] kind = \"prevention\", ou retirez cette clé",
            ),
            Idle::BeyondCycle { days } => (
                format!("{key} ne change rien : le cycle n'a que {days} jours"),
                "Donnez moins de jours, ou retirez cette limite",
            ),
            Idle::FreeChanges => (
                "rien ne retient le plan près du calendrier publié".into(),
                "Donnez max_changes, ou un prix à la règle changes (rules.soft)",
            ),
            Idle::Unlimited => (
                format!("{key} ne change rien : les consultations ne sont pas limitées"),
                "Limitez-les (consultations_per_half_day), ou retirez cette clé",
            ),
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(self, key: &str) -> (String, &'static str) {
        match self {
            Idle::NoDoctors => (
                format!("{key} changes nothing without doctors"),
                "Add [[doctor]] sections, or remove this key",
            ),
            Idle::OneWeek => (
                format!("{key} changes nothing: the cycle has one week"),
                "Remove this key, or lengthen the cycle (cycle_weeks)",
            ),
            Idle::NoPrevention => (
                format!("{key} changes nothing without an activity of prevention"),
                "Add an [[activity]] section kind = \"prevention\", or remove this key",
            ),
            Idle::BeyondCycle { days } => (
                format!("{key} changes nothing: the cycle has only {days} days"),
                "Give fewer days, or remove this limit",
            ),
            Idle::FreeChanges => (
                "nothing keeps the plan near the published calendar".into(),
                "Give max_changes, or a price to the rule changes (rules.soft)",
            ),
            Idle::Unlimited => (
                format!("{key} changes nothing: consultations are not limited"),
                "Limit them (consultations_per_half_day), or remove this key",
            ),
        }
    }
}
