// What a page runs to step through runs. It is the script of a widget's model (package
// live says what it and the kernel tell each other), and that of a page which has a run's
// data in it. Nothing of it needs a kernel once a run's data are there.

const box = "t101-run", picture = "t101-pic";

// element makes an element; attributes that are functions are listeners.
const element = (tag, attributes = {}, ...children) => {
	const e = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === "function") e.addEventListener(name, value);
		else if (value === true) e.setAttribute(name, "");
		else if (value !== false && value != null) e.setAttribute(name, value);
	}
	e.append(...children);
	return e;
};

// drawing is a part of the picture. Who cannot see it has the same in words.
const drawing = (svg, name) => {
	const e = element("div", {class: name, "aria-hidden": "true"});
	e.innerHTML = svg;
	return e;
};

// icon draws a sign that not every font has.
const icons = {
	first: "M8 3L3 8l5 5zM13 3L8 8l5 5z", back: "M12 3L6 8l6 5zM4 3v10", play: "M4 2l9 6-9 6z", pause: "M5 3v10M11 3v10",
	next: "M4 3l6 5-6 5zM12 3v10", last: "M8 3l5 5-5 5zM3 3l5 5-5 5z", full: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
};
const icon = name => {
	const e = element("span", {class: "t101-icon", "aria-hidden": "true"});
	e.innerHTML = `<svg width="16" height="16" viewBox="0 0 16 16"><path d="${icons[name]}"/></svg>`;
	return e;
};

// lastRows has for each lane and row the last row up to there in which the goroutine did
// something, -1 if it did nothing yet.
const lastRows = run => run.lanes.map((_, lane) => {
	let last = -1;
	return run.rows.map((row, i) => last = row.lane === lane || row.met?.lane === lane ? i : last);
});

// placeOf is where a lane's goroutine is in a row of its own.
const placeOf = (row, lane) => row.met?.lane === lane ? row.met : row;

// player is a run that is stepped through. on has what its surroundings do: closed when
// it is closed, at(row) when it moves, decide(row) where the learner may decide how it goes
// on from there. More keys and a panel come from who has it made by hand.
const player = (run, words, on, more = {}) => {
	const w = words.text, rows = run.rows, last = rows.length - 1, lastOf = lastRows(run);
	const y = i => run.svg.first + i * run.svg.row;
	let at = -1, timer = 0, tab = -1;

	// --- the parts

	const button = (name, does, label, more) => element("button", {type: "button", class: "t101-" + name, title: w[name], "aria-label": w[name], click: does, ...more}, label);
	const say = element("p", {class: "t101-say", "aria-live": "polite"});
	const verdict = element("p", {class: "t101-verdict", "aria-live": "polite"});
	const play = button("play", () => timer ? pause() : start(), icon("play"));
	const scrub = element("input", {type: "range", min: 0, max: last, value: 0, "aria-label": w.scrub, input: () => go(+scrub.value)});
	const ticks = element("div", {class: "t101-ticks", "aria-hidden": "true"});
	const find = element("input", {type: "search", placeholder: w.find, "aria-label": w.find, keydown: e => e.key === "Enter" && search(e.shiftKey)});
	const help = element("div", {class: "t101-keys", hidden: true});
	const full = button("full", () => large(), icon("full"));
	const bar = element("div", {class: "t101-bar", role: "toolbar", "aria-label": w.region},
		button("first", () => go(0), icon("first")), button("back", () => go(at - 1), icon("back")), play, button("next", () => go(at + 1), icon("next")), button("last", () => go(last), icon("last")),
		element("div", {class: "t101-scrub"}, scrub, ticks), find,
		...(run.difference ? [button("difference", () => compare(), "≠", {"aria-pressed": "false"})] : []),
		...(on.decide ? [button("decide", () => on.decide(at), w.decideHere)] : []),
		full, button("help", () => explain(), "?", {"aria-expanded": "false"}), button("close", () => close(), "✕"));
	for (const [i, row] of rows.entries()) if (row.stop) {
		ticks.append(element("i", {class: "t101-" + (row.stop === "≠" ? "warn" : "bad"), style: `left:${last ? 100 * i / last : 0}%`, title: row.stop}));
	}

	const overlay = name => element("div", {class: name, "aria-hidden": "true"});
	const cursor = overlay("t101-cursor"), veil = overlay("t101-veil"), lit = [];
	const steps = drawing(run.svg.steps, "t101-steps"), heads = drawing(run.svg.heads, "t101-heads");
	steps.append(veil, cursor);
	const lanes = element("div", {class: "t101-lanes", tabindex: 0, role: "application", "aria-label": w.lanes, "data-lm-suppress-shortcuts": "true"}, heads, steps);

	const texts = run.sources.map(source => source.text.replace(/\n$/, "").split("\n").map((line, i) => {
		const who = element("span", {class: "t101-who"});
		return {who, line: element("div", {class: "t101-line"}, element("span", {class: "t101-no"}, i + 1), element("span", {class: "t101-code"}, line || " "), who)};
	}));
	const tabs = run.sources.map((source, i) => element("button", {type: "button", role: "tab", "aria-selected": "false", click: () => show(i)}, source.name));
	const text = element("div", {class: "t101-text", tabindex: 0, role: "group", "aria-label": w.source, "data-lm-suppress-shortcuts": "true"});
	const source = element("div", {class: "t101-source"}, ...(tabs.length > 1 ? [element("div", {role: "tablist", "aria-label": w.source}, ...tabs)] : []), text);
	const now = element("div", {class: "t101-now"});
	const panes = element("div", {class: "t101-panes"}, ...(tabs.length ? [source] : []), lanes);
	const different = run.difference ? drawing(run.difference, "t101-different") : null;
	const root = element("div", {class: "t101 t101-live", role: "region", "aria-label": w.region, popover: "manual", "data-lm-suppress-shortcuts": "true"},
		element("div", {class: "t101-inner"}, bar, say, verdict, ...(more.panel ? [more.panel] : []), panes, now, help));

	// --- what they show

	const show = i => {
		if (i === tab || i < 0 || !texts[i]) return;
		tab = i;
		text.replaceChildren(...texts[i].map(l => l.line));
		for (const [j, t] of tabs.entries()) t.setAttribute("aria-selected", j === i);
	};

	let marked = [];
	const margin = () => {
		for (const l of marked) {
			l.who.replaceChildren();
			l.line.className = "t101-line";
		}
		marked = [];
		for (const [lane, one] of run.lanes.entries()) {
			const i = lastOf[lane][at], state = rows[at].states[lane];
			if (i < 0 || state === ".") continue;
			const place = placeOf(rows[i], lane), l = texts[place.source]?.[place.line - 1];
			if (!l) continue;
			l.who.append(element("b", {class: `t101-badge t101-b${one.tone} t101-is-${state}`, title: `${one.name}: ${w[state]}`}, one.letter));
			marked.push(l);
		}
		const here = rows[at].lane < 0 ? null : texts[rows[at].source]?.[rows[at].line - 1];
		if (!here) return tab < 0 && show(0);
		here.line.className = `t101-line t101-here t101-k${run.lanes[rows[at].lane].tone}`;
		marked.push(here);
		show(rows[at].source);
		within(text, here.line.offsetTop, here.line.offsetHeight);
	};

	const state = () => {
		const chips = run.lanes.map((one, lane) => {
			const ended = at === last && one.end, s = rows[at].states[lane];
			return element("span", {class: "t101-chip"}, element("b", {class: `t101-badge t101-b${one.tone} t101-is-${s}`}, one.name), " ", ended || w[s]);
		});
		const held = (rows[at].held ?? []).map((who, i) => element("span", {class: "t101-chip"}, element("b", {}, run.locks[i]), " ", who ? `${w.heldBy} ${who}` : w.free));
		const values = (rows[at].values ?? []).map((v, i) => v === "" ? "" : element("span", {class: "t101-chip"}, element("b", {}, run.values[i]), " = ", v)).filter(v => v);
		now.replaceChildren(...chips, ...held, ...values);
	};

	const light = all => {
		while (lit.length < all.length) {
			lit.push(overlay("t101-lit"));
			steps.append(lit.at(-1));
		}
		for (const [i, e] of lit.entries()) {
			e.hidden = i >= all.length;
			if (!e.hidden) e.style.transform = `translateY(${y(all[i]) - 11}px)`;
		}
	};

	// within scrolls a box so that a stretch of it is seen, with a little around it.
	const within = (box, top, height, above = 0) => {
		const room = box.clientHeight;
		if (top - above - height < box.scrollTop) box.scrollTop = top - above - height;
		else if (top + 2 * height > box.scrollTop + room) box.scrollTop = top + 2 * height - room;
	};

	const follow = () => {
		within(lanes, y(at) - 11 + heads.offsetHeight, 22, heads.offsetHeight);
		const x = run.lanes[rows[at].lane]?.x;
		if (x === undefined) return;
		if (x - 60 < lanes.scrollLeft) lanes.scrollLeft = x - 60;
		else if (x + 200 > lanes.scrollLeft + lanes.clientWidth) lanes.scrollLeft = x + 200 - lanes.clientWidth;
	};

	// --- moving

	const go = to => {
		to = Math.max(0, Math.min(last, to));
		if (to === at) return;
		at = to;
		const row = rows[at];
		say.textContent = row.says;
		say.className = "t101-say" + (row.stop ? row.stop === "≠" ? " t101-warn" : " t101-bad" : "");
		verdict.textContent = at === last || at === run.start && run.bad ? [run.status, ...(run.explanation ?? [])].join(" ") : "";
		scrub.value = at;
		scrub.setAttribute("aria-valuetext", row.says);
		cursor.style.transform = `translateY(${y(at) - 11}px)`;
		veil.style.transform = `translateY(${y(at) + 11}px)`;
		light(row.partners ?? []);
		margin();
		state();
		follow();
		on.at(at);
	};

	// next is the nearest row in a direction that fits, or where it started from.
	const next = (by, fits) => {
		for (let i = at + by; i >= 0 && i <= last; i += by) if (fits(rows[i])) return i;
		return at;
	};
	const lane = () => rows[at].lane < 0 ? rows[Math.max(0, next(-1, r => r.lane >= 0))].lane : rows[at].lane;
	const own = (row, l) => row.lane === l || row.met?.lane === l;

	// beside is the step of the neighbour that is nearest to this one: its last up to
	// here, or its first.
	const beside = by => {
		const l = lane() + by;
		if (l < 0 || l >= run.lanes.length) return at;
		const i = lastOf[l][at];
		return i >= 0 && i !== at ? i : next(1, r => own(r, l));
	};
	const line = () => {
		const l = lane(), from = lastOf[l]?.[at] ?? -1;
		if (from < 0) return at + 1;
		const here = placeOf(rows[from], l);
		return next(1, r => own(r, l) && (placeOf(r, l).line !== here.line || placeOf(r, l).source !== here.source));
	};

	const playing = does => {
		play.replaceChildren(icon(does));
		play.title = w[does];
		play.setAttribute("aria-label", w[does]);
	};
	const pause = () => {
		clearInterval(timer);
		timer = 0;
		playing("play");
	};
	const start = () => {
		if (at === last) go(0);
		playing("pause");
		timer = setInterval(() => {
			go(at + 1);
			if (at === last || rows[at].stop || !root.isConnected) pause();
		}, 900);
	};

	const search = back => {
		const wanted = find.value.trim().toLowerCase();
		if (!wanted) return;
		const has = row => `${row.says} ${row.where ?? ""}`.toLowerCase().includes(wanted);
		let to = next(back ? -1 : 1, has);
		if (to === at && !has(rows[at])) to = back ? rows.findLastIndex(has) : rows.findIndex(has);
		else if (to === at) to = back ? rows.findLastIndex(has) : rows.findIndex(has);
		if (to < 0) say.textContent = w.notFound;
		else go(to);
	};

	// --- windows

	const press = (b, pressed) => root.querySelector(".t101-" + b)?.setAttribute(b === "help" ? "aria-expanded" : "aria-pressed", pressed);
	const explain = () => {
		if (!help.firstChild) {
			help.append(element("p", {}, w.keys), element("table", {}, element("tbody", {}, ...words.keys.map(([key, does]) =>
				element("tr", {}, element("th", {scope: "row"}, key), element("td", {}, does))))), element("p", {}, w.signs), drawing(run.svg.key, "t101-key"));
		}
		help.hidden = !help.hidden;
		press("help", !help.hidden);
		if (!help.hidden) help.scrollIntoView({block: "nearest"});
	};
	const compare = () => {
		if (!different) return;
		const shown = different.isConnected;
		(shown ? different : panes).replaceWith(shown ? panes : different);
		press("difference", !shown);
		if (shown) margin(), follow();
	};
	const large = () => {
		const open = root.matches(":popover-open");
		if (open) root.hidePopover();
		else root.showPopover();
		full.title = open ? w.full : w.small;
		full.setAttribute("aria-label", full.title);
		margin();
		follow();
		(panes.isConnected ? lanes : root.querySelector("button")).focus();
	};
	const close = () => {
		pause();
		if (root.matches(":popover-open")) large();
		root.remove();
		on.closed();
	};

	// --- keys

	const keys = {
		ArrowLeft: e => go(e.shiftKey ? next(-1, r => own(r, lane())) : at - 1),
		ArrowRight: e => go(e.shiftKey ? next(1, r => own(r, lane())) : at + 1),
		ArrowUp: () => go(beside(-1)),
		ArrowDown: () => go(beside(1)),
		Enter: () => go(line()),
		Home: () => go(0),
		End: () => go(last),
		" ": () => timer ? pause() : start(),
		s: () => on.decide?.(at),
		d: compare, f: large, "?": explain,
		"/": () => find.focus(),
		Escape: () => !help.hidden ? explain() : root.matches(":popover-open") ? large() : close(),
	};
	root.addEventListener("keydown", e => {
		e.stopPropagation();
		const typing = e.target === find, pressing = e.target.tagName === "BUTTON" && (e.key === " " || e.key === "Enter");
		if (e.ctrlKey || e.metaKey || e.altKey || pressing || typing && e.key !== "Escape" || e.target === scrub && e.key !== "Escape" && !"dfs?/ ".includes(e.key)) return;
		if (typing) {
			e.preventDefault();
			return lanes.focus();
		}
		if (more.keys?.(e.key)) return e.preventDefault();
		if (!keys[e.key]) return;
		e.preventDefault();
		if (e.key !== " " && timer) pause();
		keys[e.key](e);
	});
	for (const name of ["keyup", "keypress"]) root.addEventListener(name, e => e.stopPropagation());

	// --- pointer

	const under = e => {
		const r = steps.getBoundingClientRect(), i = Math.round(((e.clientY - r.top) * steps.offsetHeight / r.height - run.svg.first) / run.svg.row);
		return Math.max(0, Math.min(last, i));
	};
	steps.addEventListener("pointermove", e => {
		const i = under(e);
		light(rows[i].partners?.length ? [i, ...rows[i].partners] : rows[at].partners ?? []);
	});
	steps.addEventListener("pointerleave", () => light(rows[at].partners ?? []));
	steps.addEventListener("click", e => {
		if (!String(getSelection())) go(under(e));
	});

	// lead goes where a teacher is in this run. What has the keyboard keeps it.
	const lead = (token, step) => {
		const row = token === run.token ? rows.findIndex(r => r.step === step) : -1;
		if (row < 0) return;
		pause();
		go(row);
	};

	return {root, go, lead, large, focus: () => lanes.focus({preventScroll: true}), isLarge: () => root.matches(":popover-open"), tell: text => say.textContent = text, begin: row => {
		go(row);
		follow();
	}};
};

// --- runs made by hand

// byHand has the learner decide how a run goes on from a row. ask(request) sends a request of
// package step and promises {reply, run}; shown(player) is called with each player that
// takes the place of the one before, and back() when the learner goes back to the run.
const byHand = async (run, row, words, ask, shown, back) => {
	const w = words.text, step = run.rows.slice(0, row + 1).findLast(r => r.step)?.step ?? 1;
	let last = null;
	const next = async request => {
		const answer = await ask(request);
		if (!answer?.reply) return last?.tell(w.noAnswer) ?? w.noAnswer;
		const {reply, run} = answer;
		if (reply.error) return last?.tell(reply.error.message) ?? reply.error.message;
		const state = reply.state, at = state.version;
		const choose = key => next({do: "choose", choice: key, at});
		const undo = () => next({do: "undo", at}), finish = () => next({do: "finish", at});
		const button = (label, does) => element("button", {type: "button", click: does}, label);
		const waiting = state.goroutines.filter(g => g.is === "waits" || g.is === "aside").map(g =>
			element("li", {}, element("b", {}, g.name), ` ${g.does ?? ""}${g.why ? ", " + g.why : ""}`));
		const panel = element("div", {class: "t101-hand"},
			element("div", {class: "t101-asks"}, element("b", {}, state.ended ? w.over : state.asks ?? ""), " ",
				...state.choices.map(c => button(`${c.key} ${c.name} ${c.does}`, () => choose(c.key))),
				...(state.undo ? [button(w.undo, undo)] : []), ...(state.ended ? [] : [button(w.finish, finish)]), button(w.leave, back)),
			...(waiting.length ? [element("ul", {}, ...waiting)] : []),
			...(state.notes?.length ? [element("p", {}, state.notes.join(" "))] : []),
			...(state.ended ? [element("p", {}, w.again, " ", element("code", {}, "%replay " + state.token))] : []));
		const p = player(run, words, {at: () => {}, closed: back}, {panel, keys: key => {
			if (state.choices.some(c => String(c.key) === key)) return choose(+key), true;
			if (key === "u" && state.undo) return undo(), true;
			if (key === "q" || key === "Escape") return back(), true;
			return false;
		}});
		last = p;
		shown(p);
		p.begin(run.rows.length - 1);
		p.focus();
	};
	return next({do: "from", token: `${run.token}@${step}`});
};

// --- pictures of a page

// stepping puts a player in the place of a picture. on.ask, where there is one, sends
// requests about a run made by hand.
const stepping = (place, run, words, row, on) => {
	const put = p => {
		const large = place.t101player?.isLarge();
		place.t101player?.root.remove();
		place.t101player = p;
		place.querySelector(".t101-place").before(p.root);
		if (large) p.large();
	};
	const begin = row => {
		const p = player(run, words, {
			at: on.at,
			closed: () => {
				place.classList.remove("t101-stepping");
				place.t101player = null;
				place.querySelector(".t101-open")?.focus();
				on.closed();
			},
			decide: on.ask && run.token ? async at => {
				const refused = await byHand(run, at, words, on.ask, put, () => begin(at).focus());
				if (refused) p.tell(refused);
			} : null,
		});
		put(p);
		p.begin(row);
		return p;
	};
	place.classList.add("t101-stepping");
	return begin(row ?? run.start);
};

// stepAt is the number of the step that was clicked in a picture, 0 if none was.
const stepAt = e => +e.target.closest?.("g.r")?.querySelector("text.n")?.textContent || 0;

// asking sends requests about runs made by hand from a picture's run, one after the other,
// and promises what is answered; null where nobody answers.
const asking = (model, name) => {
	const who = crypto.randomUUID?.() ?? String(Math.random());
	let list = [], then = null;
	model.on("msg:custom", m => {
		if (m.step !== name || m.who !== who || !then) return;
		if (m.gone) return then({reply: {error: {message: model.get("words").text.noProgram}}});
		list[m.part] = m.text;
		if (Object.keys(list).length === m.of) then(JSON.parse(list.join("")));
	});
	return request => new Promise(resolve => {
		list = [];
		then = resolve;
		model.send({ask: "step", name, who, request});
		setTimeout(() => resolve(null), 25_000);
	});
};

// store is the runs that a model has sent to this page. fetch asks for one, once, and calls
// back when it is there, or with the reason why not.
const store = model => {
	const runs = new Map(), parts = new Map(), asked = new Map();
	const arrived = (name, run, why) => {
		if (run) runs.set(name, run);
		const waiting = asked.get(name) ?? [];
		asked.delete(name);
		parts.delete(name);
		for (const then of waiting) then(run, why);
	};
	model.on("msg:custom", m => {
		if (m.gone) return arrived(m.run, null, "gone");
		if (!asked.has(m.run)) return;
		const list = parts.get(m.run) ?? [];
		parts.set(m.run, list);
		list[m.part] = m.text;
		if (Object.keys(list).length === m.of) arrived(m.run, JSON.parse(list.join("")));
	});
	return (name, then) => {
		if (runs.has(name)) return then(runs.get(name));
		const first = !asked.has(name);
		if (first) asked.set(name, []);
		asked.get(name).push(then);
		if (!first) return;
		model.send({ask: "run", name});
		setTimeout(() => arrived(name, null, "noAnswer"), 10_000);
	};
};

// remember has a row kept for a page that is loaded again; null: the player is closed. The
// kernel learns at once that a player is opened or closed.
const remember = (model, name, row) => {
	const at = {...model.get("at")}, moves = row !== null && name in at;
	if (row === null) delete at[name];
	else at[name] = row;
	model.set("at", at);
	clearTimeout(model.t101timer);
	if (moves) model.t101timer = setTimeout(() => model.save_changes(), 300);
	else model.save_changes();
};

// desk is all pictures of the page that the kernel has the runs of.
const desk = (model, signal) => {
	const fetch = store(model), known = new Set();
	const words = () => model.get("words");
	const nameOf = place => place.querySelector(":scope > .t101-place > ." + picture)?.id;
	const places = () => [...document.getElementsByClassName(box)].filter(nameOf);

	const open = (place, name, step, focus) => {
		if (place.t101player) return;
		const note = place.querySelector(".t101-wait") ?? element("span", {class: "t101-wait", role: "status"});
		place.querySelector(".t101-open").after(note);
		const slow = setTimeout(() => note.textContent = words().text.loading, 300);
		fetch(name, (run, why) => {
			clearTimeout(slow);
			note.textContent = run ? "" : words().text[why];
			if (!run || place.t101player || !place.isConnected) return;
			const row = step ? run.rows.findIndex(r => r.step === step) : model.get("at")[name];
			const p = stepping(place, run, words(), row >= 0 ? row : undefined, {ask: model.get("saved") ? null : asking(model, name), at: row => remember(model, name, row), closed: () => remember(model, name, null)});
			if (focus) p.focus();
		});
	};

	// attach gives a picture its button.
	const attach = (place, name) => {
		if (place.querySelector(".t101-open")) return;
		const b = element("button", {type: "button", class: "t101-open", "data-lm-suppress-shortcuts": "true",
			click: () => open(place, name, 0, true), keydown: e => (e.key === "Enter" || e.key === " ") && e.stopPropagation()}, "▶ " + words().text.open);
		const line = place.querySelector(":scope > .t101-switch:has(button)") ?? place;
		line.append(" ", b);
		const shown = place.querySelector("." + picture);
		shown.addEventListener("click", e => {
			const step = stepAt(e);
			if (step && b.isConnected && !String(getSelection()) && !shown.matches(":popover-open")) open(place, name, step, true);
		});
		for (const touch of ["pointerenter", "focusin"]) place.addEventListener(touch, () => b.isConnected && fetch(name, () => {}), {once: true});
		if (model.get("at")[name] !== undefined) open(place, name, 0, false);
	};

	const look = () => {
		if (!model.get("live")) return;
		const fresh = [];
		for (const place of places()) {
			const name = nameOf(place);
			if (known.has(name)) attach(place, name);
			else if (!look.asked.has(place)) fresh.push(name), look.asked.add(place);
		}
		if (fresh.length) model.send({ask: "have", names: fresh});
	};
	look.asked = new WeakSet(); // a picture that is run again has the same name
	const soon = () => {
		clearTimeout(soon.timer);
		soon.timer = setTimeout(look, 60);
	};

	model.on("msg:custom", m => {
		if (m.lead) for (const place of places()) place.t101player?.lead(m.lead, m.step);
		if (!m.have) return;
		for (const name of m.have) known.add(name);
		look();
	});
	model.on("change:live", () => {
		if (model.get("live")) return look();
		known.clear();
		look.asked = new WeakSet();
		for (const b of document.querySelectorAll(".t101-open")) b.remove();
	});
	const watch = new MutationObserver(soon);
	watch.observe(document.body, {childList: true, subtree: true});
	signal?.addEventListener("abort", () => watch.disconnect());
	look();
};

// page steps through the one run whose data are in the page.
const page = () => {
	const {run, words} = JSON.parse(document.getElementById("t101-data").textContent);
	const place = document.getElementsByClassName(box)[0];
	const again = () => {
		const b = place.querySelector(".t101-open") ?? element("button", {type: "button", class: "t101-open", click: () => open(true)}, "▶ " + words.text.open);
		place.querySelector(":scope > .t101-switch:has(button)").append(" ", b);
		b.focus();
	};
	const open = focus => {
		const p = stepping(place, run, words, undefined, {at: () => {}, closed: again});
		if (focus) p.focus();
	};
	open(true);
};

// saved has the pictures of a page stepped through whose runs' data are all in the page:
// it answers in place of a kernel.
const saved = () => {
	const state = {...JSON.parse(document.getElementById("t101-saved").textContent), saved: true, live: true, at: {}};
	const data = name => document.querySelector(`script[data-t101-run="${CSS.escape(name)}"]`)?.textContent;
	const heard = [];
	const answers = {have: m => ({have: m.names.filter(data)}), run: m => ({run: m.name, part: 0, of: 1, text: data(m.name)})};
	desk({
		get: key => state[key], set: (key, value) => state[key] = value, save_changes: () => {},
		on: (what, then) => what === "msg:custom" && heard.push(then),
		send: m => queueMicrotask(() => heard.forEach(then => then(answers[m.ask](m)))),
	});
};

// view is one run in a widget of its own.
const view = (model, el) => {
	const name = model.get("run"), words = model.get("words"), fetch = store(model);
	const note = element("span", {class: "t101-wait", role: "status"});
	const open = () => fetch(name, (run, why) => {
		note.textContent = run ? "" : words.text[why];
		if (!run || !b.isConnected) return;
		const p = player(run, words, {at: row => remember(model, name, row), closed: () => {
			remember(model, name, null);
			place.replaceChildren(b, note);
			b.focus();
		}});
		place.replaceChildren(p.root);
		led = p;
		p.begin(model.get("at")[name] ?? run.start);
		p.focus();
	});
	let led = null;
	model.on("msg:custom", m => m.lead && led?.root.isConnected && led.lead(m.lead, m.step));
	const b = element("button", {type: "button", class: "t101-open", "data-lm-suppress-shortcuts": "true", click: open}, "▶ " + words.text.open);
	const place = element("div", {class: "t101 " + box}, b, note);
	el.append(place);
	if (model.get("at")[name] !== undefined) open();
};

export default {
	initialize: ({model, signal}) => void (model.get("run") || desk(model, signal)),
	render: ({model, el}) => view(model, el),
};
if (document.getElementById("t101-data")) page();
if (document.getElementById("t101-saved")) saved();
