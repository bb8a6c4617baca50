/*
 * ATTENTION: An "eval-source-map" devtool has been used.
 * This devtool is neither made for production nor for readable output files.
 */
(function webpackUniversalModuleDefinition(root, factory) {
	if(typeof exports === 'object' && typeof module === 'object')
		module.exports = factory();
	else if(typeof define === 'function' && define.amd)
		define([], factory);
	else
		root["Widgets"] = factory();
})(typeof globalThis !== 'undefined' ? globalThis : this, () => {
return /******/ (() => { // webpackBootstrap
/******/ 	var __webpack_modules__ = ({

/***/ "./src/index.js":
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

eval("__webpack_require__.r(__webpack_exports__);\n/* harmony export */ __webpack_require__.d(__webpack_exports__, {\n/* harmony export */   load: () => (/* binding */ load),\n/* harmony export */   render: () => (/* binding */ render)\n/* harmony export */ });\n/* harmony import */ var _http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(/*! ./http */ \"./src/http.js\");\n\nfunction render(el, items) {\n  el.innerHTML = items.map((i) => `<li>${i}</li>`).join('');\n}\nconst load = (el, url) => (0,_http__WEBPACK_IMPORTED_MODULE_0__.getJson)(url).then((items) => render(el, items));\n//# sourceURL=[module]\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiLi9zcmMvaW5kZXguanMiLCJtYXBwaW5ncyI6IkFBQUEsT0FBTyxTQUFTLE1BQU0iLCJzb3VyY2VzIjpbIndlYnBhY2s6Ly9XaWRnZXRzLy4vc3JjL2luZGV4LmpzIl0sIm5hbWVzIjpbXSwic291cmNlUm9vdCI6IiJ9\n//# sourceURL=webpack-internal:///./src/index.js\n");

/***/ }),

/***/ "./src/http.js":
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

eval("__webpack_require__.r(__webpack_exports__);\n/* harmony export */ __webpack_require__.d(__webpack_exports__, {\n/* harmony export */   getJson: () => (/* binding */ getJson)\n/* harmony export */ });\nfunction getJson(url) {\n  return new Promise((resolve, reject) => {\n    const xhr = new XMLHttpRequest();\n    xhr.open('GET', url);\n    const m = /XSRF-TOKEN=([^;]+)/.exec(document.cookie);\n    if (m) xhr.setRequestHeader('X-XSRF-TOKEN', decodeURIComponent(m[1]));\n    xhr.onload = () => resolve(JSON.parse(xhr.responseText));\n    xhr.onerror = reject;\n    xhr.send();\n  });\n}\n//# sourceURL=webpack-internal:///./src/http.js\n");

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
/******/ 	__webpack_require__.d = (exports, definition) => { for(var key in definition) Object.defineProperty(exports, key, { enumerable: true, get: definition[key] }); };
/******/ 	__webpack_require__.r = (exports) => { Object.defineProperty(exports, '__esModule', { value: true }); };
/******/ 	__webpack_require__.g = (function() { if (typeof globalThis === 'object') return globalThis; try { return this || new Function('return this')(); } catch (e) { if (typeof window === 'object') return window; } })();
/******/ 	return __webpack_require__("./src/index.js");
/******/ })()
;
});
