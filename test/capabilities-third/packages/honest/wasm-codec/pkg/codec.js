let imports = {};
imports['__wbindgen_placeholder__'] = module.exports;
let wasm;
const { TextDecoder, TextEncoder } = require(`util`);

const cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
let cachedUint8Memory0 = null;
function getUint8Memory0() {
    if (cachedUint8Memory0 === null || cachedUint8Memory0.byteLength === 0) cachedUint8Memory0 = new Uint8Array(wasm.memory.buffer);
    return cachedUint8Memory0;
}
function getStringFromWasm0(ptr, len) {
    return cachedTextDecoder.decode(getUint8Memory0().subarray(ptr >>> 0, (ptr >>> 0) + len));
}
const heap = new Array(128).fill(undefined);
heap.push(undefined, null, true, false);
function getObject(idx) { return heap[idx]; }
let heap_next = heap.length;
function addHeapObject(obj) {
    if (heap_next === heap.length) heap.push(heap.length + 1);
    const idx = heap_next;
    heap_next = heap[idx];
    heap[idx] = obj;
    return idx;
}
function handleError(f, args) {
    try { return f.apply(this, args); } catch (e) { wasm.__wbindgen_exn_store(addHeapObject(e)); }
}
let WASM_VECTOR_LEN = 0;
function passArray8ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 1, 1) >>> 0;
    getUint8Memory0().set(arg, ptr / 1);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}
module.exports.compress = function (data, level) {
    const ptr0 = passArray8ToWasm0(data, wasm.__wbindgen_malloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.compress(ptr0, len0, level);
    return getObject(ret);
};
module.exports.decompress = function (data) {
    const ptr0 = passArray8ToWasm0(data, wasm.__wbindgen_malloc);
    const ret = wasm.decompress(ptr0, WASM_VECTOR_LEN);
    return getObject(ret);
};
module.exports.__wbg_newnoargs_e258087cd0daa0ea = function (arg0, arg1) { return addHeapObject(new Function(getStringFromWasm0(arg0, arg1))); };
module.exports.__wbg_self_ce0dbfc45cf2f5be = function () { return handleError(function () { return addHeapObject(self.self); }, arguments); };
module.exports.__wbg_globalThis_d1e6af4856ba331b = function () { return handleError(function () { return addHeapObject(globalThis.globalThis); }, arguments); };
module.exports.__wbg_process_5cff2739921be718 = function (arg0) { return addHeapObject(getObject(arg0).process); };
module.exports.__wbg_require_9a7e0f667ead4995 = function () { return handleError(function () { return addHeapObject(module.require); }, arguments); };
module.exports.__wbg_getRandomValues_37fa2ca9e4e07fab = function () { return handleError(function (arg0, arg1) { getObject(arg0).getRandomValues(getObject(arg1)); }, arguments); };
module.exports.__wbg_randomFillSync_dc1e9a60c158336d = function () { return handleError(function (arg0, arg1) { getObject(arg0).randomFillSync(getObject(arg1)); }, arguments); };
module.exports.__wbindgen_throw = function (arg0, arg1) { throw new Error(getStringFromWasm0(arg0, arg1)); };

const bytes = Buffer.from(require('./codec_bg.js'), 'base64');
wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
