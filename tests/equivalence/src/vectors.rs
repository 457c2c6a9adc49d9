//! Documents and verdicts as a file for validators of other languages: one JSON object a line.
//!
//! ```text
//! {"apiVersion":"acme.io/v1","kind":"DiskChaos","document":{…},"errors":[["HZ0101","spec.size"]]}
//! ```
//!
//! Such a validator answers with a line for each line: `{"errors":[[code, path], …]}` or
//! `{"unread":[…]}` if the document does not fit its types, or `{"accepted":true}` if it knows no
//! more than that; a `written` beside `errors` is the document as it writes it back.

use crate::{Document, Finding, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The line of a document, with what the reference finds, if that is to be told.
pub fn line(document: &Document, expected: Option<&BTreeSet<Finding>>) -> String {
    let mut line = json!({
        "apiVersion": document.api_version,
        "kind": document.kind,
        "document": document.value(),
    });
    if let (Some(errors), Some(line)) = (expected, line.as_object_mut()) {
        let pairs = errors.iter().map(|one| json!([one.code, one.path]));
        line.insert("errors".to_owned(), pairs.collect());
    }
    line.to_string()
}

/// The verdict that a line says. The error is what is wrong with the line.
pub fn verdict(line: &str) -> Result<Verdict, String> {
    let value: Value =
        serde_json::from_str(line).map_err(|error| format!("no JSON: {error}: {line}"))?;
    if let Some(accepted) = value.get("accepted").and_then(Value::as_bool) {
        return Ok(Verdict::Accepted(accepted));
    }
    let list = |key: &str| -> Option<BTreeSet<Finding>> {
        value
            .get(key)?
            .as_array()?
            .iter()
            .map(|pair| {
                let text = |at: usize| pair.get(at).and_then(Value::as_str);
                Some(Finding::new(text(0)?, text(1)?))
            })
            .collect()
    };
    match (list("unread"), list("errors")) {
        (Some(errors), _) => Ok(Verdict::Unread(errors)),
        (None, Some(errors)) => Ok(Verdict::Judged(errors, value.get("written").cloned())),
        (None, None) => Err(format!("no verdict: {line}")),
    }
}

/// The verdicts that lines say.
pub fn verdicts(lines: &str) -> Result<Vec<Verdict>, String> {
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(verdict)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{line, verdict};
    use crate::{Document, Finding, Verdict};
    use serde_json::json;

    #[test]
    fn lines_are_read_back() {
        let document = Document::json("a/v1", "B", &json!({"kind": "B"}));
        let errors = [Finding::new("HZ0101", "spec.x")].into();
        let text = line(&document, Some(&errors));
        assert_eq!(
            text,
            r#"{"apiVersion":"a/v1","document":{"kind":"B"},"errors":[["HZ0101","spec.x"]],"kind":"B"}"#
        );
        assert_eq!(verdict(&text), Ok(Verdict::Judged(errors.clone(), None)));
        assert_eq!(
            verdict(r#"{"unread":[["HZ0101","spec.x"]]}"#),
            Ok(Verdict::Unread(errors))
        );
        assert_eq!(
            verdict(r#"{"accepted":false}"#),
            Ok(Verdict::Accepted(false))
        );
        for bad in [
            "",
            "{}",
            "[1]",
            r#"{"errors":[1]}"#,
            r#"{"errors":[["a"]]}"#,
        ] {
            assert!(verdict(bad).is_err(), "{bad}");
        }
    }
}
