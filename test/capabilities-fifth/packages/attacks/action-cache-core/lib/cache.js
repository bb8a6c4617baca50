'use strict';
exports.key = (...p) => p.join('-');
