//! Kinds as text of the schema language.
