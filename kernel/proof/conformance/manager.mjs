// ipywidgets' own widget manager against the kernel: node_manager.py passes its messages on.
// The argument is the name of a picture that was shown. One JSON object a line: to the
// kernel on standard output, from it on standard input; what was not as it must be is
// thrown.
import {strict as assert} from "node:assert";
import {createRequire, register} from "node:module";
import {createInterface} from "node:readline";
import {pathToFileURL} from "node:url";

register("./hooks.mjs", import.meta.url);
const modules = pathToFileURL(process.env.NODE_MODULES + "/");
const packaged = name => import(createRequire(modules).resolve(name));
const {Window} = await packaged("happy-dom");
const page = new Window();
for (const name of Object.getOwnPropertyNames(page)) {
	if (!(name in globalThis)) globalThis[name] = page[name];
}
globalThis.window = globalThis;
const {DOMWidgetModel} = await packaged("@jupyter-widgets/base");
const {ManagerBase} = await packaged("@jupyter-widgets/base-manager");

const name = process.argv[2], comms = new Map(), waiting = new Map();
let sent = 0;
const say = (kind, content, callbacks) => {
	const id = String(++sent);
	waiting.set(id, callbacks);
	console.log(JSON.stringify({id, kind, content}));
	return id;
};

class Comm {
	constructor(target, id) {
		this.target_name = target;
		this.comm_id = id;
		comms.set(id, this);
	}
	send(data, callbacks) { return say("comm_msg", {comm_id: this.comm_id, data}, callbacks); }
	on_msg(then) { this.heard = then; }
	on_close(then) { this.closed = then; }
	close() {
		comms.delete(this.comm_id);
		return say("comm_close", {comm_id: this.comm_id, data: {}});
	}
}

let info = null;
createInterface({input: process.stdin}).on("line", line => {
	const {id, kind, content} = JSON.parse(line);
	const message = {header: {msg_type: kind}, parent_header: {msg_id: id}, content, buffers: [], metadata: {}};
	if (kind === "comm_msg") comms.get(content.comm_id)?.heard?.(message);
	if (kind === "comm_close") comms.get(content.comm_id)?.closed?.(message);
	if (kind === "comm_info_reply") info(content.comms);
	if (kind === "status") waiting.get(id)?.iopub?.status?.(message);
});

class Manager extends ManagerBase {
	async loadClass(className, module, version) {
		assert.deepEqual([className, module, version], ["AnyModel", "anywidget", "*"]);
		return class AnyModel extends DOMWidgetModel {};
	}
	async _create_comm(target, id, data) {
		const comm = new Comm(target, id);
		if (data !== undefined) say("comm_open", {comm_id: id, target_name: target, data});
		return comm;
	}
	_get_comm_info() {
		return new Promise(resolve => {
			info = resolve;
			say("comm_info_request", {target_name: this.comm_target_name});
		});
	}
}

// loaded is the one model, as a page has it that is loaded now.
const loaded = async (how = "_loadFromKernel") => {
	const manager = new Manager();
	await manager[how]();
	const all = await manager.get_state();
	assert.equal(Object.keys(all.state).length, 1);
	return manager.get_model(Object.keys(all.state)[0]);
};
const answer = (model, question, fits) => new Promise(resolve => {
	const parts = [];
	const hear = m => fits(m) && parts.push(m) === (m.of ?? 1) && (model.off("msg:custom", hear), resolve(parts));
	model.on("msg:custom", hear);
	model.send(question, model.callbacks());
});

const model = await loaded();
assert.match(model.get("_esm"), /initialize/);
const [{have}] = await answer(model, {ask: "have", names: [name, "other"]}, m => m.have);
assert.deepEqual(have, [name]);
const parts = await answer(model, {ask: "run", name}, m => m.run === name);
const run = JSON.parse(parts.map(p => p.text).join(""));
assert.ok(run.rows.length > 3 && run.svg.steps.startsWith("<svg"));

// Changes that come faster than they are answered: the last one is what is kept.
for (const row of [1, 2, 3]) {
	model.set("at", {[name]: row});
	model.save_changes(model.callbacks());
}
for (let tries = 0; ; tries++) {
	const other = await loaded();
	if (other.get("at")[name] === 3) break;
	assert.ok(tries < 100, JSON.stringify(other.get("at")));
}
assert.deepEqual(model.get("at"), {[name]: 3});

// A manager of before the control comm.
assert.equal((await loaded("_loadFromKernelModels")).get("at")[name], 3);
console.log(JSON.stringify({id: "", kind: "done", content: {}}));
process.exit(0);
