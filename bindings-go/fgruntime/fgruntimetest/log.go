package fgruntimetest

import (
	"encoding/json"
	"fmt"
	"sync"
)

// Record is one record of a log. Without a level it counts as INFO.
type Record struct {
	Level     string `json:"level"`
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
}

// Log keeps what handlers log with the contexts that it is given to. Values of credentials are masked, as on the platform. Its zero
// value is empty and ready; any goroutine may use it.
type Log struct {
	mutex   sync.Mutex
	records []Record
}

func (l *Log) add(line []byte) {
	var record Record
	if err := json.Unmarshal(line, &record); err != nil {
		panic(fmt.Sprintf("fgruntimetest: a record of the log is not JSON: %v", err))
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.records = append(l.records, record)
}

// Records gives the records so far.
func (l *Log) Records() []Record {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]Record{}, l.records...)
}

// Messages gives the texts of the records so far.
func (l *Log) Messages() []string {
	messages := []string{}
	for _, record := range l.Records() {
		messages = append(messages, record.Message)
	}
	return messages
}
