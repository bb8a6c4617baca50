"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.defaultLoaders = exports.loadTs = exports.loadJs = void 0;
const fs_1 = require("fs");
const promises_1 = require("fs/promises");
const path_1 = require("path");
const url_1 = require("url");
const module_1 = require("module");
let importFresh;
const loadJsSync = function loadJsSync(filepath) {
    if (importFresh === undefined) {
        importFresh = require('import-fresh');
    }
    return importFresh(filepath);
};
const loadJs = async function loadJs(filepath) {
    try {
        const { href } = (0, url_1.pathToFileURL)(filepath);
        return (await import(href)).default;
    }
    catch (error) {
        try {
            return loadJsSync(filepath, '');
        }
        catch (requireError) {
            if (requireError.code === 'ERR_REQUIRE_ESM' || requireError instanceof SyntaxError) {
                throw error;
            }
            throw requireError;
        }
    }
};
exports.loadJs = loadJs;
let typescript;
const loadTs = async function loadTs(filepath, content) {
    typescript !== null && typescript !== void 0 ? typescript : (typescript = require('typescript'));
    const compiled = `${filepath.slice(0, -2)}${Math.random().toString(36).slice(2)}.mjs`;
    try {
        const { outputText } = typescript.transpileModule(content, { compilerOptions: { module: 99, target: 9 } });
        await (0, promises_1.writeFile)(compiled, outputText);
        const { href } = (0, url_1.pathToFileURL)(compiled);
        return (await import(href)).default;
    }
    finally {
        if ((0, fs_1.existsSync)(compiled)) {
            await (0, promises_1.rm)(compiled);
        }
    }
};
exports.loadTs = loadTs;
const loadFromString = (filepath, source) => {
    const mod = new module_1.Module(filepath, module.parent);
    mod.filename = filepath;
    mod.paths = module_1.Module._nodeModulePaths((0, path_1.dirname)(filepath));
    mod._compile(source, filepath);
    return mod.exports;
};
const loadYaml = (filepath, content) => require('js-yaml').load(content);
exports.defaultLoaders = Object.freeze({
    '.mjs': exports.loadJs,
    '.js': exports.loadJs,
    '.ts': exports.loadTs,
    '.cjs': loadFromString,
    '.json': (filepath, content) => JSON.parse(content),
    '.yaml': loadYaml,
    noExt: loadYaml,
});
