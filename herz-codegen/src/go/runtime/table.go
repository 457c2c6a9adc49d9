package spec

// Layer says which part of a platform enforces something.
type Layer uint8

const (
	// Structure counts everywhere.
	Structure Layer = iota

	// Admission looks only at what will run; elsewhere it is advice.
	Admission
)

// Table is what the schema says of an object type.
type Table struct {
	Name          string
	Fields        []Field
	Rules         []Rule
	Union         *Union
	Gone          [][2]string
	Open          bool
	LenientNull   bool
	StructureOnly bool
	Document      bool
	Lasting       *Lasting
	places        map[string]int
}

// NewTable is a table of these fields.
func NewTable(name string, fields ...Field) *Table {
	places := make(map[string]int, len(fields))
	for at, field := range fields {
		if _, there := places[field.Wire]; !there {
			places[field.Wire] = at
		}
	}
	return &Table{Name: name, Fields: fields, places: places}
}

// WithRules adds rules across fields.
func (t *Table) WithRules(rules ...Rule) *Table {
	t.Rules = rules
	return t
}

// WithUnion adds a field that decides which other fields make sense.
func (t *Table) WithUnion(union Union) *Table {
	t.Union = &union
	return t
}

// WithGone adds fields that an earlier release had, and the release that dropped them.
func (t *Table) WithGone(gone ...[2]string) *Table {
	t.Gone = gone
	return t
}

// WithLasting adds what ends a fault of this kind.
func (t *Table) WithLasting(lasting Lasting) *Table {
	t.Lasting = &lasting
	return t
}

// IsOpen: unknown fields are data.
func (t *Table) IsOpen() *Table {
	t.Open = true
	return t
}

// IsLenientNull: null for a field that is not nullable counts as absent, with a warning.
func (t *Table) IsLenientNull() *Table {
	t.LenientNull = true
	return t
}

// IsStructureOnly: admission rules are advice in the whole object.
func (t *Table) IsStructureOnly() *Table {
	t.StructureOnly = true
	return t
}

// IsDocument: it is a whole document, where null always counts as absent.
func (t *Table) IsDocument() *Table {
	t.Document = true
	t.LenientNull = true
	return t
}

func (t *Table) position(wire string) int {
	if at, ok := t.places[wire]; ok {
		return at
	}
	return -1
}

// Field is a field of an object.
type Field struct {
	Wire          string
	Required      bool
	Nullable      bool
	Default       *Default
	Limits        []Limit
	Entries       *Shape
	StructureOnly bool
	Aliases       []string
	Deprecated    *Deprecated
	Normalize     *Normalize
	Sensitive     bool
}

// Shape is what list items or map values may be, beyond their type.
type Shape struct {
	Limits  []Limit
	Entries *Shape
}

var anyShape Shape

func (f *Field) shape() *Shape { return &Shape{Limits: f.Limits, Entries: f.Entries} }

func (s *Shape) dialect() (Dialect, bool) {
	if s == nil {
		return 0, false
	}
	for at := range s.Limits {
		if s.Limits[at].Kind == LimitScalar {
			return s.Limits[at].Dialect, true
		}
	}
	return 0, false
}

func (f *Field) choice() *Choice {
	for at := range f.Limits {
		if f.Limits[at].Kind == LimitEnum {
			return f.Limits[at].Choice
		}
	}
	return nil
}

func (f *Field) defaultFor(layer Layer) *Default {
	if f.Default != nil && f.Default.Layer <= layer {
		return f.Default
	}
	return nil
}

func (f *Field) mendsEmpty(layer Layer) bool {
	found := f.defaultFor(layer)
	return found != nil && found.FillEmpty
}

// LimitKind says what a Limit limits.
type LimitKind uint8

// The kinds of limits.
const (
	LimitRange LimitKind = iota
	LimitLength
	LimitItems
	LimitPattern
	LimitMultipleOf
	LimitUniqueItems
	LimitToldApart
	LimitFilled
	LimitScalar
	LimitEnum
	LimitBase64
	LimitGrammar
	LimitOneOf
)

// Limit is a limit on a value.
type Limit struct {
	Kind       LimitKind
	Level      Level
	Layer      Layer
	Min        *Bound
	Max        *Bound
	Least      *uint64
	Most       *uint64
	Pattern    string
	Step       float64
	Dialect    Dialect
	AllowEmpty bool
	Choice     *Choice
	Values     []string
}

// Count is a number in a table that may be missing.
func Count(value uint64) *uint64 { return &value }

// Bound is one end of a range.
type Bound struct {
	Value     float64
	Text      string
	Exclusive bool
}

// Choice are the values of an enum.
type Choice struct {
	Values     []string
	AllowEmpty bool
	Gone       [][2]string
	Deprecated []Deprecated
}

// Deprecated is what to say to somebody who uses something deprecated. Name is the value, for
// values of enums. Since, Instead and Note are empty if nothing is known.
type Deprecated struct {
	Name    string
	Since   string
	Instead string
	Note    string
}

// Default is the value if absent; a Value of Generated is made up at creation.
type Default struct {
	Value     View
	FillEmpty bool
	Layer     Layer
}

// Normalize is how a platform rewrites a text before admission sees it.
type Normalize struct {
	CutAt     string
	Prefix    string
	Unless    string
	KeepEmpty bool
}

// RuleKind says what a Rule demands.
type RuleKind uint8

// The kinds of rules.
const (
	RuleRequires RuleKind = iota
	RuleForbids
	RuleCount
	RuleCompare
	RuleUnique
	RuleRefersTo
	RuleAcyclic
	RuleImmutable
	RuleCel
)

// Each is the step of a FieldPath that stands for every item of a list or value of a map.
const Each = "[]"

// FieldPath is a path from an object down: wire names, and Each.
type FieldPath []string

// Rule is a rule across fields.
type Rule struct {
	Name      string
	Kind      RuleKind
	When      []Condition
	WhenWords string
	Message   string
	Level     Level
	Layer     Layer
	Fields    []FieldPath
	Filled    bool
	Min       int
	AtMostOne bool
	Left      FieldPath
	Op        string
	Right     FieldPath
	List      FieldPath
	By        string
	From      FieldPath
	To        FieldPath
	Of        []Condition
	Edges     FieldPath
	Source    string
}

// Test says what a Condition asks of a field.
type Test uint8

// The tests.
const (
	TestIn Test = iota
	TestNotIn
	TestPresent
	TestAbsent
	TestFilled
	TestEmpty
)

// Condition is a test of one field.
type Condition struct {
	Field  FieldPath
	Test   Test
	Values []View
}

// Foreign says what a field of another case means.
type Foreign uint8

const (
	// ForeignIgnore: nothing.
	ForeignIgnore Foreign = iota

	// ForeignWarn: a warning.
	ForeignWarn

	// ForeignRefuse: an error.
	ForeignRefuse
)

// Union is a field whose value decides which other fields make sense.
type Union struct {
	Tag          string
	Cases        []Case
	Former       []string
	Foreign      Foreign
	SelectedOnly bool
}

// Case is one case of a Union.
type Case struct {
	Value    string
	Requires []string
	Filled   bool
	Allows   []string
	Level    Level
}

// Lasting is what ends a fault that lasts. Paths start at the document's root.
type Lasting struct {
	Duration FieldPath
	Tag      FieldPath
	Once     []string
}

func (t *Table) unknown(key string) (Code, string) {
	for at := range t.Fields {
		for _, alias := range t.Fields[at].Aliases {
			if alias == key {
				return CodeFormerName, msgBothNames(key, t.Fields[at].Wire)
			}
		}
	}
	for _, gone := range t.Gone {
		if gone[0] == key {
			if gone[1] == "" {
				return CodeGone, msgReserved(key)
			}
			platform, until := splitSince(gone[1])
			return CodeGone, msgGone("field", key, platform, until, "the newest release")
		}
	}
	return CodeUnknownField, msgUnknownField(key)
}
