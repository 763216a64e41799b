module bench

go 1.24

require huaweicloud.com/go-runtime v0.0.0-00010101000000-000000000000

replace huaweicloud.com/go-runtime => ../../bindings-go
