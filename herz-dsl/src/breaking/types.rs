//! Sets of JSON types.

/// Types a value may have, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOL: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    /// Numbers with a fraction; a schema's `number` is this and [`Types::INTEGER`].
    pub(super) const FRACTION: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const NUMBER: Self = Self(12);
    pub(super) const ANY: Self = Self(127);
    pub(super) const NONE: Self = Self(0);

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn is_none_left(self) -> bool {
        self.without(Self::NULL) == Self::NONE
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// For messages: `integer or string`, `anything`.
    pub(super) fn describe(self) -> String {
        if self.contains(Self::ANY.without(Self::NULL)) {
            return "anything".into();
        }
        let mut names = Vec::new();
        for (name, types) in [
            ("boolean", Self::BOOL),
            ("string", Self::STRING),
            ("array", Self::ARRAY),
            ("object", Self::OBJECT),
            ("null", Self::NULL),
        ] {
            if self.contains(types) {
                names.push(name);
            }
        }
        if self.contains(Self::NUMBER) {
            names.insert(0, "number");
        } else if self.contains(Self::INTEGER) {
            names.insert(0, "integer");
        }
        if names.is_empty() {
            "nothing".into()
        } else {
            names.join(" or ")
        }
    }
}
