//! One page of HTML without anything from outside.

use super::tables::{ABOUT, TITLE, tables};
use crate::compat::matrix::Matrix;
use std::fmt::Write;

const STYLE: &str = "\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .3rem .6rem; text-align: left; vertical-align: top; }
";

pub(super) fn page(matrix: &Matrix) -> String {
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{TITLE}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{TITLE}</h1>\n<p>{}</p>\n",
        escape(ABOUT)
    );
    for table in tables(matrix) {
        let _ = write!(
            text,
            "<h2>{}</h2>\n<p>{}</p>\n<div class=\"wide\">\n<table>\n<thead><tr>",
            escape(table.title),
            escape(table.about)
        );
        for cell in &table.head {
            let _ = write!(text, "<th scope=\"col\">{}</th>", escape(cell));
        }
        text.push_str("</tr></thead>\n<tbody>\n");
        for cells in &table.rows {
            text.push_str("<tr>");
            for (at, cell) in cells.iter().enumerate() {
                let cell = escape(cell);
                if table.code.contains(&at) && !cell.is_empty() {
                    let _ = write!(text, "<td><code>{cell}</code></td>");
                } else {
                    let _ = write!(text, "<td>{cell}</td>");
                }
            }
            text.push_str("</tr>\n");
        }
        text.push_str("</tbody>\n</table>\n</div>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
