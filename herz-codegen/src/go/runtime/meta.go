package spec

// ObjectMeta is the metadata of a document: what people write there, and what an API server adds.
type ObjectMeta struct {
	// Name is unique among objects of the kind in the namespace.
	Name *string `json:"name,omitzero"`

	// GenerateName is the beginning of a name that the server completes.
	GenerateName *string `json:"generateName,omitzero"`

	// Namespace; none for kinds of the whole cluster, or for the current one.
	Namespace *string `json:"namespace,omitzero"`

	// Labels, by which objects are selected.
	Labels map[string]string `json:"labels,omitzero"`

	// Annotations.
	Annotations map[string]string `json:"annotations,omitzero"`

	// UID is the server's number for this object.
	UID *string `json:"uid,omitzero"`

	// ResourceVersion is the server's number for this state of the object.
	ResourceVersion *string `json:"resourceVersion,omitzero"`

	// SelfLink is where the object was found.
	SelfLink *string `json:"selfLink,omitzero"`

	// Server holds what only a server writes, as it is: creationTimestamp,
	// deletionGracePeriodSeconds, deletionTimestamp, finalizers, generation, managedFields,
	// ownerReferences. Null is a nil value.
	Server map[string]any `json:"-"`

	// Unknown holds keys that Kubernetes does not know.
	Unknown Unknown `json:"-"`
}

// Named is metadata with this name.
func Named(name string) *ObjectMeta { return &ObjectMeta{Name: &name} }

var objectMetaTable = NewTable("ObjectMeta",
	Field{Wire: "name"},
	Field{Wire: "generateName"},
	Field{Wire: "namespace"},
	Field{Wire: "labels"},
	Field{Wire: "annotations"},
	Field{Wire: "uid"},
	Field{Wire: "resourceVersion"},
	Field{Wire: "selfLink"},
	Field{Wire: "creationTimestamp", Nullable: true},
	Field{Wire: "deletionGracePeriodSeconds", Nullable: true},
	Field{Wire: "deletionTimestamp", Nullable: true},
	Field{Wire: "finalizers", Nullable: true},
	Field{Wire: "generation", Nullable: true},
	Field{Wire: "managedFields", Nullable: true},
	Field{Wire: "ownerReferences", Nullable: true},
).IsLenientNull()

// firstServer is the place of the first field of Server in the table.
const firstServer = 8

type objectMetaObject struct{ v *ObjectMeta }

// HerzObject is the value as validator and writer see it.
func (v *ObjectMeta) HerzObject() Object { return objectMetaObject{v} }

func (o objectMetaObject) Table() *Table   { return objectMetaTable }
func (o objectMetaObject) Others() Unknown { return o.v.Unknown }
func (o objectMetaObject) Rule(int) View   { return nil }

func (o objectMetaObject) Field(index int) View {
	switch index {
	case 0:
		return ViewPtr(o.v.Name, ViewText[string])
	case 1:
		return ViewPtr(o.v.GenerateName, ViewText[string])
	case 2:
		return ViewPtr(o.v.Namespace, ViewText[string])
	case 3:
		return ViewMap(o.v.Labels, ViewText[string])
	case 4:
		return ViewMap(o.v.Annotations, ViewText[string])
	case 5:
		return ViewPtr(o.v.UID, ViewText[string])
	case 6:
		return ViewPtr(o.v.ResourceVersion, ViewText[string])
	case 7:
		return ViewPtr(o.v.SelfLink, ViewText[string])
	}
	if value, ok := o.v.Server[objectMetaTable.Fields[index].Wire]; ok {
		return ViewJSON(value)
	}
	return nil
}

// HerzRead reads the fields.
func (v *ObjectMeta) HerzRead(f *Fields) {
	OptionalPtr(f, 0, &v.Name, ReadText[string])
	OptionalPtr(f, 1, &v.GenerateName, ReadText[string])
	OptionalPtr(f, 2, &v.Namespace, ReadText[string])
	Optional(f, 3, &v.Labels, ReadMap(ReadText[string]))
	Optional(f, 4, &v.Annotations, ReadMap(ReadText[string]))
	OptionalPtr(f, 5, &v.UID, ReadText[string])
	OptionalPtr(f, 6, &v.ResourceVersion, ReadText[string])
	OptionalPtr(f, 7, &v.SelfLink, ReadText[string])
	for at := firstServer; at < len(objectMetaTable.Fields); at++ {
		if value, present, ok := read(f, at, ReadAny); present && ok {
			if v.Server == nil {
				v.Server = make(map[string]any)
			}
			v.Server[objectMetaTable.Fields[at].Wire] = value
		}
	}
	v.Unknown = f.Others()
}

// Validate tells everything that is wrong.
func (v *ObjectMeta) Validate() Violations { return Validate(v.HerzObject()) }

// MarshalJSON writes the object, unknown keys included.
func (v ObjectMeta) MarshalJSON() ([]byte, error) { return AppendJSON(nil, v.HerzObject()), nil }

// UnmarshalJSON reads the object; the error is everything that does not fit.
func (v *ObjectMeta) UnmarshalJSON(data []byte) error { return Unmarshal(data, v) }
