package library

import "maps"

// methods and functions are the constructs that are calls of a library, by full
// name. To add one, add a row to the map of its family.
var (
	methods = merge(mutexMethods, rwmutexMethods, waitgroupMethods, onceMethods, condMethods, atomicMethods, printMethods,
		timeMethods, contextMethods, poolMethods, syncMapMethods, valueMethods, reflectMethods, fileMethods, sqlMethods)
	functions = merge(printFunctions, timeFunctions, exitFunctions, atomicFunctions,
		contextFunctions, onceFunctions, randFunctions, processFunctions, reflectFunctions, fileFunctions, sqlFunctions)
)

func merge[V any](families ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, family := range families {
		maps.Copy(all, family)
	}
	return all
}
