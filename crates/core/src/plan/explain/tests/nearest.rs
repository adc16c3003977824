//! Communes without a session that have one within reach elsewhere.

use super::*;
use crate::people::Share;

/// Why the sample plan, which holds sessions 12 and 14 minutes away, holds none in Clos.
fn why_not_clos(change: impl FnOnce(&mut Territory, &mut TravelTimes)) -> Unserved {
    let clos = why_not("clos", change);
    let (time, share) = (Millis::from_minutes(12), Share(0.5));
    assert_eq!(clos.nearest, Some(Nearest { site: at_centre("alba", "Alba"), time, share }));
    clos
}

#[test]
fn a_session_in_the_commune_is_weighed_against_those_of_the_plan() {
    let clos = why_not_clos(|territory, _| {
        mondays_only(territory);
        territory.objective.followed = 0.0;
    });
    // One of the three sessions in Alba is enough to reach it; the half of Clos that does not come there weighs 225.
    let Reason::Instead(instead) = &clos.reason else { panic!("{clos:?}") };
    assert_eq!(
        (&instead.site, &*instead.instead_of),
        (&at_centre("clos", "Clos"), &[(at_centre("alba", "Alba"), 1)][..])
    );
    assert!((instead.loss + 225.0).abs() < 1e-6, "{instead:?}");
    assert_eq!(
        sentences(&clos),
        [
            "Clos (140 patients) : y tenir une demi-journée plutôt qu'à Alba ajouterait 225 points à l'objectif : \
             un meilleur plan existe ; la séance la plus proche est à Alba, à 12 min, où 50\u{202f}% des personnes sont prêtes à aller.",
            "Clos (140 patients): a half-day there rather than at Alba would add 225 points to the objective: \
             a better plan exists; the nearest session is at Alba, 12 min away, where 50% of people are ready to go.",
        ]
    );
}

#[test]
fn a_session_that_everyone_is_ready_to_go_to() {
    let clos = why_not("clos", |territory, times| {
        territory.sites.retain(|site| site.commune != "clos");
        times.insert("clos", "bourg", sample::trip(9));
    });
    assert_eq!(
        sentences(&clos),
        [
            "Clos (140 patients) : la commune n'a pas de site ; la séance la plus proche est à Bourg, à 9 min.",
            "Clos (140 patients): the commune has no site; the nearest session is at Bourg, 9 min away.",
        ]
    );
}

#[test]
fn of_sessions_equally_near_the_first_site_is_named() {
    let clos = why_not_clos(|_, times| times.insert("clos", "bourg", sample::trip(12)));
    assert_eq!(clos.reason, why_not_clos(|_, _| {}).reason);
}

#[test]
fn a_commune_whose_own_site_is_closed() {
    let clos = why_not_clos(|territory, _| territory.sites[2].open = HalfDays::NONE.with(Day::Sun, Half::Am));
    let obstacle = Obstacle::NeverOpen;
    assert_eq!(clos.reason, Reason::NoVehicle { site: at_centre("clos", "Clos"), obstacle });
    assert_eq!(
        clos.sentence(Lang::Fr),
        "Clos (140 patients) : le site est fermé quand les véhicules travaillent ; la séance la plus proche est à \
         Alba, à 12 min, où 50\u{202f}% des personnes sont prêtes à aller."
    );
}

#[test]
fn a_commune_whose_own_site_no_road_reaches() {
    let off = OutOfReach::TooFarFromRoads { distance: None, limit: Metres(2000.0) };
    let clos = why_not_clos(|territory, times| {
        territory.sites[2].id = "fort".into();
        territory.sites[2].name = Some("le fort".into());
        times.mark_out_of_reach("fort", off);
    });
    let site = NamedSite { id: "fort".into(), name: "Clos (le fort)".into(), commune: "clos".into() };
    assert_eq!(clos.reason, Reason::NoVehicle { site, obstacle: Obstacle::OffRoads(off) });
    assert_eq!(
        clos.sentence(Lang::En),
        "Clos (140 patients): no road leads to the site (no road within 2 km); the nearest session is at Alba, \
         12 min away, where 50% of people are ready to go."
    );
}

#[test]
fn a_commune_that_none_of_the_plans_tried_serves() {
    let dun = |site| Unserved { reason: Reason::NoRoom(site), ..why_not_dun(|_, _| {}) };
    assert_eq!(
        sentences(&dun(at_centre("dun", "Dun"))),
        [
            "Dun (150 patients) : y tenir une demi-journée demanderait un tout autre plan.",
            "Dun (150 patients): a half-day there would take quite another plan.",
        ]
    );
    assert_eq!(
        dun(at_centre("clos", "Clos")).sentence(Lang::Fr),
        "Dun (150 patients) : tenir une demi-journée à Clos, à portée de ses habitants, demanderait un tout autre plan."
    );
}
