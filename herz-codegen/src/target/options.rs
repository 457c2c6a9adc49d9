//! Options of targets: declared once, checked in one place.

use herz_dsl::diagnostic::did_you_mean;
use std::collections::BTreeMap;

/// An option that a target understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its key in `herz.toml`: `descriptions`.
    pub name: &'static str,
    /// One line: what it changes.
    pub doc: &'static str,
    /// What may be given.
    pub kind: OptionKind,
}

/// What may be given for an option, and what counts without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Flag(bool),
    /// One of these words; the first one counts if nothing is said.
    Choice(&'static [&'static str]),
    /// Any text.
    Text(Option<&'static str>),
    /// A whole number.
    Count(Option<u64>),
}

/// What was given for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// For [`OptionKind::Flag`].
    Flag(bool),
    /// For [`OptionKind::Choice`] and [`OptionKind::Text`].
    Text(String),
    /// For [`OptionKind::Count`].
    Count(u64),
}

/// The options of one run of a target; what is not given has its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<&'static str, OptionValue>,
}

impl Options {
    /// The defaults.
    pub fn new(specs: &[OptionSpec]) -> Self {
        let default = |spec: &OptionSpec| {
            let value = match spec.kind {
                OptionKind::Flag(flag) => OptionValue::Flag(flag),
                OptionKind::Choice(words) => OptionValue::Text((*words.first()?).to_owned()),
                OptionKind::Text(text) => OptionValue::Text(text?.to_owned()),
                OptionKind::Count(count) => OptionValue::Count(count?),
            };
            Some((spec.name, value))
        };
        Self {
            values: specs.iter().filter_map(default).collect(),
        }
    }

    /// Sets an option; says what is wrong if it does not exist or takes something else.
    ///
    /// ```
    /// use herz_codegen::target::{OptionKind, OptionSpec, OptionValue, Options};
    /// let specs = [OptionSpec { name: "docs", doc: "", kind: OptionKind::Flag(true) }];
    /// let mut options = Options::new(&specs);
    /// options.set(&specs, "docs", OptionValue::Flag(false)).unwrap();
    /// assert!(!options.flag("docs"));
    /// let error = options.set(&specs, "dcos", OptionValue::Flag(false)).unwrap_err();
    /// assert_eq!(error.message, "there is no option `dcos`: expected one of docs");
    /// assert_eq!(error.meant, Some("docs"));
    /// ```
    pub fn set(
        &mut self,
        specs: &[OptionSpec],
        name: &str,
        value: OptionValue,
    ) -> Result<(), OptionError> {
        let Some(spec) = specs.iter().find(|spec| spec.name == name) else {
            let names: Vec<&str> = specs.iter().map(|spec| spec.name).collect();
            let message = format!(
                "there is no option `{name}`: expected one of {}",
                names.join(", ")
            );
            let mut error = OptionError::new(message);
            error.meant = did_you_mean(name, specs.iter().map(|spec| spec.name));
            return Err(error);
        };
        let fits = match (spec.kind, &value) {
            (OptionKind::Choice(words), OptionValue::Text(text)) => {
                if !words.contains(&text.as_str()) {
                    let message =
                        format!("`{name}` is one of {}, and not `{text}`", words.join(", "));
                    let mut error = OptionError::new(message);
                    error.meant = did_you_mean(text, words.iter().copied());
                    return Err(error);
                }
                true
            }
            (OptionKind::Flag(_), OptionValue::Flag(_))
            | (OptionKind::Text(_), OptionValue::Text(_))
            | (OptionKind::Count(_), OptionValue::Count(_)) => true,
            _ => false,
        };
        if !fits {
            let message = format!("`{name}` must be {}", spec.kind.words());
            return Err(OptionError::new(message));
        }
        self.values.insert(spec.name, value);
        Ok(())
    }

    /// Sets an option from the text of a command line.
    pub fn set_text(
        &mut self,
        specs: &[OptionSpec],
        name: &str,
        text: &str,
    ) -> Result<(), OptionError> {
        let kind = specs.iter().find(|spec| spec.name == name).map(|s| s.kind);
        let value = match kind {
            Some(OptionKind::Flag(_)) => text.parse().ok().map(OptionValue::Flag),
            Some(OptionKind::Count(_)) => text.parse().ok().map(OptionValue::Count),
            Some(OptionKind::Choice(_) | OptionKind::Text(_)) | None => None,
        };
        let value = value.unwrap_or_else(|| OptionValue::Text(text.to_owned()));
        self.set(specs, name, value)
    }

    /// Whether a flag is set.
    pub fn flag(&self, name: &str) -> bool {
        self.values.get(name) == Some(&OptionValue::Flag(true))
    }

    /// The text or word of an option.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            OptionValue::Text(text) => Some(text),
            OptionValue::Flag(_) | OptionValue::Count(_) => None,
        }
    }

    /// The number of an option.
    pub fn count(&self, name: &str) -> Option<u64> {
        match self.values.get(name)? {
            OptionValue::Count(count) => Some(*count),
            OptionValue::Flag(_) | OptionValue::Text(_) => None,
        }
    }
}

impl OptionKind {
    /// What may be given, in words.
    pub fn words(self) -> String {
        match self {
            Self::Flag(_) => "true or false".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Text(_) => "a text".to_owned(),
            Self::Count(_) => "a whole number".to_owned(),
        }
    }

    /// What counts if nothing is given, in words; none if nothing does.
    pub fn default_words(self) -> Option<String> {
        match self {
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Choice(words) => words.first().map(|word| (*word).to_owned()),
            Self::Text(text) => text.map(ToOwned::to_owned),
            Self::Count(count) => count.map(|count| count.to_string()),
        }
    }
}

/// Why an option can't be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    /// One sentence.
    pub message: String,
    /// What was probably meant.
    pub meant: Option<&'static str>,
}

impl OptionError {
    fn new(message: String) -> Self {
        Self {
            message,
            meant: None,
        }
    }
}

impl std::fmt::Display for OptionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.meant
            .map_or(Ok(()), |meant| write!(f, "; did you mean `{meant}`?"))
    }
}

impl std::error::Error for OptionError {}
