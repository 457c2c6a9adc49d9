package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// ParseJSON reads one JSON value: nil, bool, int64, uint64 (only above the int64 range), float64,
// string, []any or map[string]any. Numbers keep what was written: 5 is whole, 5.0 is not.
func ParseJSON(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON value")
	}
	return numbers(value)
}

// numbers turns the texts of numbers into numbers, in place.
func numbers(value any) (any, error) {
	switch v := value.(type) {
	case json.Number:
		return number(string(v))
	case []any:
		for at, item := range v {
			item, err := numbers(item)
			if err != nil {
				return nil, err
			}
			v[at] = item
		}
	case map[string]any:
		for key, entry := range v {
			entry, err := numbers(entry)
			if err != nil {
				return nil, err
			}
			v[key] = entry
		}
	}
	return value, nil
}

func number(text string) (any, error) {
	if !strings.ContainsAny(text, ".eE") && text != "-0" {
		if value, err := strconv.ParseInt(text, 10, 64); err == nil {
			return value, nil
		}
		if value, err := strconv.ParseUint(text, 10, 64); err == nil {
			return value, nil
		}
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, errors.New("the number " + text + " is out of range")
	}
	return value, nil
}

// AppendJSON writes a view as JSON: fields in the order of the schema, then unknown keys.
func AppendJSON(out []byte, view View) []byte {
	switch v := view.(type) {
	case bool:
		return strconv.AppendBool(out, v)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case uint64:
		return strconv.AppendUint(out, v, 10)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return append(out, "null"...)
		}
		return append(out, floatJSON(v)...)
	case string:
		return appendText(out, v)
	case List:
		out = append(out, '[')
		for at := 0; at < v.Len(); at++ {
			if at > 0 {
				out = append(out, ',')
			}
			out = AppendJSON(out, v.Item(at))
		}
		return append(out, ']')
	case Map:
		out = append(out, '{')
		for at, key := range v.Keys() {
			if at > 0 {
				out = append(out, ',')
			}
			out = appendText(out, key)
			out = append(out, ':')
			out = AppendJSON(out, v.Value(key))
		}
		return append(out, '}')
	case Object:
		out = append(out, '{')
		first := true
		entry := func(key string, value View) {
			if !first {
				out = append(out, ',')
			}
			first = false
			out = appendText(out, key)
			out = append(out, ':')
			out = AppendJSON(out, value)
		}
		for at := range v.Table().Fields {
			if value := v.Field(at); value != nil {
				entry(v.Table().Fields[at].Wire, value)
			}
		}
		others := v.Others()
		for _, key := range sortedKeys(others) {
			entry(key, ViewJSON(others[key]))
		}
		return append(out, '}')
	default:
		return append(out, "null"...)
	}
}

func appendText(out []byte, text string) []byte {
	const digits = "0123456789abcdef"
	out = append(out, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', byte(c))
		case c < 0x20:
			out = append(out, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			out = append(out, string(c)...)
		}
	}
	return append(out, '"')
}

// floatJSON is the shortest text of a number that reads back to it, as JSON writers in Rust have it.
func floatJSON(value float64) string {
	scientific := strconv.FormatFloat(value, 'e', -1, 64)
	mantissa, power, _ := strings.Cut(scientific, "e")
	exponent, err := strconv.Atoi(power)
	if err != nil {
		return scientific
	}
	if exponent >= -5 && exponent < 16 {
		plain := strconv.FormatFloat(value, 'f', -1, 64)
		if !strings.Contains(plain, ".") {
			plain += ".0"
		}
		return plain
	}
	if exponent > 0 {
		return mantissa + "e+" + strconv.Itoa(exponent)
	}
	return mantissa + "e" + strconv.Itoa(exponent)
}

// floatText is a number in plain digits, however long.
func floatText(value float64) string {
	switch {
	case math.IsNaN(value):
		return "NaN"
	case math.IsInf(value, 1):
		return "inf"
	case math.IsInf(value, -1):
		return "-inf"
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// identity is a text that is the same for equal values and different for different ones.
func identity(view View) string {
	if view == nil {
		return ""
	}
	switch v := view.(type) {
	case Object:
		// Keys in order, whatever the schema's order is.
		entries := make(map[string]View)
		for at := range v.Table().Fields {
			if value := v.Field(at); value != nil {
				entries[v.Table().Fields[at].Wire] = value
			}
		}
		for key, value := range v.Others() {
			entries[key] = ViewJSON(value)
		}
		var out strings.Builder
		out.WriteByte('{')
		for _, key := range sortedKeys(entries) {
			out.Write(appendText(nil, key))
			out.WriteString(":" + identity(entries[key]) + ",")
		}
		out.WriteByte('}')
		return out.String()
	case List:
		var out strings.Builder
		out.WriteByte('[')
		for at := 0; at < v.Len(); at++ {
			out.WriteString(identity(v.Item(at)) + ",")
		}
		out.WriteByte(']')
		return out.String()
	case Map:
		var out strings.Builder
		out.WriteByte('{')
		for _, key := range v.Keys() {
			out.Write(appendText(nil, key))
			out.WriteString(":" + identity(v.Value(key)) + ",")
		}
		out.WriteByte('}')
		return out.String()
	}
	return string(AppendJSON(nil, view))
}
