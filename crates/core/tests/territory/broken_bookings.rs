//! Each way of getting bookings, prices and calendars wrong is named with its line and remedy.

use std::fs;

use medicobus_core::lang::Lang;
use medicobus_core::territory::Severity;

use super::with_people::{check, doubtful, folder, replacing, session, wrong};

#[test]
fn bookings_say_enough_and_not_too_much() {
    wrong("half_days = [\"mon\"]\n", "", 67, "il manque la clé booking[0].half_days", "is missing");
    wrong(
        "half_days = [\"mon\"]",
        "half_days = []",
        71,
        "aucune demi-journée n'est nommée",
        "no half-day is named",
    );
    wrong("site = \"halle\"\nweeks = [2", "weeks = [2", 67, "il manque la clé booking[0].site", "is missing");
    wrong(
        "half_days = [\"fri-pm\"]",
        "half_days = [\"fri-pm\"]\ndoctor = \"durand\"",
        76,
        "ne valent que pour kind = \"locked\"",
        "only for kind",
    );
}

#[test]
fn what_is_locked_can_take_place() {
    let at = "half_days = [\"tue-am\"]\ndoctor";
    wrong(
        at,
        "half_days = [\"wed-am\"]\ndoctor",
        81,
        "mercredi matin, semaine 1",
        "Wednesday morning, week 1",
    );
    wrong(
        "weeks = \"odd\"\nhalf",
        "weeks = [4]\nhalf",
        81,
        "mardi matin, semaine 4",
        "Tuesday morning, week 4",
    );
    let again = "[[booking]]\nkind = \"locked\"\nvehicle = \"bus-1\"\nsite = \"26325\"\nweeks = [3]\nhalf_days = [\"tue\"]\n";
    wrong(
        "[published]",
        &format!("{again}[published]"),
        89,
        "« bus-1 » est déjà pris par la section [[booking]] n° 3 : mardi matin, semaine 3",
        "already taken by [[booking]] 3: Tuesday morning, week 3",
    );
    let with_durand = again.replace("bus-1", "bus-2") + "doctor = \"durand\"\n";
    wrong(
        "[published]",
        &format!("{with_durand}[published]"),
        89,
        "« durand » est déjà pris",
        "\"durand\" is already",
    );
    let elsewhere = "[[booking]]\nkind = \"locked\"\nsite = \"26325\"\nhalf_days = [\"mon-am\"]\nweeks = [1]\nactivity = \"cardio\"\n";
    wrong(
        "[published]",
        &format!("{elsewhere}[published]"),
        89,
        "l'activité « cardio » n'a pas lieu au site « 26325 »",
        "does not take place at the site",
    );
    wrong(
        "\"required:1\"",
        "\"required:2\"",
        21,
        "n'est le numéro d'aucune section [[booking]]",
        "number of no [[booking]]",
    );
}

#[test]
fn who_is_locked_can_come() {
    let away = "days = [\"mon\", \"tue-am\"]";
    doubtful(
        away,
        "days = [\"mon\"]",
        82,
        "fixée quand Dr Durand n'est pas disponible : mardi matin, semaine 1",
        "locked when Dr Durand does not work: Tuesday morning, week 1",
    );
    doubtful(
        "prefers = [\"halle\"]\nrefuses = [\"26325\"]",
        "refuses = [\"halle\"]",
        81,
        "fixée au site « halle », que Dr Durand refuse",
        "locked at the site \"halle\", which Dr Durand refuses",
    );
    let at = "doctor = \"durand\"\nactivity = \"general\"";
    wrong(
        at,
        "doctor = \"martin\"\nactivity = \"general\"",
        82,
        "martin n'exerce pas la médecine générale à bord",
        "martin does not do general practice on board",
    );
    wrong(
        at,
        "doctor = \"loin\"\nactivity = \"depistage\"",
        82,
        "loin n'exerce pas l'activité « depistage »",
        "loin does not do the activity \"depistage\"",
    );
    wrong(
        "doctor = \"durand\"",
        "doctor = \"Dr durand\"",
        82,
        "aucun médecin ne s'appelle « Dr durand » ; est-ce « durand »",
        "did you mean \"durand\"",
    );
}

#[test]
fn what_is_required_can_take_place_unless_it_has_a_price() {
    let folder = replacing(
        "territory.toml",
        "half_days = [\"mon\"]\n[[booking]]",
        "half_days = [\"fri\"]\n[[booking]]",
    );
    assert_eq!(folder.faults(), [], "it has a price");
    let toml = fs::read_to_string(folder.path("territory.toml")).unwrap();
    folder.write("territory.toml", toml.replace("  { rule = \"required:1\", price = 5.5 },\n", ""));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(
        said.len() == 1
            && said[0].contains("ligne 70 : aucune de ces demi-journées n'est possible en semaine 2"),
        "{said:?}"
    );
}

#[test]
fn prices_are_for_rules_that_hold() {
    wrong(
        "\"changes\"",
        "\"department:durand\"",
        22,
        "department ne peut pas être assouplie",
        "cannot be relaxed",
    );
    wrong(
        "\"changes\"",
        "\"majority:halle\"",
        22,
        "vaut pour tout le territoire",
        "about the whole territory",
    );
    wrong(
        "\"changes\"",
        "\"max_gap:halle\"",
        22,
        "« max_gap:halle » est déjà à la ligne 20",
        "already on line 20",
    );
    doubtful(
        "\"changes\"",
        "\"doctor_week:martin\"",
        22,
        "ce prix ne change rien",
        "this price changes nothing",
    );
    wrong("\"required:1\"", "\"required:un\"", 21, "« un » n'est le numéro d'aucune", "number of no");
    wrong(", price = 1 }", " }", 22, "il manque la clé rules.soft[2].price", "is missing");
}

#[test]
fn keys_that_change_nothing_are_warnings() {
    doubtful(
        "max_gap = 14",
        "max_gap = 29",
        15,
        "max_gap ne change rien : le cycle n'a que 28 jours",
        "only 28 days",
    );
    check(
        Severity::Warning,
        "sites.csv",
        ",1,5,10",
        ",1,5,29",
        3,
        "max_gap ne change rien : le cycle n'a que 28 jours",
        "max_gap changes nothing",
    );
    let folder = folder();
    let idle = "name = \"x\"\n[communes]\nfile = \"communes.csv\"\n[calendar]\nyear = 2026\n[care]\nconsultations_per_half_day = \"unlimited\"\nunscheduled_share = 0.1\n[rules]\nsame_time = true\ndoctors_per_site = 2\nprevention_share = 0.2\n[[vehicle]]\nid = \"bus-1\"\nbase = [45, 5]\n[published]\nfile = \"sessions.csv\"\n";
    folder.write("territory.toml", idle);
    folder.write("sessions.csv", "vehicle,week,day,half,site\nbus-1,1,mon,am,26325\n");
    let said: Vec<(Option<u64>, Severity)> =
        folder.faults().iter().map(|fault| (fault.line, fault.fault.severity())).collect();
    let lines = [5, 8, 10, 11, 12, 16].map(|line| (Some(line), Severity::Warning));
    assert_eq!(said, lines, "{:?}", folder.faults());
}

#[test]
fn calendars_made_by_hand_are_checked_row_by_row() {
    session(
        "bus-2,4",
        "bus-3,4",
        4,
        "aucun véhicule ne s'appelle « bus-3 » ; est-ce « bus-1 »",
        "no vehicle",
    );
    session("bus-2,4", "bus-2,5", 4, "week : la semaine 5 est hors du cycle", "week 5 is outside the cycle");
    session("bus-2,4", "bus-2,0", 4, "week : « 0 » n'est pas une semaine", "\"0\" is not a week");
    session("bus-2,4", "bus-2,", 4, "week est vide", "week is empty");
    session("mardi", "mardy", 3, "day : « mardy » n'est pas un jour. Écrivez lundi à dimanche", "not a day");
    session(
        "matin",
        "soir",
        3,
        "half : « soir » n'est ni matin ni après-midi",
        "neither morning nor afternoon",
    );
    session(",halle,durand", ",hale,durand", 2, "est-ce « halle »", "did you mean \"halle\"");
    session(
        ",durand,",
        ",durant,",
        2,
        "aucun médecin ne s'appelle « durant » ; est-ce « durand »",
        "no doctor",
    );
    session(",cardio,", ",cardo,", 3, "aucune activité ne s'appelle « cardo »", "no activity has the name");
    session("bus-1,1,mardi,matin", "bus-1,1,lundi,am", 3, "est déjà à la ligne 2", "already on line 2");
    session("half,site", "half,stop", 1, "colonnes manquantes : site", "missing columns: site");
    session(
        ",general,
",
        ",general,,x
",
        4,
        "9 cellules au lieu de 8",
        "9 cells instead of 8",
    );
}
