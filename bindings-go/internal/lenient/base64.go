package lenient

import (
	"encoding/base64"
	"strings"
)

// Base64 decodes text of either alphabet, with or without padding and line breaks.
func Base64(text string) ([]byte, bool) {
	text = strings.NewReplacer("\r", "", "\n", "", "-", "+", "_", "/").Replace(text)
	decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	return decoded, err == nil
}
