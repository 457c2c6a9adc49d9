//! What is the same for every generated type.

/// `Look`, `Serialize` and `Deserialize` for a type that is an object.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_object {
    ($type:ident) => {
        impl $crate::view::Look for $type {
            fn look(&self) -> $crate::view::View<'_> {
                $crate::view::View::Object(self)
            }

            fn is_fine(&self) -> bool {
                $crate::view::Object::doubts(self).is_none()
            }
        }

        $crate::impl_serde!($type);
    };
}

/// `Display`, `Read`, `Look`, `Serialize` and `Deserialize` for an enum of texts.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_text {
    ($type:ident) => {
        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::read::Read for $type {
            fn read<'v>(
                value: &'v $crate::Json,
                cx: &mut $crate::read::Reader<'v>,
            ) -> Option<Self> {
                cx.text(value).map(Self::from)
            }

            fn is_right(value: &$crate::Json) -> bool {
                matches!(value, $crate::Json::String(text) if Self::from(text.as_str()).is_listed())
            }
        }

        impl $crate::view::Look for $type {
            fn look(&self) -> $crate::view::View<'_> {
                $crate::view::View::Text(self.as_str())
            }

            fn is_fine(&self) -> bool {
                Self::is_listed(self)
            }
        }

        $crate::impl_serde!($type);
    };
}

/// `Serialize` and `Deserialize` by the type's own reader and view.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_serde {
    ($type:ident) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&$crate::view::Look::look(self), serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::read::deserialize(deserializer)
            }
        }
    };
}

/// An enum over kinds: the enum itself and what it can do.
#[doc(hidden)]
#[macro_export]
macro_rules! chaos_spec {
    (
        $(#[$docs:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_docs:meta])* $variant:ident($type:ty)),+ $(,)?
        }
    ) => {
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq)]
        $vis enum $name {
            $($(#[$variant_docs])* $variant(::std::boxed::Box<$type>),)+
        }

        $crate::impl_chaos_spec!($name { $($variant($type)),+ });
    };
}

/// What an enum over kinds can do.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_chaos_spec {
    ($name:ident { $($variant:ident($type:ty)),+ $(,)? }) => {
        impl $name {
            /// Group, version and kind of every document that can be read, in order.
            pub const KINDS: &'static [(&'static str, &'static str)] = &[$((
                <$type as $crate::document::Document>::API_VERSION,
                <$type as $crate::document::Document>::KIND,
            ),)+];

            /// The kind: `NetworkChaos`.
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => <$type as $crate::document::Document>::KIND,)+
                }
            }

            /// Group and version: `chaos-mesh.org/v1alpha1`.
            pub const fn api_version(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => {
                        <$type as $crate::document::Document>::API_VERSION
                    })+
                }
            }

            /// Name, namespace, labels.
            pub fn metadata(&self) -> ::core::option::Option<&$crate::meta::ObjectMeta> {
                match self {
                    $(Self::$variant(document) => {
                        $crate::document::Document::metadata(&**document)
                    })+
                }
            }
        }

        impl $crate::validate::Validate for $name {
            fn validate(&self) -> ::std::vec::Vec<$crate::Violation> {
                match self {
                    $(Self::$variant(document) => $crate::validate::Validate::validate(&**document),)+
                }
            }
        }

        impl $crate::read::Read for $name {
            fn read<'v>(
                value: &'v $crate::Json,
                cx: &mut $crate::read::Reader<'v>,
            ) -> ::core::option::Option<Self> {
                let mut ahead = cx.kind(value, Self::KINDS)?;
                $(if ahead == 0 {
                    return $crate::read::Read::read(value, cx).map(Self::$variant);
                }
                ahead = ahead.wrapping_sub(1);)+
                None
            }

            fn is_right(value: &$crate::Json) -> bool {
                let Some(parts @ [_, Some($crate::Json::String(kind)), ..]) =
                    $crate::document::parts(value)
                else {
                    return false;
                };
                // Kinds of several groups may share a name.
                $((kind == <$type as $crate::document::Document>::KIND
                    && <$type as $crate::document::Document>::parts_are_right(&parts)))||+
            }
        }

        impl $crate::view::Look for $name {
            fn look(&self) -> $crate::view::View<'_> {
                match self {
                    $(Self::$variant(document) => $crate::view::Look::look(document),)+
                }
            }

            fn is_fine(&self) -> bool {
                match self {
                    $(Self::$variant(document) => $crate::view::Look::is_fine(document),)+
                }
            }
        }

        $crate::impl_serde!($name);

        $(impl ::core::convert::From<$type> for $name {
            fn from(document: $type) -> Self {
                Self::$variant(::std::boxed::Box::new(document))
            }
        })+
    };
}
