//! The schema that the tests of expressions are about, and the table of cases.

use herz_dsl::catalog::{
    Constraint, ConstraintKind, Default as FieldDefault, DefaultValue, Enum, EnumValue, Field,
    Fill, Layer, Life, Literal, Object, PackageId, ScalarType, Semantics, Type, TypeBody, TypeDef,
    TypeId, Zero,
};
use herz_dsl::cel::Scope;
use herz_types::Level;
use herz_types::scalar::Dialect;

pub(crate) const ROOT: TypeId = TypeId(0);
pub(crate) const INNER: TypeId = TypeId(1);
pub(crate) const ACTION: TypeId = TypeId(2);
pub(crate) const SHORT: TypeId = TypeId(3);
pub(crate) const FOREVER: TypeId = TypeId(4);

pub(crate) fn field(wire: &str, ty: Type) -> Field {
    Field {
        wire: wire.into(),
        name: None,
        doc: String::new(),
        ty,
        required: true,
        nullable: false,
        default: None,
        normalize: None,
        zero: Zero::Kept,
        constraints: Vec::new(),
        life: Life::default(),
        aliases: Vec::new(),
        replaces: None,
        immutable: false,
        sensitive: false,
        examples: Vec::new(),
        semantics: Semantics::Full,
        merge: None,
    }
}

pub(crate) fn optional(wire: &str, ty: Type) -> Field {
    Field {
        required: false,
        ..field(wire, ty)
    }
}

pub(crate) fn with_default(wire: &str, ty: Type, value: Literal, layer: Layer) -> Field {
    let value = DefaultValue::Literal(value);
    let default = Some(FieldDefault {
        value,
        fill: Fill::Absent,
        layer,
        life: Life::default(),
    });
    Field {
        default,
        ..optional(wire, ty)
    }
}

pub(crate) fn life(since: Option<&str>, until: Option<&str>) -> Life {
    let version = |text: &str| text.parse().unwrap();
    Life {
        since: since.map(version),
        until: until.map(version),
        deprecated: None,
    }
}

pub(crate) fn limit(kind: ConstraintKind) -> Constraint {
    Constraint {
        kind,
        level: Level::Error,
        layer: Layer::Structure,
        life: Life::default(),
        note: None,
    }
}

pub(crate) fn int() -> Type {
    Type::Int {
        bits: 64,
        signed: true,
        format: true,
    }
}

pub(crate) fn unsigned(bits: u8) -> Type {
    Type::Int {
        bits,
        signed: false,
        format: true,
    }
}

pub(crate) fn scalar(dialect: Dialect) -> Type {
    Type::Scalar(ScalarType {
        dialect,
        allow_empty: false,
    })
}

pub(crate) fn list(of: Type) -> Type {
    Type::List(Box::new(of))
}

pub(crate) fn map(of: Type) -> Type {
    Type::Map(Box::new(of))
}

fn def(name: &str, body: TypeBody) -> TypeDef {
    TypeDef {
        package: PackageId(0),
        name: name.into(),
        doc: String::new(),
        life: Life::default(),
        body,
    }
}

pub(crate) fn types() -> Vec<TypeDef> {
    let inner = Type::Ref(INNER);
    let root = vec![
        field("b", Type::Bool),
        field("i", int()),
        field("j", int()),
        field("f", Type::Float64),
        field("s", Type::String),
        field("d", scalar(Dialect::DurationGo)),
        field("herz", scalar(Dialect::Duration)),
        field("percent", scalar(Dialect::PercentGo)),
        field("bytes", scalar(Dialect::ByteSize)),
        field("rate", scalar(Dialect::RateTc)),
        field("count", scalar(Dialect::IntegerGo)),
        field("address", scalar(Dialect::Ip)),
        field("action", Type::Ref(ACTION)),
        field("short", Type::Ref(SHORT)),
        field("li", list(int())),
        field("ls", list(Type::String)),
        field("ld", list(scalar(Dialect::DurationGo))),
        field("la", list(Type::Any)),
        field("lo", list(inner.clone())),
        field("m", map(Type::String)),
        field("mi", map(int())),
        field("o", inner.clone()),
        optional("ob", Type::Bool),
        optional("oi", int()),
        optional("os", Type::String),
        optional("od", scalar(Dialect::DurationGo)),
        optional("ols", list(Type::String)),
        optional("oo", inner),
        with_default("di", int(), Literal::Int(7), Layer::Structure),
        with_default(
            "ds",
            Type::String,
            Literal::Text("seven".into()),
            Layer::Structure,
        ),
        with_default(
            "dd",
            scalar(Dialect::DurationGo),
            Literal::Text("7s".into()),
            Layer::Structure,
        ),
        with_default("late", int(), Literal::Int(7), Layer::Admission),
        Field {
            nullable: true,
            ..field("n", int())
        },
        Field {
            nullable: true,
            ..optional("on", int())
        },
        field("small", unsigned(8)),
        field("big", unsigned(64)),
        field("lbig", list(unsigned(64))),
        field("lsmall", list(unsigned(8))),
        field("lact", list(Type::Ref(ACTION))),
        optional("osmall", unsigned(8)),
        with_default("df", Type::Float64, Literal::Int(7), Layer::Structure),
        with_default("db", Type::Bool, Literal::Bool(true), Layer::Structure),
        with_default(
            "dact",
            Type::Ref(ACTION),
            Literal::Text("loss".into()),
            Layer::Structure,
        ),
        with_default(
            "dl",
            list(Type::String),
            Literal::List(Vec::new()),
            Layer::Structure,
        ),
        field("any", Type::Any),
        field("object", Type::AnyObject),
        field("blob", Type::Bytes),
        field("port", Type::IntOrString),
        field("forever", Type::Ref(FOREVER)),
        optional("pod-name", Type::String),
        field("namespace", Type::String),
        field("in", int()),
        Field {
            life: life(Some("2.0.0"), None),
            ..field("new", int())
        },
        Field {
            life: life(None, Some("2.0.0")),
            ..field("turned", int())
        },
        Field {
            life: life(Some("2.0.0"), None),
            ..field("turned", Type::String)
        },
        Field {
            life: life(None, Some("2.0.0")),
            ..field("grown", int())
        },
        Field {
            life: life(Some("2.0.0"), None),
            ..field("grown", int())
        },
        Field {
            aliases: vec!["devices".into()],
            ..field("device", Type::String)
        },
        Field {
            constraints: vec![limit(ConstraintKind::Items {
                min: None,
                max: Some(8),
            })],
            ..field("bounded", list(Type::Ref(SHORT)))
        },
        Field {
            constraints: vec![limit(ConstraintKind::Length {
                min: None,
                max: Some(20),
            })],
            ..field("brief", Type::String)
        },
    ];
    let inner = vec![
        field("x", int()),
        field("name", Type::String),
        optional("y", int()),
        optional("wait", scalar(Dialect::DurationGo)),
        optional("next", Type::Ref(INNER)),
        field("tags", list(Type::String)),
        with_default("weight", int(), Literal::Int(1), Layer::Structure),
    ];
    let value = |value: &str| EnumValue {
        value: value.into(),
        doc: String::new(),
        name: None,
        life: Life::default(),
    };
    let action = Enum {
        values: vec![
            value("delay"),
            value("loss"),
            value("both"),
            EnumValue {
                life: life(Some("2.0.0"), None),
                ..value("rate")
            },
        ],
        layer: Layer::Structure,
        level: Level::Error,
        allow_empty: false,
    };
    let short = limit(ConstraintKind::Length {
        min: None,
        max: Some(10),
    });
    vec![
        def(
            "Root",
            TypeBody::Object(Object {
                fields: root,
                ..Object::default()
            }),
        ),
        def(
            "Inner",
            TypeBody::Object(Object {
                fields: inner,
                ..Object::default()
            }),
        ),
        def("Action", TypeBody::Enum(action)),
        def("Short", TypeBody::Refined(Type::String, vec![short])),
        def(
            "Forever",
            TypeBody::Refined(list(Type::Ref(FOREVER)), Vec::new()),
        ),
    ]
}

pub(crate) fn scope<'a>(types: &'a Vec<TypeDef>, life: &'a Life) -> Scope<'a> {
    Scope {
        types,
        this: ROOT,
        life,
        present: &[],
    }
}

/// One line of the table.
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) data: serde_json::Value,
    pub(crate) expected: String,
    pub(crate) source: String,
}

/// The rows of a table: fenced blocks ```` ```cel {data} ````, in each line what is expected and the
/// expression.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut data = None;
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(head) = line.strip_prefix("```cel ") {
            data =
                Some(serde_json::from_str(head).unwrap_or_else(|e| panic!("line {}: {e}", at + 1)));
        } else if line.starts_with("```") {
            data = None;
        } else if let (Some(data), Some((expected, source))) = (&data, line.split_once(' ')) {
            let (expected, source) = (expected.to_owned(), source.trim().to_owned());
            rows.push(Row {
                line: at + 1,
                data: serde_json::Value::clone(data),
                expected,
                source,
            });
        }
    }
    rows
}
