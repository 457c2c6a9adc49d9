//! `#[chaos(…)]`: parsed as written, without knowing any keyword.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, Lit, Result, Token, bracketed, parenthesized};

/// `key`, `key = value` or `key(…)`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) value: Value,
}

/// A word, or a path of fields such as `delay.latency` or `steps[].name`.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// Whether it is a text in quotes, which is taken as it is.
    pub(crate) quoted: bool,
}

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) span: Span,
    pub(crate) data: Data,
}

/// What a [`Value`] is.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    /// No value: the key alone.
    Nothing,
    /// A text in quotes.
    Text(String),
    /// A number, a truth value or a range, as the schema language writes it.
    Plain(String),
    /// A bare word or path.
    Word(Key),
    /// `[a, b]` or `(a, b)`.
    List(Vec<Value>),
    /// `(key = value, …)`.
    Map(Vec<Entry>),
    /// A path of Rust: `crate::Status`.
    Rust(TokenStream),
}

/// One `#[chaos(…)]`.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) entries: Vec<Entry>,
    pub(crate) span: Span,
}

/// All `#[chaos(…)]` of an item; what does not parse is reported and left out.
pub(crate) fn groups(attrs: &[Attribute], errors: &mut Vec<Error>) -> Vec<Group> {
    let mut groups = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("chaos")) {
        match attr.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated) {
            Ok(entries) => groups.push(Group {
                entries: entries.into_iter().collect(),
                span: attr.path().span(),
            }),
            Err(error) => errors.push(error),
        }
    }
    groups
}

/// The text of `///`.
pub(crate) fn docs(attrs: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        if let syn::Meta::NameValue(meta) = &attr.meta
            && let syn::Expr::Lit(lit) = &meta.value
            && let Lit::Str(text) = &lit.lit
        {
            let text = text.value();
            lines.extend(
                text.lines()
                    .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()),
            );
            if text.is_empty() {
                lines.push(String::new());
            }
        }
    }
    lines.join("\n").trim().to_owned()
}

impl Parse for Key {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(syn::LitStr) {
            let text: syn::LitStr = input.parse()?;
            return Ok(Self {
                text: text.value(),
                span: text.span(),
                quoted: true,
            });
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a keyword or the name of a field"));
        }
        let first = Ident::parse_any(input)?;
        let mut text = first.unraw().to_string();
        let mut span = first.span();
        loop {
            if input.peek(syn::token::Bracket) {
                let content;
                bracketed!(content in input);
                if !content.is_empty() {
                    return Err(
                        content.error("`[]` stands for every item, so nothing stands in it")
                    );
                }
                text.push_str("[]");
            } else if input.peek(Token![.]) && !input.peek(Token![..]) {
                input.parse::<Token![.]>()?;
                let next = Ident::parse_any(input)?;
                text.push('.');
                text.push_str(&next.unraw().to_string());
                span = span.join(next.span()).unwrap_or(span);
            } else {
                break;
            }
        }
        Ok(Self {
            text,
            span,
            quoted: false,
        })
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let key: Key = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                return Err(Error::new(
                    key.span,
                    format!("`{}` lacks its value", key.text),
                ));
            }
            input.parse()?
        } else if input.peek(syn::token::Paren) {
            in_brackets(input)?
        } else if input.is_empty() || input.peek(Token![,]) {
            Value {
                span: key.span,
                data: Data::Nothing,
            }
        } else {
            return Err(input.error(format!("expected `=`, `(` or `,` after `{}`", key.text)));
        };
        Ok(Self { key, value })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(syn::token::Bracket) {
            let content;
            let bracket = bracketed!(content in input);
            let items = Punctuated::<Self, Token![,]>::parse_terminated(&content)?;
            return Ok(Self {
                span: bracket.span.join(),
                data: Data::List(items.into_iter().collect()),
            });
        }
        if let Some(value) = range(input)? {
            return Ok(value);
        }
        if input.peek(Token![-]) || input.peek(Lit) {
            return number_or_text(input);
        }
        if input.peek(Ident::peek_any) || input.peek(Token![::]) {
            if input.peek2(Token![::]) || input.peek(Token![::]) {
                let path: syn::Path = input.parse()?;
                return Ok(Self {
                    span: path.span(),
                    data: Data::Rust(path.into_token_stream()),
                });
            }
            let key: Key = input.parse()?;
            if input.peek(syn::token::Paren) {
                // `not([a])`: a map of one key.
                let span = key.span;
                let value = in_brackets(input)?;
                return Ok(Self {
                    span,
                    data: Data::Map(vec![Entry { key, value }]),
                });
            }
            return Ok(Self {
                span: key.span,
                data: Data::Word(key),
            });
        }
        Err(input.error("expected a text in quotes, a number, `true`, `false`, a name or a list"))
    }
}

/// What stands in `(…)`: a map if a key is among it, else a list.
fn in_brackets(input: ParseStream<'_>) -> Result<Value> {
    let content;
    let paren = parenthesized!(content in input);
    let span = paren.span.join();
    if is_map(&content.fork()) {
        let entries = Punctuated::<Entry, Token![,]>::parse_terminated(&content)?;
        return Ok(Value {
            span,
            data: Data::Map(entries.into_iter().collect()),
        });
    }
    let items = Punctuated::<Value, Token![,]>::parse_terminated(&content)?;
    Ok(Value {
        span,
        data: Data::List(items.into_iter().collect()),
    })
}

/// Whether `key =` or `key(` stands among the tokens.
fn is_map(content: ParseStream<'_>) -> bool {
    let Ok(tokens) = content.parse::<TokenStream>() else {
        return false;
    };
    let mut before: Option<TokenTree> = None;
    for token in tokens {
        let after_word = matches!(
            before,
            Some(TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_))
        );
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '=' && after_word => return true,
            TokenTree::Group(group)
                if group.delimiter() == proc_macro2::Delimiter::Parenthesis && after_word =>
            {
                return true;
            }
            _ => {}
        }
        before = Some(token);
    }
    false
}

/// `1..=5`, `1..`, `..=5`.
fn range(input: ParseStream<'_>) -> Result<Option<Value>> {
    let ahead = input.fork();
    let from = if ahead.peek(Token![..]) {
        None
    } else if ahead.peek(Token![-]) || (ahead.peek(Lit) && !ahead.peek(syn::LitStr)) {
        Some(number_or_text(&ahead)?)
    } else {
        return Ok(None);
    };
    if !ahead.peek(Token![..]) {
        return Ok(None);
    }
    if from.is_some() {
        number_or_text(input)?;
    }
    let (inclusive, dots) = if input.peek(Token![..=]) {
        (true, input.parse::<Token![..=]>()?.span())
    } else {
        (false, input.parse::<Token![..]>()?.span())
    };
    let to = if input.is_empty() || input.peek(Token![,]) {
        None
    } else {
        Some(number_or_text(input)?)
    };
    let plain = |value: &Option<Value>| match value.as_ref().map(|value| &value.data) {
        Some(Data::Plain(text)) => text.clone(),
        _ => String::new(),
    };
    let (low, high) = (plain(&from), plain(&to));
    let first = from.as_ref().map_or(dots, |value| value.span);
    let span = to
        .as_ref()
        .and_then(|value| first.join(value.span))
        .or_else(|| first.join(dots))
        .unwrap_or(first);
    if to.is_some() && !inclusive {
        return Err(Error::new(
            span,
            format!("limits include both ends\nhelp: write `{low}..={high}`"),
        ));
    }
    Ok(Some(Value {
        span,
        data: Data::Plain(format!("{low}..{high}")),
    }))
}

/// A literal, perhaps with a minus.
fn number_or_text(input: ParseStream<'_>) -> Result<Value> {
    let minus = input.parse::<Option<Token![-]>>()?;
    let lit: Lit = input.parse()?;
    let span = minus
        .and_then(|minus| minus.span().join(lit.span()))
        .unwrap_or_else(|| lit.span());
    let sign = if minus.is_some() { "-" } else { "" };
    let data = match &lit {
        Lit::Int(int) => Data::Plain(format!("{sign}{}", int.base10_digits())),
        Lit::Float(float) => Data::Plain(format!("{sign}{}", float.base10_digits())),
        Lit::Bool(value) if minus.is_none() => Data::Plain(value.value.to_string()),
        Lit::Str(text) if minus.is_none() => Data::Text(text.value()),
        _ => {
            return Err(Error::new(
                span,
                "expected a text in quotes, a number, `true` or `false`",
            ));
        }
    };
    Ok(Value { span, data })
}
