package rt

import _ "threading101/kernel/rt/seek" // links a search into every program
