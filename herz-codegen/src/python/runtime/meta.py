"""The metadata of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .jsontext import Json
from .model import Object, Schema, no_keys
from .shape import ANY, TEXT, map_of
from .table import Field, Table
from .values import UNSET, Unset


@dataclass(kw_only=True)
class ObjectMeta(Object):
    """The metadata of a document: what people write there, and what an API server adds."""

    name: str | None = None
    """Unique among objects of the kind in the namespace."""

    generate_name: str | None = None
    """The beginning of a name that the server completes."""

    namespace: str | None = None
    """None for kinds of the whole cluster, or for the current one."""

    labels: dict[str, str] | None = None
    """By which objects are selected."""

    annotations: dict[str, str] | None = None

    uid: str | None = None
    """The server's number for this object."""

    resource_version: str | None = None
    """The server's number for this state of the object."""

    self_link: str | None = None
    """Where the object was found."""

    creation_timestamp: Json | Unset = UNSET
    deletion_grace_period_seconds: Json | Unset = UNSET
    deletion_timestamp: Json | Unset = UNSET
    finalizers: Json | Unset = UNSET
    generation: Json | Unset = UNSET
    managed_fields: Json | Unset = UNSET
    owner_references: Json | Unset = UNSET

    unknown: dict[str, Json] = field(default_factory=no_keys)

    HERZ: ClassVar[Schema] = Schema(
        lambda: Table(
            "ObjectMeta",
            lenient_null=True,
            fields=(
                Field("name", "name", TEXT),
                Field("generateName", "generate_name", TEXT),
                Field("namespace", "namespace", TEXT),
                Field("labels", "labels", map_of(TEXT)),
                Field("annotations", "annotations", map_of(TEXT)),
                Field("uid", "uid", TEXT),
                Field("resourceVersion", "resource_version", TEXT),
                Field("selfLink", "self_link", TEXT),
                Field("creationTimestamp", "creation_timestamp", ANY, nullable=True),
                Field("deletionGracePeriodSeconds", "deletion_grace_period_seconds", ANY, nullable=True),
                Field("deletionTimestamp", "deletion_timestamp", ANY, nullable=True),
                Field("finalizers", "finalizers", ANY, nullable=True),
                Field("generation", "generation", ANY, nullable=True),
                Field("managedFields", "managed_fields", ANY, nullable=True),
                Field("ownerReferences", "owner_references", ANY, nullable=True),
            ),
        )
    )
