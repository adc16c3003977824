//! Each way of getting weeks, rhythms and hours wrong is named with its line and remedy.

use std::fs;

use medicobus_core::lang::Lang;

use super::with_people::{self, doubtful, replacing, site, wrong};

#[test]
fn weeks_are_those_of_the_cycle() {
    wrong(
        "weeks = [1, 2, 3]",
        "weeks = [1, 3, 5]",
        27,
        "la semaine 5 est hors du cycle, qui a 4",
        "week 5 is outside",
    );
    wrong("weeks = \"odd\"\naway", "weeks = [6]\naway", 37, "la semaine 6", "has 4 weeks");
    wrong("{ weeks = [4] }", "{ weeks = [9] }", 38, "la semaine 9", "week 9");
    wrong("weeks = [2, 4]", "weeks = [2, 7]", 70, "la semaine 7", "lengthen the cycle");
    wrong("weeks = [1, 2, 3]", "weeks = [0]", 27, "« 0 » n'est pas une semaine", "\"0\" is not a week");
    wrong(
        "weeks = [1, 2, 3]",
        "weeks = [53]",
        27,
        "n'est pas une semaine. Écrivez des nombres",
        "Write numbers",
    );
    wrong(
        "weeks = [1, 2, 3]",
        "weeks = \"pair\"",
        27,
        "« pair » n'est pas une semaine",
        "\"pair\" is not a week",
    );
    wrong("weeks = [1, 2, 3]", "weeks = 2", 27, "une liste de semaines, [1, 3]", "a list of weeks");
    wrong("weeks = [1, 2, 3]", "weeks = [\"1\"]", 27, "doit être un nombre entier", "a whole number");
    site("1 2 3 4", "1 2 3 8", 3, "la semaine 8 est hors du cycle", "week 8 is outside");
    site("1 2 3 4", "1 S2", 3, "weeks : « S2 » n'est pas une semaine", "\"S2\" is not a week");
    doubtful(
        "base = [45.1, 4.9]",
        "base = [45.1, 4.9]
weeks = []",
        33,
        "ne travaille aucune demi-journée",
        "works on no half-day",
    );
    wrong("weeks = [2, 4]", "weeks = []", 70, "aucune semaine du cycle n'est nommée", "no week of the cycle");
}

#[test]
fn a_wrong_week_is_one_fault_and_hides_none() {
    wrong("weeks = [2, 4]", "weeks = [7]", 70, "la semaine 7", "week 7");
    site("1 2 3 4", "8", 3, "la semaine 8 est hors du cycle", "week 8 is outside");
    wrong("weeks = [1, 2, 3]", "weeks = [9]", 27, "la semaine 9", "week 9");
    let folder = replacing("territory.toml", "weeks = \"odd\"\naway", "weeks = [0]\naway");
    let toml = fs::read_to_string(folder.path("territory.toml")).unwrap();
    folder.write("territory.toml", toml.replace("weeks = [1, 2, 3]", "weeks = [5]"));
    folder.write("sites.csv", with_people::SITES.replace("1 2 3 4", "8"));
    let lines: Vec<Option<u64>> = folder.faults().iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [27, 37, 3].map(Some), "{:?}", folder.faults());
}

#[test]
fn a_wrong_cycle_brings_no_other_fault_about() {
    wrong("cycle_weeks = 4", "cycle_weeks = 99", 9, "hors de [1, 52]", "outside [1, 52]");
    wrong("cycle_weeks = 4", "cycle_weeks = \"4\"", 9, "doit être un nombre entier", "a whole number");
}

#[test]
fn what_a_site_asks_for_can_be_had_at_once() {
    site(
        ",odd,,2,2,",
        ",,,3,,",
        2,
        "every = 3 ne divise pas le cycle de 4 semaines",
        "does not divide the cycle",
    );
    site(
        ",odd,,2,2,",
        ",1 2,,2,,",
        2,
        "demande des semaines où ce site est fermé",
        "in which this site is closed",
    );
    site(",odd,,2,2,", ",odd,,2,1,28", 2, "visits = 1, alors que every = 2 demande", "a visit in 2 weeks");
    site(
        ",1,5,10",
        ",1,9,10",
        3,
        "visits = 9, alors que ce site n'a que 8 jours ouverts",
        "only 8 open days",
    );
    site(
        ",odd,,2,2,",
        ",odd,,2,,7",
        2,
        "max_gap = 7, alors que every = 2 laisse au moins 8 jours",
        "at least 8 days",
    );
    site(
        ",odd,,2,2,",
        ",,,,2,13",
        2,
        "max_gap = 13, alors que visits = 2 laisse au moins 14",
        "at least 14 days",
    );
    site(
        "visits,max_gap\n26325,26325,,odd,,2,2,\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10",
        "visits,max_gap,max_half_days\n26325,26325,,odd,,2,2,,\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10,4",
        3,
        "visits = 5, alors que ce site a au plus 4 demi-journées",
        "at most 4 half-days",
    );
    site(
        "visits,max_gap\n26325,26325,,odd,,2,2,\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10",
        "visits,max_gap,min_half_days\n26325,26325,,odd,,2,2,,5\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10,",
        2,
        "visits = 2 ne suffit pas à un minimum de 5",
        "not enough for at least 5",
    );
    site(
        "visits,max_gap\n26325,26325,,odd,,2,2,\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10",
        "visits,max_gap,max_half_days\n26325,26325,,odd,,2,,,1\nhalle,26002,mon tue-am,1 2 3 4,oui,1,5,10,",
        2,
        "une demi-journée dans 2 semaines, et le maximum est de 1",
        "and the most is 1",
    );
}

#[test]
fn a_rule_with_a_price_clashes_with_nothing() {
    let folder = replacing("sites.csv", ",odd,,2,2,", ",,,,2,13");
    let toml = with_people::TOML.replace("max_gap:halle", "max_gap:26325");
    folder.write("territory.toml", toml);
    assert_eq!(folder.faults(), [], "26325 may have a longer gap, at its price");
}

#[test]
fn a_required_site_is_open_sometime() {
    let folder = replacing("sites.csv", ",odd,,2,2,", ",even,yes,,,");
    let toml = with_people::TOML.split("[[doctor]]").next().unwrap();
    let toml = toml.replace("cycle_weeks = 4\nyear = 2026", "cycle_weeks = 1");
    folder.write("territory.toml", toml.replace("weeks = [1, 2, 3]\n", ""));
    folder.write("sites.csv", "id,commune,weeks,required\n26325,26325,even,yes\n");
    folder.write("times.csv", "from,to,seconds\n26002,26325,60\n");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(
        said.iter().any(|text| text.contains("ce site doit être desservi et n'est jamais ouvert")),
        "{said:?}"
    );
    assert!(said.iter().any(|text| text.contains("ce site n'est ouvert aucune demi-journée")), "{said:?}");
}

#[test]
fn hours_of_vehicles_make_a_day() {
    let morning = "morning = \"08:30-12:30\"";
    wrong(morning, "morning = \"12:30-08:30\"", 28, "n'est pas après le début", "not after the start");
    wrong(morning, "morning = \"8h-12h\"", 28, "n'est pas un horaire", "clock times");
    wrong(
        morning,
        "morning = \"08:30-13:15\"",
        29,
        "la pause de 30min dépasse le temps",
        "longer than the time",
    );
    wrong(morning, "morning = \"08:30-14:00\"", 29, "avant la fin de la matinée", "before the morning ends");
    let setup = "setup = \"30min\"";
    wrong(setup, "setup = \"4h\"", 12, "l'installation (4h) prend toute la demi-journée", "takes the whole");
    let folder = replacing("territory.toml", morning, "morning = \"12:00-12:25\"");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::En)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("setting up (30min) takes the whole half-day (25min)"), "{said:?}");
}
