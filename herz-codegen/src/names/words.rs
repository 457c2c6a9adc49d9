//! Splitting names into words.

/// The words of a name, in lower case.
///
/// A word ends before anything that is no letter or digit, where a small letter or digit meets a
/// capital, and before the last capital of a run of capitals.
///
/// ```
/// use herz_codegen::names::words;
/// assert_eq!(words("podHttpChaos"), ["pod", "http", "chaos"]);
/// assert_eq!(words("JVMMemStress"), ["jvm", "mem", "stress"]);
/// assert_eq!(words("clusterIPs"), ["cluster", "ips"]);
/// assert_eq!(words("NetworkChaos.spec"), ["network", "chaos", "spec"]);
/// assert_eq!(words("v1alpha1"), ["v1alpha1"]);
/// ```
pub fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        if !c.is_alphanumeric() {
            push(&mut words, &mut word);
            continue;
        }
        if c.is_uppercase() {
            let after_small = before.is_some_and(|b| b.is_lowercase() || b.is_numeric());
            let mut rest = chars.iter().skip(at + 1);
            let next_small = rest.next().is_some_and(|n| n.is_lowercase());
            // `IPs`, `URLs`: the plural's `s` belongs to the run of capitals.
            let plural = chars.get(at + 1) == Some(&'s')
                && chars.get(at + 2).is_none_or(|c| !c.is_lowercase());
            let ends_run = before.is_some_and(char::is_uppercase) && next_small && !plural;
            if after_small || ends_run {
                push(&mut words, &mut word);
            }
        }
        word.extend(c.to_lowercase());
    }
    push(&mut words, &mut word);
    words
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn hostile_names_give_words_or_none() {
        assert_eq!(words(""), Vec::<String>::new());
        assert_eq!(words("--"), Vec::<String>::new());
        assert_eq!(words("a--b"), ["a", "b"]);
        assert_eq!(words("r#type"), ["r", "type"]);
        assert_eq!(words("größe"), ["größe"]);
        assert_eq!(words("1st"), ["1st"]);
        assert_eq!(words("HTTP"), ["http"]);
    }
}
