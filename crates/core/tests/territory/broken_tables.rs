//! Each way of breaking `communes.csv` and `sites.csv` is named with its line and remedy.

use super::folder::{COMMUNES, Case, Folder, SITES};
use medicobus_core::lang::Lang;
use medicobus_core::territory::read;

fn commune(from: &'static str, to: &'static str, line: u64, french: &'static str, english: &'static str) {
    Case { file: "communes.csv", from, to, blame: "communes.csv", line: Some(line), french, english }.check();
}

fn site(from: &'static str, to: &'static str, line: u64, french: &'static str, english: &'static str) {
    Case { file: "sites.csv", from, to, blame: "sites.csv", line: Some(line), french, english }.check();
}

#[test]
fn coordinates_are_on_the_earth() {
    commune(
        "45.24,4.85",
        "145.2,4.85",
        3,
        "la latitude « 145,2 » est hors de [-90, 90]. Corrigez la coordonnée (degrés décimaux, WGS84).",
        "145.2 is outside [-90, 90]",
    );
    commune("45.24,4.85", "45.24,184.85", 3, "la longitude « 184,85 »", "the longitude 184.85");
    commune("45.24,4.85", "nan,4.85", 3, "n'est pas un nombre fini", "not a finite number");
    commune("45.24,4.85", "1e999,4.85", 3, "n'est pas un nombre fini", "not a finite number");
    commune("45.24,4.85", "nord,4.85", 3, "lat : « nord » n'est pas un nombre", "\"nord\" is not a number");
    commune("45.24,4.85", ",4.85", 3, "lat est vide", "lat is empty");
    site("45.25,4.86", "45.25,-184.86", 3, "la longitude « -184,86 »", "the longitude -184.86");
    site("45.25,4.86", "45.25,", 3, "qu'une de ses deux coordonnées", "only one of its two coordinates");
    site("45.25,4.86", ",4.86", 3, "Donnez lat et lon, ou aucune", "Give both lat and lon");
}

#[test]
fn an_unknown_count_is_not_nobody() {
    commune(
        "15,14,140",
        "15,,140",
        3,
        "nombre de patients elderly est vide ; inconnu ne veut pas dire zéro. Écrivez le nombre, ou 0",
        "unknown does not mean none",
    );
    commune("15,14,140", "-15,14,140", 3, "le nombre de patients « -15 » est hors de", "-15 is outside");
    commune("15,14,140", "15,14,1e300", 3, "« 1e300 » est hors de [0, 20000000]", "1e300");
    commune("15,14,140", "15,14,inf", 3, "n'est pas un nombre fini", "not a finite number");
    commune("15,14,140", "15,14,beaucoup", 3, "other : « beaucoup » n'est pas un nombre", "not a number");
    commune("1900", "-1", 3, "la population « -1 »", "the population -1");
}

#[test]
fn names_are_present_and_unique() {
    commune("26009,", "26325,", 4, "« 26325 » est déjà à la ligne 2. Gardez-en un seul", "already on line 2");
}

#[test]
fn blank_names_are_refused() {
    commune("26009,Andancette", "26009,", 4, "name est vide", "name is empty");
    site("halle,26002", ",26002", 3, "id est vide", "id is empty");
    site("halle,26002", "halle,", 3, "commune est vide", "commune is empty");
}

#[test]
fn sites_lie_in_known_communes_under_names_of_their_own() {
    site(
        "halle,26002",
        "halle,99999",
        3,
        "aucune commune n'a le code « 99999 ». Corrigez le code",
        "no commune has the code",
    );
    site("halle,26002", "26325,26325", 3, "« 26325 » est déjà à la ligne 2", "already on line 2");
    site("halle,26002", "26009,26002", 3, "porte le code d'une autre commune", "code of another commune");
    site("halle,26002", "base:halle,26002", 3, "commence par « base: », réservé", "kept for bases");
}

#[test]
fn limits_of_sites_make_sense() {
    site(
        ",1,2\n",
        ",3,2\n",
        3,
        "le minimum de demi-journées (3) dépasse le maximum (2)",
        "half-days (3) is above",
    );
    site(
        ",1,2\n",
        ",5,\n",
        3,
        "le minimum de demi-journées (5) dépasse le maximum (4)",
        "half-days (5) is above",
    );
    site(
        ",1,2\n",
        ",,0\n",
        3,
        "le minimum de demi-journées (1) dépasse le maximum (0)",
        "half-days (1) is above",
    );
    site(",1,2\n", ",1.5,2\n", 3, "min_half_days : « 1.5 » n'est pas un nombre entier", "whole number");
    site(",1,2\n", ",-1,2\n", 3, "« -1 » est hors de", "-1 is outside");
    site(",1,2\n", ",1,deux\n", 3, "max_half_days : « deux » n'est pas un nombre", "not a number");
}

#[test]
fn opening_words_are_known() {
    site(
        "mon tue-am",
        "mon lundi",
        3,
        "open : « lundi » n'est pas une demi-journée",
        "\"lundi\" is not a half-day",
    );
    site("mon tue-am", "mon tue-noon", 3, "« tue-noon » n'est pas", "\"tue-noon\"");
}

#[test]
fn rows_have_the_cells_of_the_header() {
    commune(
        "26002,Albon,45.24,",
        "26002,Albon,45,24,",
        3,
        "10 cellules au lieu de 9",
        "10 cells instead of 9",
    );
    commune(
        "26002,Albon,45.24,4.85",
        "26002,Albon,4.85",
        3,
        "8 cellules au lieu de 9. Mettez entre guillemets",
        "8 cells",
    );
    commune("26002,Albon", "26002,\"Albon", 3, "un guillemet s'ouvre et ne se ferme pas", "does not close");
}

#[test]
fn columns_are_named_once_and_all_there() {
    commune(
        "lat,lon",
        "latitude,lon",
        1,
        "colonnes manquantes : lat. Renommez « latitude » en « lat »",
        "Rename",
    );
    commune(
        "ald,elderly,other",
        "a,b,c",
        1,
        "colonnes manquantes : ald, elderly, other",
        "missing columns: ald",
    );
    commune(",zone\n", ",ald\n", 1, "« ald » est là deux fois", "there twice");
    commune(
        ",zone\n",
        ",couleur\n",
        1,
        "la colonne « couleur » est inconnue",
        "column \"couleur\" is unknown",
    );
}

#[test]
fn a_missing_column_is_the_only_thing_said_of_its_table() {
    let folder = Folder::replacing("sites.csv", "id,commune", "ident,commune");
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("sites.csv, ligne 1 : colonnes manquantes : id"), "{said:?}");
}

#[test]
fn zones_and_codes_that_look_wrong_are_warnings() {
    commune("140,ZAC", "140,Zac", 3, "le zonage « Zac » est inconnu", "the zone \"Zac\" is unknown");
    let folder = Folder::replacing("communes.csv", "26009,Andancette", "1009,Andancette");
    folder.write("times.csv", "from,to,seconds\n26325,halle,600\nhalle,26325,600\n");
    let sources = read(&folder.path("territory.toml")).unwrap();
    assert_eq!(sources.warnings.len(), 1);
    let said = sources.warnings[0].message(Lang::Fr);
    assert!(
        said.contains("communes.csv, ligne 4 : le code « 1009 » semble avoir perdu son zéro initial"),
        "{said}"
    );
}

#[test]
fn a_code_without_its_zero_is_recognised_where_it_is_used() {
    let folder = Folder::valid();
    folder.write("communes.csv", COMMUNES.replace("26002", "01002"));
    folder.write("sites.csv", SITES.replace("26002", "1002"));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(said[0].contains("« 1002 » ; est-ce « 01002 » ?"), "{said:?}");
}

#[test]
fn files_hold_text() {
    let broken: [(&[u8], Option<u64>, &str); 6] = [
        (b"", None, "ce fichier est vide"),
        (b"\xEF\xBB\xBF \r\n", Some(1), "ce fichier est vide"),
        (b"code,name,lat,lon,population,ald,elderly,other\n", Some(1), "n'a que ses titres"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", Some(1), "ce n'est pas un fichier de texte. Exportez"),
        (b"\xFF\xFEc\0o\0d\0e\0", Some(1), "le texte n'est pas en UTF-8"),
        (
            b"code,name,lat,lon,population,ald,elderly,other\n26001,Chantem\xE9rle,45,5,9,1,1,1\n",
            Some(2),
            "Enregistrez le fichier en UTF-8",
        ),
    ];
    for (bytes, line, french) in broken {
        let folder = Folder::valid();
        folder.write("communes.csv", bytes);
        // Nothing else points at a commune, so that nothing else can be wrong.
        folder.write(
            "territory.toml",
            "name = \"x\"\n[communes]\nfile = \"communes.csv\"\n[[vehicle]]\nid = \"b\"\nbase = [45, 5]\n",
        );
        let faults = read(&folder.path("")).unwrap_err().faults().to_vec();
        let said: Vec<String> = faults.iter().map(|fault| fault.message(Lang::Fr)).collect();
        assert_eq!(faults.len(), 1, "{said:?}");
        assert_eq!(faults[0].line.or(Some(1)), line.or(Some(1)), "{said:?}");
        assert!(said[0].contains("communes.csv") && said[0].contains(french), "{said:?}");
    }
}

#[test]
fn a_line_is_not_endless() {
    let folder = Folder::valid();
    folder.write("communes.csv", "x".repeat(100_000));
    let said: Vec<String> = folder.faults().iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("cette ligne dépasse 64 KiB"), "{said:?}");
}

#[test]
fn a_flood_of_faults_is_counted() {
    let folder = Folder::valid();
    let rows: String = (0..300).map(|i| format!("{i:05},Nom,x,4.8,,1,1,1,\n")).collect();
    folder.write("communes.csv", format!("{}\n{rows}", COMMUNES.lines().next().unwrap()));
    let faults: Vec<_> =
        folder.faults().into_iter().filter(|fault| fault.file.ends_with("communes.csv")).collect();
    assert_eq!(faults.len(), 51);
    assert!(faults[50].message(Lang::Fr).contains("non listés : 250 autres erreurs"));
}
