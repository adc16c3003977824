//! What a breach costs, and in which order breaches come.

use super::*;

#[test]
fn a_price_for_one_subject_goes_before_that_for_all() {
    let mut territory = sample::territory();
    territory.sites[0].required = true;
    territory.sites[1].required = true;
    let soft = |subject, price| Soft { rule: RuleName::new(RuleKind::RequiredSite, subject), price };
    territory.rules.soft = vec![soft(None, 5.0), soft(Some("bourg"), 9.0)];
    let found = breaches(&territory, &[]);
    let prices: Vec<_> = found.iter().map(|breach| (breach.rule.to_string(), breach.price)).collect();
    let named = |name: &str, price| (name.to_owned(), Some(price));
    assert_eq!(prices, [named("required_site:alba", 5.0), named("required_site:bourg", 9.0)]);
    territory.rules.soft.remove(0);
    let found = breaches(&territory, &[]);
    assert_eq!(found.iter().map(|breach| breach.price).collect::<Vec<_>>(), [None, Some(9.0)]);
    assert_eq!(found[0].relaxed(), None, "a hard rule is not relaxed");
    let relaxed = found[1].relaxed().unwrap();
    assert_eq!((relaxed.units, relaxed.price, relaxed.sessions), (1.0, 9.0, vec![]));
}

#[test]
fn no_price_buys_an_authorisation() {
    let mut territory = sample::territory();
    let mut anne = Doctor::new("anne");
    anne.departments = Some(vec!["26".to_owned()]);
    territory.doctors = vec![anne];
    territory.rules.soft = vec![Soft { rule: RuleName::new(RuleKind::Department, None), price: 1.0 }];
    let mut session = sample::session(1, Half::Am, "alba", None);
    session.doctor = Some("anne".to_owned());
    let found = breaches(&territory, &[session]);
    assert_eq!((found[0].rule.kind, found[0].price), (RuleKind::Department, None));
}

#[test]
fn breaches_come_in_the_order_of_rules_then_of_the_territory() {
    for seed in 0..SEEDS {
        let (territory, sessions) = case(seed);
        let place = |name: &RuleName| {
            let of = |ids: Vec<&String>| ids.into_iter().position(|id| Some(id) == name.subject.as_ref());
            let site = of(territory.sites.iter().map(|site| &site.id).collect());
            let doctor = of(territory.doctors.iter().map(|doctor| &doctor.id).collect());
            let activity = of(territory.activities.iter().map(|activity| &activity.id).collect());
            let number = name.subject.as_ref().and_then(|subject| subject.parse::<usize>().ok());
            let kind = RuleKind::ALL.iter().position(|kind| *kind == name.kind);
            (kind, site.or(doctor).or(activity).or(number))
        };
        let found = breaches(&territory, &sessions);
        assert!(found.iter().map(|breach| place(&breach.rule)).is_sorted(), "seed {seed}: {found:#?}");
    }
}

#[test]
fn a_territory_that_asks_for_nothing_has_no_breach() {
    let (territory, mut sessions) = (sample::territory(), case(1).1);
    sessions.iter_mut().for_each(|session| session.week = 1);
    assert_eq!(breaches(&territory, &sessions), []);
}
