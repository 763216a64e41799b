// Package lenient reads what triggers really send into structures whose types expect less.
package lenient

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// Object reads a JSON object into the structure that target points to, by its `json` tags and, where a member is missing, its
// `alt` tags. A member of another type is read where its meaning is clear and left unset where it is not. What is no object
// leaves everything unset.
func Object(data []byte, target interface{}) error {
	value := reflect.ValueOf(target).Elem()
	if isPlain(data, value) {
		return nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil
	}
	for i := 0; i < value.NumField(); i++ {
		if member := find(members, value.Type().Field(i)); member != nil {
			set(value.Field(i), member)
		}
	}
	return nil
}

// isPlain reads an object whose members all have the types of the fields, as nearly all have: encoding/json does that much faster.
func isPlain(data []byte, value reflect.Value) bool {
	plain := withoutMethods(value.Type())
	if plain == nil || !value.IsZero() {
		return false
	}
	read := reflect.New(plain)
	if json.Unmarshal(data, read.Interface()) != nil {
		return false
	}
	value.Set(read.Elem().Convert(value.Type()))
	return true
}

var plainTypes sync.Map

// withoutMethods gives a type that encoding/json reads by itself; nil for one with members that it does not know.
func withoutMethods(structure reflect.Type) reflect.Type {
	if plain, ok := plainTypes.Load(structure); ok {
		return plain.(reflect.Type)
	}
	fields := make([]reflect.StructField, structure.NumField())
	for i := range fields {
		fields[i] = structure.Field(i)
		if _, hasAlternative := fields[i].Tag.Lookup("alt"); hasAlternative {
			return nil
		}
	}
	plain := reflect.StructOf(fields)
	plainTypes.Store(structure, plain)
	return plain
}

// find gives the member of a field, whatever its case, as encoding/json does.
func find(members map[string]json.RawMessage, field reflect.StructField) json.RawMessage {
	name := strings.Split(field.Tag.Get("json"), ",")[0]
	for _, name := range []string{name, field.Tag.Get("alt")} {
		if member, ok := members[name]; ok {
			return member
		}
		for key, member := range members {
			if name != "" && strings.EqualFold(key, name) {
				return member
			}
		}
	}
	return nil
}

func set(field reflect.Value, member json.RawMessage) {
	switch target := field.Addr().Interface().(type) {
	case *string:
		*target = Text(member)
	case *int:
		*target = int(number(member))
	case *int64:
		*target = number(member)
	case *map[string]string:
		*target = texts(member)
	case *[]string:
		*target = list(member)
	default:
		// What this leaves unset is of no type that could be meant.
		_ = json.Unmarshal(member, target)
	}
}

// Text gives a JSON string's text, nothing for null, and compact JSON for everything else.
func Text(member json.RawMessage) string {
	var text *string
	if json.Unmarshal(member, &text) == nil {
		if text == nil {
			return ""
		}
		return *text
	}
	var compact bytes.Buffer
	if json.Compact(&compact, member) != nil {
		return ""
	}
	return compact.String()
}

// texts gives an object's members as texts, also of an object that is in a text.
func texts(member json.RawMessage) map[string]string {
	var members map[string]json.RawMessage
	if json.Unmarshal(member, &members) != nil && json.Unmarshal([]byte(Text(member)), &members) != nil {
		return nil
	}
	if members == nil {
		return nil
	}
	texts := make(map[string]string, len(members))
	for name, member := range members {
		texts[name] = Text(member)
	}
	return texts
}

func list(member json.RawMessage) []string {
	var members []json.RawMessage
	if json.Unmarshal(member, &members) != nil || members == nil {
		return nil
	}
	list := make([]string, len(members))
	for i, member := range members {
		list[i] = Text(member)
	}
	return list
}

// number gives a whole number, also one that is a text or written as 1e9; 0 if it is none.
func number(member json.RawMessage) int64 {
	text := strings.TrimSpace(Text(member))
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole
	}
	float, err := strconv.ParseFloat(text, 64)
	if err != nil || float != math.Trunc(float) || math.Abs(float) >= 1<<63 {
		return 0
	}
	return int64(float)
}
