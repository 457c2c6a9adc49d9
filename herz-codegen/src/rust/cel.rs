//! CEL rules as native Rust.

use super::file::FileScope;
use herz_dsl::catalog::{Kind, Object, TypeId};
use proc_macro2::TokenStream;

/// `fn rule` of an object.
pub(super) fn rules(_file: &FileScope<'_, '_>, _id: TypeId, _object: &Object) -> TokenStream {
    TokenStream::new()
}

/// `fn rule` of a whole document.
pub(super) fn document_rules(_file: &FileScope<'_, '_>, _kind: &Kind) -> TokenStream {
    TokenStream::new()
}
