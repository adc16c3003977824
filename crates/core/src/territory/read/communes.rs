//! `communes.csv`: one commune a row.

use std::io::Read;
use std::path::Path;

use medicobus_roads::Position;

use super::cell;
use super::csv_table::{Limits, Row, read_rows};
use super::header::Column;
use crate::people::{ByProfile, Patients, Profile};
use crate::territory::Commune;
use crate::territory::fault::{Fault, FaultKind, Report, Where};

const COLUMNS: [Column; 9] = [
    Column::required("code"),
    Column::required("name"),
    Column::required("lat"),
    Column::required("lon"),
    Column::required("population"),
    Column::required("ald"),
    Column::required("elderly"),
    Column::required("other"),
    Column::optional("zone"),
];
const CODE: usize = 0;
const NAME: usize = 1;
const LAT: usize = 2;
const LON: usize = 3;
const POPULATION: usize = 4;
const PATIENTS: ByProfile<usize> = ByProfile { ald: 5, elderly: 6, other: 7 };
const ZONE: usize = 8;

/// France has some 35,000 communes.
const LIMITS: Limits = Limits { bytes: 64 << 20, rows: 200_000 };

/// Communes and the line of each.
#[derive(Debug, Default)]
pub(super) struct CommuneTable {
    pub(super) communes: Vec<Commune>,
    pub(super) lines: Vec<u64>,
    /// Whether all rows could be read.
    pub(super) complete: bool,
}

/// Reads communes. A value that is wrong is reported and read as zero, so that one fault does not bring others about.
pub(super) fn read_communes(input: &mut dyn Read, file: &Path, report: &mut Report) -> CommuneTable {
    let mut table = CommuneTable::default();
    table.complete = read_rows(input, file, &COLUMNS, LIMITS, report, |row, report| {
        let mut values = Values { row, file, index: table.communes.len(), report };
        table.communes.push(if row.whole { values.commune() } else { values.stub() });
        table.lines.push(row.line);
    });
    table
}

/// The values of one row.
struct Values<'v> {
    row: &'v Row<'v>,
    file: &'v Path,
    index: usize,
    report: &'v mut Report,
}

impl Values<'_> {
    fn commune(&mut self) -> Commune {
        let population = match self.row.cell(POPULATION) {
            "" => None,
            _ => Some(self.number(POPULATION, "population")),
        };
        let mut patients = ByProfile::default();
        for profile in Profile::ALL {
            patients[profile] = self.patients(profile);
        }
        let zone = self.row.cell(ZONE);
        Commune {
            name: self.row.cell(NAME).to_owned(),
            position: Position { lat: self.number(LAT, "lat"), lon: self.number(LON, "lon") },
            population,
            patients,
            zone: (!zone.is_empty()).then(|| zone.to_owned()),
            ..self.stub()
        }
    }

    /// What a broken row still says: its commune exists.
    fn stub(&self) -> Commune {
        let code = self.row.cell(CODE).to_owned();
        Commune {
            name: code.clone(),
            code,
            position: Position { lat: 0.0, lon: 0.0 },
            population: None,
            patients: ByProfile::default(),
            zone: None,
        }
    }

    fn patients(&mut self, profile: Profile) -> Patients {
        let column = PATIENTS[profile];
        if self.row.cell(column).is_empty() {
            self.note(profile.code(), FaultKind::UnknownCount);
            return Patients(0.0);
        }
        Patients(self.number(column, profile.code()))
    }

    fn number(&mut self, column: usize, name: &'static str) -> f64 {
        cell::number(self.row.cell(column)).unwrap_or_else(|kind| {
            self.note(name, kind);
            0.0
        })
    }

    fn note(&mut self, column: &'static str, kind: FaultKind) {
        let place = Where::Commune { index: self.index, column };
        self.report.push(self.file, Some(self.row.line), Fault::new(place, kind));
    }
}
