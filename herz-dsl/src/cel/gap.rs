//! Stands where `herz_types::scalar` gets its parsers: no text with a grammar is understood yet.

use herz_types::scalar::Dialect;

#[derive(Clone, Copy)]
#[allow(dead_code)]
pub(super) enum Magnitude {
    Nanoseconds(i64),
    Number(f64),
}

impl Magnitude {
    pub(super) fn value(self) -> Option<f64> {
        match self {
            Self::Nanoseconds(_) => None,
            Self::Number(value) => Some(value),
        }
    }
}

pub(super) trait Parse {
    fn parse(self, text: &str) -> Result<Magnitude, ()>;
}

impl Parse for Dialect {
    fn parse(self, _: &str) -> Result<Magnitude, ()> {
        Err(())
    }
}
