'use strict';
require('./types.d');
exports.isString = (x) => typeof x === 'string';
exports.isRecord = (x) => typeof x === 'object' && x !== null && !Array.isArray(x);
