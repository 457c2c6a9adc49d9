//! Tables in Markdown.

use super::tables::{ABOUT, TITLE, tables};
use crate::compat::matrix::Matrix;
use std::fmt::Write;

pub(super) fn page(matrix: &Matrix) -> String {
    let mut text = format!("# {TITLE}\n\n{ABOUT}\n");
    for table in tables(matrix) {
        let _ = write!(text, "\n## {}\n\n{}\n\n", table.title, table.about);
        row(&mut text, &table.head, &[]);
        let rule: Vec<String> = table.head.iter().map(|_| "---".to_owned()).collect();
        row(&mut text, &rule, &[]);
        for cells in &table.rows {
            row(&mut text, cells, &table.code);
        }
    }
    text
}

fn row(text: &mut String, cells: &[String], code: &[usize]) {
    text.push('|');
    for (at, cell) in cells.iter().enumerate() {
        let cell = escape(cell);
        if code.contains(&at) && !cell.is_empty() {
            let _ = write!(text, " `{cell}` |");
        } else {
            let _ = write!(text, " {cell} |");
        }
    }
    text.push('\n');
}

fn escape(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
