//! The page of each code, as `herz explain HZ0002` shows it.

macro_rules! pages {
    ($($code:literal)*) => {
        const PAGES: &[(&str, &str)] = &[
            $(($code, include_str!(concat!("../../diagnostics/", $code, ".md")))),*
        ];
    };
}

// In order; a test compares it with the table of codes.
pages! {
    "HZ0001" "HZ0002" "HZ0003" "HZ0004" "HZ0005" "HZ0006" "HZ0007" "HZ0008" "HZ0009"
    "HZ0301" "HZ0302" "HZ0303" "HZ0304" "HZ0305" "HZ0306" "HZ0307" "HZ0308" "HZ0309" "HZ0310"
    "HZ0311" "HZ0312" "HZ0313" "HZ0314" "HZ0315" "HZ0316" "HZ0317" "HZ0318" "HZ0319" "HZ0320"
    "HZ0321" "HZ0322" "HZ0323" "HZ0324" "HZ0325" "HZ0326" "HZ0327" "HZ0328" "HZ0329" "HZ0330"
    "HZ0331" "HZ0332"
}

/// The page of a code, in Markdown: what it means, why, an example that is wrong and one that is right.
pub(super) fn page(code: &str) -> Option<&'static str> {
    let at = PAGES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    PAGES.get(at).map(|(_, page)| *page)
}
