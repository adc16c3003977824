//! What can be wrong, or doubtful, with doctors.

use super::Severity;
use super::texts::shown;

/// What is wrong with a doctor, or with all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DoctorFault {
    /// Works on no half-day of the cycle; each by what people call them.
    NeverAvailable(String),
    /// Works on no half-day on which a vehicle does.
    NeverMeets(String),
    /// The specialty is an activity of another kind.
    NotASpecialty(String),
    /// Nobody but specialists: no session has the doctor it needs.
    NoGeneralPractitioner,
    /// Works only at a distance, and no activity is at a distance.
    NothingRemote(String),
    /// Works only at a distance, where specialists never do.
    RemoteSpecialist,
    /// Past the age at which the territorial civil service ends.
    PastRetirement {
        /// What people call them.
        name: String,
        /// Age reached in that year.
        age: u32,
        /// The year that is planned.
        year: u32,
    },
    /// In the territorial civil service, and no year to tell the age in.
    YearNeeded,
    /// A text that is the code of no department.
    NotADepartment(String),
    /// An empty list of departments: authorised nowhere.
    NoDepartment,
    /// No site lies in the departments.
    NoSiteThere(String),
    /// A site that is both preferred and refused.
    PreferredAndRefused(String),
}

impl DoctorFault {
    pub(super) fn severity(&self) -> Severity {
        use DoctorFault as D;
        match self {
            D::NotASpecialty(_) | D::NotADepartment(_) | D::NoDepartment | D::PreferredAndRefused(_) => {
                Severity::Error
            }
            _ => Severity::Warning,
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn french(&self) -> (String, &'static str) {
        use DoctorFault as D;
        match self {
            D::NeverAvailable(name) => (
                format!("{} n'est disponible sur aucune demi-journée du cycle", shown(name)),
                "Donnez-lui des jours et des semaines, si ce n'est pas voulu",
            ),
            D::NeverMeets(name) => (
                format!("{} ne travaille sur aucune demi-journée où roule un véhicule", shown(name)),
                "Donnez-lui des jours et des semaines d'un véhicule, si ce n'est pas voulu",
            ),
            D::NotASpecialty(activity) => (
                format!("« {} » n'est pas une activité de genre \"specialty\"", shown(activity)),
                "Nommez une spécialité, ou retirez specialty (médecine générale)",
            ),
            D::NoGeneralPractitioner => (
                "aucun médecin n'est généraliste : aucune séance de médecine générale n'est possible".into(),
                "Ajoutez un médecin sans specialty",
            ),
            D::NothingRemote(name) => (
                format!(
                    "{} ne travaille qu'à distance, et aucune activité ne se fait à distance",
                    shown(name)
                ),
                "Ajoutez une activité kind = \"remote\", ou retirez remote",
            ),
            D::RemoteSpecialist => (
                "ce spécialiste ne travaille qu'à distance, où seule la médecine générale se pratique".into(),
                "Retirez remote ou specialty",
            ),
            D::PastRetirement { name, age, year } => (
                format!(
                    "{} aura {age} ans en {year} ; la fonction publique territoriale s'arrête à 67 ans",
                    shown(name)
                ),
                "Vérifiez son contrat (employer) et son année de naissance (born)",
            ),
            D::YearNeeded => (
                "sans l'année du calendrier, l'âge de cet agent territorial ne peut pas être vérifié".into(),
                "Ajoutez year sous [calendar]",
            ),
            D::NotADepartment(code) => (
                format!("« {} » n'est pas le code d'un département", shown(code)),
                "Écrivez \"26\", \"2A\" ou \"971\" par exemple",
            ),
            D::NoDepartment => (
                "la liste des départements est vide : ce médecin ne serait autorisé nulle part".into(),
                "Donnez au moins un département, ou retirez departments (partout)",
            ),
            D::NoSiteThere(name) => (
                format!("aucun site n'est dans les départements de {}", shown(name)),
                "Complétez departments, si ce n'est pas voulu",
            ),
            D::PreferredAndRefused(site) => (
                format!("le site « {} » est à la fois préféré et refusé", shown(site)),
                "Gardez l'un des deux",
            ),
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(&self) -> (String, &'static str) {
        use DoctorFault as D;
        match self {
            D::NeverAvailable(name) => (
                format!("{} is available on no half-day of the cycle", shown(name)),
                "Give days and weeks, unless this is meant",
            ),
            D::NeverMeets(name) => (
                format!("{} works on no half-day on which a vehicle does", shown(name)),
                "Give days and weeks of a vehicle, unless this is meant",
            ),
            D::NotASpecialty(activity) => (
                format!("\"{}\" is not an activity of the kind \"specialty\"", shown(activity)),
                "Name a specialty, or remove specialty (general practice)",
            ),
            D::NoGeneralPractitioner => (
                "no doctor is a general practitioner: no session of general practice is possible".into(),
                "Add a doctor without specialty",
            ),
            D::NothingRemote(name) => (
                format!("{} works only at a distance, and no activity is at a distance", shown(name)),
                "Add an activity kind = \"remote\", or remove remote",
            ),
            D::RemoteSpecialist => (
                "this specialist works only at a distance, where only general practice takes place".into(),
                "Remove remote or specialty",
            ),
            D::PastRetirement { name, age, year } => (
                format!("{} is {age} in {year}; the territorial civil service ends at 67", shown(name)),
                "Check the contract (employer) and the year of birth (born)",
            ),
            D::YearNeeded => (
                "without the calendar's year, the age of this territorial employee cannot be checked".into(),
                "Add year under [calendar]",
            ),
            D::NotADepartment(code) => (
                format!("\"{}\" is not the code of a department", shown(code)),
                "Write \"26\", \"2A\" or \"971\" for instance",
            ),
            D::NoDepartment => (
                "the list of departments is empty: this doctor would be authorised nowhere".into(),
                "Give at least one department, or remove departments (everywhere)",
            ),
            D::NoSiteThere(name) => (
                format!("no site lies in the departments of {}", shown(name)),
                "Complete departments, unless this is meant",
            ),
            D::PreferredAndRefused(site) => {
                (format!("the site \"{}\" is both preferred and refused", shown(site)), "Keep one of the two")
            }
        }
    }
}
