'use strict';

Object.defineProperty(exports, 'Console', { configurable: true, enumerable: true, get() { return require('./console'); } });
Object.defineProperty(exports, 'Http', { configurable: true, enumerable: true, get() { return require('./http'); } });
Object.defineProperty(exports, 'File', { configurable: true, enumerable: true, get() { return require('./file'); } });
