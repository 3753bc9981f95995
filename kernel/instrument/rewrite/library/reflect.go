package library

import "threading101/kernel/event"

// Channels whose types only package reflect knows.
var reflectFunctions = map[string]Function{
	"reflect.Select": {op: event.SelectWant, Fn: "ReflectSelect", bind: true},
}

var reflectMethods = map[string]method{
	"(reflect.Value).Send":    {op: event.SendWant, Fn: "ReflectSend", value: "ReflectSendFunc", byValue: true},
	"(reflect.Value).Recv":    {op: event.RecvWant, Fn: "ReflectRecv", value: "ReflectRecvFunc", byValue: true},
	"(reflect.Value).TrySend": {op: event.SelectWant, Fn: "ReflectTrySend", byValue: true},
	"(reflect.Value).TryRecv": {op: event.SelectWant, Fn: "ReflectTryRecv", byValue: true},
	"(reflect.Value).Close":   {op: event.Close, Fn: "ReflectClose", value: "ReflectCloseFunc", byValue: true},
	"(reflect.Value).Len":     {op: event.None, Fn: "ReflectLen", byValue: true},
}
