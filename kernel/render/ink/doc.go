// Package ink is what pictures are drawn with, whatever they show: lines of text made
// of cells (Sheet, Grid), elements of SVG (Canvas), pieces of HTML (Page, Twice),
// rows of Markdown, the colours and textures of the lanes, and the widths of texts.
//
// It knows colours and places, but no runs. [Forms] is the table in which a picture
// lists its forms.
//
// HTML is what most learners see, because JupyterLab prefers it to all others (then
// come Markdown, SVG, images and text, in that order). It works both in trusted
// notebooks and in those that are not. Where the notebook is trusted, the style sheet
// applies: [Twice] shows the SVG, and keeps the table below for screen readers and for
// whoever asks for it. Where it is not, JupyterLab removes style sheets and SVG
// elements, but keeps tables, the attribute "hidden" and simple inline styles: the
// table shows, in colours that can be read on any page, and the texts that are left of
// the SVG stay hidden. An image with a data URL would survive in both, but its text
// could not be selected, it would have no tooltips, and the theme of the page would not
// reach it.
//
// The widths of texts in SVG are estimates, a little too wide, because no font can be
// asked. Columns of text are those of a terminal.
package ink
