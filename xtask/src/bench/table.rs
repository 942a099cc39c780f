//! The one table of all that was measured, by whichever process.

const COLUMNS: usize = 6;
const HEAD: [&str; COLUMNS] = ["measured", "ours", "limit", "ratio", "goal", ""];

/// Rows and notes in the order in which they were heard.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; COLUMNS]>,
    notes: Vec<String>,
}

impl Table {
    /// Hears one line of what a bench prints: a row, a note, or something else.
    pub(crate) fn hear(&mut self, line: &str) {
        let line = line.trim();
        if let Some(note) = line.strip_prefix("· ") {
            self.notes.push(note.to_owned());
        } else if let Some(row) = row(line) {
            self.rows.push(row);
        }
    }

    /// Prints it as the guides show it, and how many are over.
    pub(crate) fn print(&self) {
        let head = HEAD.map(str::to_owned);
        let width = |column: usize| {
            let cells = self.rows.iter().chain([&head]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: [usize; COLUMNS] = std::array::from_fn(width);
        let line = |cells: &[String; COLUMNS]| {
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!(" {cell:<width$} "));
            format!("|{}|", cells.collect::<Vec<_>>().join("|"))
        };
        println!("\n{}\n|{}|", line(&head), widths.map(|width| "-".repeat(width + 2)).join("|"));
        self.rows.iter().for_each(|row| println!("{}", line(row)));
        println!();
        self.notes.iter().for_each(|note| println!("- {note}"));
        println!("{} rows, {} over", self.rows.len(), self.over());
    }

    fn over(&self) -> usize {
        self.rows.iter().filter(|row| row.last().is_some_and(|verdict| verdict == "OVER")).count()
    }
}

fn row(line: &str) -> Option<[String; COLUMNS]> {
    let cells: Vec<String> =
        line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(|cell| cell.trim().to_owned()).collect();
    let row: [String; COLUMNS] = cells.try_into().ok()?;
    matches!(row.last()?.as_str(), "ok" | "OVER").then_some(row)
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_and_notes_are_heard_and_nothing_else() {
        let mut table = Table::default();
        for line in [
            "INFO the intercom is up",
            "| warm opening | 2.70 [2.51–2.90] ms | 2.34 ms (bare) | 1.15 | ≤ 1.3 | ok |",
            "· parts: none",
            "| measured | ours | limit | ratio | goal |  |",
            "| Home | 9 µs | 1 µs (bare) | 9.00 | ≤ 1.5 | OVER |\r",
        ] {
            table.hear(line);
        }
        assert_eq!((table.rows.len(), table.over()), (2, 1));
        assert_eq!(table.rows[0][1], "2.70 [2.51–2.90] ms");
        assert_eq!(table.notes, ["parts: none"]);
    }
}
