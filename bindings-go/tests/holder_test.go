//go:build go1.24
// +build go1.24

package tests

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"

	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/internal/lenient"
)

// keyOf is which member of JSON a field is, or is made of, by the names of its structure and its own.
var keyOf = func() map[string]string {
	keys := map[string]string{}
	for _, line := range fieldKeys {
		field, key, _ := strings.Cut(line, " ")
		keys[field] = key
	}
	return keys
}()

// decode reads JSON with the digits of its numbers; nil if it is none.
func decode(text string) (value any) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !json.Valid([]byte(text)) {
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	must(decoder.Decode(&value))
	return value
}

// holder holds structures against values of JSON. What texts of JSON contain is not canonical: what is of another type there is
// left out.
type holder struct {
	isCanonical bool
	differences []string
}

func (h *holder) differ(path string, given, wanted any) {
	if difference := differ(path, given, wanted); difference != "" {
		h.differences = append(h.differences, difference)
	}
}

func (h *holder) object(value reflect.Value, path string, object any) {
	members, _ := object.(map[string]any)
	for i := range value.NumField() {
		field := value.Type().Field(i)
		name := value.Type().String() + "." + field.Name
		if !value.Field(i).IsZero() {
			seen[name] = true
		}
		key, isMember := keyOf[name]
		if !isMember {
			continue
		}
		wanted := members[key]
		if field.Type == reflect.TypeFor[time.Time]() {
			wanted = members[key+"_epoch_ms"]
		}
		h.value(value.Field(i), path+"."+field.Name, wanted)
	}
}

func (h *holder) value(value reflect.Value, path string, wanted any) {
	switch given := value.Interface().(type) {
	case time.Time:
		h.time(given, path, wanted)
	case []byte:
		h.raw(given, path, wanted)
	case json.RawMessage:
		h.json(given, path, wanted)
	case event.Values:
		h.differ(path, textsOf(given), textsIn(wanted))
	case string:
		h.text(given, path, wanted)
	case *string:
		h.optional(given, path, wanted)
	case int64:
		h.number(given, path, wanted)
	case bool:
		h.differ(path, given, wanted == true)
	default:
		h.other(value, path, wanted)
	}
}

func (h *holder) other(value reflect.Value, path string, wanted any) {
	if value.Kind() == reflect.Slice {
		h.list(value, path, wanted)
		return
	}
	if strings.HasSuffix(path, "Fields") {
		h.inner(value, path, wanted)
		return
	}
	h.object(value, path, wanted)
}

// text is a text, or the digits of a number.
func (h *holder) text(given, path string, wanted any) {
	switch wanted := wanted.(type) {
	case string:
		h.differ(path, given, wanted)
	case json.Number:
		h.differ(path, given, wanted.String())
	default:
		if wanted == nil || h.isCanonical {
			h.differ(path, given, "")
		}
	}
}

func (h *holder) optional(given *string, path string, wanted any) {
	text, isText := wanted.(string)
	h.differ(path+" is there", given != nil, isText)
	if given != nil {
		h.differ(path, *given, text)
	}
}

func (h *holder) number(given int64, path string, wanted any) {
	digits, isNumber := wanted.(json.Number)
	if !isNumber && !h.isCanonical {
		return
	}
	number, ok := new(big.Rat).SetString(digits.String())
	if !ok || !number.IsInt() || !number.Num().IsInt64() {
		h.differ(path, given, int64(0))
		return
	}
	h.differ(path, given, number.Num().Int64())
}

func (h *holder) time(given time.Time, path string, wanted any) {
	if !h.isCanonical {
		return
	}
	var milliseconds any
	if !given.IsZero() {
		milliseconds = json.Number(fmt.Sprint(given.UnixMilli()))
	}
	h.differ(path, milliseconds, wanted)
}

// raw is what is behind base64, or the text.
func (h *holder) raw(given []byte, path string, wanted any) {
	text, isText := wanted.(string)
	h.differ(path+" is there", given != nil, isText)
	if decoded, ok := lenient.Base64(text); ok && string(given) != text {
		h.differ(path, string(given), string(decoded))
	}
}

// json is as it came; the documented fields in it are canonical in canonical JSON only.
func (h *holder) json(given json.RawMessage, path string, wanted any) {
	_, isObject := wanted.(map[string]any)
	isTyped := strings.HasSuffix(path, ".Data") || strings.HasSuffix(path, ".Body")
	if isObject && isTyped {
		_, isObject = decode(string(given)).(map[string]any)
		h.differ(path+" is an object", isObject, true)
		return
	}
	h.differ(path, decode(string(given)), wanted)
}

func (h *holder) list(given reflect.Value, path string, wanted any) {
	if text, isText := wanted.(string); isText && !h.isCanonical {
		wanted = decode(text)
	}
	elements, _ := wanted.([]any)
	if given.Len() != len(elements) {
		h.differ(path+" count", given.Len(), len(elements))
		return
	}
	for i, element := range elements {
		h.value(given.Index(i), fmt.Sprintf("%s[%d]", path, i), element)
	}
}

// inner is what is documented of an object, or of JSON in a text, perhaps in base64.
func (h *holder) inner(given reflect.Value, path string, wanted any) {
	inside := holder{isCanonical: h.isCanonical}
	if text, isText := wanted.(string); isText {
		inside.isCanonical = false
		wanted = decode(text)
		if decoded, ok := lenient.Base64(text); ok && wanted == nil {
			wanted = decode(string(decoded))
		}
	} else if !isTyped(wanted) {
		wanted = nil
	}
	inside.object(given, path, wanted)
	h.differences = append(h.differences, inside.differences...)
}

// isTyped tells an object with documented fields from any other, in events of EventGrid and of devices.
func isTyped(object any) bool {
	members, _ := object.(map[string]any)
	for _, name := range []string{"obs", "services"} {
		switch members[name].(type) {
		case map[string]any, []any:
			return true
		}
	}
	return false
}

func textsOf(values event.Values) map[string][]string {
	texts := map[string][]string{}
	for _, value := range values {
		texts[value.Name] = append(texts[value.Name], value.Text)
	}
	return texts
}

func textsIn(object any) map[string][]string {
	texts := map[string][]string{}
	members, _ := object.(map[string]any)
	for name, value := range members {
		switch value := value.(type) {
		case string:
			texts[name] = []string{value}
		case []any:
			for _, text := range value {
				texts[name] = append(texts[name], text.(string))
			}
		}
	}
	return texts
}
