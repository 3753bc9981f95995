package words

// KernelGone says that a tool started by GoNB does not reach the kernel.
func KernelGone(why string) string {
	return "threading101: the kernel does not answer (" + why + ").\nhint: restart the kernel (Kernel ▸ Restart)."
}

// ToolNotFound says that a real tool is missing behind ours.
func ToolNotFound(name string) string {
	return "threading101: " + name + " is not installed, or not on the PATH.\nhint: threading101 doctor says what is missing and how to install it."
}

// EmptyCall answers a tool that was called without a name.
const EmptyCall = "threading101: an empty call"
