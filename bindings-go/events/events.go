// Package events has all events in one package, as functions for the oldest SDK expect.
package events

import (
	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/cts"
	"huaweicloud.com/go-runtime/events/dds"
	"huaweicloud.com/go-runtime/events/dis"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/events/lts"
	"huaweicloud.com/go-runtime/events/smn"
	"huaweicloud.com/go-runtime/events/timer"
)

// The types are those of the packages below.
type (
	APIGTriggerEvent    = apig.APIGTriggerEvent
	APIGRequestContext  = apig.APIGRequestContext
	APIGTriggerResponse = apig.APIGTriggerResponse
	CTSTriggerEvent     = cts.CTSTriggerEvent
	CTS                 = cts.CTS
	User                = cts.User
	Domain              = cts.Domain
	DDSTriggerEvent     = dds.DDSTriggerEvent
	DDSRecord           = dds.DDSRecord
	DISTriggerEvent     = dis.DISTriggerEvent
	DISMessage          = dis.DISMessage
	DISRecord           = dis.DISRecord
	KAFKATriggerEvent   = kafka.KAFKATriggerEvent
	KAFKARecord         = kafka.KAFKARecord
	LTSTriggerEvent     = lts.LTSTriggerEvent
	LTSBody             = lts.LTSBody
	SMNTriggerEvent     = smn.SMNTriggerEvent
	SMNRecord           = smn.SMNRecord
	SMNBody             = smn.SMNBody
	TimerTriggerEvent   = timer.TimerTriggerEvent
)
