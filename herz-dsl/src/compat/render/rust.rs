//! The newest usable row and the features as constants in Rust.

use crate::compat::matrix::{Claim, LIBRARY, Matrix};
use std::fmt::Write;

pub(super) fn constants(matrix: &Matrix) -> String {
    let mut text = String::from(
        "//! What this release of the crate goes with. Made from `compat-matrix.toml` by\n\
         //! `herz compat render --write`; don't edit.\n\n",
    );
    let rows = matrix.newest_first();
    let newest = rows.iter().find(|row| row.is_usable());
    if let Some(row) = newest {
        let _ = write!(
            text,
            "/// Version of the library that these constants are about.\n\
             pub const LIBRARY: &str = {:?};\n\n",
            row.library.value.to_string()
        );
        for axis in &matrix.axes {
            let name = &axis.name.value;
            let Some(claim) = row.claim(name).filter(|_| name != LIBRARY) else {
                continue;
            };
            let constant = constant(name);
            match claim {
                Claim::Exact(version) => {
                    let _ = write!(
                        text,
                        "/// The version of `{name}` that it speaks.\n\
                         pub const {constant}: &str = {:?};\n\n",
                        version.value.to_string()
                    );
                }
                Claim::Ranges(_) => {
                    let _ = write!(
                        text,
                        "/// The versions of `{name}` that it knows, ascending.\n\
                         #[rustfmt::skip]\n\
                         pub const {constant}: &[&str] = &[\n"
                    );
                    for version in axis.list() {
                        if claim.covers(&version, row.prereleases) {
                            let _ = writeln!(text, "    {:?},", axis.show(&version));
                        }
                    }
                    text.push_str("];\n\n");
                }
            }
        }
    }
    text.push_str(
        "/// Something that not every version has.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n\
         #[non_exhaustive]\n\
         pub struct Feature {\n\
         \x20   /// Unique name.\n\
         \x20   pub id: &'static str,\n\
         \x20   /// The kinds that have it; `path` is that in the first.\n\
         \x20   pub kinds: &'static [&'static str],\n\
         \x20   /// Where it is, from the document's root.\n\
         \x20   pub path: &'static str,\n\
         \x20   /// Axis and first version that has it.\n\
         \x20   pub since: &'static [(&'static str, &'static str)],\n\
         \x20   /// Axis and first version without it.\n\
         \x20   pub until: &'static [(&'static str, &'static str)],\n\
         }\n\n\
         /// Every feature, sorted by id.\n\
         #[rustfmt::skip]\n\
         pub const FEATURES: &[Feature] = &[\n",
    );
    let mut features: Vec<_> = matrix.features.iter().collect();
    features.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    for row in features {
        let lives = |list: &[(
            crate::schema::value::Spanned<String>,
            crate::schema::value::Spanned<semver::Version>,
        )]| {
            let list: Vec<String> = list
                .iter()
                .map(|(axis, version)| {
                    format!("({:?}, {:?})", axis.value, version.value.to_string())
                })
                .collect();
            format!("&[{}]", list.join(", "))
        };
        let kinds: Vec<String> = row
            .kinds
            .iter()
            .map(|it| format!("{:?}", it.value))
            .collect();
        let path = row.path.as_ref().map_or("", |it| it.value.as_str());
        let _ = write!(
            text,
            "    Feature {{\n        id: {:?},\n        kinds: &[{}],\n        path: {path:?},\n        \
             since: {},\n        until: {},\n    }},\n",
            row.id.value,
            kinds.join(", "),
            lives(&row.since),
            lives(&row.until)
        );
    }
    text.push_str("];\n");
    text
}

/// `chaos-mesh` as `CHAOS_MESH`.
fn constant(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => c.to_ascii_uppercase(),
            _ => '_',
        })
        .collect()
}
