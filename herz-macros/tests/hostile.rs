//! Hostile names: keywords, names of the prelude, letters of other scripts.

#![allow(dead_code, non_camel_case_types, clippy::all)]

use herz::Manifest;

/// Names that generated code must not trip over.
type Result = ();
type Option = std::option::Option<u8>;
struct Some;
struct Look;
struct Json;
struct Read;

#[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
#[chaos(kind = "Vec", group = "acme.io")]
struct table {
    r#type: std::string::String,
    r#fn: u32,
    r#match: std::option::Option<bool>,
    r#async: std::option::Option<bool>,
    r#yield: std::option::Option<bool>,
    fields: std::option::Option<String>,
    value: std::option::Option<String>,
    cx: std::option::Option<String>,
    known: std::option::Option<String>,
    index: std::option::Option<String>,
    größe: std::option::Option<u8>,
    #[chaos(name = "a-b")]
    dashed: std::option::Option<String>,
    #[chaos(name = "a_b")]
    a_b: std::option::Option<String>,
    #[chaos(name = "2fast")]
    fast: std::option::Option<String>,
    #[chaos(name = "self")]
    own: std::option::Option<r#enum>,
}

#[derive(Debug, Clone, PartialEq, herz::ChaosType)]
enum r#enum {
    #[chaos(rename = "Self")]
    Own,
    Option,
    None,
    #[chaos(rename = "+")]
    Plus,
    #[chaos(rename = "2nd")]
    Second,
}

#[test]
fn hostile_names_are_read_and_written() {
    let text = r#"{"apiVersion":"acme.io/v1alpha1","kind":"Vec","metadata":{"name":"a"},"spec":{
        "type":"x","fn":1,"match":true,"größe":2,"a-b":"1","a_b":"2","2fast":"3","self":"+"}}"#;
    let read: Manifest<table> = serde_json::from_str(text).expect("reads");
    assert_eq!(read.spec.own, std::option::Option::Some(r#enum::Plus));
    let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("writes"), json);
    assert!(herz::schema::<table>().is_ok());
}

/// Every keyword that Rust lets a field have (all but `crate`, `self`, `Self` and `super`).
#[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
#[chaos(kind = "Keywords", group = "acme.io")]
struct Keywords {
    r#as: std::option::Option<String>,
    r#async: std::option::Option<String>,
    r#await: std::option::Option<String>,
    r#break: std::option::Option<String>,
    r#const: std::option::Option<String>,
    r#continue: std::option::Option<String>,
    r#dyn: std::option::Option<String>,
    r#else: std::option::Option<String>,
    r#enum: std::option::Option<String>,
    r#extern: std::option::Option<String>,
    r#false: std::option::Option<String>,
    r#fn: std::option::Option<String>,
    r#for: std::option::Option<String>,
    r#if: std::option::Option<String>,
    r#impl: std::option::Option<String>,
    r#in: std::option::Option<String>,
    r#let: std::option::Option<String>,
    r#loop: std::option::Option<String>,
    r#match: std::option::Option<String>,
    r#mod: std::option::Option<String>,
    r#move: std::option::Option<String>,
    r#mut: std::option::Option<String>,
    r#pub: std::option::Option<String>,
    r#ref: std::option::Option<String>,
    r#return: std::option::Option<String>,
    r#static: std::option::Option<String>,
    r#struct: std::option::Option<String>,
    r#trait: std::option::Option<String>,
    r#true: std::option::Option<String>,
    r#type: std::option::Option<String>,
    r#unsafe: std::option::Option<String>,
    r#use: std::option::Option<String>,
    r#where: std::option::Option<String>,
    r#while: std::option::Option<String>,
    r#abstract: std::option::Option<String>,
    r#become: std::option::Option<String>,
    r#box: std::option::Option<String>,
    r#do: std::option::Option<String>,
    r#final: std::option::Option<String>,
    r#gen: std::option::Option<String>,
    r#macro: std::option::Option<String>,
    r#override: std::option::Option<String>,
    r#priv: std::option::Option<String>,
    r#try: std::option::Option<String>,
    r#typeof: std::option::Option<String>,
    r#unsized: std::option::Option<String>,
    r#virtual: std::option::Option<String>,
    r#yield: std::option::Option<String>,
    r#union: std::option::Option<String>,
    r#auto: std::option::Option<String>,
    r#default: std::option::Option<String>,
    r#raw: std::option::Option<String>,
    r#safe: std::option::Option<String>,
}

#[test]
fn every_keyword_is_a_key() {
    let keys = "as async await break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while abstract become box do final gen macro override priv try typeof unsized virtual yield union auto default raw safe";
    let spec: serde_json::Map<_, _> = keys
        .split(' ')
        .map(|key| (key.to_owned(), "x".into()))
        .collect();
    let json = serde_json::json!({"apiVersion": "acme.io/v1alpha1", "kind": "Keywords",
        "metadata": {"name": "a"}, "spec": spec});
    let read: Manifest<Keywords> = serde_json::from_value(json.clone()).expect("reads");
    assert_eq!(serde_json::to_value(&read).expect("writes"), json);
    let catalog = herz::schema::<Keywords>().expect("a schema");
    let kind = catalog.kind("acme.io", "Keywords").expect("the kind");
    assert_eq!(kind.name, "Keywords");
}
