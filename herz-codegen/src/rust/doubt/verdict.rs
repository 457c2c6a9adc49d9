//! Whether something is fine: known, or an expression that tells.

use proc_macro2::TokenStream;
use quote::quote;

/// Whether something is fine.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    /// Always.
    Yes,
    /// It can't be said, so it is doubted.
    No,
    /// An expression that is true if so.
    If(TokenStream, Binds),
    /// A function of the value called `it` that is true if so.
    Of(TokenStream),
}

/// How tightly an expression binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binds {
    Or,
    And,
    Compare,
    Atom,
}

impl From<bool> for Verdict {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

impl Verdict {
    /// An expression that never needs brackets.
    pub(super) fn atom(tokens: TokenStream) -> Self {
        Self::If(tokens, Binds::Atom)
    }

    /// The expression.
    pub(super) fn tokens(&self) -> TokenStream {
        match self {
            Self::Yes => quote!(true),
            Self::No => quote!(false),
            Self::If(tokens, _) => tokens.clone(),
            Self::Of(function) => quote!(#function(it)),
        }
    }

    fn at_least(&self, binds: Binds) -> TokenStream {
        match self {
            Self::If(tokens, own) if *own < binds => quote!((#tokens)),
            other => other.tokens(),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, _) => other,
            (_, Self::Yes) => self,
            _ => {
                let (a, b) = (self.at_least(Binds::And), other.at_least(Binds::And));
                Self::If(quote!(#a && #b), Binds::And)
            }
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, _) => other,
            (_, Self::No) => self,
            _ => {
                let (a, b) = (self.at_least(Binds::Or), other.at_least(Binds::Or));
                Self::If(quote!(#a || #b), Binds::Or)
            }
        }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::If(..) | Self::Of(_) => {
                let operand = self.at_least(Binds::Atom);
                Self::atom(quote!(!#operand))
            }
        }
    }

    /// The verdict, or its opposite.
    pub(super) fn is(self, wanted: bool) -> Self {
        if wanted { self } else { self.not() }
    }

    /// A function that is asked about the value called `it`.
    pub(super) fn of(function: TokenStream) -> Self {
        Self::Of(function)
    }

    /// What a closure over `it` does, as the closure or as the function that it would only call.
    pub(super) fn closure(&self) -> TokenStream {
        match self {
            Self::Of(function) => function.clone(),
            other => {
                let test = other.tokens();
                quote!(|it| #test)
            }
        }
    }

    /// The verdict on what may be in an option, where the expression calls it `it`; `absent` if
    /// there is nothing.
    pub(super) fn each(self, option: &Maybe, absent: bool) -> Self {
        let (value, bare) = (&option.value, &option.bare);
        match (&self, absent) {
            (Self::Yes, true) => Self::Yes,
            (Self::No, false) => Self::No,
            (Self::Yes, false) => Self::atom(quote!(#bare.is_some())),
            (Self::No, true) => Self::atom(quote!(#bare.is_none())),
            (Self::If(..) | Self::Of(_), absent) => {
                let (test, method) = (
                    self.closure(),
                    if absent {
                        quote!(is_none_or)
                    } else {
                        quote!(is_some_and)
                    },
                );
                Self::atom(quote!(#value.#method(#test)))
            }
        }
    }

    /// The verdict on each entry, called `it`, that an iterator over something gives: all of them
    /// have to be fine, or one.
    pub(super) fn over(self, of: &TokenStream, entries: &TokenStream, all: bool) -> Self {
        match (&self, all) {
            (Self::Yes, true) => Self::Yes,
            (Self::No, false) => Self::No,
            (Self::No, true) => Self::atom(quote!(#of.is_empty())),
            (Self::Yes, false) => Self::atom(quote!(!#of.is_empty())),
            (Self::If(..) | Self::Of(_), all) => {
                let (test, method) = (self.closure(), if all { quote!(all) } else { quote!(any) });
                Self::atom(quote!(#of.#entries().#method(#test)))
            }
        }
    }
}

/// An expression that is an option.
#[derive(Debug, Clone)]
pub(super) struct Maybe {
    /// With what closures call `it`.
    pub(super) value: TokenStream,
    /// Where only presence is asked for.
    pub(super) bare: TokenStream,
}
