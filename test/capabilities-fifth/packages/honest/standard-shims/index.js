'use strict';
var globalThis_ = require('./internals/global');
require('./internals/task');

module.exports = globalThis_;
