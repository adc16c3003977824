//! This engine's side of the comparison with others, which `run.py` beside this file makes.
//!
//! Each question is one process, whose answer is JSON on standard output: CPU seconds, medians of several runs.

#![allow(clippy::print_stdout, reason = "what is measured is the result")]

mod baseline;
mod cpu;
mod network;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use serde_json::{Map, Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Parser)]
enum Question {
    /// What inflating an extract takes, and what decoding it takes.
    Baseline {
        extract: PathBuf,
        #[arg(long, default_value_t = 5)]
        repeats: usize,
    },
    /// What building the network takes, and tables of its first points.
    Network {
        extract: PathBuf,
        /// Lines of `lon,lat`.
        points: PathBuf,
        #[arg(long, value_delimiter = ',')]
        sizes: Vec<usize>,
        #[arg(long, default_value_t = 5)]
        repeats: usize,
    },
    /// An extract to a table in one go, to be measured from outside.
    Table {
        extract: PathBuf,
        points: PathBuf,
        size: usize,
        /// Where the times go, in seconds.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let answer = match Question::parse() {
        Question::Baseline { extract, repeats } => {
            let (inflate, bytes) = cpu::median(repeats, || baseline::inflate(&extract))?;
            let (decode, elements) = cpu::median(repeats, || baseline::decode(&extract))?;
            json!({
                "inflate": inflate, "decode": decode,
                "bytes": bytes, "nodes": elements.nodes, "ways": elements.ways, "relations": elements.relations,
            })
        }
        Question::Network { extract, points, sizes, repeats } => {
            let points = network::points(&points)?;
            let (read, network) = cpu::median(repeats, || network::read(&extract))?;
            let mut tables = Map::new();
            for size in sizes {
                let points = points.get(..size).ok_or("fewer points than asked for")?;
                let (table, _) = cpu::median(repeats, || network::table(&network, points))?;
                tables.insert(size.to_string(), json!(table));
            }
            json!({"read": read, "tables": Value::Object(tables), "nodes": network.summary().junctions })
        }
        Question::Table { extract, points, size, csv } => {
            let points = network::points(&points)?;
            let points = points.get(..size).ok_or("fewer points than asked for")?;
            let table = network::table(&network::read(&extract)?, points)?;
            if let Some(csv) = csv {
                std::fs::write(csv, network::csv(&table, points.len()))?;
            }
            json!(null)
        }
    };
    println!("{answer}");
    Ok(())
}
