package instrument

import "threading101/kernel/event"

// Channels of which only package reflect knows the types.
var reflectFunctions = map[string]function{
	"reflect.Select": {op: event.SelectWant, fn: "ReflectSelect", bind: true},
}

var reflectMethods = map[string]method{
	"(reflect.Value).Send":    {op: event.SendWant, fn: "ReflectSend", value: "ReflectSendFunc", byValue: true},
	"(reflect.Value).Recv":    {op: event.RecvWant, fn: "ReflectRecv", value: "ReflectRecvFunc", byValue: true},
	"(reflect.Value).TrySend": {op: event.SelectWant, fn: "ReflectTrySend", byValue: true},
	"(reflect.Value).TryRecv": {op: event.SelectWant, fn: "ReflectTryRecv", byValue: true},
	"(reflect.Value).Close":   {op: event.Close, fn: "ReflectClose", value: "ReflectCloseFunc", byValue: true},
	"(reflect.Value).Len":     {op: event.None, fn: "ReflectLen", byValue: true},
}
