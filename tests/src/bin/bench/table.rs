//! The one table of a run.

/// What was measured, in the order of measuring.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 6]>,
    /// What the figures are made of.
    notes: Vec<String>,
}

impl Table {
    /// `ours` against `limit`, which was measured in the same run or is fixed; more than `goal` times it is over.
    pub(crate) fn row(&mut self, name: &str, ours: Figure, limit: (&str, Figure), goal: f64) {
        let ratio = ours.value / limit.1.value;
        let verdict = if ratio <= goal { "ok" } else { "OVER" };
        let cells = [
            name.to_owned(),
            ours.text(),
            format!("{} ({})", limit.1.text(), limit.0),
            format!("{ratio:.2}"),
            format!("≤ {goal}"),
            verdict.to_owned(),
        ];
        println!("{}: {} against {}: {}", cells[0], cells[1], cells[2], cells[3]);
        self.rows.push(cells);
    }

    /// A figure that explains another.
    pub(crate) fn note(&mut self, note: String) {
        println!("{note}");
        self.notes.push(note);
    }

    /// Prints it as the guides show it.
    pub(crate) fn print(&self) {
        let head = ["measured", "ours", "limit", "ratio", "goal", ""].map(str::to_owned);
        let width = |column: usize| {
            let cells = self.rows.iter().chain([&head]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: [usize; 6] = std::array::from_fn(width);
        let line = |cells: &[String; 6]| {
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!(" {cell:<width$} "));
            format!("|{}|", cells.collect::<Vec<_>>().join("|"))
        };
        println!("\n{}\n|{}|", line(&head), widths.map(|width| "-".repeat(width + 2)).join("|"));
        self.rows.iter().for_each(|row| println!("{}", line(row)));
        println!();
        self.notes.iter().for_each(|note| println!("{note}"));
    }
}

/// A measured value with its unit and, where it was measured often, how far the middle half of its samples lies apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) spread: Option<(f64, f64)>,
}

impl Figure {
    /// One that does not vary.
    pub(crate) fn exact(value: f64, unit: &'static str) -> Self {
        Self { value, unit, spread: None }
    }

    pub(crate) fn text(&self) -> String {
        let digits = if self.spread.is_none() { 0 } else { 2 };
        let value = format!("{:.digits$}", self.value);
        match self.spread {
            Some((low, high)) => format!("{value} [{low:.2}–{high:.2}] {}", self.unit),
            None => format!("{value} {}", self.unit).trim_end().to_owned(),
        }
    }
}
