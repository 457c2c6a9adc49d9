//! The schema language: what each keyword becomes, what is found in wrong schemas, hostile texts.

mod catalog;
mod findings;
mod hostile;
mod imports;
mod pages;
mod support;
