//! All that is wrong is said in one go.

use super::folder::Folder;
use medicobus_core::lang::Lang;
use medicobus_core::territory::{read, read_with_times};

#[test]
fn faults_of_every_file_come_together_in_order() {
    let folder = Folder::replacing("territory.toml", "cycle_weeks = 2", "cycle_weeks = 99");
    folder.write(
        "territory.toml",
        std::fs::read_to_string(folder.path("territory.toml")).unwrap().replace("\"2h\"", "2"),
    );
    folder.write(
        "communes.csv",
        "code,name,lat,lon,population,ald,elderly,other,zone\n26325,A,45,5,1,x,,1,\n26325,B,95,5,1,1,1,1,\n26009,C,45,5,1,1,1,1,\n",
    );
    folder.write("sites.csv", "id,commune,open\nhalle,99999,mon\n26009,26009,dimanche\n");
    folder.write("times.csv", "from,to,seconds\n26325,halle,-5\n");
    let error = read_with_times(&folder.path("territory.toml"), None).unwrap_err();
    assert!(!error.is_io());
    let said: Vec<(String, u64)> = error
        .faults()
        .iter()
        .filter(|fault| fault.fault.is_error())
        .map(|fault| (fault.file.file_name().unwrap().to_string_lossy().into_owned(), fault.line.unwrap()))
        .collect();
    let expected = [
        ("territory.toml", 12),
        ("territory.toml", 35),
        ("communes.csv", 2),
        ("communes.csv", 2),
        ("communes.csv", 3),
        ("communes.csv", 3),
        ("sites.csv", 2),
        ("sites.csv", 3),
        ("times.csv", 2),
    ];
    assert_eq!(said, expected.map(|(file, line)| (file.to_owned(), line)), "{error}");
}

#[test]
fn a_missing_file_does_not_hide_what_is_wrong_elsewhere() {
    let folder = Folder::replacing("territory.toml", "cycle_weeks = 2", "cycle_weeks = 99");
    std::fs::remove_file(folder.path("communes.csv")).unwrap();
    let error = read_with_times(&folder.path(""), None).unwrap_err();
    assert!(error.is_io());
    let said = error.message(Lang::Fr);
    assert_eq!(error.faults().len(), 2, "{said}");
    assert!(said.contains("communes.csv : ce fichier n'existe pas. Vérifiez le nom"), "{said}");
    assert!(said.contains("territory.toml, ligne 12"), "{said}");
}

#[test]
fn a_folder_or_nothing_in_the_place_of_a_file_is_said_plainly() {
    let folder = Folder::valid();
    let error = read(&folder.path("nulle-part")).unwrap_err();
    assert!(error.is_io() && error.message(Lang::Fr).contains("ce fichier n'existe pas"), "{error}");
    assert_eq!(error.faults().len(), 1, "{error}");
    std::fs::remove_file(folder.path("sites.csv")).unwrap();
    std::fs::create_dir(folder.path("sites.csv")).unwrap();
    let error = read(&folder.path("")).unwrap_err();
    assert!(error.is_io() && error.message(Lang::Fr).contains("sites.csv : c'est un dossier"), "{error}");
    assert_eq!(error.faults().len(), 1, "{error}");
}

#[test]
fn a_territory_file_that_is_no_toml_text_is_one_fault() {
    let texts: [(&[u8], &str); 4] = [
        (b"", "ce fichier est vide"),
        (b"name = \"\xE9\"", "UTF-8"),
        (b"\0\x01\x02", "pas un fichier de texte"),
        (&[b'#'; 2 << 20], "dépasse 1 MiB"),
    ];
    for (bytes, french) in texts {
        let folder = Folder::valid();
        folder.write("territory.toml", bytes);
        let error = read(&folder.path("")).unwrap_err();
        assert_eq!(error.faults().len(), 1, "{error}");
        assert!(!error.is_io() && error.message(Lang::Fr).contains(french), "{error}");
    }
}
