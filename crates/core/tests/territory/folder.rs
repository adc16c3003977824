//! A small valid territory in a temporary folder, and ways to break it.

use std::fs;
use std::path::PathBuf;

use medicobus_core::lang::Lang;
use medicobus_core::territory::{LocatedFault, read_with_times};
use tempfile::TempDir;

pub(crate) const TOML: &str = r#"name = "Essai"
[communes]
file = "communes.csv"
[sites]
file = "sites.csv"
[times]
file = "times.csv"
[objective]
reached = 1.0
followed = 2
[calendar]
cycle_weeks = 2
weeks_per_year = 46
morning = "09:00-13:00"
afternoon = "14:00-18:00"
lunch_break = "30min"
[care]
consultations_per_half_day = 12
reach = [
  { within = "10min", share = 1.0 },
  { within = "20min", share = 0.5 },
]
[care.ald]
visits_per_year = 6.0
weight = 10.0
[rules]
one_vehicle_per_site = true
min_half_days_per_site = 1
max_half_days_per_site = 4
[[vehicle]]
id = "bus-1"
base = "26325"
days = ["mon", "tue-am"]
half_days_per_week = 3
max_drive_per_day = "2h"
[[vehicle]]
id = "bus-2"
base = [45.1, 4.9]
"#;

pub(crate) const COMMUNES: &str = "\
code,name,lat,lon,population,ald,elderly,other,zone
26325,Saint-Rambert-d'Albon,45.29,4.81,6500,60,50,480,ZIP
26002,Albon,45.24,4.85,1900,15,14,140,ZAC
26009,Andancette,45.24,4.81,,12,10,95.5,
";

pub(crate) const SITES: &str = "\
id,commune,lat,lon,name,open,min_half_days,max_half_days
26325,26325,,,,,,
halle,26002,45.25,4.86,La Halle,mon tue-am,1,2
";

pub(crate) const TIMES: &str = "\
from,to,seconds,metres
26325,halle,600,8000
halle,26325,610.5,
26002,halle,120,1000
26009,halle,,
26009,26325,400,5000
base:bus-2,halle,900,12000
";

/// The folder of a territory.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A valid territory.
    pub(crate) fn valid() -> Folder {
        let folder = Folder(TempDir::new().unwrap());
        for (file, text) in
            [("territory.toml", TOML), ("communes.csv", COMMUNES), ("sites.csv", SITES), ("times.csv", TIMES)]
        {
            folder.write(file, text);
        }
        folder
    }

    /// The same with one text replaced, which must be there.
    pub(crate) fn replacing(file: &str, from: &str, to: &str) -> Folder {
        let folder = Folder::valid();
        let text = fs::read_to_string(folder.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        folder.write(file, text.replacen(from, to, 1));
        folder
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(file), bytes).unwrap();
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Everything wrong with the territory and its travel times.
    pub(crate) fn faults(&self) -> Vec<LocatedFault> {
        match read_with_times(self.0.path(), None) {
            Ok((sources, _)) => sources.warnings,
            Err(error) => error.faults().to_vec(),
        }
    }
}

/// What is replaced in which file of the valid territory, and what must be said about it.
pub(crate) struct Case {
    pub(crate) file: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    /// The file to blame, where it is not the one changed.
    pub(crate) blame: &'static str,
    pub(crate) line: Option<u64>,
    /// A part of the French message.
    pub(crate) french: &'static str,
    /// A part of the English message.
    pub(crate) english: &'static str,
}

impl Case {
    /// The change brings about exactly one fault, at its place and with its words.
    pub(crate) fn check(&self) {
        let faults = Folder::replacing(self.file, self.from, self.to).faults();
        let said = faults.iter().map(|fault| fault.message(Lang::Fr)).collect::<Vec<_>>().join("\n");
        let context = format!("{} -> {} in {}:\n{said}", self.from, self.to, self.file);
        assert_eq!(faults.len(), 1, "{context}");
        let fault = &faults[0];
        assert_eq!(fault.file.file_name().unwrap().to_str().unwrap(), self.blame, "{context}");
        assert_eq!(fault.line, self.line, "{context}");
        assert!(said.contains(self.french), "{:?} is not said: {context}", self.french);
        let english = fault.message(Lang::En);
        assert!(english.contains(self.english), "{:?} is not said: {english}", self.english);
    }
}
