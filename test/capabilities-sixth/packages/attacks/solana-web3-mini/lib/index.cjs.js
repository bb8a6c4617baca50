'use strict';
module.exports = import('./index.esm.js');
