package rt

import _ "threading101/kernel/rt/seek" // has every program linked with a search
