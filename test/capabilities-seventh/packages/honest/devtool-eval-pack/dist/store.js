/*
 * ATTENTION: The "eval" devtool has been used (maybe by default in mode: "development").
 * This devtool is neither made for production nor for readable output files.
 */
(function webpackUniversalModuleDefinition(root, factory) {
	if(typeof exports === 'object' && typeof module === 'object')
		module.exports = factory();
	else if(typeof define === 'function' && define.amd)
		define([], factory);
	else if(typeof exports === 'object')
		exports["TinyState"] = factory();
	else
		root["TinyState"] = factory();
})(this, () => {
return /******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ "./src/index.js":
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

eval("__webpack_require__.r(__webpack_exports__);\n/* harmony export */ __webpack_require__.d(__webpack_exports__, {\n/* harmony export */   createStore: () => (/* reexport safe */ _store__WEBPACK_IMPORTED_MODULE_0__.createStore),\n/* harmony export */   persist: () => (/* reexport safe */ _persist__WEBPACK_IMPORTED_MODULE_1__.persist)\n/* harmony export */ });\n/* harmony import */ var _store__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(/*! ./store */ \"./src/store.js\");\n/* harmony import */ var _persist__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(/*! ./persist */ \"./src/persist.js\");\n\n\n//# sourceURL=webpack://TinyState/./src/index.js?");

/***/ }),

/***/ "./src/store.js":
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

eval("__webpack_require__.r(__webpack_exports__);\n/* harmony export */ __webpack_require__.d(__webpack_exports__, { createStore: () => (/* binding */ createStore) });\nfunction createStore(initial, reducer) {\n  let state = initial;\n  const listeners = new Set();\n  return {\n    getState: () => state,\n    setState(partial) {\n      const next = typeof partial === 'function' ? partial(state) : partial;\n      if (Object.is(next, state)) return;\n      const prev = state;\n      state = Object.assign({}, state, next);\n      listeners.forEach((l) => l(state, prev));\n    },\n    dispatch(action) { this.setState(reducer(state, action)); return action; },\n    subscribe(l) { listeners.add(l); return () => listeners.delete(l); },\n  };\n}\n\n\n//# sourceURL=webpack://TinyState/./src/store.js?");

/***/ }),

/***/ "./src/persist.js":
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

eval("__webpack_require__.r(__webpack_exports__);\n/* harmony export */ __webpack_require__.d(__webpack_exports__, { persist: () => (/* binding */ persist) });\nfunction persist(store, key, storage = globalThis.localStorage) {\n  try { const raw = storage.getItem(key); if (raw) store.setState(JSON.parse(raw)); } catch (e) { console.warn('[tiny-state-store] cannot read ' + key, e); }\n  return store.subscribe((s) => storage.setItem(key, JSON.stringify(s)));\n}\n\n\n//# sourceURL=webpack://TinyState/./src/persist.js?");

/***/ })

/******/ 	});
/******/ 	var __webpack_module_cache__ = {};
/******/ 	function __webpack_require__(moduleId) {
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) return cachedModule.exports;
/******/ 		var module = __webpack_module_cache__[moduleId] = { exports: {} };
/******/ 		__webpack_modules__[moduleId](module, module.exports, __webpack_require__);
/******/ 		return module.exports;
/******/ 	}
/******/ 	(() => {
/******/ 		__webpack_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__webpack_require__.o(definition, key) && !__webpack_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	(() => { __webpack_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop)) })();
/******/ 	(() => {
/******/ 		__webpack_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	var __webpack_exports__ = __webpack_require__("./src/index.js");
/******/ 	return __webpack_exports__;
/******/ })()
;
});
