package library

import (
	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// Files: what package os does by their names, and what is done with one that is open.
var (
	fileFunctions = map[string]Function{
		"os.Open":      {op: event.FileOpen, Fn: "Open", from: draft.PathFile, bind: true},
		"os.Create":    {op: event.FileOpen, Fn: "Create", from: draft.PathFile, bind: true},
		"os.OpenFile":  {op: event.FileOpen, Fn: "OpenFile", from: draft.PathFile, bind: true},
		"os.ReadFile":  {op: event.FileRead, Fn: "ReadFile", from: draft.PathFile, bind: true},
		"os.WriteFile": {op: event.FileWrite, Fn: "WriteFile", from: draft.PathFile, bind: true},
		"os.Rename":    {op: event.FileRename, Fn: "Rename", from: draft.PathFile, bind: true},
		"os.Remove":    {op: event.FileRemove, Fn: "Remove", from: draft.PathFile, bind: true},
		"os.Truncate":  {op: event.FileTruncate, Fn: "Truncate", from: draft.PathFile, bind: true},
		"os.Stat":      {op: event.FileLook, Fn: "Stat", from: draft.PathFile, bind: true},
		"os.Lstat":     {op: event.FileLook, Fn: "Lstat", from: draft.PathFile, bind: true},
		"os.ReadDir":   {op: event.FileLook, Fn: "ReadDir", from: draft.PathFile, bind: true},
	}

	fileMethods = map[string]method{
		"(*os.File).Read":     {op: event.FileRead, Fn: "Read", from: draft.PathOS, own: true},
		"(*os.File).ReadAt":   {op: event.FileRead, Fn: "ReadAt", from: draft.PathOS, own: true},
		"(*os.File).WriteAt":  {op: event.FileWrite, Fn: "WriteAt", from: draft.PathOS, own: true},
		"(*os.File).Seek":     {op: event.FileSeek, Fn: "Seek", from: draft.PathOS, own: true},
		"(*os.File).Truncate": {op: event.FileTruncate, Fn: "Truncate", from: draft.PathOS, own: true},
		"(*os.File).Stat":     {op: event.FileLook, Fn: "Stat", from: draft.PathOS, own: true},
	}
)
