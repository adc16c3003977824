//! This engine's side of the comparison with others, which `run.py` beside this file makes.
//!
//! Each question is one process, whose answer is JSON on standard output: CPU seconds, as `cpu` takes them.

#![allow(clippy::print_stdout, reason = "what is measured is the result")]

mod baseline;
mod cpu;
mod network;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use serde_json::json;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Parser)]
enum Question {
    /// What inflating an extract takes, decoding it, and reading its network, in turn.
    Reading { extract: PathBuf },
    /// What the hierarchy of a network takes, and tables of its first points.
    Network {
        extract: PathBuf,
        /// Lines of `lon,lat`.
        points: PathBuf,
        #[arg(long)]
        profile: Option<PathBuf>,
        #[arg(long, value_delimiter = ',')]
        sizes: Vec<usize>,
    },
    /// An extract to a table in one go, to be measured from outside.
    Table {
        extract: PathBuf,
        points: PathBuf,
        size: usize,
        #[arg(long)]
        profile: Option<PathBuf>,
        /// Where the times go, in seconds.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let answer = match Question::parse() {
        Question::Reading { extract } => {
            let profile = network::profile(None)?;
            let [inflate, decode, read] = cpu::in_turn([
                &|| baseline::inflate(&extract).map(done),
                &|| baseline::decode(&extract).map(done),
                &|| network::read(&extract, &profile).map(done),
            ])?;
            json!({ "inflate": inflate, "decode": decode, "read": read })
        }
        Question::Network { extract, points, profile, sizes } => {
            let profile = network::profile(profile.as_deref())?;
            network::measure(&extract, &profile, &network::points(&points)?, &sizes)?
        }
        Question::Table { extract, points, size, profile, csv } => {
            let profile = network::profile(profile.as_deref())?;
            let points = network::points(&points)?;
            let points = points.get(..size).ok_or("fewer points than asked for")?;
            let table = network::table(&network::read(&extract, &profile)?, points)?;
            if let Some(csv) = csv {
                std::fs::write(csv, network::csv(&table, points.len()))?;
            }
            json!(null)
        }
    };
    println!("{answer}");
    Ok(())
}

/// Lets go of what was found, as if someone had looked at it.
fn done<T>(found: T) {
    drop(std::hint::black_box(found));
}
