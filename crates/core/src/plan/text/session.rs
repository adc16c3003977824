//! What a session is for, and who comes.

use super::{list, name};
use crate::lang::Lang;
use crate::plan::Session;
use crate::plan::compare::Who;
use crate::territory::{Activity, Doctor, Territory};

/// What a session is for and with whom: `Anne Martin`, `cardiologie, Chloé Roux`, and where two share it, who holds the
/// activity first: `dermatologie, David Petit, Anne Martin`. None for general practice without a doctor's name.
pub fn with_whom(session: &Session, territory: &Territory) -> Option<String> {
    let Session { activity, doctor, specialist, .. } = session.clone();
    who(&Who { activity, doctor, specialist }, Some(territory))
}

/// The same of who comes; by id where no territory is known.
pub fn who(who: &Who, territory: Option<&Territory>) -> Option<String> {
    let called = |id: &String, of: fn(&str, &Territory) -> String| {
        territory.map_or_else(|| name(id), |territory| of(id, territory))
    };
    let activity = who.activity.as_ref().map(|id| called(id, activity));
    let people = [&who.specialist, &who.doctor].into_iter().flatten().map(|id| called(id, doctor));
    let told: Vec<String> = activity.into_iter().chain(people).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// What people call a doctor.
pub(super) fn doctor(id: &str, territory: &Territory) -> String {
    let known = territory.doctors.iter().find(|doctor| doctor.id == id);
    let called = known.and_then(|Doctor { name, .. }| name.as_deref());
    name(called.unwrap_or(id))
}

/// What people call an activity.
pub(super) fn activity(id: &str, territory: &Territory) -> String {
    let known = territory.activities.iter().find(|activity| activity.id == id);
    let called = known.and_then(|Activity { name, .. }| name.as_deref());
    name(called.unwrap_or(id))
}

/// What people call a site: its own name, else that of its commune.
pub(super) fn site(id: &str, territory: &Territory) -> String {
    let known = territory.sites.iter().find(|site| site.id == id);
    let commune = |code: &str| territory.communes.iter().find(|commune| commune.code == code);
    let called = known.and_then(|site| {
        site.name.as_deref().or_else(|| commune(&site.commune).map(|commune| &*commune.name))
    });
    name(called.unwrap_or(id))
}

/// The doctors of these ids, by name: `Anne et Boris`.
pub(super) fn doctors<'a>(ids: impl Iterator<Item = &'a str>, territory: &Territory, lang: Lang) -> String {
    let names: Vec<String> = ids.map(|id| doctor(id, territory)).collect();
    list(&names, lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Half;
    use crate::plan::sample;
    use crate::territory::ActivityKind;

    #[test]
    fn a_session_tells_its_activity_and_its_doctors() {
        let mut territory = sample::territory();
        let mut anne = Doctor::new("d1");
        anne.name = Some("Anne Martin".to_owned());
        territory.doctors = vec![anne, Doctor::new("david")];
        territory.activities = vec![Activity {
            id: "derma".to_owned(),
            name: Some("dermatologie".to_owned()),
            kind: ActivityKind::Specialty,
            share: 0.5,
            at_least: 0,
            at_most: None,
            sites: None,
        }];
        let mut session = sample::session(1, Half::Am, "alba", None);
        assert_eq!(with_whom(&session, &territory), None);
        session.doctor = Some("d1".to_owned());
        assert_eq!(with_whom(&session, &territory).as_deref(), Some("Anne Martin"));
        (session.activity, session.specialist) = (Some("derma".to_owned()), Some("david".to_owned()));
        assert_eq!(with_whom(&session, &territory).as_deref(), Some("dermatologie, david, Anne Martin"));
    }
}
