//! Each way of getting weeks, doctors, activities, bookings and calendars wrong is named with its line and remedy.

use std::fs;

use medicobus_core::lang::Lang;
use medicobus_core::territory::Severity;

use super::folder::Folder;
use super::people::folder;

/// The territory with one text of a file replaced, which must be there.
fn replacing(file: &str, from: &str, to: &str) -> Folder {
    let folder = folder();
    let text = fs::read_to_string(folder.path(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    folder.write(file, text.replacen(from, to, 1));
    folder
}

/// A change brings about exactly one fault, of that severity, on that line and with these words.
#[track_caller]
fn check(severity: Severity, file: &str, from: &str, to: &str, line: u64, french: &str, english: &str) {
    let faults = replacing(file, from, to).faults();
    let said = faults.iter().map(|fault| fault.message(Lang::Fr)).collect::<Vec<_>>().join("\n");
    let context = format!("{from} -> {to} in {file}:\n{said}");
    assert_eq!(faults.len(), 1, "{context}");
    assert_eq!(faults[0].fault.severity(), severity, "{context}");
    assert_eq!(faults[0].file.file_name().unwrap().to_str().unwrap(), file, "{context}");
    assert_eq!(faults[0].line, Some(line), "{context}");
    assert!(said.contains(french), "{french:?} is not said: {context}");
    let message = faults[0].message(Lang::En);
    assert!(message.contains(english), "{english:?} is not said: {message}");
}

#[track_caller]
fn wrong(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "territory.toml", from, to, line, french, english);
}

#[track_caller]
fn doubtful(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Warning, "territory.toml", from, to, line, french, english);
}

#[track_caller]
fn site(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "sites.csv", from, to, line, french, english);
}

#[track_caller]
fn session(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "sessions.csv", from, to, line, french, english);
}

#[test]
fn names_point_at_what_exists() {
    wrong(
        "prefers = [\"halle\"]",
        "prefers = [\"hale\"]",
        44,
        "« hale » ; est-ce « halle »",
        "did you mean \"halle\"",
    );
    wrong(
        "refuses = [\"26325\"]",
        "refuses = [\"ailleurs\"]",
        45,
        "aucun site ne s'appelle",
        "no site has the name",
    );
    wrong(
        "specialty = \"cardio\"",
        "specialty = \"cardo\"",
        48,
        "est-ce « cardio »",
        "no activity has the name",
    );
    wrong("sites = [\"halle\"]", "sites = [\"hall\"]", 59, "est-ce « halle »", "no site has the name");
    wrong(
        "site = \"halle\"\nweeks = [2",
        "site = \"salle\"\nweeks = [2",
        69,
        "« salle » ; est-ce",
        "no site has",
    );
    wrong(
        "vehicle = \"bus-1\"\nhalf",
        "vehicle = \"bus-7\"\nhalf",
        74,
        "aucun véhicule ne s'appelle",
        "no vehicle",
    );
    wrong(
        "doctor = \"durand\"",
        "doctor = \"dupond\"",
        82,
        "aucun médecin ne s'appelle",
        "no doctor has the name",
    );
    wrong(
        "activity = \"general\"",
        "activity = \"danse\"",
        83,
        "aucune activité ne s'appelle",
        "no activity has",
    );
    wrong("max_gap:halle", "max_gap:hale", 20, "est-ce « halle »", "did you mean");
}

#[test]
fn names_are_unique_and_present() {
    wrong("id = \"loin\"", "id = \"durand\"", 50, "« durand » est déjà à la ligne 34", "already on line 34");
    wrong("id = \"loin\"", "id = \"\"", 50, "doctor[2].id est vide", "is empty");
    wrong("id = \"martin\"\n", "", 46, "il manque la clé doctor[1].id", "is missing");
    wrong(
        "id = \"distance\"",
        "id = \"depistage\"",
        64,
        "« depistage » est déjà à la ligne 61",
        "already on line 61",
    );
    wrong(
        "id = \"distance\"",
        "id = \"general\"",
        64,
        "désigne la médecine générale",
        "stands for general practice",
    );
}

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
fn a_wrong_cycle_brings_no_other_fault_about() {
    wrong("cycle_weeks = 4", "cycle_weeks = 99", 9, "hors de [1, 52]", "outside [1, 52]");
    wrong("cycle_weeks = 4", "cycle_weeks = \"4\"", 9, "doit être un nombre entier", "a whole number");
}

#[test]
fn words_are_among_those_known() {
    wrong("\"territorial\"", "\"teritorial\"", 41, "est-ce « territorial »", "did you mean \"territorial\"");
    wrong(
        "\"territorial\"",
        "\"mairie\"",
        41,
        "Écrivez l'un de : territorial, hospital,",
        "Write one of: territorial",
    );
    wrong(
        "kind = \"specialty\"",
        "kind = \"speciality\"",
        55,
        "est-ce « specialty »",
        "did you mean \"specialty\"",
    );
    wrong("kind = \"required\"", "kind = \"obligatoire\"", 68, "required, forbidden, locked", "Write one of");
    wrong(
        "\"changes\"",
        "\"changs\"",
        22,
        "« changs » est inconnu ; est-ce « changes » ?",
        "did you mean \"changes\"",
    );
    wrong(
        "\"changes\"",
        "\"budget\"",
        22,
        "required_site, every, visits, max_gap",
        "Write one of: required_site",
    );
    site(",oui,", ",peut-être,", 3, "required : « peut-être » n'est ni oui ni non", "neither yes nor no");
    wrong("remote = true", "remote = \"oui\"", 51, "true ou false", "true or false");
    wrong(
        "departments = [\"26\", \"07\"]",
        "departments = \"26\"",
        43,
        "une liste de textes",
        "a list of texts",
    );
    wrong("\"07\"]", "7]", 43, "doit être un texte", "must be a text");
}

#[test]
fn numbers_lie_in_their_range() {
    wrong(
        "year = 2026",
        "year = 26",
        10,
        "l'année « 26 » est hors de [1900, 2200]",
        "the year 26 is outside",
    );
    wrong("unscheduled_share = 0.1", "unscheduled_share = 0.2", 13, "hors de [0, 0.15]", "the share 0.2");
    wrong(
        "max_gap = 14",
        "max_gap = 0",
        15,
        "le nombre de jours entre deux visites",
        "days between two visits",
    );
    wrong("doctors_per_site = 2", "doctors_per_site = 0", 17, "médecins par site « 0 »", "doctors a site 0");
    wrong("prevention_share = 0.05", "prevention_share = 1.5", 18, "hors de [0, 1]", "the share 1.5");
    wrong("price = 10 }", "price = 0 }", 20, "le prix « 0 » est hors de ]0,", "the price 0 is outside");
    wrong("price = 10 }", "price = -1 }", 20, "le prix « -1 »", "the price -1");
    wrong("share = 0.5", "share = 0", 56, "la part « 0 » est hors de ]0, 1]", "the share 0");
    wrong("share = 0.5", "share = 1.01", 56, "hors de ]0, 1]", "outside ]0, 1]");
    wrong("born = 1960", "born = 60", 42, "l'année « 60 »", "the year 60");
    wrong(
        "consultations_per_half_day = 8",
        "consultations_per_half_day = 0",
        66,
        "consultations par",
        "consultations a",
    );
    wrong(
        "max_changes = 3",
        "max_changes = -1",
        86,
        "le nombre de changements « -1 »",
        "number of changes -1",
    );
    site(",2,2,\n", ",0,2,\n", 2, "semaines d'une visite à l'autre « 0 »", "from one visit to the next 0");
    site(",2,2,\n", ",2,1.5,\n", 2, "visits : « 1.5 » n'est pas un nombre entier", "not a whole number");
    site(",2,2,\n", ",2,2,quinze\n", 2, "max_gap : « quinze » n'est pas un nombre", "not a number");
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
    let toml = super::people::TOML.replace("max_gap:halle", "max_gap:26325");
    folder.write("territory.toml", toml);
    assert_eq!(folder.faults(), [], "26325 may have a longer gap, at its price");
}

#[test]
fn a_required_site_is_open_sometime() {
    let folder = replacing("sites.csv", ",odd,,2,2,", ",even,yes,,,");
    let toml = super::people::TOML.split("[[doctor]]").next().unwrap();
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

#[test]
fn doctors_can_work_somewhere_at_some_time() {
    doubtful(
        "days = [\"mon\", \"tue-am\"]",
        "days = []",
        36,
        "disponible sur aucune demi-journée",
        "available on no",
    );
    doubtful(
        "half_days_per_cycle = 3",
        "half_days_per_cycle = 0",
        36,
        "aucune demi-journée",
        "on no half-day",
    );
    doubtful("{ weeks = [4] }", "{ weeks = \"odd\" }", 36, "aucune demi-journée", "on no half-day");
    wrong(
        "\"07\"]",
        "\"Ardèche\"]",
        43,
        "« Ardèche » n'est pas le code d'un département",
        "code of a department",
    );
    wrong("\"07\"]", "\"7\"]", 43, "« 7 » n'est pas le code d'un département", "code of a department");
    wrong("[\"26\", \"07\"]", "[]", 43, "ne serait autorisé nulle part", "authorised nowhere");
    doubtful(
        "[\"26\", \"07\"]",
        "[\"971\"]",
        43,
        "aucun site n'est dans les départements",
        "no site lies in",
    );
    wrong(
        "refuses = [\"26325\"]",
        "refuses = [\"halle\"]",
        45,
        "à la fois préféré et refusé",
        "both preferred",
    );
}

#[test]
fn specialties_have_doctors_and_doctors_specialties() {
    wrong(
        "specialty = \"cardio\"",
        "specialty = \"distance\"",
        48,
        "n'est pas une activité de genre",
        "not an activity of",
    );
    doubtful(
        "specialty = \"cardio\"\n",
        "",
        52,
        "aucun médecin n'a la spécialité « cardio »",
        "no doctor has",
    );
    let toml = super::people::TOML;
    let folder = folder();
    let (head, tail) =
        (toml.find("[[activity]]\nid = \"distance\"").unwrap(), toml.find("[[booking]]").unwrap());
    folder.write("territory.toml", format!("{}{}", &toml[..head], &toml[tail..]));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("ligne 51 : ce médecin ne travaille qu'à distance"), "{said:?}");
    doubtful(
        "specialty = \"cardio\"",
        "specialty = \"cardio\"\nremote = true",
        49,
        "ce spécialiste",
        "this specialist",
    );
    let folder = super::people::folder();
    let specialists = toml.replace("name = \"Dr Durand\"", "specialty = \"cardio\"");
    folder.write("territory.toml", specialists.replace("remote = true", "specialty = \"cardio\""));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(said.len() == 1 && said[0].contains("aucun médecin n'est généraliste"), "{said:?}");
}

#[test]
fn age_is_a_warning_for_territorial_employees_alone() {
    doubtful("born = 1960", "born = 1958", 42, "aura 68 ans en 2026", "is 68 in 2026");
    assert_eq!(replacing("territory.toml", "born = 1960", "born = 1959").faults(), [], "67 that year");
    let liberal = super::people::TOML.replace("\"territorial\"", "\"liberal\"").replace("1960", "1940");
    let folder = folder();
    folder.write("territory.toml", liberal);
    assert_eq!(folder.faults(), []);
    doubtful("year = 2026\n", "", 41, "sans l'année du calendrier", "Add year under [calendar]");
}

#[test]
fn activities_make_sense() {
    wrong(
        "at_least = 1",
        "at_least = 3",
        58,
        "le minimum de demi-journées (3) dépasse",
        "half-days (3) is above",
    );
    wrong(
        "kind = \"remote\"",
        "kind = \"remote\"\nshare = 0.5",
        66,
        "share ne vaut pas pour kind",
        "share is not for",
    );
    wrong(
        "consultations_per_half_day = 8\n",
        "",
        63,
        "il manque la clé activity[2].consultations",
        "is missing",
    );
    wrong(
        "kind = \"prevention\"",
        "kind = \"prevention\"\nconsultations_per_half_day = 8",
        63,
        "consultations_per_half_day ne vaut pas pour kind = \"prevention\"",
        "is not for kind",
    );
    doubtful("sites = [\"halle\"]", "sites = []", 59, "n'aurait lieu nulle part", "would take place nowhere");
    // 30 half-days of bus-1 in three weeks and 40 of bus-2: a twentieth is 3.5.
    doubtful(
        "kind = \"prevention\"",
        "kind = \"prevention\"\nat_least = 4",
        63,
        "au moins 4 demi-journées de prévention sont demandées, et prevention_share n'en laisse que 3,5",
        "leaves only 3.5",
    );
    assert_eq!(
        replacing("territory.toml", "kind = \"prevention\"", "kind = \"prevention\"\nat_least = 3").faults(),
        []
    );
}

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

#[test]
fn a_table_of_sites_that_cannot_be_read_hides_no_names() {
    let folder = replacing("sites.csv", "id,commune", "ident,commune");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
}
