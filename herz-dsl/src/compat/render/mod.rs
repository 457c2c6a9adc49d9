//! The matrix as tables, as data, as constants; and the part of it that is generated.

mod html;
mod json;
mod markdown;
mod rust;
mod tables;
mod toml;

use super::matrix::{Form, Matrix};
pub use toml::{MARKER, renewed};

/// The matrix in a form, as it is written to a file.
pub fn file(matrix: &Matrix, form: Form) -> String {
    match form {
        Form::Markdown => markdown::page(matrix),
        Form::Html => html::page(matrix),
        Form::Json => json::document(matrix),
        Form::Rust => rust::constants(matrix),
    }
}
