package picture

import (
	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// RunType is the MIME type of a run as data.
const RunType = "application/vnd.threading101.run+json"

// Forms are the forms of the picture of a run.
var Forms = ink.Forms[*Picture]{
	{Name: "text", MIME: "text/plain", Write: (*Picture).text},
	{Name: "svg", MIME: "image/svg+xml", Write: (*Picture).svg, Flag: "svg", Help: words.HelpSVG},
	{Name: "html", MIME: "text/html", Write: (*Picture).html},
	{Name: "json", MIME: RunType, Write: (*Picture).json},
	{Name: "markdown", Write: (*Picture).markdown},
	{Name: "page", Write: (*Picture).page, Flag: "html", Help: words.HelpHTML},
}
