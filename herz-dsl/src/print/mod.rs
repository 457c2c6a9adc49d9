//! Catalog -> text of the schema language. Reading the text gives the same catalog.
//!
//! Groups are gone by then: their fields stand in every object that included them. Types of
//! imports are not printed, since they belong to another document.

mod field;
mod rule;
mod yaml;

use crate::catalog::{
    Catalog, Embedded, Enum, Foreign, Kind, Layer, Life, Object, Package, PackageId, Scope,
    Subresources, Type, TypeBody, TypeDef, TypeId, Union,
};
use herz_types::Level;
use yaml::{Entries, Yaml};

/// The texts of one package: `package.yaml`, a file for each kind, `types.yaml`.
pub fn package(catalog: &Catalog, id: PackageId) -> Vec<(String, String)> {
    let Some(package) = catalog.package(id) else {
        return Vec::new();
    };
    let printer = Printer { catalog, id };
    let mut files = vec![("package.yaml".to_owned(), yaml::document(&head(package)))];
    for kind in catalog.kinds.iter().filter(|kind| kind.package == id) {
        files.push((
            format!("{}.yaml", kind.name),
            yaml::document(&printer.kind(kind)),
        ));
    }
    let types: Vec<(String, Yaml)> = catalog
        .types
        .iter()
        .filter(|def| def.package == id && !def.name.contains('.'))
        .map(|def| (def.name.clone(), printer.def(def)))
        .collect();
    if !types.is_empty() {
        let root = Yaml::Map(vec![("types".to_owned(), Yaml::Map(types))]);
        files.push(("types.yaml".to_owned(), yaml::document(&root)));
    }
    files
}

fn head(package: &Package) -> Yaml {
    let mut out = Entries::default();
    out.put("package", Yaml::text(&package.name));
    out.put("version", Yaml::text(package.version.to_string()));
    out.put("group", Yaml::text(&package.group));
    out.put("apiVersion", Yaml::text(&package.api_version));
    out.text("doc", &package.doc);
    if package.platform != package.name || package.releases.len() > 1 {
        let mut platform = Entries::default();
        platform.put("name", Yaml::text(&package.platform));
        let releases = package.releases.iter().map(ToString::to_string);
        platform.put("versions", Yaml::texts(releases));
        out.put("platform", platform.map());
    }
    if package.lenient_null {
        out.put("nulls", Yaml::text("absent"));
    }
    out.map()
}

/// What the parts of a package are printed with.
struct Printer<'c> {
    catalog: &'c Catalog,
    id: PackageId,
}

impl Printer<'_> {
    fn kind(&self, kind: &Kind) -> Yaml {
        let mut out = Entries::default();
        out.put("kind", Yaml::text(&kind.name));
        life(&kind.life, &mut out);
        out.text("doc", &kind.doc);
        let mut names = Entries::default();
        if kind.plural != kind.name.to_lowercase() {
            names.put("plural", Yaml::text(&kind.plural));
        }
        names.list("short", kind.short.iter().map(Yaml::text).collect());
        if !names.0.is_empty() {
            out.put("names", names.map());
        }
        if kind.scope == Scope::Cluster {
            out.put("scope", Yaml::text("Cluster"));
        }
        match kind.subresources {
            Subresources::Absent => {}
            Subresources::Empty => out.put("subresources", Yaml::text("empty")),
            Subresources::Status => out.put("subresources", Yaml::text("status")),
        }
        let columns = kind.columns.iter().map(|column| {
            let mut out = Entries::default();
            out.put("name", Yaml::text(&column.name));
            out.put("path", Yaml::text(&column.path));
            out.put("type", Yaml::text(&column.cell));
            out.map()
        });
        out.list("columns", columns.collect());
        if !kind.spec_required {
            out.put("specRequired", Yaml::bool(false));
        }
        out.flag("immutable", kind.immutable);
        if kind.structure_only {
            out.put("judged", Yaml::text("structure"));
        }
        if kind.embedded == Embedded::AsWritten {
            out.put("embedded", Yaml::text("asWritten"));
        }
        if let Some(lasting) = &kind.lasting {
            let mut entries = Entries::default();
            entries.put("duration", Yaml::text(lasting.duration.to_string()));
            if let Some((tag, values)) = &lasting.one_shot {
                let shots = Yaml::Map(vec![(tag.clone(), Yaml::texts(values))]);
                entries.put("oneShot", shots);
            }
            out.put("lasting", entries.map());
        }
        if let Some(object) = self.object(kind.spec) {
            self.object_into(object, &mut out);
        }
        let rules = kind.rules.iter().map(rule::rule).collect();
        out.list("documentRules", rules);
        if let Some(status) = kind.status {
            let own = format!("{}.status", kind.name);
            let name = self.catalog.get(status).map_or("", |def| &def.name);
            match self.object(status).filter(|_| name == own) {
                Some(object) => {
                    let mut entries = Entries::default();
                    self.object_into(object, &mut entries);
                    out.put("status", entries.map());
                }
                None => out.put("status", Yaml::text(self.type_name(&Type::Ref(status)))),
            }
        }
        out.list("examples", kind.examples.iter().map(Yaml::text).collect());
        out.map()
    }

    fn object(&self, id: TypeId) -> Option<&Object> {
        match &self.catalog.get(id)?.body {
            TypeBody::Object(object) => Some(object),
            TypeBody::Enum(_) | TypeBody::Refined(..) => None,
        }
    }

    fn def(&self, def: &TypeDef) -> Yaml {
        let mut out = Entries::default();
        life(&def.life, &mut out);
        out.text("doc", &def.doc);
        match &def.body {
            TypeBody::Object(object) => self.object_into(object, &mut out),
            TypeBody::Enum(body) => enumeration(body, &mut out),
            TypeBody::Refined(ty, limits) => {
                out.put("scalar", Yaml::text(self.type_name(ty)));
                field::limits(limits, &mut out);
            }
        }
        out.map()
    }

    fn object_into(&self, object: &Object, out: &mut Entries) {
        let fields = object.fields.iter().map(|one| self.field(one)).collect();
        out.put("fields", Yaml::List(fields));
        out.list("rules", object.rules.iter().map(rule::rule).collect());
        if let Some(union) = &object.union {
            out.put("union", cases(union));
        }
        out.list("reserved", object.reserved.iter().map(Yaml::text).collect());
        out.flag("open", object.open);
        if let Some(atomic) = &object.atomic {
            let mut entries = Entries::default();
            life(atomic, &mut entries);
            let plain = entries.0.is_empty();
            let value = if plain {
                Yaml::bool(true)
            } else {
                entries.map()
            };
            out.put("atomic", value);
        }
    }

    /// A type as `type:` writes it.
    fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "bool".to_owned(),
            Type::Int {
                bits,
                signed,
                format,
            } => {
                let sign = if *signed { "" } else { "u" };
                match (bits, format) {
                    (64, false) => format!("{sign}int"),
                    _ => format!("{sign}int{bits}"),
                }
            }
            Type::Float64 => "float64".to_owned(),
            Type::String => "string".to_owned(),
            Type::Bytes => "bytes".to_owned(),
            Type::Scalar(scalar) => {
                let mark = if scalar.allow_empty { "?" } else { "" };
                format!("{}{mark}", scalar.dialect.name())
            }
            Type::List(inner) => format!("list<{}>", self.type_name(inner)),
            Type::Map(inner) => format!("map<{}>", self.type_name(inner)),
            Type::Ref(id) => {
                let Some(def) = self.catalog.get(*id) else {
                    return "any".to_owned();
                };
                let package = self.catalog.package(def.package);
                match package.filter(|_| def.package != self.id) {
                    Some(package) => format!("{}.{}", package.name, def.name),
                    None => def.name.clone(),
                }
            }
            Type::Any => "any".to_owned(),
            Type::AnyObject => "object".to_owned(),
            Type::IntOrString => "intOrString".to_owned(),
        }
    }
}

fn enumeration(body: &Enum, out: &mut Entries) {
    let values = body.values.iter().map(|value| {
        let mut entries = Entries::default();
        entries.put("value", Yaml::text(&value.value));
        entries.text("doc", &value.doc);
        entries.text("name", value.name.as_deref().unwrap_or_default());
        life(&value.life, &mut entries);
        if entries.0.len() == 1 {
            Yaml::text(&value.value)
        } else {
            entries.map()
        }
    });
    out.put("enum", Yaml::List(values.collect()));
    if body.layer == Layer::Admission {
        out.put("enumBy", Yaml::text("admission"));
    }
    if body.level == Level::Warning {
        out.put("enumLevel", Yaml::text("warning"));
    }
    out.flag("allowEmpty", body.allow_empty);
}

fn cases(union: &Union) -> Yaml {
    let mut out = Entries::default();
    out.text("name", union.name.as_deref().unwrap_or_default());
    out.put("tag", Yaml::text(&union.tag));
    match union.foreign {
        Foreign::Ignore => out.put("foreign", Yaml::text("ignore")),
        Foreign::Warn => {}
        Foreign::Refuse => out.put("foreign", Yaml::text("refuse")),
    }
    out.flag("selectedOnly", union.selected_only);
    let cases = union.cases.iter().map(|case| {
        let mut entries = Entries::default();
        entries.list("requires", case.requires.iter().map(Yaml::text).collect());
        entries.list("allows", case.allows.iter().map(Yaml::text).collect());
        level(case.level, &mut entries);
        entries.flag("filled", case.filled);
        life(&case.life, &mut entries);
        (case.value.clone(), entries.map())
    });
    out.put("cases", Yaml::Map(cases.collect()));
    out.map()
}

fn level(level: Level, out: &mut Entries) {
    if level == Level::Warning {
        out.put("level", Yaml::text("warning"));
    }
}

/// `since`, `until`, `deprecated`.
fn life(life: &Life, out: &mut Entries) {
    if let Some(since) = &life.since {
        out.put("since", Yaml::text(since.to_string()));
    }
    if let Some(until) = &life.until {
        out.put("until", Yaml::text(until.to_string()));
    }
    if let Some(deprecated) = &life.deprecated {
        let mut entries = Entries::default();
        if let Some(since) = &deprecated.since {
            entries.put("since", Yaml::text(since.to_string()));
        }
        entries.text("use", deprecated.instead.as_deref().unwrap_or_default());
        entries.text("note", deprecated.note.as_deref().unwrap_or_default());
        let value = if entries.0.is_empty() {
            Yaml::bool(true)
        } else {
            entries.map()
        };
        out.put("deprecated", value);
    }
}
