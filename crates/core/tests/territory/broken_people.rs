//! Each way of getting names, words, numbers, doctors and activities wrong is named with its line and remedy.

use medicobus_core::lang::Lang;

use super::with_people::{self, doubtful, folder, replacing, site, wrong};

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
    doubtful(
        "days = [\"mon\", \"tue-am\"]",
        "days = [\"sun\"]",
        36,
        "aucune demi-journée où roule un véhicule",
        "no half-day on which a vehicle does",
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
    let toml = with_people::TOML;
    let folder = folder();
    let (head, tail) =
        (toml.find("[[activity]]\nid = \"distance\"").unwrap(), toml.find("[[booking]]").unwrap());
    folder.write("territory.toml", format!("{}{}", &toml[..head], &toml[tail..]));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("ligne 51 : loin ne travaille qu'à distance"), "{said:?}");
    doubtful(
        "specialty = \"cardio\"",
        "specialty = \"cardio\"\nremote = true",
        49,
        "ce spécialiste",
        "this specialist",
    );
    let folder = with_people::folder();
    let specialists = toml.replace("name = \"Dr Durand\"", "specialty = \"cardio\"");
    folder.write("territory.toml", specialists.replace("remote = true", "specialty = \"cardio\""));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(said.len() == 1 && said[0].contains("aucun médecin n'est généraliste"), "{said:?}");
}

#[test]
fn age_is_a_warning_for_territorial_employees_alone() {
    doubtful("born = 1960", "born = 1958", 42, "aura 68 ans en 2026", "is 68 in 2026");
    assert_eq!(replacing("territory.toml", "born = 1960", "born = 1959").faults(), [], "67 that year");
    let liberal = with_people::TOML.replace("\"territorial\"", "\"liberal\"").replace("1960", "1940");
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
fn a_table_of_sites_that_cannot_be_read_hides_no_names() {
    let folder = replacing("sites.csv", "id,commune", "ident,commune");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
}
