package lenient

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Masked is what is shown of credentials.
const Masked = "********"

// JSON gives compact JSON.
func JSON(value interface{}) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// Mask gives the texts with the values of credentials masked, which their names tell.
func Mask(texts map[string]string) map[string]string {
	if texts == nil {
		return nil
	}
	masked := make(map[string]string, len(texts))
	for name, text := range texts {
		if isCredential(name) && text != "" {
			text = Masked
		}
		masked[name] = text
	}
	return masked
}

// MaskText masks a text that may be a credential.
func MaskText(text string) string {
	if text == "" {
		return ""
	}
	return Masked
}

func isCredential(name string) bool {
	name = strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name))
	for _, word := range []string{"authorization", "cookie", "password", "adminpass", "secret", "accesskey", "securitykey", "apikey", "token", "signature"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
