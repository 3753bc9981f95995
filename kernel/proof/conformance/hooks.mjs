// Lets node load ipywidgets' code, which is written for bundlers: imports without an
// extension, style sheets, and packages whose names node does not see.
import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

const names = {backbone: "Model, View, Events, Collection, history, sync, $", lodash: "isEqual", jquery: "", underscore: ""};

export async function resolve(name, context, next) {
	if (name.endsWith(".css")) return {url: "data:text/javascript,export default ''", shortCircuit: true};
	for (const end of ["", ".js", "/index.js"]) {
		try {
			return await next(name + end, context);
		} catch (e) {
			if (end === "/index.js") throw e;
		}
	}
}

export async function load(url, context, next) {
	const [, common] = url.match(/node_modules\/(backbone|underscore|lodash|jquery)\/.*js$/) ?? [];
	const module = source => ({format: "module", source, shortCircuit: true});
	if (common) {
		const require = `import {createRequire} from "node:module"; const m = createRequire(${JSON.stringify(url)})(${JSON.stringify(fileURLToPath(url))}); export default m;`;
		return module(`${require} export const {${names[common]}} = m;`);
	}
	if (url.endsWith(".json")) return {format: "json", source: readFileSync(fileURLToPath(url)), shortCircuit: true};
	if (url.includes("@jupyter-widgets")) return module(readFileSync(fileURLToPath(url)));
	return next(url, context);
}
