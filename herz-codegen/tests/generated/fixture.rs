//! A small catalog that has a bit of everything, hostile names included.

use herz_dsl::catalog::*;
use herz_types::Level;
use herz_types::scalar::Dialect;
use semver::Version;

pub(crate) fn version(text: &str) -> Version {
    Version::parse(text).expect("a version")
}

pub(crate) fn field(wire: &str, ty: Type) -> Field {
    Field {
        wire: wire.to_owned(),
        name: None,
        doc: String::new(),
        ty,
        required: false,
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

fn required(wire: &str, ty: Type) -> Field {
    Field {
        required: true,
        ..field(wire, ty)
    }
}

fn scalar(dialect: Dialect) -> Type {
    Type::Scalar(ScalarType {
        dialect,
        allow_empty: false,
    })
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

pub(crate) fn def(name: &str, body: TypeBody) -> TypeDef {
    TypeDef {
        package: PackageId(0),
        name: name.to_owned(),
        doc: String::new(),
        life: Life::default(),
        body,
    }
}

pub(crate) fn values(values: &[&str]) -> TypeBody {
    TypeBody::Enum(Enum {
        values: values
            .iter()
            .map(|value| EnumValue {
                value: (*value).to_owned(),
                doc: String::new(),
                name: None,
                life: Life::default(),
            })
            .collect(),
        layer: Layer::Structure,
        level: Level::Error,
        allow_empty: false,
    })
}

pub(crate) fn object(fields: Vec<Field>) -> TypeBody {
    TypeBody::Object(Object {
        fields,
        ..Object::default()
    })
}

fn path(text: &str) -> FieldPath {
    FieldPath(
        text.split('.')
            .flat_map(|part| match part.strip_suffix("[]") {
                Some(name) => vec![PathStep::Field(name.to_owned()), PathStep::Each],
                None => vec![PathStep::Field(part.to_owned())],
            })
            .collect(),
    )
}

fn rule(name: &str, kind: RuleKind) -> Rule {
    Rule {
        name: name.to_owned(),
        kind,
        when: Vec::new(),
        message: None,
        doc: String::new(),
        level: Level::Error,
        layer: Layer::Admission,
        life: Life::default(),
    }
}

fn case(value: &str, requires: &[&str], allows: &[&str]) -> Case {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Case {
        value: value.to_owned(),
        requires: texts(requires),
        filled: false,
        allows: texts(allows),
        level: Level::Error,
        life: Life::default(),
    }
}

/// Expressions that are compiled to Rust and evaluated by the interpreter.
pub(crate) const EXPRESSIONS: &[&str] = &[
    "has(self.count) && self.count + 1 > 2",
    "!has(self.count) || self.count / 2 * 2 == self.count",
    "!has(self.count) || 10 % self.count == 0",
    "!has(self.count) || -self.count < 0 && self.count - 9223372036854775807 < 0",
    "!has(self.share) || self.share * 2.0 <= 1.0 && -self.share <= 0.0",
    "!has(self.name) || self.name in ['a', 'b']",
    "!has(self.name) || self.name.matches('^[a-c]+$') || self.name.startsWith('x') || self.name.endsWith('y')",
    "!has(self.name) || size(self.name) < 3 && self.name + '!' != 'a!'",
    "!has(self.wait) || self.wait < duration('10s')",
    "has(self.wait) || has(self.name)",
    "!has(self.wait) || self.wait + duration('1s') > duration('2s') || self.flag",
    "self.flag ? has(self.name) : !has(self.name)",
    "self.mode == 'fast' || self.mode.contains('slow')",
    "!has(self.items) || self.items.all(i, i > 0)",
    "!has(self.items) || self.items.exists(i, 10 / i == 5)",
    "!has(self.items) || self.items.exists_one(i, i == 1)",
    "!has(self.items) || size(self.items.filter(i, i % 2 == 0)) == size(self.items)",
    "!has(self.items) || 3 in self.items.map(i, i + 1)",
    "!has(self.items) || size(self.items) == 0 || self.items[0] <= self.items[size(self.items) - 1]",
    "!has(self.items) || self.items + [1] == [1, 1]",
    "!has(self.labels) || self.labels.all(k, k.startsWith('a') && self.labels[k] != '')",
    "!has(self.labels) || 'a' in self.labels && self.labels['a'] == 'x'",
    "!has(self.waits) || self.waits.all(w, w >= duration('0s'))",
    "!has(self.inner) || has(self.inner.inner) && self.inner.inner.flag || self.inner.mode == 'fast'",
    "!has(self.parts) || self.parts.exists(p, has(p.name) && p.name > 'b')",
    "!has(self.limit) || self.limit > 3",
];

/// An object whose rules are [`EXPRESSIONS`]; its number is `id`.
fn cel(id: u32, types: &[TypeDef]) -> TypeDef {
    let list = |ty| Type::List(Box::new(ty));
    let int = Type::Int {
        bits: 64,
        signed: true,
        format: true,
    };
    let default = |text: &str| {
        Some(Default {
            value: DefaultValue::Literal(Literal::Text(text.to_owned())),
            fill: Fill::Absent,
            layer: Layer::Structure,
            life: Life::default(),
        })
    };
    let fields = vec![
        field("count", int.clone()),
        field("share", Type::Float64),
        field("name", Type::String),
        field("wait", scalar(Dialect::DurationGo)),
        required("flag", Type::Bool),
        Field {
            default: default("fast"),
            ..field("mode", Type::String)
        },
        field(
            "items",
            list(Type::Int {
                bits: 32,
                signed: true,
                format: true,
            }),
        ),
        field("labels", Type::Map(Box::new(Type::String))),
        field("waits", list(scalar(Dialect::DurationGo))),
        field("inner", Type::Ref(TypeId(id))),
        field("parts", list(Type::Ref(TypeId(id)))),
        Field {
            nullable: true,
            ..field(
                "limit",
                Type::Int {
                    bits: 64,
                    signed: false,
                    format: true,
                },
            )
        },
    ];
    let mut types = types.to_vec();
    types.push(def("Cel", object(fields.clone())));
    let life = Life::default();
    let scope = herz_dsl::cel::Scope {
        types: &types,
        this: TypeId(id),
        life: &life,
        present: &[],
    };
    let rules = EXPRESSIONS.iter().enumerate().map(|(at, source)| {
        let expr = herz_dsl::cel::compile(source, &scope)
            .unwrap_or_else(|why| panic!("{source}: {why:?}"));
        let kind = RuleKind::Cel {
            source: (*source).to_owned(),
            expr,
            at: vec![path("name")],
        };
        rule(&format!("rule-{at}"), kind)
    });
    let body = Object {
        fields,
        rules: rules.collect(),
        ..Object::default()
    };
    def("Cel", TypeBody::Object(body))
}

/// The catalog: a kind `NetChaos` and types around it.
pub(crate) fn catalog() -> Catalog {
    let by_id = |id| Type::Ref(TypeId(id));
    let list = |ty| Type::List(Box::new(ty));
    let mut spec = Object {
        fields: vec![
            Field {
                doc: "What happens to packets.".to_owned(),
                ..required("action", by_id(0))
            },
            field("delay", by_id(1)),
            field("loss", by_id(2)),
            Field {
                default: Some(Default {
                    value: DefaultValue::Literal(Literal::Text("to".to_owned())),
                    fill: Fill::Absent,
                    layer: Layer::Structure,
                    life: Life::default(),
                }),
                ..required("direction", by_id(3))
            },
            Field {
                doc: "Names of other experiments:\n\n```\nlike this\n```\n\n    and this"
                    .to_owned(),
                constraints: vec![limit(ConstraintKind::Items {
                    min: None,
                    max: Some(3),
                })],
                ..field("type", list(Type::String))
            },
            Field {
                sensitive: true,
                ..field("password", Type::String)
            },
            Field {
                nullable: true,
                ..field(
                    "ttl",
                    Type::Int {
                        bits: 32,
                        signed: true,
                        format: true,
                    },
                )
            },
            field("steps", list(by_id(4))),
            Field {
                aliases: vec!["duratio".to_owned()],
                ..field("duration", scalar(Dialect::DurationGo))
            },
            Field {
                life: Life {
                    deprecated: Some(Deprecation {
                        since: Some(version("1.1.0")),
                        instead: Some("type".to_owned()),
                        note: None,
                    }),
                    ..Life::default()
                },
                ..field("unknown", Type::Map(Box::new(Type::String)))
            },
            field("self", Type::Any),
        ],
        union: Some(Union {
            name: Some("NetFault".to_owned()),
            tag: "action".to_owned(),
            cases: vec![
                case("delay", &["delay"], &[]),
                case("netem", &[], &["delay", "loss"]),
                case("partition", &[], &[]),
            ],
            foreign: Foreign::Warn,
            selected_only: true,
        }),
        reserved: vec!["oldName".to_owned()],
        ..Object::default()
    };
    spec.rules = vec![
        Rule {
            when: vec![Condition {
                field: path("direction"),
                test: Test::In(vec![Literal::Text("both".to_owned())]),
            }],
            ..rule(
                "both-needs-type",
                RuleKind::Requires {
                    fields: vec![path("type")],
                    filled: true,
                },
            )
        },
        rule(
            "steps-differ",
            RuleKind::Unique {
                list: path("steps"),
                by: Some("name".to_owned()),
            },
        ),
        rule(
            "steps-end",
            RuleKind::Acyclic {
                list: path("steps"),
                name: "name".to_owned(),
                edges: path("next[]"),
            },
        ),
        rule(
            "steps-known",
            RuleKind::RefersTo {
                from: path("steps[].next[]"),
                to: path("steps[].name"),
                of: vec![],
            },
        ),
    ];
    let delay = Object {
        fields: vec![
            Field {
                doc: "Time added to each packet.".to_owned(),
                ..required("latency", by_id(5))
            },
            field("jitter", scalar(Dialect::DurationGo)),
            Field {
                constraints: vec![limit(ConstraintKind::Range {
                    min: Some(Bound {
                        value: 0.0,
                        text: "0".to_owned(),
                        exclusive: false,
                    }),
                    max: Some(Bound {
                        value: 100.0,
                        text: "100".to_owned(),
                        exclusive: false,
                    }),
                })],
                ..field("correlation", Type::Float64)
            },
        ],
        rules: vec![rule(
            "jitter-below-latency",
            RuleKind::Compare {
                left: path("jitter"),
                op: Compare::LessOrEqual,
                right: path("latency"),
            },
        )],
        ..Object::default()
    };
    let mut catalog = Catalog {
        packages: vec![Package {
            name: "fixture".to_owned(),
            version: version("0.1.0"),
            group: "fixture.example".to_owned(),
            api_version: "v1".to_owned(),
            doc: "A small package.".to_owned(),
            platform: "fixture".to_owned(),
            releases: vec![version("1.0.0"), version("1.1.0")],
            lenient_null: false,
        }],
        kinds: vec![Kind {
            package: PackageId(0),
            name: "NetChaos".to_owned(),
            plural: "netchaos".to_owned(),
            short: vec![],
            scope: Scope::Namespaced,
            doc: "Delays and drops packets.".to_owned(),
            life: Life::default(),
            spec: TypeId(6),
            spec_required: true,
            status: Some(TypeId(7)),
            subresources: Subresources::Empty,
            columns: vec![],
            immutable: false,
            structure_only: false,
            embedded: herz_dsl::catalog::Embedded::Filled,
            lasting: Some(Lasting {
                duration: path("duration"),
                one_shot: None,
            }),
            rules: vec![],
            examples: vec![],
        }],
        types: vec![
            def(
                "Action",
                values(&["delay", "netem", "partition", "other", "no-case"]),
            ),
            def("Delay", TypeBody::Object(delay)),
            def(
                "Loss",
                object(vec![field("loss", scalar(Dialect::PercentGo))]),
            ),
            def("Direction", values(&["to", "from", "both", "+", ""])),
            def(
                "Step",
                object(vec![
                    required("name", Type::String),
                    field("next", list(Type::String)),
                    field("inner", by_id(4)),
                    field("spec", by_id(6)),
                    field("option", by_id(8)),
                    field("container", by_id(9)),
                ]),
            ),
            def(
                "Latency",
                TypeBody::Refined(
                    scalar(Dialect::DurationGo),
                    vec![limit(ConstraintKind::Pattern("^[0-9]".to_owned()))],
                ),
            ),
            def("NetChaos.spec", TypeBody::Object(spec)),
            def(
                "NetChaos.status",
                object(vec![field("conditions", list(Type::AnyObject))]),
            ),
            def("Option", values(&["Some", "None"])),
            def(
                "k8s.Container",
                object(vec![
                    field("port", Type::IntOrString),
                    field("data", Type::Bytes),
                ]),
            ),
            def("k8s.Unused", object(vec![])),
        ],
    };
    let types = catalog.types.clone();
    catalog.types.push(cel(11, &types));
    catalog
}
