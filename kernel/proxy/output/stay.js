// In JupyterLab and Notebook, which clear a cell's outputs when it is run again: keeps
// the picture of the run before in its place until there is another, or the run is over.
// After a moment it fades and is labelled, so that nobody takes it for the new one.
{
	const script = document.currentScript, area = script.closest(".jp-OutputArea"), cell = area?.closest(".jp-CodeCell");
	const running = () => cell.querySelector(".jp-InputPrompt")?.textContent.includes("*");
	let old = null;

	const keep = outputs => {
		const label = document.createElement("div"), body = document.createElement("div");
		label.textContent = script.dataset.label;
		label.style.cssText = "position:absolute;top:4px;right:4px;z-index:1;padding:2px 8px;border-radius:4px;opacity:0;" +
			"font:12px system-ui,sans-serif;color:var(--jp-ui-font-color1);background:var(--jp-layout-color2)";
		body.append(...outputs);
		old = document.createElement("div");
		old.className = "t101-old";
		old.style.position = "relative";
		old.inert = true;
		old.append(label, body);
		area.append(old);
		const later = {delay: 150, duration: 150, fill: "forwards"}; // a quick run is over before
		label.animate({opacity: [0, 1]}, later);
		body.animate({opacity: [1, 0.4]}, later);
		leaveAtTheEnd();
	};
	const leave = () => {
		old?.remove();
		old = null;
	};
	// The last outputs may come a little after the prompt's number.
	const leaveAtTheEnd = (over = 0) => old && setTimeout(() => over ? leave() : leaveAtTheEnd(!running()), 50);

	const outputs = () => [...area.children].filter(e => e.matches(".jp-OutputArea-child"));
	const look = changes => {
		const gone = changes.flatMap(c => c.target === area ? [...c.removedNodes] : []).filter(e => e.matches?.(".jp-OutputArea-child"));
		if (!old && !outputs().length && gone.some(e => e.querySelector(".t101")) && running()) keep(gone);
		if (!old || !outputs().length) return;
		if (outputs().some(e => e.querySelector(".t101"))) leave();
		else for (const e of [...old.lastChild.children]) if (!e.querySelector(".t101")) e.remove();
	};
	if (cell && !area.t101) area.t101 = new MutationObserver(look);
	area?.t101?.observe(area, {childList: true, subtree: true});
}
