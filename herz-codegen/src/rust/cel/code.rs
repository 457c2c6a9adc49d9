//! Generated expressions: tokens, and what is known of them.

use super::super::file::tokens;
use super::super::literal::int;
use herz_dsl::catalog::Type;
use proc_macro2::TokenStream;
use quote::quote;

/// How tightly an expression binds. Operands that bind less stand in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binds {
    /// A block or `if`.
    Block,
    Or,
    And,
    Compare,
    Sum,
    Product,
    Unary,
    /// A name, a constant, a call.
    Atom,
}

/// Type of a generated expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Bool,
    /// `i64`.
    Int,
    /// `f64`.
    Float,
    /// `i64`, nanoseconds.
    Duration,
    /// `&str` or `String`.
    Text {
        owned: bool,
    },
    /// A value of this schema type where it lies, or a reference to it.
    Place(Type, bool),
    /// A `Vec` of these. Places in it are references.
    Vec(Box<Shape>),
    /// Something that no release has any more.
    Never,
}

impl Shape {
    /// Whether values are copied rather than moved.
    pub(super) fn is_copy(&self) -> bool {
        !matches!(self, Self::Text { owned: true } | Self::Vec(_))
    }
}

/// A generated expression.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) tokens: TokenStream,
    pub(super) shape: Shape,
    pub(super) binds: Binds,
    /// Whether there is a `?` in it.
    pub(super) fallible: bool,
    /// What stands before the last `?`, if the expression ends with it.
    pub(super) tail: Option<TokenStream>,
    /// The number, if it is a constant.
    pub(super) literal: Option<i64>,
}

impl Code {
    /// Something that never needs brackets and always has a value.
    pub(super) fn atom(tokens: TokenStream, shape: Shape) -> Self {
        Self {
            tokens,
            shape,
            binds: Binds::Atom,
            fallible: false,
            tail: None,
            literal: None,
        }
    }

    /// An `Option`, unwrapped by `?`.
    pub(super) fn tail(option: TokenStream, shape: Shape) -> Self {
        let tokens = quote!(#option?);
        Self {
            fallible: true,
            tail: Some(option),
            ..Self::atom(tokens, shape)
        }
    }

    pub(super) fn int(value: i64, shape: Shape) -> Self {
        let binds = if value < 0 { Binds::Unary } else { Binds::Atom };
        // Rust takes a bare number for 32 bits where nothing says otherwise.
        let tokens = if i32::try_from(value).is_ok() {
            int(value)
        } else {
            suffixed(value)
        };
        Self {
            binds,
            literal: Some(value),
            ..Self::atom(tokens, shape)
        }
    }

    /// A number that says its type.
    pub(super) fn typed(mut self) -> Self {
        if let Some(value) = self.literal {
            self.tokens = suffixed(value);
        }
        self
    }

    /// Something that can't be there.
    pub(super) fn never() -> Self {
        Self {
            fallible: true,
            ..Self::atom(quote!(return None), Shape::Never)
        }
    }

    /// Another expression that has a value when this one has.
    pub(super) fn with(&self, tokens: TokenStream, shape: Shape, binds: Binds) -> Self {
        Self {
            tokens,
            shape,
            binds,
            fallible: self.fallible,
            tail: None,
            literal: None,
        }
    }

    /// The expression as an `Option`.
    pub(super) fn option(&self) -> TokenStream {
        let tokens = &self.tokens;
        self.tail.clone().unwrap_or_else(|| quote!(Some(#tokens)))
    }

    /// The expression as an operand.
    pub(super) fn at_least(&self, binds: Binds) -> TokenStream {
        let tokens = &self.tokens;
        if self.binds < binds {
            quote!((#tokens))
        } else {
            quote!(#tokens)
        }
    }

    /// The expression in front of a dot.
    pub(super) fn receiver(&self) -> TokenStream {
        // Rust must know which type a number's method belongs to.
        self.clone().typed().at_least(Binds::Atom)
    }

    /// A text as `&str`.
    pub(super) fn as_str(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.shape == (Shape::Text { owned: true }) {
            quote!(&#tokens)
        } else {
            quote!(#tokens)
        }
    }

    /// A text that can be kept.
    pub(super) fn owned(self) -> Self {
        match self.shape {
            Shape::Text { owned: false } => {
                let receiver = self.receiver();
                self.with(
                    quote!(#receiver.to_owned()),
                    Shape::Text { owned: true },
                    Binds::Atom,
                )
            }
            _ => self,
        }
    }

    /// A place as a reference.
    pub(super) fn reference(self) -> Self {
        match &self.shape {
            Shape::Place(ty, false) => {
                let tokens = self.at_least(Binds::Unary);
                self.with(
                    quote!(&#tokens),
                    Shape::Place(ty.clone(), true),
                    Binds::Unary,
                )
            }
            _ => self,
        }
    }
}

/// `5_i64`
fn suffixed(value: i64) -> TokenStream {
    tokens(&format!("{}_i64", int(value)).replace("- ", "-"))
}
