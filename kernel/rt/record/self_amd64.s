#include "textflag.h"

TEXT ·Self(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET

TEXT ·release(SB), NOSPLIT, $0-8
	MOVQ l+0(FP), AX
	MOVL $0, (AX)
	RET
