//! What the models of all languages share: which types there are and how they are called, their
//! tables as plain data, their rules as trees of calls, and the wording of findings.
//!
//! ```text
//! view -> plan (names, files) -> rows, calls, templates -> text of one language
//! ```
//!
//! Nothing here knows tokens of a language; a [`Language`] only says how names are joined.

mod call;
mod doc;
mod message;
mod names;
mod plan;
mod quoted;
mod row;
mod rule;
mod scalar;
mod sentence;
mod table;
mod writer;

pub(crate) use call::Call;
pub(crate) use doc::{Block, blocks, field_doc, space_doc, type_doc};
pub(crate) use message::{Kind as ParamKind, Piece, Template, codes, templates, wanted};
pub(crate) use names::{ascii, camel, capitals, joined, small};
pub(crate) use plan::{Language, Member, Named, Plan, Space, UnionPlan};
pub(crate) use quoted::quoted;
pub(crate) use row::Row;
pub(crate) use scalar::{documents, samples};
pub(crate) use sentence::{Style, sentence};
pub(crate) use table::{ObjectRows, choice, object, whole_document};
pub(crate) use writer::Code;
