// What the room's pages run. Everything that learners have told is put into the page as
// text; their pictures are images, in which no script runs.

const words = JSON.parse(document.body.dataset.words);
const at = id => document.getElementById(id);

// say puts numbers into a sentence; said picks the one for a single thing.
const say = (key, ...numbers) => numbers.reduce((text, n) => text.replace("%d", n), words[key]);
const said = (key, n) => n === 1 ? words[key + "One"] : say(key, n);

// element makes an element; attributes that are functions are listeners.
const element = (name, attributes = {}, ...children) => {
	const e = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (typeof value === "function") e.addEventListener(key, value);
		else if (value !== null && value !== false) e.setAttribute(key, value === true ? "" : value);
	}
	e.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false));
	return e;
};

// tell says something that everybody should notice.
const tell = text => at("said").textContent = text;

// post sends something to the room, and returns the status of the answer, 0 for none.
const post = async (where, what) => {
	try {
		return (await fetch(where, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(what)})).status;
	} catch {
		return 0;
	}
};

// refused says why somebody was not let in.
const refused = status => ({403: words.wrong, 429: words.often})[status] ?? words.noAnswer;

// listen hands on each view that comes. Where the room has been started anew, the page is
// asked for again, which leads to the code.
const listen = (role, show) => {
	const events = new EventSource("events/" + role);
	events.onmessage = m => {
		tell("");
		show(JSON.parse(m.data));
	};
	events.onerror = () => {
		tell(words.lost);
		if (events.readyState !== EventSource.CLOSED) return;
		setTimeout(async () => {
			const answer = await fetch("events/" + role, {method: "HEAD"}).catch(() => null);
			if (answer?.status === 401) role === "wall" ? location.reload() : tell(words.teacherOnly);
			else listen(role, show);
		}, 2000);
	};
};

// --- what both show ---

const head = view => {
	const local = /^(localhost|127\.|\[::1\])/.test(location.hostname), below = location.pathname.replace(/[^/]*$/, "");
	const address = below === "/" && location.protocol === "http:" ? (local ? view.address : location.host) : location.origin + below.replace(/\/$/, "");
	at("join").textContent = `%room ${view.code}@${address}`;
	at("here").textContent = said("here", view.here);
};

const place = (lesson, cell) => {
	const n = lesson && cell.startsWith(lesson + "-") ? Number(cell.slice(lesson.length + 1)) : NaN;
	return [lesson, Number.isInteger(n) ? say("cell", n) : cell ? words.ownCell : ""].filter(s => s).join(" · ");
};

// bar is as long as its part of the whole.
const bar = (count, of) => {
	const inner = element("i");
	inner.style.width = `${of ? 100 * count / of : 0}%`;
	return [element("span", {class: "bar", "aria-hidden": "true"}, inner), element("b", {}, String(count))];
};

const sum = list => list.reduce((n, b) => n + b.count, 0);

// histogram has a row for each answer and a column for each round that may be seen.
const histogram = q => {
	const rounds = q.bars.filter((list, i) => i === 0 || q.answered[i] > 0);
	if (!rounds.length) return null;
	const answers = [...new Set(rounds.flat().map(b => b.answer))];
	const count = (list, answer) => list.find(b => b.answer === answer)?.count ?? 0;
	return element("table", {class: "bars"},
		rounds.length > 1 && element("thead", {}, element("tr", {}, element("td"), rounds.map((_, i) => element("th", {scope: "col"}, words[`round${i + 1}`])))),
		element("tbody", {}, answers.map(a => element("tr", {}, element("th", {scope: "row"}, a || words.others),
			rounds.map(list => element("td", {}, element("div", {}, bar(count(list, a), sum(list)))))))));
};

// lined is a question about an order of lines, its answers in words.
const lined = q => q.kind !== "order" ? q : {...q, bars: q.bars.map(list => list.map(b => ({...b, answer: b.answer.split(" ").map(n => q.options?.[n - 1] ?? n).join(" → ")})))};

const tally = cell => element("p", {class: "tally"}, said("learners", cell.learners), " · ", said("orders", cell.orders), cell.shows.map(b => ` · ${b.count} × ${b.answer}`));

const verdicts = cell => element("table", {class: "checks"}, element("tbody", {}, cell.checks.map(c => element("tr", {},
	element("th", {scope: "row"}, element("code", {}, c.property)),
	element("td", {class: "holds"}, `✔ ${c.holds} ${words.holds}`),
	element("td", {class: "fails"}, `✖ ${c.fails} ${words.fails}`, (c.cases ?? []).map(b => element("div", {class: "case"}, `${b.count} × ${b.answer}`))),
	element("td", {class: "unproven"}, c.unproven ? `? ${c.unproven} ${words.unproven}` : "")))));

// The picture of a run is as large as its place is wide, within reason.
const leastZoom = 1, mostZoom = 2.4;

// run is the picture of a run, with a frame round its row. It is made once for a run, and
// then moved.
const run = (() => {
	let name = "", box = null, frame, says, steps, last = null;
	const lay = () => {
		const image = steps.querySelector("img"), p = last.picture;
		const zoom = Math.min(mostZoom, Math.max(leastZoom, (steps.parentElement.clientWidth - 20) / (image.naturalWidth || 1)));
		box.style.setProperty("--zoom", zoom);
		const y = (p.first + last.row * p.row) * zoom, half = p.row * zoom / 2;
		frame.style.transform = `translateY(${y - half}px)`;
		frame.style.height = `${2 * half}px`;
		if (y - half < steps.scrollTop || y + half > steps.scrollTop + steps.clientHeight) steps.scrollTop = y - steps.clientHeight / 2;
	};
	addEventListener("resize", () => box?.isConnected && lay());
	return view => {
		const p = view.picture;
		if (!p) return element("p", {class: "waiting"}, view.token ? words.asked : words.gone);
		if (name !== p.name) {
			name = p.name;
			const image = part => element("img", {src: `picture/${p.name}/${part}`, alt: "", draggable: "false", load: () => box.isConnected && lay()});
			frame = element("div", {class: "frame"});
			says = element("h1", {class: "says"});
			steps = element("div", {class: "steps", tabindex: "0"}, element("div", {class: "drawing"}, image("steps"), frame));
			box = element("div", {class: "run"}, says, element("div", {class: "scroll"}, image("heads"), steps),
				element("p", {class: "made"}, p.ends, " · ", p.made), element("p", {class: "token"}, words.token, ": ", element("code", {}, `%replay ${view.token}`)));
		}
		last = view;
		says.textContent = view.rows[view.row]?.says ?? "";
		requestAnimationFrame(() => box.isConnected && lay());
		return box;
	};
})();

// --- the wall ---

const question = (q, here) => element("article", {class: "question"},
	element("h1", {}, q.text),
	q.bars.length === 0 && q.options?.length ? element("ol", {class: "options"}, q.options.map(o => element("li", {}, o))) : null,
	histogram(lined(q)),
	q.round > 1 && q.revealed < 2 ? element("p", {class: "second"}, words.second) : null,
	element("p", {class: "answered"}, say("answered", q.answered[q.round - 1], Math.max(here, ...q.answered))));

// groups has a row for each thing that orders came to; project has a button for each of
// its orders.
const groups = (cell, project) => [element("table", {class: "groups"}, element("tbody", {}, cell.groups.map(g => [element("tr", {},
	element("td", {class: "outcome"}, g.outcome),
	element("td", {class: "count"}, said("orders", g.orders)), element("td", {class: "count"}, said("learners", g.learners)),
	element("td", {}, (g.shows ?? []).map(s => element("span", {class: "kind"}, s)))),
project && element("tr", {class: "of"}, element("td", {colspan: "4"}, g.of.length ? [words.project, " ", g.of.map((o, i) => project(o, i))] : element("small", {}, words.noToken)))]))),
cell.more ? element("p", {}, said("more", cell.more)) : null];

const onWall = view => {
	switch (view.kind) {
	case "question": return question(view.question, view.here);
	case "orders": return element("article", {}, element("h1", {}, place(view.cell.lesson, view.cell.cell)), tally(view.cell), groups(view.cell));
	case "checks": return element("article", {}, element("h1", {}, place(view.cell.lesson, view.cell.cell)), verdicts(view.cell));
	case "run": return run(view.run);
	}
	return element("div", {class: "welcome"}, element("p", {}, words.join), element("h1", {class: "code"}, at("join").textContent), element("p", {}, said("here", view.here)));
};

const wall = () => listen("wall", view => {
	head(view);
	document.body.classList.toggle("idle", !view.kind);
	const shown = onWall(view);
	if (at("wall").firstChild !== shown || at("wall").childNodes.length !== 1) at("wall").replaceChildren(shown);
});

// --- the teacher's page ---

const order = async (what, id, row) => {
	const status = await post("do", {do: what, id: id ?? "", row: row ?? 0});
	if (status !== 204) tell(status === 401 ? words.teacherOnly : words.noAnswer);
};

const button = (label, what, id, on, title) => element("button", {type: "button", title: title ?? null, "aria-label": title ? `${words.project} ${title}` : null, "aria-pressed": on ? "true" : null, "data-do": `${what} ${id}`, click: () => order(what, id)}, label);

const toWall = (view, kind, id) => {
	const on = view.kind === kind && view.on === id;
	return button(on ? words.onWall : words.toWall, kind, id, on);
};

const posed = (view, q) => element("article", {class: view.on === q.id ? "on" : ""},
	element("h3", {}, q.text), element("p", {class: "place"}, place(q.lesson, q.cell), " · ", say("answered", q.answered[q.round - 1], Math.max(view.here, ...q.answered))),
	histogram(lined(q)),
	element("p", {class: "buttons"}, toWall(view, "question", q.id),
		q.revealed ? button(words.hide, "hide", q.id) : button(words.reveal, "reveal", q.id),
		q.round < 2 ? button(words.secondRound, "second round", q.id) : null,
		" ", element("small", {}, q.revealed ? words.shown : words.hidden)));

const collected = (view, c) => element("article", {class: view.on === c.id && view.kind === "orders" ? "on" : ""},
	element("h3", {}, place(c.lesson, c.cell)), tally(c),
	element("p", {class: "buttons"}, toWall(view, "orders", c.id)),
	groups(c, (o, i) => button(String(i + 1), "run", o.id, view.on === o.id, o.token)));

const checked = (view, c) => element("article", {class: view.on === c.id && view.kind === "checks" ? "on" : ""},
	element("h3", {}, place(c.lesson, c.cell)), verdicts(c), element("p", {class: "buttons"}, toWall(view, "checks", c.id)));

const seats = list => {
	const groups = new Map();
	for (const s of list) {
		const where = place(s.lesson, s.cell) || words.nothingYet;
		groups.set(where, [...groups.get(where) ?? [], s]);
	}
	return [...groups].map(([where, all]) => element("div", {class: "group"}, element("h3", {}, where, " ", element("b", {}, String(all.length))),
		element("p", {}, all.map(s => element("span", {class: s.here ? "seat" : "seat away", title: s.here ? null : words.away}, s.name, s.here ? "" : ` (${words.away})`)))));
};

// steer has the buttons with which the run on the wall is stepped through.
const steer = view => {
	const go = row => order("row", "", Math.max(0, Math.min(view.run.rows.length - 1, row)));
	steer.go = view.run?.picture ? by => go(by === -Infinity ? 0 : by === Infinity ? view.run.rows.length - 1 : view.run.row + by) : null;
	if (!steer.go) return null;
	const step = (label, sign, by) => element("button", {type: "button", "aria-label": label, title: label, "data-do": `row ${by}`, click: () => steer.go(by)}, sign);
	return element("p", {class: "buttons"}, step(words.first, "|◀", -Infinity), step(words.back, "◀", -1), step(words.next, "▶", 1), step(words.last, "▶|", Infinity));
};

// renew puts content into a place, unless it looks the same, so that a button that has the
// focus keeps it.
const renew = (id, content, none) => {
	const box = element("div", {}, content.length ? content : element("p", {class: "none"}, none));
	if (at(id).innerHTML === box.innerHTML) return;
	const focus = at(id).contains(document.activeElement) ? document.activeElement.dataset.do : null;
	at(id).replaceChildren(...box.childNodes);
	if (focus) at(id).querySelector(`[data-do="${CSS.escape(focus)}"]`)?.focus();
};

const showTeacher = view => {
	at("teacher").hidden = false;
	head(view);
	renew("questions", view.questions.map(q => posed(view, q)), words.noQuestions);
	renew("runs", view.cells.filter(c => c.orders).map(c => collected(view, c)), words.noRuns);
	renew("checks", view.cells.filter(c => c.checks.length).map(c => checked(view, c)), words.noChecks);
	renew("seats", seats(view.seats), words.nobody);
	const shown = view.kind ? [onWall(view), steer(view), element("p", {class: "buttons"}, button(words.clear, "clear", ""))] : [element("p", {class: "none"}, words.nothing)];
	const focus = at("on-wall").contains(document.activeElement) ? document.activeElement.dataset.do : null;
	at("on-wall").replaceChildren(...shown.filter(e => e));
	if (focus) at("on-wall").querySelector(`[data-do="${CSS.escape(focus)}"]`)?.focus();
};

const teacher = async () => {
	const secret = location.hash.slice(1);
	if (secret) {
		history.replaceState(null, "", location.pathname); // nobody reads it off the screen
		const status = await post("lead", {secret});
		if (status !== 200) return tell(status === 403 ? words.teacherOnly : refused(status));
	}
	const answer = await fetch("events/teacher", {method: "HEAD"}).catch(() => null);
	if (answer?.status === 401) return tell(words.teacherOnly);
	document.addEventListener("keydown", e => {
		const by = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[e.key];
		if (by === undefined || !steer.go || e.ctrlKey || e.altKey || e.metaKey) return;
		e.preventDefault();
		steer.go(by);
	});
	listen("teacher", showTeacher);
};

// --- the code ---

const enter = () => at("enter").addEventListener("submit", async e => {
	e.preventDefault();
	const status = await post("enter", {code: at("code").value});
	if (status === 200) return location.assign("wall");
	tell(refused(status));
	at("code").select();
});

({enter, wall, teacher})[document.body.dataset.page]();
