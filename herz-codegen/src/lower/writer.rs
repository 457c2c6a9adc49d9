//! Text of a program while it is written.

/// Text with indentation.
#[derive(Debug, Default)]
pub(crate) struct Code {
    text: String,
    unit: &'static str,
    depth: usize,
}

impl Code {
    /// Empty text whose blocks are indented by this.
    pub(crate) fn new(unit: &'static str) -> Self {
        Self {
            text: String::new(),
            unit,
            depth: 0,
        }
    }

    /// A line, or several; empty ones have no blanks.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        for line in text.as_ref().split('\n') {
            if !line.is_empty() {
                for _ in 0..self.depth {
                    self.text.push_str(self.unit);
                }
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
        self
    }

    /// A line, and what follows stands deeper.
    pub(crate) fn open(&mut self, line: impl AsRef<str>) -> &mut Self {
        self.line(line);
        self.depth += 1;
        self
    }

    /// A line that ends a block.
    pub(crate) fn close(&mut self, line: impl AsRef<str>) -> &mut Self {
        self.depth = self.depth.saturating_sub(1);
        self.line(line)
    }

    /// What follows stands deeper.
    pub(crate) fn indent(&mut self) -> &mut Self {
        self.depth += 1;
        self
    }

    /// What follows stands less deep.
    pub(crate) fn dedent(&mut self) -> &mut Self {
        self.depth = self.depth.saturating_sub(1);
        self
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}
