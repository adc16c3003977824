//! Each way of breaking `territory.toml` is named with its line and remedy.

use super::folder::{Case, Folder};
use medicobus_core::lang::Lang;

fn case(from: &'static str, to: &'static str, line: u64, french: &'static str, english: &'static str) {
    Case { file: "territory.toml", from, to, blame: "territory.toml", line: Some(line), french, english }
        .check();
}

#[test]
fn keys_must_be_known() {
    case("cycle_weeks", "cycle_week", 12, "est-ce « cycle_weeks »", "did you mean \"cycle_weeks\"");
    case("cycle_weeks = 2", "colour = 2", 12, "Les clés connues sont ici : cycle_weeks,", "keys known here");
    case("[rules]", "[rulse]", 26, "est-ce « rules »", "did you mean \"rules\"");
    case("weight = 10.0", "weigth = 10.0", 25, "est-ce « weight »", "did you mean \"weight\"");
    case("share = 0.5", "share = 0.5, shares = 1", 21, "clé care.reach[1].shares", "\"share\"");
    case(
        "max_drive_per_day = \"2h\"",
        "drive = \"2h\"",
        35,
        "la clé vehicle[0].drive est inconnue",
        "unknown",
    );
    case(
        "file = \"sites.csv\"",
        "file = \"sites.csv\"\npath = \"x\"",
        6,
        "sites.path est inconnue",
        "unknown",
    );
}

#[test]
fn required_keys_must_be_there() {
    case("id = \"bus-1\"\n", "", 30, "il manque la clé vehicle[0].id", "is missing");
    case("base = [45.1, 4.9]\n", "", 36, "il manque la clé vehicle[1].base. Ajoutez-la", "Add it");
    case("share = 0.5", "", 21, "il manque la clé care.reach[1].share", "is missing");
    case("file = \"communes.csv\"", "", 2, "il manque la clé communes.file", "is missing");
    Case {
        file: "territory.toml",
        from: "name = \"Essai\"",
        to: "",
        blame: "territory.toml",
        line: None,
        french: "il manque la clé name",
        english: "is missing",
    }
    .check();
}

#[test]
fn keys_stand_once() {
    case("weight = 10.0", "weight = 10.0\nweight = 5.0", 26, "clé en double", "Keep this key once");
    case("[rules]", "[care.ald]\n[rules]", 26, "clé en double", "Keep this key once");
}

#[test]
fn the_text_must_be_toml() {
    case("cycle_weeks = 2", "cycle_weeks 2", 12, "la syntaxe TOML", "this is not TOML");
    case("name = \"Essai\"", "name = Essai", 1, "Écrivez clé = valeur", "Write key = value");
}

#[test]
fn values_have_the_type_of_their_key() {
    case(
        "name = \"Essai\"",
        "name = 12",
        1,
        "name doit être un texte entre guillemets, pas un nombre",
        "must be",
    );
    case(
        "reached = 1.0",
        "reached = \"1\"",
        9,
        "objective.reached doit être un nombre, pas un texte",
        "a number",
    );
    case("cycle_weeks = 2", "cycle_weeks = 1.5", 12, "doit être un nombre entier", "a whole number");
    case("one_vehicle_per_site = true", "one_vehicle_per_site = 1", 27, "true ou false", "true or false");
    case("[calendar]", "[[calendar]]", 11, "doit être une section, [nom]", "a section, [name]");
    case(
        "days = [\"mon\", \"tue-am\"]",
        "days = \"mon\"",
        33,
        "une liste de demi-journées",
        "a list of half-days",
    );
    case("base = [45.1, 4.9]", "base = [45.1]", 38, "le code d'une commune", "a commune's code");
    case("base = [45.1, 4.9]", "base = 26325", 38, "le code d'une commune", "a commune's code");
    case(
        "consultations_per_half_day = 12",
        "consultations_per_half_day = \"many\"",
        18,
        "\"unlimited\"",
        "unlimited",
    );
    case("lunch_break = \"30min\"", "lunch_break = true", 16, "doit être un texte", "a text");
}

#[test]
fn a_section_given_as_a_list_is_said_once() {
    let folder =
        Folder::replacing("territory.toml", "[[vehicle]]\nid = \"bus-1\"", "[vehicle]\nid = \"bus-1\"");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::En)).collect();
    assert!(
        said.iter().any(|message| message.contains("line 30") || message.contains("line 36")),
        "{said:?}"
    );
}

#[test]
fn durations_carry_their_unit() {
    case(
        "lunch_break = \"30min\"",
        "lunch_break = 30",
        16,
        "n'a pas d'unité. Écrivez par exemple \"75min\"",
        "no unit",
    );
    case(
        "lunch_break = \"30min\"",
        "lunch_break = \"30\"",
        16,
        "« 30 » n'est pas une durée",
        "not a duration",
    );
    case("\"2h\"", "\"-2h\"", 35, "« -2h » n'est pas une durée", "not a duration");
    case("\"2h\"", "\"25h\"", 35, "25h dépasse 24h", "25h is more than 24h");
}

#[test]
fn hours_are_two_clock_times_in_order() {
    case(
        "\"09:00-13:00\"",
        "\"9h-13h\"",
        14,
        "n'est pas un horaire. Écrivez par exemple \"09:00-13:00\"",
        "clock times",
    );
    case("\"09:00-13:00\"", "\"09:00-25:00\"", 14, "n'est pas un horaire", "clock times");
    case(
        "\"09:00-13:00\"",
        "\"13:00-09:00\"",
        14,
        "la fin (09:00) n'est pas après le début (13:00)",
        "not after",
    );
    case(
        "\"14:00-18:00\"",
        "\"12:00-18:00\"",
        15,
        "l'après-midi commence (12:00) avant la fin",
        "before the morning",
    );
    case(
        "\"30min\"",
        "\"61min\"",
        16,
        "la pause de 1h01 dépasse le temps entre",
        "longer than the time between",
    );
}

#[test]
fn numbers_lie_in_their_range() {
    case("cycle_weeks = 2", "cycle_weeks = 0", 12, "est hors de [1, 52]", "outside [1, 52]");
    case("cycle_weeks = 2", "cycle_weeks = 53", 12, "est hors de [1, 52]", "outside [1, 52]");
    case("weeks_per_year = 46", "weeks_per_year = 0", 13, "est hors de ]0, 53]", "outside ]0, 53]");
    case(
        "weeks_per_year = 46",
        "weeks_per_year = nan",
        13,
        "n'est pas un nombre fini",
        "not a finite number",
    );
    case("reached = 1.0", "reached = -0.5", 9, "« -0,5 » est hors de", "-0.5 is outside");
    case("reached = 1.0", "reached = inf", 9, "n'est pas un nombre fini", "not a finite number");
    case("weight = 10.0", "weight = 1e300", 25, "« 1e300 » est hors de", "1e300 is outside");
    case("visits_per_year = 6.0", "visits_per_year = 0", 24, "est hors de ]0, 1000]", "outside ]0, 1000]");
    case("half_day = 12", "half_day = -1", 18, "consultations par demi-journée", "consultations a half-day");
    case("half_days_per_week = 3", "half_days_per_week = 15", 34, "hors de [0, 14]", "outside [0, 14]");
    case("half_days_per_week = 3", "half_days_per_week = -1", 34, "hors de [0, 14]", "outside [0, 14]");
    case(
        "min_half_days_per_site = 1",
        "min_half_days_per_site = 5",
        29,
        "(5) dépasse le maximum",
        "half-days (5) is above",
    );
    case("[45.1, 4.9]", "[95.1, 4.9]", 38, "la latitude « 95,1 » est hors de [-90, 90]", "latitude 95.1");
    case("[45.1, 4.9]", "[45.1, nan]", 38, "la longitude « NaN » n'est pas un nombre fini", "longitude NaN");
    case("share = 0.5", "share = 0", 21, "la part « 0 » est hors de ]0, 1]", "share 0 is outside");
    let huge = "cycle_weeks = 99999999999999999999999999999999999999";
    case("cycle_weeks = 2", huge, 12, "hors de [1, 52]", "outside [1, 52]");
}

#[test]
fn an_objective_without_weight_is_refused() {
    case(
        "reached = 1.0\nfollowed = 2",
        "reached = 0\nfollowed = 0.0",
        8,
        "rien ne serait à maximiser",
        "weight above zero",
    );
}

#[test]
fn bands_go_further_and_shares_fall() {
    case("within = \"20min\"", "within = \"10min\"", 21, "ne va pas plus loin", "goes no further");
    case("share = 0.5", "share = 1.0", 21, "n'est pas inférieure à la précédente (1)", "not below");
    case(
        "  { within = \"10min\", share = 1.0 },\n  { within = \"20min\", share = 0.5 },",
        "",
        19,
        "aucune tranche",
        "no band",
    );
}

#[test]
fn capacity_is_stated_once() {
    let both = "consultations_per_half_day = 12\nconsultation = { first = \"40min\", follow_up = \"20min\", first_share = 0.3, setup = \"30min\" }";
    case("consultations_per_half_day = 12", both, 19, "Gardez l'un des deux", "Keep one of them");
    let all_setup =
        "consultation = { first = \"40min\", follow_up = \"20min\", first_share = 0.3, setup = \"4h\" }";
    case(
        "consultations_per_half_day = 12",
        all_setup,
        18,
        "l'installation (4h) prend toute",
        "takes the whole",
    );
    let share =
        "consultation = { first = \"40min\", follow_up = \"20min\", first_share = 1.3, setup = \"1h\" }";
    case("consultations_per_half_day = 12", share, 18, "la part « 1,3 » est hors de [0, 1]", "share 1.3");
    let no_time =
        "consultation = { first = \"0min\", follow_up = \"0s\", first_share = 0.3, setup = \"1h\" }";
    case("consultations_per_half_day = 12", no_time, 18, "ne durerait pas", "no time");
    let lacking = "consultation = { first = \"40min\", follow_up = \"20min\", setup = \"1h\" }";
    case(
        "consultations_per_half_day = 12",
        lacking,
        18,
        "il manque la clé care.consultation.first_share",
        "missing",
    );
}

#[test]
fn vehicles_have_names_and_bases() {
    case("id = \"bus-2\"", "id = \"bus-1\"", 37, "« bus-1 » est déjà à la ligne 31", "already on line 31");
    case("id = \"bus-1\"", "id = \" \"", 31, "vehicle[0].id est vide", "is empty");
    case(
        "base = \"26325\"",
        "base = \"99999\"",
        32,
        "la base « 99999 » n'est ni une commune",
        "give the base's position",
    );
    case("base = \"26325\"", "base = \"\"", 32, "vehicle[0].base est vide", "is empty");
    case(
        "\"tue-am\"",
        "\"mardi\"",
        33,
        "« mardi » n'est pas une demi-journée. Écrivez mon, tue",
        "not a half-day",
    );
    case("[\"mon\", \"tue-am\"]", "[]", 33, "ne travaille aucune demi-journée", "works on no half-day");
}

#[test]
fn a_territory_has_vehicles() {
    let folder = Folder::valid();
    let (toml, _) = super::folder::TOML.split_once("[[vehicle]]").unwrap();
    folder.write("territory.toml", toml);
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::En)).collect();
    assert!(
        said.iter()
            .any(|message| message.contains("[[vehicle]]") || message.contains("key vehicle is missing")),
        "{said:?}"
    );
}

#[test]
fn paths_are_not_empty() {
    case("file = \"communes.csv\"", "file = \"\"", 3, "communes.file est vide", "is empty");
}
