package fgruntimetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Set replaces members of a sample by their names in JSON. A name with dots reaches further in, as with `fgruntime invoke --set`:
// "records.0.topic_id". Nil is null.
type Set map[string]interface{}

// Kinds gives the kinds that there are samples of.
func Kinds() []string {
	var kinds []string
	for _, sample := range samples {
		kinds = append(kinds, sample.kind)
	}
	return kinds
}

// Sample gives a payload as a trigger of that kind sends it, for example "apig" or "kafka", with some members replaced. It panics if
// there is no such kind, and if a name reaches into what is neither object nor array.
func Sample(kind string, set ...Set) []byte {
	event := parsed(kind)
	for _, some := range set {
		for path, value := range some {
			if err := replace(&event, strings.Split(path, "."), value); err != nil {
				panic(fmt.Sprintf("fgruntimetest: %s of the sample %s cannot be set: %v", path, kind, err))
			}
		}
	}
	payload, err := json.Marshal(event)
	if err != nil {
		panic(fmt.Sprintf("fgruntimetest: the sample %s cannot be written: %v", kind, err))
	}
	return payload
}

func parsed(kind string) interface{} {
	for _, sample := range samples {
		if sample.kind != kind {
			continue
		}
		decoder := json.NewDecoder(bytes.NewReader([]byte(sample.payload)))
		decoder.UseNumber()
		var event interface{}
		if err := decoder.Decode(&event); err != nil {
			panic(fmt.Sprintf("fgruntimetest: the sample %s cannot be read: %v", kind, err))
		}
		return event
	}
	panic(fmt.Sprintf("fgruntimetest: there is no sample event %q; there are %s", kind, strings.Join(Kinds(), ", ")))
}

// replace sets what the steps lead to from place; objects on the way are made.
func replace(place *interface{}, steps []string, value interface{}) error {
	if len(steps) == 0 {
		*place = value
		return nil
	}
	if *place == nil {
		*place = map[string]interface{}{}
	}
	step, rest := steps[0], steps[1:]
	switch at := (*place).(type) {
	case map[string]interface{}:
		member := at[step]
		err := replace(&member, rest, value)
		at[step] = member
		return err
	case []interface{}:
		index, err := strconv.Atoi(step)
		if err != nil || index < 0 || index >= len(at) {
			return fmt.Errorf("%s is no index of an array of %d", step, len(at))
		}
		return replace(&at[index], rest, value)
	}
	return fmt.Errorf("%s is in neither an object nor an array", step)
}
