#include "textflag.h"

TEXT ·Self(SB), NOSPLIT, $0-8
	MOVD g, R0
	MOVD R0, ret+0(FP)
	RET

TEXT ·release(SB), NOSPLIT, $0-8
	MOVD l+0(FP), R0
	STLRW ZR, (R0)
	RET
