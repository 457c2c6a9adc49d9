//! Expressions out of bytes: whatever the bytes are, the expression is well typed.

/// Choices, taken from bytes; all zero at the end.
pub(crate) struct Choices<'b> {
    bytes: &'b [u8],
    depth: u32,
    variables: usize,
}

impl<'b> Choices<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            depth: 0,
            variables: 0,
        }
    }

    pub(crate) fn next(&mut self) -> u8 {
        let (first, rest) = self.bytes.split_first().unwrap_or((&0, &[]));
        self.bytes = rest;
        *first
    }

    fn pick<'s>(&mut self, from: &[&'s str]) -> &'s str {
        from[self.next() as usize % from.len()]
    }

    /// One of `forms` ways; only the first `leaves` of them when the expression is deep already.
    fn form(&mut self, leaves: u8, forms: u8) -> u8 {
        let choice = self.next();
        if self.depth >= 5 || self.bytes.is_empty() {
            choice % leaves
        } else {
            choice % forms
        }
    }

    fn within(&mut self, generate: impl FnOnce(&mut Self) -> String) -> String {
        self.depth += 1;
        let text = generate(self);
        self.depth -= 1;
        text
    }

    /// An int variable, if a macro is around.
    fn variable(&mut self) -> Option<String> {
        (self.variables > 0).then(|| format!("v{}", self.next() as usize % self.variables))
    }

    fn walk(&mut self, list: &str, kind: &str, body: impl FnOnce(&mut Self) -> String) -> String {
        let name = self.variables;
        self.variables += 1;
        let body = body(self);
        self.variables -= 1;
        format!("{list}.{kind}(v{name}, {body})")
    }

    pub(crate) fn bool(&mut self) -> String {
        self.within(|c| match c.form(6, 22) {
            0 => "true".into(),
            1 => "false".into(),
            2 => "self.b".into(),
            3 => "has(self.oi)".into(),
            4 => "!has(self.oo)".into(),
            5 => "\"a\" in self.m".into(),
            6 => format!("({} && {})", c.bool(), c.bool()),
            7 => format!("({} || {})", c.bool(), c.bool()),
            8 => format!("!({})", c.bool()),
            9 => format!("({} ? {} : {})", c.bool(), c.bool(), c.bool()),
            10 => c.compared(Self::int, &["<", "<=", ">", ">=", "==", "!="]),
            11 => c.compared(Self::int, &["<", "=="]),
            12 => c.compared(Self::float, &["<", "<=", ">", ">=", "==", "!="]),
            13 => c.compared(Self::text, &["<", "<=", ">", ">=", "==", "!="]),
            14 => c.compared(Self::duration, &["<", "<=", ">", ">=", "==", "!="]),
            15 => c.compared(Self::ints, &["==", "!="]),
            16 => format!("{} in {}", c.int(), c.ints()),
            17 => {
                let (list, kind) = (c.ints(), c.pick(&["all", "exists", "exists_one"]));
                c.walk(&list, kind, Self::bool)
            }
            18 => {
                let method = c.pick(&["startsWith", "endsWith", "contains"]);
                format!("({}).{method}({})", c.text(), c.text())
            }
            19 => format!(
                "has(self.oi) && self.oi {} {}",
                c.pick(&["<", ">", "=="]),
                c.int()
            ),
            20 => format!(
                "(!has(self.oo) || self.oo.x {} {})",
                c.pick(&["<", ">", "=="]),
                c.int()
            ),
            _ => format!(
                "({}).matches(\"{}\")",
                c.text(),
                c.pick(&["^a", "b$", "^[a-z]*$", "a|ü", "."])
            ),
        })
    }

    fn compared(&mut self, operand: fn(&mut Self) -> String, operators: &[&str]) -> String {
        let operator = self.pick(operators);
        format!("({} {operator} {})", operand(self), operand(self))
    }

    fn int(&mut self) -> String {
        self.within(|c| match c.form(5, 16) {
            0 => i64::from(c.next() % 5).to_string(),
            1 => c
                .pick(&[
                    "-1",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "0x10",
                    "-7",
                ])
                .into(),
            2 => "self.i".into(),
            3 => "self.j".into(),
            4 => c.variable().unwrap_or_else(|| "1".into()),
            5..=9 => {
                let operator = c.pick(&["+", "-", "*", "/", "%"]);
                format!("({} {operator} {})", c.int(), c.int())
            }
            10 => format!("-({})", c.int()),
            11 => format!("size({})", c.text()),
            12 => format!("size({})", c.ints()),
            13 => format!("({} ? {} : {})", c.bool(), c.int(), c.int()),
            14 => format!("{}[{}]", c.ints(), c.int()),
            _ => "self.o.x".into(),
        })
    }

    fn float(&mut self) -> String {
        self.within(|c| match c.form(2, 5) {
            0 => c.pick(&["0.0", "1.5", "-2.25", "1e10", ".5"]).into(),
            1 => "self.f".into(),
            2 => {
                // No division: what an engine does with NaN differs.
                let operator = c.pick(&["+", "-", "*"]);
                format!("({} {operator} {})", c.float(), c.float())
            }
            3 => format!("-({})", c.float()),
            _ => format!("({} ? {} : {})", c.bool(), c.float(), c.float()),
        })
    }

    fn text(&mut self) -> String {
        self.within(|c| match c.form(3, 5) {
            0 => c
                .pick(&[
                    "\"\"",
                    "\"a\"",
                    "'b\"'",
                    "\"ü\\n\"",
                    "r'\\a'",
                    "\"\\U0001D11E\"",
                ])
                .into(),
            1 => "self.s".into(),
            2 => "self.o.name".into(),
            3 => format!("({} + {})", c.text(), c.text()),
            _ => format!("({} ? {} : {})", c.bool(), c.text(), c.text()),
        })
    }

    fn duration(&mut self) -> String {
        self.within(|c| match c.form(2, 5) {
            0 => c
                .pick(&[
                    "duration(\"1s\")",
                    "duration(\"1m30s\")",
                    "duration(\"-2h\")",
                    "duration(\"0s\")",
                ])
                .into(),
            1 => "self.d".into(),
            2 => format!("({} + {})", c.duration(), c.duration()),
            3 => format!("({} - {})", c.duration(), c.duration()),
            _ => format!("({} ? {} : {})", c.bool(), c.duration(), c.duration()),
        })
    }

    fn ints(&mut self) -> String {
        self.within(|c| match c.form(2, 7) {
            0 => "self.li".into(),
            1 => "[1, 2, 3]".into(),
            2 => format!("[{}]", c.int()),
            3 => format!("[{}, {}]", c.int(), c.int()),
            4 => format!("({} + {})", c.ints(), c.ints()),
            5 => {
                let list = c.ints();
                c.walk(&list, "filter", Self::bool)
            }
            _ => {
                let list = c.ints();
                c.walk(&list, "map", Self::int)
            }
        })
    }

    /// Data for the fields that the expressions use.
    pub(crate) fn data(&mut self) -> serde_json::Value {
        let mut data = serde_json::json!({
            "b": self.next().is_multiple_of(2),
            "i": i64::from(self.next() % 7) - 3,
            "j": i64::MAX - i64::from(self.next() % 2),
            "f": f64::from(self.next()) / 4.0,
            "s": self.pick(&["", "a", "ab", "ü", "𝄞b"]),
            "d": self.pick(&["1s", "90s", "-1h", "0"]),
            "li": (0..self.next() % 4).collect::<Vec<_>>(),
            "m": {"a": "b"},
            "o": {"x": self.next() % 3, "name": "ab", "tags": []},
        });
        if self.next().is_multiple_of(2) {
            data["oi"] = self.next().into();
        }
        if self.next().is_multiple_of(2) {
            data["oo"] = serde_json::json!({"x": self.next() % 3, "name": "", "tags": []});
        }
        data
    }
}
