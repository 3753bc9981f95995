package words

// Each part of the kernel has its own block below, in alphabetical order.
