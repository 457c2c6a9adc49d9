//! Where Herz and Chaos Mesh part on purpose. One list, each entry with its reason.

/// Verdicts that Herz does not copy: part of the file's name, and why.
pub(crate) const VERDICTS: &[(&str, &str)] = &[];

/// Stored forms that Herz does not copy: part of the file's name, and why.
pub(crate) const DEFAULTS: &[(&str, &str)] = &[];

/// Why a file is an exception; none if it is none.
pub(crate) fn reason(list: &[(&str, &'static str)], file: &str) -> Option<&'static str> {
    list.iter()
        .find(|(name, _)| file.contains(name))
        .map(|(_, why)| *why)
}
