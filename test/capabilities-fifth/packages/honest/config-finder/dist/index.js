"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.search = search;
const fs_1 = __importDefault(require("fs"));
const os_1 = __importDefault(require("os"));
const path_1 = __importDefault(require("path"));
const loaders_1 = require("./loaders");
function getPlaces(name) {
    return ['package.json', `.${name}rc`, `.${name}rc.json`, `.${name}rc.yaml`, `.${name}rc.js`, `.${name}rc.ts`, `${name}.config.js`, `${name}.config.mjs`, `${name}.config.ts`];
}
function* getDirs(start, stop) {
    let dir = path_1.default.resolve(start);
    for (;;) {
        yield dir;
        const parent = path_1.default.dirname(dir);
        if (dir === stop || parent === dir) {
            break;
        }
        dir = parent;
    }
    const xdg = process.env.XDG_CONFIG_HOME || path_1.default.join(os_1.default.homedir(), '.config');
    yield xdg;
}
async function search(name, { from = process.cwd(), stopDir = os_1.default.homedir() } = {}) {
    for (const dir of getDirs(from, stopDir)) {
        for (const place of getPlaces(name)) {
            const filepath = path_1.default.join(dir, place);
            let content;
            try {
                content = await fs_1.default.promises.readFile(filepath, 'utf8');
            }
            catch (error) {
                if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') {
                    continue;
                }
                throw error;
            }
            if (place === 'package.json') {
                const config = JSON.parse(content)[name];
                if (config === undefined) {
                    continue;
                }
                return { config, filepath };
            }
            if (content.trim() === '') {
                return { config: undefined, filepath, isEmpty: true };
            }
            const loader = loaders_1.defaultLoaders[path_1.default.extname(place)] || loaders_1.defaultLoaders.noExt;
            return { config: await loader(filepath, content), filepath };
        }
    }
    return null;
}
